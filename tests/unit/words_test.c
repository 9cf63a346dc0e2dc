/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "rules/flow.h"
#include "tell/words.h"

#define PARIS	"Europe/Paris"

static void
is(char *made, const char *expected)
{
	assert_string_equal(made, expected);
	free(made);
}

static void
dates(void **state)
{
	(void)state;
	is(words_date(1777557900, PARIS, "fr"), "30\u00a0avril\u00a02026");
	is(words_date(1777557900, PARIS, "en"), "30\u00a0April\u00a02026");
	is(words_date(1777629600, PARIS, "fr"), "1er\u00a0mai\u00a02026");
	is(words_date_text("2026-08-01", "fr"), "1er\u00a0août\u00a02026");
	is(words_date_text("2026-08-01", "en"), "1\u00a0August\u00a02026");
	is(words_date_text("soon", "en"), "soon");
	is(words_day(1777557900, PARIS, "fr"),
	    "jeudi 30\u00a0avril\u00a02026");
	is(words_time(1777557900, PARIS, "fr"),
	    "jeudi 30\u00a0avril\u00a02026 à 16\u00a0h\u00a005");
	is(words_time(1777557900, PARIS, "en"),
	    "Thursday 30\u00a0April\u00a02026 at 16:05");
	/* The end of a day is the day. */
	is(words_time(1777586340, PARIS, "en"),
	    "Thursday 30\u00a0April\u00a02026");
}

static void
figures(void **state)
{
	(void)state;
	is(words_amount(123450, "EUR", "fr"), "1\u202f234,50\u00a0EUR");
	is(words_amount(123450, "EUR", "en"), "EUR\u00a01,234.50");
	is(words_amount(5, "GBP", "en"), "GBP\u00a00.05");
	is(words_amount(99999999999999, "EUR", "fr"),
	    "999\u202f999\u202f999\u202f999,99\u00a0EUR");
	is(words_number(999, "fr"), "999");
	is(words_number(1000, "fr"), "1\u202f000");
	is(words_number(1234567, "en"), "1,234,567");
}

static void
countries(void **state)
{
	(void)state;
	is(words_country("GB", "fr"), "ROYAUME-UNI");
	is(words_country("GR", "fr"), "GRECE");
	is(words_country("CZ", "en"), "CZECHIA");
	is(words_country("zz", "en"), "ZZ");
	assert_null(words_country(NULL, "en"));
}

/* A word that the list does not have comes back as it is. */
static void
known(enum words list, const char *word)
{
	char own[32];

	strcpy(own, word);
	if (words_find(list, own, "fr") == own ||
	    words_find(list, own, "en") == own)
		fail_msg("there is no word for %s", word);
}

/* Whatever the engine has a word for has one in both languages. */
static void
cases(void **state)
{
	static const int64_t some[] = { 1000015, 1000028, 1000031, 1000044,
	    1000053, 1000066 };

	(void)state;
	is(words_cases(some, 1, "fr"), "1000015");
	is(words_cases(some, 2, "fr"), "1000015 et 1000028");
	is(words_cases(some, 3, "en"), "1000015, 1000028 and 1000031");
	is(words_cases(some, 6, "en"), "1000015, 1000028, 1000031, 1000044, "
	    "1000053 and 1000066");
	is(words_cases(some, 7, "fr"), "1000015, 1000028, 1000031, 1000044, "
	    "1000053 et 2\u00a0autres");
	assert_null(words_cases(some, 0, "en"));
}

static void
every_word(void **state)
{
	(void)state;
	for (enum process p = 0; p < PROCESS_COUNT; p++) {
		const struct flow_process *process = flow_process(p);

		known(WORDS_PROCESS, process->name);
		for (size_t i = 0; i < process->count; i++)
			if (process->rules[i].chased)
				known(WORDS_WANTED, flow_step_name(
				    process->rules[i].step));
	}
	for (enum step s = 0; s < STEP_COUNT; s++)
		known(WORDS_STEP, flow_step_name(s));
	for (enum outcome o = OUTCOME_NONE + 1; o < OUTCOME_COUNT; o++)
		known(WORDS_OUTCOME, flow_outcome_name(o));
	for (enum owner o = 0; o < OWNER_COUNT; o++)
		known(WORDS_ROLE, flow_owner_name(o));
	for (enum step_state s = STATE_OPEN; s <= STATE_DROPPED; s++)
		known(WORDS_STATE, flow_state_name(s));
	assert_string_equal(words_find(WORDS_RISK, "fire", "fr"), "fire");
	assert_null(words_find(WORDS_RISK, NULL, "fr"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dates),
		cmocka_unit_test(figures),
		cmocka_unit_test(countries),
		cmocka_unit_test(cases),
		cmocka_unit_test(every_word),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
