/* SPDX-License-Identifier: ISC */
#include <stddef.h>

#include "words.h"

#define COUNT(a)	(sizeof(a) / sizeof((a)[0]))
#define ANY		PROCESS_COUNT

/*
 * A row for a step wherever it occurs, and before it one for each process in
 * which it means something else. French has a narrow no-break space (\u202f)
 * before ; ! ? and a no-break space (\u00a0) before a colon.
 */
static const struct {
	enum step		 step;
	enum process		 process;
	struct step_words	 words;
} table[] = {
	{ STEP_ASSIGN, ANY, {
	    { { "Prise en charge", "Case taken on" } },
	    { { "Un responsable a pris votre dossier en charge.",
		"Someone has been put in charge of your case." } },
	    { { "Nous désignons la personne qui répondra de votre dossier.",
		"We are naming the person who will answer for your case." } },
	    { { NULL, NULL } } } },
	{ STEP_TRIAGE, KIND_EMERGENCY, {
	    { { "Diagnostic", "Diagnosis" } },
	    { { "Nous avons établi le diagnostic et décidé des mesures à prendre.",
		"We have made the diagnosis and decided on the measures to take." } },
	    { { "Nous établissons le diagnostic avec vous.",
		"We are making the diagnosis with you." } },
	    { { NULL, NULL } } } },
	{ STEP_TRIAGE, ANY, {
	    { { "Diagnostic", "Diagnosis" } },
	    { { "Nous avons établi le diagnostic et décidé de la suite.",
		"We have made the diagnosis and decided what to do." } },
	    { { "Nous étudions votre demande pour décider de la suite.",
		"We are studying your request to decide what to do." } },
	    { { NULL, NULL } } } },
	{ STEP_CLASSIFY, ANY, {
	    { { "Étude de la réclamation", "Complaint studied" } },
	    { { "Nous avons étudié votre réclamation.",
		"We have studied your complaint." } },
	    { { "Nous étudions votre réclamation.",
		"We are studying your complaint." } },
	    { { NULL, NULL } } } },
	{ STEP_ACKNOWLEDGE, ANY, {
	    { { "Accusé de réception", "Acknowledgement" } },
	    { { "Nous avons accusé réception de votre réclamation.",
		"We have acknowledged your complaint." } },
	    { { "Nous préparons l’accusé de réception de votre réclamation.",
		"We are writing the acknowledgement of your complaint." } },
	    { { NULL, NULL } } } },
	{ STEP_SOLVE, ANY, {
	    { { "Solution", "Solution" } },
	    { { "Nous avons apporté une solution à votre réclamation.",
		"We have found a solution to your complaint." } },
	    { { "Nous cherchons une solution à votre réclamation.",
		"We are looking for a solution to your complaint." } },
	    { { NULL, NULL } } } },
	{ STEP_NOTIFY, ANY, {
	    { { "Avis de rappel", "Recall notice" } },
	    { { "Nous vous avons adressé l’avis de rappel.",
		"We have sent you the recall notice." } },
	    { { "Nous vous adressons l’avis de rappel.",
		"We are sending you the recall notice." } },
	    { { NULL, NULL } } } },
	{ STEP_RESPOND, ANY, {
	    { { "Votre réponse", "Your answer" } },
	    { { "Vous avez répondu à l’avis de rappel.",
		"You have answered the recall notice." } },
	    { { "Dites-nous si vous avez encore le produit rappelé",
		"Tell us whether you still have the recalled product" } },
	    { { "Appelez-nous, ou répondez au message qui accompagnait l’avis de "
		"rappel\u00a0: vous l’avez encore, vous vous en êtes défait, vous l’avez "
		"revendu ou vous ne le trouvez pas.",
		"Call us, or reply to the message that came with the recall notice: "
		"you still have it, you disposed of it, you sold it on, or you cannot "
		"find it." } } } },
	{ STEP_CLOSE, ANY, {
	    { { "Clôture", "Closing" } },
	    { { "Votre dossier est clos.", "Your case is closed." } },
	    { { "Nous vérifions avec vous que tout est réglé, puis nous fermons "
		"le dossier.",
		"We make sure with you that all is settled, then we close the "
		"case." } },
	    { { NULL, NULL } } } },
	{ STEP_ANSWER, ANY, {
	    { { "Votre réponse", "Your answer" } },
	    { { "Vous avez répondu à notre question.",
		"You have answered our question." } },
	    { { "Répondez à notre question", "Answer our question" } },
	    { { "Nous vous l’avons posée par message\u00a0: il suffit d’y répondre, ou "
		"de nous appeler.",
		"We sent it to you in a message: reply to it, or call us." } } } },
	{ STEP_QUOTE, ANY, {
	    { { "Devis", "Quote" } },
	    { { "Nous vous avons envoyé un devis.",
		"We have sent you a quote." } },
	    { { "Nous préparons votre devis.",
		"We are preparing your quote." } },
	    { { NULL, NULL } } } },
	{ STEP_ORDER, PROC_REPAIR, {
	    { { "Votre commande", "Your order" } },
	    { { "Nous avons reçu votre bon de commande.",
		"We have received your purchase order." } },
	    { { "Répondez à notre devis", "Answer our quote" } },
	    { { "Vous l’avez reçu par message ou par courrier. Pour l’accepter, "
		"envoyez-nous votre bon de commande en y rappelant le numéro de ce "
		"dossier. Pour le refuser, répondez au message ou appelez-nous.",
		"You have received it in a message or by post. To accept it, send "
		"us your purchase order with the number of this case on it. To "
		"decline it, reply to the message or call us." } } } },
	{ STEP_ORDER, ANY, {
	    { { "Votre commande", "Your order" } },
	    { { "Nous avons reçu votre bon de commande.",
		"We have received your purchase order." } },
	    { { "Envoyez-nous votre bon de commande",
		"Send us your purchase order" } },
	    { { "Ce matériel n’est pas sous garantie\u00a0: l’échange commence dès que "
		"nous avons votre bon de commande. Rappelez-y le numéro de ce "
		"dossier.",
		"This product is not under warranty: the exchange begins as soon "
		"as we have your purchase order. Put the number of this case on "
		"it." } } } },
	{ STEP_REQUEST, PROC_REPAIR, {
	    { { "Demande de réparation", "Repair requested" } },
	    { { "Nous avons demandé la réparation à l’usine.",
		"We have asked the plant for the repair." } },
	    { { "Nous demandons la réparation à l’usine.",
		"We are asking the plant for the repair." } },
	    { { NULL, NULL } } } },
	{ STEP_REQUEST, ANY, {
	    { { "Demande de remplacement", "Replacement requested" } },
	    { { "Nous avons demandé l’envoi d’un matériel de remplacement.",
		"We have asked for a replacement to be shipped." } },
	    { { "Nous demandons l’envoi d’un matériel de remplacement.",
		"We are asking for a replacement to be shipped." } },
	    { { NULL, NULL } } } },
	{ STEP_REPLACEMENT, ANY, {
	    { { "Matériel de remplacement", "Replacement" } },
	    { { "Le matériel de remplacement a été expédié.",
		"The replacement has been shipped." } },
	    { { "Le centre logistique prépare votre matériel de remplacement.",
		"The logistics centre is preparing your replacement." } },
	    { { NULL, NULL } } } },
	{ STEP_SLIP, ANY, {
	    { { "Bordereau de retour", "Return slip" } },
	    { { "Nous vous avons envoyé le bordereau de retour.",
		"We have sent you the return slip." } },
	    { { "Nous préparons votre bordereau de retour.",
		"We are preparing your return slip." } },
	    { { NULL, NULL } } } },
	/* A recall costs the customer nothing. */
	{ STEP_RETURN, KIND_RECALL, {
	    { { "Envoi du produit", "Your shipment" } },
	    { { "Vous nous avez envoyé le produit rappelé.",
		"You have sent us the recalled product." } },
	    { { "Envoyez-nous le produit rappelé",
		"Send us the recalled product" } },
	    { { "Complétez le bordereau de retour et mettez-le dans le colis. "
		"L’adresse est sur le bordereau.",
		"Fill in the return slip and put it into the parcel. The address is "
		"on the slip." } } } },
	{ STEP_RETURN, PROC_REPAIR, {
	    { { "Envoi du matériel", "Your shipment" } },
	    { { "Vous nous avez envoyé le matériel.",
		"You have sent us the product." } },
	    { { "Envoyez le matériel au centre de réparation",
		"Send the product to the repair centre" } },
	    { { "Complétez le bordereau de retour et mettez-le dans le colis. "
		"L’adresse est sur le bordereau\u202f; l’envoi est à vos frais.",
		"Fill in the return slip and put it into the parcel. The address is "
		"on the slip; shipping is at your expense." } } } },
	{ STEP_RETURN, ANY, {
	    { { "Envoi du matériel", "Your shipment" } },
	    { { "Vous nous avez envoyé le matériel.",
		"You have sent us the product." } },
	    { { "Envoyez-nous le matériel défectueux",
		"Send us the faulty product" } },
	    { { "Complétez le bordereau de retour et mettez-le dans le colis. "
		"L’adresse est sur le bordereau\u202f; l’envoi est à vos frais.",
		"Fill in the return slip and put it into the parcel. The address is "
		"on the slip; shipping is at your expense." } } } },
	{ STEP_RECEIVE, PROC_REPAIR, {
	    { { "Arrivée au centre de réparation", "Arrival at the repair centre" } },
	    { { "Le centre de réparation a reçu le matériel.",
		"The repair centre has received the product." } },
	    { { "Le centre de réparation attend l’arrivée du matériel.",
		"The repair centre is waiting for the product to arrive." } },
	    { { NULL, NULL } } } },
	{ STEP_RECEIVE, PROC_EXCHANGE, {
	    { { "Arrivée au centre logistique", "Arrival at the logistics centre" } },
	    { { "Le centre logistique a reçu le matériel défectueux.",
		"The logistics centre has received the faulty product." } },
	    { { "Le centre logistique attend le matériel défectueux.",
		"The logistics centre is waiting for the faulty product." } },
	    { { NULL, NULL } } } },
	{ STEP_RECEIVE, ANY, {
	    { { "Arrivée du matériel", "Arrival" } },
	    { { "Nous avons reçu le matériel.", "We have received the product." } },
	    { { "Nous attendons l’arrivée du matériel.",
		"We are waiting for the product to arrive." } },
	    { { NULL, NULL } } } },
	{ STEP_FORWARD, ANY, {
	    { { "Envoi à l’usine", "Sent to the plant" } },
	    { { "Le matériel défectueux est parti à l’usine.",
		"The faulty product has left for the plant." } },
	    { { "Le centre logistique envoie le matériel défectueux à l’usine.",
		"The logistics centre is sending the faulty product to the "
		"plant." } },
	    { { NULL, NULL } } } },
	{ STEP_ANALYSE, PROC_EXPERTISE, {
	    { { "Expertise", "Expert analysis" } },
	    { { "Le centre d’expertise a terminé l’analyse du matériel.",
		"The expertise centre has finished its analysis of the product." } },
	    { { "Le centre d’expertise analyse le matériel.",
		"The expertise centre is analysing the product." } },
	    { { NULL, NULL } } } },
	{ STEP_ANALYSE, ANY, {
	    { { "Analyse à l’usine", "Analysis at the plant" } },
	    { { "L’usine a analysé le matériel défectueux.",
		"The plant has analysed the faulty product." } },
	    { { "L’usine analyse le matériel défectueux.",
		"The plant is analysing the faulty product." } },
	    { { NULL, NULL } } } },
	{ STEP_FIX, ANY, {
	    { { "Réparation", "Repair" } },
	    { { "Le centre de réparation a terminé son travail sur le matériel.",
		"The repair centre has finished its work on the product." } },
	    { { "Le centre de réparation cherche la cause et répare le matériel.",
		"The repair centre is finding the cause and mending the "
		"product." } },
	    { { NULL, NULL } } } },
	{ STEP_SEND_BACK, ANY, {
	    { { "Retour chez vous", "On its way back to you" } },
	    { { "Le matériel vous a été réexpédié.",
		"The product has been shipped back to you." } },
	    { { "Nous préparons la réexpédition du matériel.",
		"We are preparing to ship the product back to you." } },
	    { { NULL, NULL } } } },
	{ STEP_DOSSIER, ANY, {
	    { { "Dossier d’expertise", "Expertise file" } },
	    { { "Nous vous avons envoyé le dossier d’expertise et prévenu le "
		"transporteur.",
		"We have sent you the expertise file and informed the "
		"carrier." } },
	    { { "Nous préparons votre dossier d’expertise.",
		"We are preparing your expertise file." } },
	    { { NULL, NULL } } } },
	{ STEP_BOOK, ANY, {
	    { { "Rendez-vous d’enlèvement", "Collection booked" } },
	    { { "Le rendez-vous d’enlèvement est pris.",
		"The collection has been booked." } },
	    { { "Prenez rendez-vous avec le transporteur",
		"Make an appointment with the carrier" } },
	    { { "Ses coordonnées sont dans le dossier d’expertise. Emballez le matériel "
		"et collez la fiche d’identification sur le colis\u202f; l’enlèvement est "
		"à nos frais.",
		"You find how to reach it in the expertise file. Pack the product and "
		"put the identification sheet on the parcel; collection is at our "
		"expense." } } } },
	{ STEP_PICKUP, ANY, {
	    { { "Enlèvement", "Collection" } },
	    { { "Le transporteur a enlevé le colis chez vous.",
		"The carrier has collected the parcel from you." } },
	    { { "Le transporteur vient chercher le colis chez vous.",
		"The carrier is coming to collect the parcel from you." } },
	    { { NULL, NULL } } } },
	{ STEP_DELIVER, ANY, {
	    { { "Arrivée au centre d’expertise", "Arrival at the expertise centre" } },
	    { { "Le colis est arrivé au centre d’expertise.",
		"The parcel has arrived at the expertise centre." } },
	    { { "Le transporteur livre le colis au centre d’expertise.",
		"The carrier is delivering the parcel to the expertise centre." } },
	    { { NULL, NULL } } } },
	{ STEP_REPORT, ANY, {
	    { { "Rapport d’expertise", "Expertise report" } },
	    { { "Nous vous avons remis le rapport d’expertise.",
		"We have handed you the expertise report." } },
	    { { "Nous préparons votre rapport d’expertise.",
		"We are preparing your expertise report." } },
	    { { NULL, NULL } } } },
	{ STEP_SURVEY, ANY, {
	    { { "Votre avis", "Your opinion" } },
	    { { "Vous nous avez donné votre avis.",
		"You have given us your opinion." } },
	    { { "Donnez-nous votre avis", "Give us your opinion" } },
	    { { "Deux questions, une minute\u00a0: elles sont sur cette page.",
		"Two questions, one minute: they are on this page." } } } },
	{ STEP_ADVISE, ANY, {
	    { { "Conseil", "Advice" } },
	    { { "Nous vous avons conseillé sur la mise en œuvre.",
		"We have advised you on how to put it to work." } },
	    { { "Nous préparons un conseil de mise en œuvre.",
		"We are preparing advice on how to put it to work." } },
	    { { NULL, NULL } } } },
	{ STEP_PARTS, ANY, {
	    { { "Envoi des pièces", "Parts shipped" } },
	    { { "Les pièces ont été expédiées.", "The parts have been shipped." } },
	    { { "Le centre logistique prépare l’envoi des pièces.",
		"The logistics centre is preparing the parts." } },
	    { { NULL, NULL } } } },
	{ STEP_DISPATCH, ANY, {
	    { { "Technicien désigné", "Technician named" } },
	    { { "Un technicien est désigné pour intervenir chez vous.",
		"A technician has been named to come to your site." } },
	    { { "Nous désignons le technicien qui interviendra chez vous.",
		"We are naming the technician who will come to your site." } },
	    { { NULL, NULL } } } },
	{ STEP_ARRIVE, ANY, {
	    { { "Arrivée du technicien", "Technician on site" } },
	    { { "Le technicien est arrivé sur place.",
		"The technician has arrived on site." } },
	    { { "Le technicien est en route.", "The technician is on the way." } },
	    { { NULL, NULL } } } },
	{ STEP_INTERVENE, ANY, {
	    { { "Intervention", "Work on site" } },
	    { { "Le technicien a terminé son intervention.",
		"The technician has finished working on site." } },
	    { { "Le technicien intervient sur place.",
		"The technician is working on site." } },
	    { { NULL, NULL } } } },
	{ STEP_CORRECT, ANY, {
	    { { "Correction", "Correction" } },
	    { { "Nous avons corrigé la cause.", "We have corrected the cause." } },
	    { { "Nous corrigeons la cause pour que cela ne se reproduise plus.",
		"We are correcting the cause so that it does not happen again." } },
	    { { NULL, NULL } } } },
	{ STEP_VERIFY, ANY, {
	    { { "Vérification", "Verification" } },
	    { { "Le service qualité a vérifié la correction.",
		"Our quality department has verified the correction." } },
	    { { "Le service qualité vérifie que la correction est efficace.",
		"Our quality department is verifying that the correction works." } },
	    { { NULL, NULL } } } },
	{ STEP_REFUND, ANY, {
	    { { "Remboursement", "Refund" } },
	    { { "Nous vous avons remboursé.", "We have refunded you." } },
	    { { "Nous préparons votre remboursement.",
		"We are preparing your refund." } },
	    { { NULL, NULL } } } },
};

const struct step_words *
words_step(enum process process, enum step step)
{
	for (size_t i = 0; i < COUNT(table); i++)
		if (table[i].step == step && (table[i].process == process ||
		    table[i].process == ANY))
			return &table[i].words;
	return NULL;
}

/* What came of a step, where it matters to the customer. */
static const struct {
	enum step		 step;
	enum outcome		 outcome;
	struct both		 done;
} outcomes[] = {
	{ STEP_FIX, OUTCOME_REPAIRED, {
	    { "Le centre de réparation a réparé le matériel.",
		"The repair centre has mended the product." } } },
	{ STEP_FIX, OUTCOME_NO_FAULT_FOUND, {
	    { "Le centre de réparation n’a trouvé aucun défaut.",
		"The repair centre has found no fault." } } },
	{ STEP_FIX, OUTCOME_NOT_REPAIRABLE, {
	    { "Le matériel n’est pas réparable.", "The product cannot be mended." } } },
	{ STEP_ANALYSE, OUTCOME_RETURN, {
	    { "Le centre d’expertise a terminé l’analyse. Le matériel vous revient.",
		"The expertise centre has finished its analysis. The product comes back "
		"to you." } } },
	{ STEP_ANALYSE, OUTCOME_KEEP, {
	    { "Le centre d’expertise a terminé l’analyse. Il garde le matériel.",
		"The expertise centre has finished its analysis. It keeps the "
		"product." } } },
	{ STEP_ANALYSE, OUTCOME_SCRAP, {
	    { "Le centre d’expertise a terminé l’analyse. Le matériel est mis au rebut.",
		"The expertise centre has finished its analysis. The product is "
		"scrapped." } } },
	{ STEP_INTERVENE, OUTCOME_RUNNING, {
	    { "Le technicien a terminé son intervention\u00a0: l’installation fonctionne.",
		"The technician has finished working on site: the equipment is "
		"running." } } },
	{ STEP_INTERVENE, OUTCOME_NOT_RUNNING, {
	    { "Le technicien est intervenu\u00a0: l’installation ne fonctionne pas encore.",
		"The technician has worked on site: the equipment is not running "
		"yet." } } },
	{ STEP_VERIFY, OUTCOME_EFFECTIVE, {
	    { "Le service qualité a vérifié que la correction est efficace.",
		"Our quality department has verified that the correction works." } } },
	{ STEP_VERIFY, OUTCOME_NOT_EFFECTIVE, {
	    { "Le service qualité a constaté que la correction ne suffit pas.",
		"Our quality department has found that the correction is not "
		"enough." } } },
	{ STEP_RESPOND, OUTCOME_HELD, {
	    { "Vous nous avez dit que vous avez ce produit.",
		"You have told us that you have this product." } } },
	{ STEP_RESPOND, OUTCOME_DISPOSED, {
	    { "Vous nous avez dit que vous vous êtes défait de ce produit.",
		"You have told us that you have disposed of this product." } } },
	{ STEP_RESPOND, OUTCOME_SOLD_ON, {
	    { "Vous nous avez dit que vous avez revendu ce produit.",
		"You have told us that you have sold this product on." } } },
	{ STEP_RESPOND, OUTCOME_NOT_FOUND, {
	    { "Vous nous avez dit que vous ne trouvez pas ce produit.",
		"You have told us that you cannot find this product." } } },
};

const char *
words_done(const struct step_words *words, enum step step,
    enum outcome outcome, enum language language)
{
	for (size_t i = 0; i < COUNT(outcomes); i++)
		if (outcomes[i].step == step && outcomes[i].outcome == outcome)
			return outcomes[i].done.in[language];
	return words->done.in[language];
}
