/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "rules/notice.h"

#define COUNT(a)	(sizeof(a) / sizeof((a)[0]))

/* A notice to which nothing can be objected, in each language. */
static const struct notice english = {
	.language = "en", .remedies = 2,
	.texts = {
		[NOTICE_TITLE] = "Circuit breakers QO made in 2020",
		[NOTICE_PRODUCT] = "Miniature circuit breaker QO120",
		[NOTICE_DEFECT] = "The contact may weld when it switches a short circuit.",
		[NOTICE_HAZARD] = "The breaker then no longer protects: risk of fire and electric shock.",
		[NOTICE_INSTRUCTION] = "Stop using the product at once: switch off the supply.",
		[NOTICE_FIND] = "Date codes 200561 to 220233, printed on the left side.",
		[NOTICE_SOLD] = "Sold by electrical wholesalers in France from 2020 to 2022.",
		[NOTICE_CONTACT] = "0 800 000 000 (free of charge)",
	}
};
static const struct notice french = {
	.language = "fr", .remedies = 1,
	.texts = {
		[NOTICE_TITLE] = "Disjoncteurs QO fabriqués en 2020",
		[NOTICE_PRODUCT] = "Disjoncteur QO120",
		[NOTICE_DEFECT] = "Le contact peut se souder à la coupure d'un court-circuit.",
		[NOTICE_HAZARD] = "Le disjoncteur ne protège plus : risque d’incendie et d’électrocution.",
		[NOTICE_INSTRUCTION] = "N’utilisez plus le produit et coupez l’alimentation.",
		[NOTICE_FIND] = "Codes date 200561 à 220233, imprimés sur le côté gauche.",
		[NOTICE_SOLD] = "Vendus par les grossistes en France de 2020 à 2022.",
		[NOTICE_ONLY_ONE] = "Le produit ne peut pas être réparé sur place.",
		[NOTICE_CONTACT] = "0 800 000 000 (appel gratuit)",
	}
};

static void
complete(void **state)
{
	struct buf why = { 0 };

	(void)state;
	assert_true(notice_check(&english, &why));
	assert_true(notice_check(&french, &why));
	assert_string_equal(buf_str(&why), "");
	buf_free(&why);
}

/* One refusal, which names the element and the language. */
static void
lacks(struct notice notice, enum notice_element element, const char *text)
{
	struct buf why = { 0 };
	char want[80];

	notice.texts[element] = text;
	snprintf(want, sizeof(want), "the notice lacks '%s' (%s): ",
	    notice_element_name(element), notice.language);
	assert_false(notice_check(&notice, &why));
	assert_memory_equal(buf_str(&why), want, strlen(want));
	assert_ptr_equal(strchr(buf_str(&why), '\n') + 1,
	    buf_str(&why) + why.len);
	buf_free(&why);
}

static void
each_element_is_wanted(void **state)
{
	(void)state;
	for (enum notice_element e = 0; e < NOTICE_ELEMENTS; e++) {
		if (e == NOTICE_REMEDY)
			continue;
		if (e != NOTICE_ONLY_ONE) {
			lacks(english, e, NULL);
			lacks(english, e, " \n\t");
		}
		lacks(french, e, NULL);
	}
}

static void
remedies(void **state)
{
	struct notice notice = english;
	struct buf why = { 0 };

	(void)state;
	notice.remedies = 0;
	assert_false(notice_check(&notice, &why));
	assert_string_equal(buf_str(&why), "the notice lacks 'remedy' (en): "
	    "two to choose from, or why there is only one\n");
	buf_clear(&why);
	notice.remedies = 1;
	assert_false(notice_check(&notice, &why));
	assert_string_equal(buf_str(&why), "the notice lacks 'only-one' (en): "
	    "why there is only one remedy\n");
	notice.texts[NOTICE_ONLY_ONE] = "It cannot be repaired.";
	assert_true(notice_check(&notice, &why));
	buf_free(&why);
}

static void
instruction_to_stop(void **state)
{
	static const char *const good[] = {
		"Stop using it.", "DO NOT USE THE PRODUCT ANY MORE", "Never switch it on again",
		"Please unplug it immediately", "Switch the installation off", "Put it out of service",
		"Cessez d'utiliser le produit", "Ne l’utilisez plus", "ne vous en servez plus",
		"Mettez l'appareil hors tension", "Débranchez-le", "Arrêtez immédiatement l’appareil",
		"NE PLUS UTILISER", "Coupez le courant",
	};
	static const char *const bad[] = {
		"Call us.", "Contact us at no cost.", "Contactez-nous.", "N'hésitez pas à nous appeler.",
		"Please read this letter.",
	};
	struct notice notice = english;
	struct buf why = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT(good); i++) {
		notice.texts[NOTICE_INSTRUCTION] = good[i];
		if (!notice_check(&notice, &why))
			fail_msg("%s: %s", good[i], buf_str(&why));
	}
	for (size_t i = 0; i < COUNT(bad); i++) {
		notice.texts[NOTICE_INSTRUCTION] = bad[i];
		buf_clear(&why);
		if (notice_check(&notice, &why))
			fail_msg("%s", bad[i]);
		assert_string_equal(buf_str(&why), "'instruction' (en) does "
		    "not say to stop using the product\n");
	}
	buf_free(&why);
}

static const char *const refused[] = {
	"This is a voluntary recall.",
	"We have VOLUNTARILY decided to recall the product.",
	"As a precautionary measure we ask you to return it.",
	"We recall it as a precaution.",
	"Out of an abundance of precaution, return it.",
	"This is a purely preventive measure.",
	"Out of an abundance of caution, return it.",
	"Participation is discretionary.",
	"We recall it at our own discretion.",
	"Your participation in the recall is optional.",
	"In rare cases the contact may weld.",
	"In some very rare\nsituations it may overheat.",
	"Under certain circumstances it may overheat.",
	"In specific situations the breaker does not trip.",
	"In exceptional cases there may be a fire.",
	"No accident has been reported.",
	"There have been no reported accidents to date.",
	"To date, no injuries have been reported to us.",
	"We have received no reports of injury.",
	"We are not aware of any accident.",
	"No one has been injured.",
	"The risk is real but it is very unlikely that it happens.",
	"There is no cause for concern.",
	"Rappel volontaire du produit.",
	"Nous avons volontairement décidé de rappeler le produit.",
	"RAPPEL VOLONTAIRE",
	"Par mesure de précaution, nous vous demandons de le retourner.",
	"A titre de précaution, ne l'utilisez plus.",
	"Par simple précaution",
	"PAR PRÉCAUTION",
	"par pre\xcc\x81" "caution",
	"À titre préventif, nous le rappelons.",
	"Mesure préventive",
	"Rappelé de façon préventive.",
	"À notre discrétion",
	"Il n’a fait l’objet d’aucun accident.",
	"Une mesure discrétionnaire du fabricant.",
	"Le retour est facultatif.",
	"Dans de rares cas, le contact se soude.",
	"Dans certains cas, il peut chauffer.",
	"Dans des situations spécifiques, il ne déclenche pas.",
	"Dans des cas très rares",
	"En de rares occasions",
	"sous certaines conditions",
	"Cela se produit très rarement.",
	"Aucun accident n'a été signalé.",
	"Aucun accident\nn’a été signalé à ce jour.",
	"AUCUN INCIDENT N'A ÉTÉ DÉCLARÉ",
	"Nous n'avons connaissance d'aucun accident.",
	"Le défaut n’a donné lieu à aucun accident.",
	"sans accident signalé",
	"Il n'a pas été signalé d'accident.",
	"Aucune blessure n’est à déplorer.",
	"Personne n'a été blessé.",
	"Le risque est négligeable.",
	"volon-\ntaire",
	"vol\xc2\xadontaire",
};

static const char *const innocent[] = {
	"The breaker may trip involuntarily.",
	"Handle with care and take every precaution when removing it.",
	"Observe the safety precautions.",
	"The breaker may overheat: risk of fire.",
	"It is not safe to use the product.",
	"Report any accident to us at once.",
	"Accidents have been reported.",
	"One person was seriously injured.",
	"Only units with specific date codes are concerned.",
	"Certain date codes are concerned.",
	"The magnet is of rare earth.",
	"In case of doubt call us.",
	"In particular, in case of overload the contact may weld.",
	"No repair is possible after an accident; report every accident.",
	"Without a serial number we cannot help you.",
	"The optional accessory is not concerned.",
	"Preventive maintenance does not find the defect.",
	"Low voltage hazard: electric shock.",
	"You may choose between an exchange and a refund.",
	"Do not sell the product. Incidents are reported to the authority.",
	"So that no accident can occur, switch the supply off.",
	"The product is not safe in any situation.",
	"Le disjoncteur peut déclencher de façon involontaire.",
	"Débranchez le produit avec précaution.",
	"Manipulez-le avec beaucoup de précaution.",
	"Respectez les précautions d'emploi.",
	"Signalez-nous tout accident.",
	"Des accidents ont été signalés.",
	"Une personne a été blessée.",
	"Afin qu'aucun accident ne se produise, coupez le courant.",
	"En cas de doute, appelez-nous.",
	"En particulier en cas de surcharge, le contact se soude.",
	"En cas d'odeur particulière, coupez le courant.",
	"Certains codes date sont concernés.",
	"Aimant en terres rares.",
	"Aucun autre produit n'est concerné. Les accidents sont signalés à l'autorité.",
	"Aucune réparation n'est possible.",
	"Sans numéro de série, nous ne pouvons pas vous aider.",
	"L'accessoire facultatif n'est pas concerné.",
	"La maintenance préventive ne détecte pas le défaut.",
	"Risque de choc électrique, même à faible charge.",
	"Dans tous les cas, le disjoncteur doit être remplacé.",
	"Dans ce cas, appelez-nous.",
};

static void
playing_down_is_refused(void **state)
{
	struct notice_phrase p;

	(void)state;
	for (size_t i = 0; i < COUNT(refused); i++)
		if (!notice_plays_down(refused[i], 0, &p))
			fail_msg("taken: %s", refused[i]);
}

static void
innocent_is_taken(void **state)
{
	struct notice_phrase p;

	(void)state;
	for (size_t i = 0; i < COUNT(innocent); i++)
		if (notice_plays_down(innocent[i], 0, &p))
			fail_msg("refused: %s: %.*s", innocent[i], (int)p.len,
			    innocent[i] + p.at);
}

/* A sentence that is innocent stays so beside another. */
static void
sentences_are_apart(void **state)
{
	struct notice_phrase p;
	struct buf b = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT(innocent); i++)
		for (size_t k = 0; k < COUNT(innocent); k++) {
			buf_clear(&b);
			buf_printf(&b, "%s\n%s", innocent[i], innocent[k]);
			if (notice_plays_down(buf_str(&b), 0, &p))
				fail_msg("%s", buf_str(&b));
		}
	buf_free(&b);
}

static void
places(void **state)
{
	struct notice notice = french;
	struct buf why = { 0 };

	(void)state;
	notice.texts[NOTICE_HAZARD] = "Été : risque d'incendie.\n"
	    "À titre de PRÉCAUTION, et dans de rares\ncas.";
	notice.texts[NOTICE_TITLE] = NULL;
	assert_false(notice_check(&notice, &why));
	assert_string_equal(buf_str(&why),
	    "the notice lacks 'title' (fr): what is recalled, in a line\n"
	    "hazard (fr), line 2, column 3: 'titre de PRÉCAUTION' plays the "
	    "risk down\n"
	    "hazard (fr), line 2, column 27: 'dans de rares\ncas' plays the "
	    "risk down\n");
	buf_free(&why);
}

static void
any_bytes(void **state)
{
	struct notice_phrase p;
	char text[64];
	unsigned seed = 7;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		for (size_t n = 0; n < sizeof(text) - 1; n++) {
			seed = seed * 1103515245u + 12345u;
			text[n] = (char)(seed >> 16);
		}
		text[sizeof(text) - 1] = '\0';
		if (notice_plays_down(text, 0, &p))
			assert_true(p.at + p.len <= strlen(text));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(complete),
		cmocka_unit_test(each_element_is_wanted),
		cmocka_unit_test(remedies),
		cmocka_unit_test(instruction_to_stop),
		cmocka_unit_test(playing_down_is_refused),
		cmocka_unit_test(innocent_is_taken),
		cmocka_unit_test(sentences_are_apart),
		cmocka_unit_test(places),
		cmocka_unit_test(any_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
