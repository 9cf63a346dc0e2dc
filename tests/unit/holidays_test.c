/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/time.h"
#include "rules/holidays.h"

static void
eleven_and_thirteen(void **state)
{
	static const struct {
		int		 month, day;
		bool		 everywhere;
		const char	*name;
	} year[] = {
		{  1,  1, true,  "Jour de l'an" },
		{  4,  3, false, "Vendredi saint" },
		{  4,  6, true,  "Lundi de Pâques" },
		{  5,  1, true,  "Fête du Travail" },
		{  5,  8, true,  "Victoire 1945" },
		{  5, 14, true,  "Ascension" },
		{  5, 25, true,  "Lundi de Pentecôte" },
		{  7, 14, true,  "Fête nationale" },
		{  8, 15, true,  "Assomption" },
		{ 11,  1, true,  "Toussaint" },
		{ 11, 11, true,  "Armistice 1918" },
		{ 12, 25, true,  "Noël" },
		{ 12, 26, false, "Deuxième jour de Noël" },
	};
	struct holiday fr[HOLIDAYS_MAX], am[HOLIDAYS_MAX];
	size_t i, n = 0;

	(void)state;
	assert_int_equal(holidays_of_year("FR", 2026, fr), 11);
	assert_int_equal(holidays_of_year("FR-AM", 2026, am), 13);
	assert_int_equal(holidays_of_year("DE", 2026, am), 0);
	for (i = 0; i < 13; i++) {
		assert_int_equal(am[i].days,
		    time_days(2026, year[i].month, year[i].day));
		assert_string_equal(am[i].name, year[i].name);
		if (!year[i].everywhere)
			continue;
		assert_int_equal(fr[n].days, am[i].days);
		assert_string_equal(fr[n++].name, am[i].name);
	}
	assert_int_equal(n, 11);
}

/* Of the published tables: the extremes, both exceptions of the Gregorian
 * reckoning (1954, 1981), centuries, and years about now. */
static void
easter(void **state)
{
	static const int tables[][3] = {
		{ 1583, 4, 10 }, { 1598, 3, 22 }, { 1761, 3, 22 },
		{ 1818, 3, 22 }, { 1886, 4, 25 }, { 1900, 4, 15 },
		{ 1943, 4, 25 }, { 1954, 4, 18 }, { 1981, 4, 19 },
		{ 2000, 4, 23 }, { 2008, 3, 23 }, { 2024, 3, 31 },
		{ 2025, 4, 20 }, { 2026, 4, 5 }, { 2038, 4, 25 },
		{ 2049, 4, 18 }, { 2076, 4, 19 }, { 2100, 3, 28 },
		{ 2285, 3, 22 },
	};
	size_t i;
	int year;

	(void)state;
	for (i = 0; i < sizeof(tables) / sizeof(*tables); i++)
		assert_int_equal(holidays_easter(tables[i][0]), time_days(
		    tables[i][0], tables[i][1], tables[i][2]));
	for (year = 1583; year < 4000; year++) {
		assert_int_equal(time_weekday(holidays_easter(year)), 0);
		assert_in_range(holidays_easter(year) - time_days(year, 3, 22),
		    0, 34);
	}
}

/* Ascension fell on 8 May in 1997 and on 1 May in 2008. */
static void
two_feasts_on_a_day(void **state)
{
	struct holiday list[HOLIDAYS_MAX];
	int64_t day = time_days(1997, 5, 8);
	size_t i, n = 0;

	(void)state;
	assert_int_equal(holidays_of_year("FR", 1997, list), 11);
	for (i = 0; i < 11; i++)
		n += list[i].days == day;
	assert_int_equal(n, 2);
	assert_string_equal(holidays_name("FR", day), "Victoire 1945");
	assert_string_equal(holidays_name("FR", time_days(2008, 5, 1)),
	    "Fête du Travail");
}

static void
names_of_days(void **state)
{
	(void)state;
	assert_null(holidays_name("FR", time_days(2026, 4, 3)));
	assert_string_equal(holidays_name("FR-AM", time_days(2026, 4, 3)),
	    "Vendredi saint");
	assert_null(holidays_name("FR", time_days(2026, 4, 5)));
	assert_null(holidays_name("XX", time_days(2026, 5, 1)));
	assert_true(holidays_shipped("FR"));
	assert_true(holidays_shipped("FR-AM"));
	assert_false(holidays_shipped("fr"));
	assert_false(holidays_shipped(""));
}

static void
years_are_in_order(void **state)
{
	struct holiday list[HOLIDAYS_MAX];
	size_t i;
	int year;

	(void)state;
	for (year = 1900; year < 2200; year++) {
		holidays_of_year("FR-AM", year, list);
		for (i = 1; i < HOLIDAYS_MAX; i++)
			assert_true(list[i - 1].days <= list[i].days);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(eleven_and_thirteen),
		cmocka_unit_test(easter),
		cmocka_unit_test(two_feasts_on_a_day),
		cmocka_unit_test(names_of_days),
		cmocka_unit_test(years_are_in_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
