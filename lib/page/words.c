/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "words.h"

#define COUNT(a)	(sizeof(a) / sizeof((a)[0]))

/* {} stands for what is put there. */
static const struct both words[WORD_COUNT] = {
	[WORD_LANGUAGE] = { { "fr", "en" } },
	[WORD_CASE] = { { "Dossier", "Case" } },
	[WORD_OPENED] = { { "Ouvert le {}", "Opened on {}" } },
	[WORD_OPEN] = { { "En cours", "In progress" } },
	[WORD_CLOSED] = { { "Clos", "Closed" } },
	[WORD_CANCELLED] = { { "Annulé", "Cancelled" } },
	[WORD_CLOSED_ON] = { {
		"Votre dossier est clos depuis le {}.",
		"Your case was closed on {}." } },
	[WORD_CANCELLED_ON] = { {
		"Votre demande a été annulée le {}.",
		"Your request was cancelled on {}." } },
	[WORD_YOUR_TURN] = { { "Ce que nous attendons de vous", "What we need from you" } },
	[WORD_NOTHING] = { {
		"Vous n’avez rien à faire pour le moment",
		"There is nothing you have to do for now" } },
	[WORD_NOTHING_MORE] = { {
		"Vous n’avez plus rien à faire",
		"There is nothing more for you to do" } },
	[WORD_OUR_TURN] = { { "De notre côté", "On our side" } },
	[WORD_BY] = { { "Au plus tard le {}", "By {}" } },
	[WORD_PROMISED] = { { "Promis au plus tard le {}", "Promised by {}" } },
	[WORD_LATE_YOU] = { {
		"C’était à faire avant le {}\u00a0: merci de le faire dès que possible.",
		"This was due by {}: please do it as soon as you can." } },
	[WORD_LATE_WE] = { {
		"C’était promis pour le {}\u00a0: nous sommes en retard et faisons le "
		"nécessaire.",
		"This was promised by {}: we are late and are working on it." } },
	[WORD_WHOLE] = { {
		"L’expertise entière est promise au plus tard le {}.",
		"The whole analysis is promised by {}." } },
	[WORD_WHOLE_BINDS] = { {
		"C’est le délai promis pour l’expertise entière.",
		"This is the time promised for the whole analysis." } },
	[WORD_WAY] = { { "Où en est votre demande", "Where your request stands" } },
	[WORD_WAY_CASE] = { { "L’ensemble du dossier", "The case as a whole" } },
	[WORD_PLACE] = { { "Étape {} sur {}", "Step {} of {}" } },
	[WORD_PLACE_END] = { { "Toutes les étapes sont faites", "All steps are done" } },
	[WORD_PLACE_CUT] = { { "Le dossier s’est arrêté ici", "The case ended here" } },
	[WORD_DONE] = { { "Fait le {}", "Done on {}" } },
	[WORD_NOW] = { { "En cours", "In progress" } },
	[WORD_NOW_YOU] = { { "À vous", "Your turn" } },
	[WORD_AHEAD] = { { "À venir, par {}", "To come, by {}" } },
	[WORD_WHO] = { { "Par {}", "By {}" } },
	[WORD_PRODUCTS] = { { "Votre matériel", "Your products" } },
	[WORD_PRODUCT] = { { "Votre matériel", "Your product" } },
	[WORD_UNIT] = { { "Appareil {}", "Unit {}" } },
	[WORD_UNITS] = { { "Appareils {}", "Units {}" } },
	[WORD_RANGE] = { { "{} à {}", "{} to {}" } },
	[WORD_COLON] = { { "\u00a0: ", ": " } },
	[WORD_AND_MORE] = { { "et {} autres appareils", "and {} more units" } },
	[WORD_NAME] = { { "<b>{}</b>", "<b>{}</b>" } },
	[WORD_REFERENCE] = { { "<span>Référence {}</span>", "<span>Reference {}</span>" } },
	[WORD_SERIAL] = { { "<span>N°\u00a0de\u00a0série\u00a0{}</span>", "<span>Serial number {}</span>" } },
	[WORD_DOCUMENTS] = { { "Vos documents", "Your documents" } },
	[WORD_DOCUMENTS_HINT] = { {
		"À lire ou à imprimer depuis votre navigateur.",
		"To read or print from your browser." } },
	[WORD_CONTACT] = { { "Nous joindre", "Contact us" } },
	[WORD_CONTACT_HINT] = { {
		"Donnez le numéro de dossier {}\u00a0: il nous suffit pour vous répondre.",
		"Give case number {}: it is all we need to help you." } },
	[WORD_NATIONAL] = { { "Urgences, jour et nuit", "Emergencies, day and night" } },
	[WORD_ABROAD] = { { "Urgences, depuis l’étranger", "Emergencies, from abroad" } },
	[WORD_URGENT] = { {
		"Si la situation change, appelez à toute heure\u00a0:",
		"If the situation changes, call at any hour:" } },
	[WORD_DANGER] = { {
		"N’utilisez plus le produit rappelé.",
		"Stop using the recalled product." } },
	[WORD_SURVEY] = { { "Donnez-nous votre avis", "Give us your opinion" } },
	[WORD_SURVEY_HINT] = { {
		"Votre réponse est jointe à votre dossier. Vous pouvez répondre une fois.",
		"Your answer is added to your case. You can answer once." } },
	[WORD_SURVEY_GO] = { { "Répondre aux deux questions", "Answer the two questions" } },
	[WORD_DEGREE] = { {
		"Êtes-vous satisfait de notre service\u202f?",
		"How satisfied are you with our service?" } },
	[WORD_TEXT] = { {
		"Souhaitez-vous ajouter quelque chose\u202f?",
		"Is there anything you would like to add?" } },
	[WORD_TEXT_HINT] = { {
		"Facultatif, 2\u202f000 caractères au plus.",
		"Optional, 2,000 characters at most." } },
	[WORD_SEND] = { { "Envoyer ma réponse", "Send my answer" } },
	[WORD_THANKS] = { { "Merci, nous avons votre réponse", "Thank you, we have your answer" } },
	[WORD_THANKS_HINT] = { {
		"Elle est jointe à votre dossier.",
		"It is added to your case." } },
	[WORD_ERROR] = { { "Erreur\u00a0: ", "Error: " } },
	[WORD_ERROR_DEGREE] = { {
		"Choisissez une réponse, de très satisfait à très insatisfait.",
		"Choose an answer, from very satisfied to very dissatisfied." } },
	[WORD_ERROR_LONG] = { {
		"Le texte dépasse 2\u202f000 caractères\u00a0: raccourcissez-le.",
		"The text is longer than 2,000 characters: shorten it." } },
	[WORD_ERROR_UNREADABLE] = { {
		"Le texte contient des caractères illisibles\u00a0: corrigez-le.",
		"The text contains unreadable characters: correct it." } },
	[WORD_ANSWERED] = { { "Nous avions déjà votre réponse", "We already had your answer" } },
	[WORD_ANSWERED_HINT] = { {
		"La première est gardée\u202f; celle-ci n’a pas été enregistrée.",
		"The first one is kept; this one was not recorded." } },
	[WORD_SHUT] = { { "Ce questionnaire n’est plus ouvert", "This survey is no longer open" } },
	[WORD_SHUT_HINT] = { {
		"La réponse est déjà dans votre dossier, ou le délai est passé.",
		"The answer is already in your case, or the time for it is over." } },
	[WORD_READ_ON] = { { "Page lue le {}", "Page read on {}" } },
	[WORD_LINK] = { {
		"Ce lien est personnel\u00a0: ne le donnez qu’à ceux qui doivent suivre ce "
		"dossier.",
		"This link is personal: give it only to those who should follow this case." } },
	[WORD_LINK_UNTIL] = { { "Il fonctionne jusqu’au {}.", "It works until {}." } },
	[WORD_SUMMARY] = { { "Votre dossier", "Your case" } },
	[WORD_NOT_FOUND] = { { "Cette page n’existe pas", "This page does not exist" } },
	[WORD_NOT_FOUND_HINT] = { {
		"Le lien n’est pas valable, ou ne l’est plus. Vérifiez qu’il a été copié en "
		"entier\u202f; sinon, demandez-nous un nouveau lien en donnant le numéro de "
		"votre dossier.",
		"The link is not valid, or is no longer. Check that it was copied in full; if "
		"it was, ask us for a new one, giving the number of your case." } },
	[WORD_UNAVAILABLE] = { {
		"Cette page est momentanément indisponible",
		"This page is not available at the moment" } },
	[WORD_UNAVAILABLE_HINT] = { {
		"Réessayez dans quelques minutes.",
		"Please try again in a few minutes." } },
	[WORD_REFUSED] = { {
		"Cette demande n’a pas été comprise",
		"This request was not understood" } },
	[WORD_REFUSED_HINT] = { {
		"Revenez à la page de votre dossier et recommencez.",
		"Go back to the page of your case and try again." } },
};

const char *
word(enum word which, enum language language)
{
	return words[which].in[language];
}

static const struct both degrees[] = {
	{ { "Très insatisfait", "Very dissatisfied" } },
	{ { "Insatisfait", "Dissatisfied" } },
	{ { "Ni satisfait ni insatisfait", "Neither satisfied nor dissatisfied" } },
	{ { "Satisfait", "Satisfied" } },
	{ { "Très satisfait", "Very satisfied" } },
};

const char *
word_degree(int degree, enum language language)
{
	return degrees[degree - 1].in[language];
}

static const struct both kinds[KIND_COUNT] = {
	[KIND_FAULT] = { { "Dysfonctionnement", "Product fault" } },
	[KIND_EMERGENCY] = { { "Urgence", "Emergency" } },
	[KIND_EXPERTISE] = { { "Retour technique pour expertise", "Return for expert analysis" } },
	[KIND_COMPLAINT] = { { "Réclamation", "Complaint" } },
	[KIND_RECALL] = { { "Rappel de sécurité d’un produit", "Product safety recall" } },
};

const char *
word_kind(enum process kind, enum language language)
{
	return kinds[kind].in[language];
}

static const struct both owners[OWNER_COUNT] = {
	[OWNER_CONTACT] = { { "votre contact chez nous", "your contact with us" } },
	[OWNER_PILOT] = { { "le responsable de votre dossier", "the person in charge of your case" } },
	[OWNER_EXPERT] = { { "l’expert technique", "the technical expert" } },
	[OWNER_TECHNICIAN] = { { "le technicien", "the technician" } },
	[OWNER_NAMED] = { { "le responsable de la correction", "the person in charge of the correction" } },
	[OWNER_QUALITY] = { { "le service qualité", "the quality department" } },
	[OWNER_DESK] = { { "le service clients", "customer service" } },
	[OWNER_LOGISTICS] = { { "le centre logistique", "the logistics centre" } },
	[OWNER_PLANT] = { { "l’usine", "the plant" } },
	[OWNER_REPAIR] = { { "le centre de réparation", "the repair centre" } },
	[OWNER_EXPERTISE] = { { "le centre d’expertise", "the expertise centre" } },
	[OWNER_HOLDER] = { { "le site qui reçoit le matériel", "the site that takes the product in" } },
	[OWNER_CUSTOMER] = { { "vous", "you" } },
	[OWNER_CARRIER] = { { "le transporteur", "the carrier" } },
};

const char *
word_owner(enum owner owner, enum language language)
{
	return owners[owner].in[language];
}

static const struct {
	const char	*name;
	struct both	 words;
} documents[] = {
	{ "return-slip", { { "Bordereau de retour", "Return slip" } } },
	{ "label", { { "Étiquette du colis", "Parcel label" } } },
	{ "identification-sheet", { { "Fiche d’identification du colis", "Identification sheet" } } },
	{ "dossier", { { "Dossier d’expertise", "Expertise file" } } },
	{ "acknowledgement", { { "Accusé de réception", "Acknowledgement" } } },
	{ "advice", { { "Conseil de mise en œuvre", "Advice" } } },
	{ "report", { { "Rapport d’expertise", "Expertise report" } } },
	{ "survey", { { "Questionnaire de satisfaction", "Satisfaction form" } } },
	{ "recall-notice", { { "Avis de rappel", "Recall notice" } } },
	{ "closing", { { "Clôture du dossier", "Closing of the case" } } },
	{ "8d", { { "Rapport 8D", "8D report" } } },
};

const char *
word_document(const char *name, enum language language)
{
	for (size_t i = 0; i < COUNT(documents); i++)
		if (strcmp(documents[i].name, name) == 0)
			return documents[i].words.in[language];
	return NULL;
}
