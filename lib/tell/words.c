/* SPDX-License-Identifier: ISC */
#include <ctype.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "tell/words.h"

struct entry {
	const char	*word, *fr, *en;
};

static const struct entry processes[] = {
	{ "fault", "dysfonctionnement", "fault" },
	{ "emergency", "urgence", "emergency" },
	{ "expertise", "expertise", "expertise" },
	{ "complaint", "réclamation", "complaint" },
	{ "recall", "rappel", "recall" },
	{ "exchange", "échange", "exchange" },
	{ "repair", "réparation", "repair" },
	{ "refund", "remboursement", "refund" },
	{ "advice", "conseil", "advice" },
	{ "parts", "envoi de pièces en urgence", "urgent parts" },
	{ "intervention", "intervention sur site", "intervention on site" },
	{ "correction", "action corrective", "corrective action" },
	{ NULL, NULL, NULL }
};

static const struct entry steps[] = {
	{ "assign", "prise en charge", "taking charge" },
	{ "triage", "diagnostic", "diagnosis" },
	{ "classify", "examen de la réclamation", "review of the complaint" },
	{ "acknowledge", "accusé de réception", "acknowledgement" },
	{ "solve", "solution immédiate", "immediate solution" },
	{ "notify", "avis de rappel", "recall notice" },
	{ "respond", "réponse au rappel", "answer to the recall" },
	{ "close", "clôture du dossier", "closing of the case" },
	{ "answer", "réponse à notre question", "answer to our question" },
	{ "quote", "devis", "quote" },
	{ "order", "bon de commande", "purchase order" },
	{ "request", "transmission de la demande", "passing on of the request" },
	{ "replacement", "envoi du remplacement", "shipment of the replacement" },
	{ "slip", "envoi du bordereau de retour", "sending of the return slip" },
	{ "return", "retour du matériel", "return of the goods" },
	{ "receive", "réception du matériel", "arrival of the goods" },
	{ "forward", "transfert à l’usine", "transfer to the plant" },
	{ "analyse", "analyse", "analysis" },
	{ "fix", "réparation", "repair" },
	{ "send-back", "renvoi du matériel", "shipment back" },
	{ "dossier", "envoi du dossier d’expertise", "sending of the expertise file" },
	{ "book", "rendez-vous d’enlèvement", "appointment for collection" },
	{ "pickup", "enlèvement", "collection" },
	{ "deliver", "livraison au centre d’expertise", "delivery to the expertise centre" },
	{ "report", "remise du rapport d’expertise", "handing over of the expertise report" },
	{ "survey", "enquête de satisfaction", "satisfaction survey" },
	{ "advise", "conseil", "advice" },
	{ "parts", "envoi des pièces", "shipment of the parts" },
	{ "dispatch", "désignation du technicien", "appointment of the technician" },
	{ "arrive", "arrivée du technicien", "arrival of the technician" },
	{ "intervene", "intervention", "intervention" },
	{ "correct", "action corrective", "corrective action" },
	{ "verify", "contrôle d’efficacité", "check that it works" },
	{ "refund", "remboursement", "refund" },
	{ NULL, NULL, NULL }
};

static const struct entry wanted[] = {
	{ "return", "le retour du matériel", "the return of the goods" },
	{ "order", "votre bon de commande", "your purchase order" },
	{ "answer", "votre réponse à notre question", "your answer to our question" },
	{ "book", "votre rendez-vous avec le transporteur", "your appointment with the carrier" },
	{ "survey", "votre avis sur notre service", "your opinion of our service" },
	{ "respond", "votre réponse au rappel", "your answer to the recall" },
	{ NULL, NULL, NULL }
};

static const struct entry outcomes[] = {
	{ "repaired", "réparé", "repaired" },
	{ "no-fault-found", "aucun défaut constaté", "no fault found" },
	{ "not-repairable", "non réparable", "not repairable" },
	{ "return", "retour au client", "goes back to the customer" },
	{ "keep", "conservé", "is kept" },
	{ "scrap", "mis au rebut", "is scrapped" },
	{ "running", "en marche", "running" },
	{ "not-running", "à l’arrêt", "not running" },
	{ "effective", "efficace", "effective" },
	{ "not-effective", "inefficace", "not effective" },
	{ "held", "détenu", "held" },
	{ "disposed", "éliminé", "disposed of" },
	{ "sold-on", "revendu", "sold on" },
	{ "not-found", "introuvable", "not found" },
	{ "handed-over", "remis en main propre", "handed over" },
	{ "scrapped", "mis au rebut", "scrapped" },
	{ "declined", "refusé", "declined" },
	{ "cancelled", "annulé", "cancelled" },
	{ "unit-moved", "matériel déplacé", "the unit was moved" },
	{ NULL, NULL, NULL }
};

static const struct entry risks[] = {
	{ "people", "personnes", "people" },
	{ "property", "biens", "property" },
	{ "production", "production", "production" },
	{ NULL, NULL, NULL }
};

static const struct entry warranties[] = {
	{ "in", "sous garantie", "under warranty" },
	{ "out", "hors garantie", "out of warranty" },
	{ "unknown", "garantie à établir", "warranty not settled" },
	{ "goodwill", "geste commercial", "goodwill" },
	{ "recall", "rappel, sans frais", "recall, free of charge" },
	{ NULL, NULL, NULL }
};

static const struct entry natures[] = {
	{ "technical", "technique", "technical" },
	{ "logistic", "logistique", "logistic" },
	{ "administrative", "administrative", "administrative" },
	{ "commercial", "commerciale", "commercial" },
	{ NULL, NULL, NULL }
};

static const struct entry channels[] = {
	{ "phone", "téléphone", "telephone" },
	{ "mail", "courrier électronique", "mail" },
	{ "web", "site web", "web" },
	{ "visit", "visite", "visit" },
	{ NULL, NULL, NULL }
};

static const struct entry statuses[] = {
	{ "open", "en cours", "open" },
	{ "closed", "clos", "closed" },
	{ "cancelled", "annulé", "cancelled" },
	{ NULL, NULL, NULL }
};

static const struct entry states[] = {
	{ "open", "en cours", "under way" },
	{ "done", "fait", "done" },
	{ "waived", "abandonné", "given up" },
	{ "dropped", "sans objet", "dropped" },
	{ NULL, NULL, NULL }
};

static const struct entry roles[] = {
	{ "contact", "interlocuteur", "contact" },
	{ "pilot", "pilote", "pilot" },
	{ "expert", "expert technique", "expert" },
	{ "technician", "technicien", "technician" },
	{ "named", "responsable de la correction", "owner of the correction" },
	{ "quality", "qualité", "quality" },
	{ "desk", "centre service clients", "customer service" },
	{ "logistics", "centre logistique", "logistics centre" },
	{ "plant", "usine de fabrication", "manufacturing plant" },
	{ "repair", "centre de réparation", "repair centre" },
	{ "expertise", "centre d’expertise", "expertise centre" },
	{ "site", "site qui détient le matériel", "site that has the goods" },
	{ "customer", "client", "customer" },
	{ "carrier", "transporteur", "carrier" },
	{ NULL, NULL, NULL }
};

static const struct entry places[] = {
	{ "customer", "chez le client", "with the customer" },
	{ "carrier", "chez le transporteur", "with the carrier" },
	{ "scrapped", "mis au rebut", "scrapped" },
	{ "unknown", "lieu inconnu", "place unknown" },
	{ NULL, NULL, NULL }
};

static const struct entry documents[] = {
	{ "return-slip", "Bordereau de retour technique", "Return slip" },
	{ "label", "Étiquette de colis", "Parcel label" },
	{ "identification-sheet", "Fiche d’identification", "Identification sheet" },
	{ "dossier", "Dossier de retour pour expertise", "Return for expertise" },
	{ "acknowledgement", "Accusé de réception de votre réclamation",
	  "Acknowledgement of your complaint" },
	{ "quote", "Devis de réparation", "Quote for the repair" },
	{ "advice", "Conseil de mise en œuvre", "Technical advice" },
	{ "report", "Rapport d’expertise", "Expertise report" },
	{ "survey", "Enquête de satisfaction", "Satisfaction survey" },
	{ "recall-notice", "Rappel de sécurité d'un produit", "Product safety recall" },
	{ "closing", "Clôture de votre dossier", "Your case is closed" },
	{ "8d", "Rapport 8D", "8D report" },
	{ NULL, NULL, NULL }
};

/* Countries to which letters and parcels go most. */
static const struct entry countries[] = {
	{ "AT", "Autriche", "Austria" }, { "BE", "Belgique", "Belgium" },
	{ "BG", "Bulgarie", "Bulgaria" }, { "CA", "Canada", "Canada" },
	{ "CH", "Suisse", "Switzerland" }, { "CY", "Chypre", "Cyprus" },
	{ "CZ", "Tchéquie", "Czechia" }, { "DE", "Allemagne", "Germany" },
	{ "DK", "Danemark", "Denmark" }, { "DZ", "Algérie", "Algeria" },
	{ "EE", "Estonie", "Estonia" }, { "ES", "Espagne", "Spain" },
	{ "FI", "Finlande", "Finland" }, { "FR", "France", "France" },
	{ "GB", "Royaume-Uni", "United Kingdom" }, { "GR", "Grèce", "Greece" },
	{ "HR", "Croatie", "Croatia" }, { "HU", "Hongrie", "Hungary" },
	{ "IE", "Irlande", "Ireland" }, { "IT", "Italie", "Italy" },
	{ "LT", "Lituanie", "Lithuania" }, { "LU", "Luxembourg", "Luxembourg" },
	{ "LV", "Lettonie", "Latvia" }, { "MA", "Maroc", "Morocco" },
	{ "MC", "Monaco", "Monaco" }, { "MT", "Malte", "Malta" },
	{ "NL", "Pays-Bas", "Netherlands" }, { "NO", "Norvège", "Norway" },
	{ "PL", "Pologne", "Poland" }, { "PT", "Portugal", "Portugal" },
	{ "RO", "Roumanie", "Romania" }, { "SE", "Suède", "Sweden" },
	{ "SI", "Slovénie", "Slovenia" }, { "SK", "Slovaquie", "Slovakia" },
	{ "TN", "Tunisie", "Tunisia" }, { "UK", "Royaume-Uni", "United Kingdom" },
	{ "US", "États-Unis", "United States" },
	{ NULL, NULL, NULL }
};

static const struct entry *const lists[WORDS_COUNT] = {
	[WORDS_PROCESS] = processes,
	[WORDS_STEP] = steps,
	[WORDS_WANTED] = wanted,
	[WORDS_OUTCOME] = outcomes,
	[WORDS_RISK] = risks,
	[WORDS_WARRANTY] = warranties,
	[WORDS_NATURE] = natures,
	[WORDS_CHANNEL] = channels,
	[WORDS_STATUS] = statuses,
	[WORDS_STATE] = states,
	[WORDS_ROLE] = roles,
	[WORDS_PLACE] = places,
	[WORDS_DOCUMENT] = documents,
	[WORDS_COUNTRY] = countries,
};

bool
words_french(const char *language)
{
	return strcmp(language, "fr") == 0;
}

const char *
words_find(enum words list, const char *word, const char *language)
{
	if (word == NULL)
		return NULL;
	for (const struct entry *e = lists[list]; e->word != NULL; e++)
		if (strcmp(e->word, word) == 0)
			return words_french(language) ? e->fr : e->en;
	return word;
}

char *
words_country(const char *code, const char *language)
{
	const char *name = words_find(WORDS_COUNTRY, code, language);
	struct buf b = { 0 };

	if (name == NULL)
		return NULL;
	/* Without accents, which machines that sort mail may not know. */
	text_fold(&b, name, strlen(name));
	for (size_t i = 0; i < b.len; i++)
		b.data[i] = (char)toupper((unsigned char)b.data[i]);
	buf_str(&b);
	return b.data;
}
