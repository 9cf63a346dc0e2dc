/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/time.h"
#include "rules/warranty.h"

static int64_t
day(const char *text)
{
	int64_t days;

	if (!time_parse_date(text, &days))
		fail_msg("not a date: %s", text);
	return days;
}

static void
add(const char *from, int months, const char *expected)
{
	char text[16];

	time_format_date(warranty_add_months(day(from), months), text);
	assert_string_equal(text, expected);
}

static void
months_are_clamped(void **state)
{
	(void)state;
	add("2026-01-31", 1, "2026-02-28");
	add("2024-01-31", 1, "2024-02-29");
	add("2000-01-31", 1, "2000-02-29");
	add("2100-01-31", 1, "2100-02-28");
	add("2024-02-29", 12, "2025-02-28");
	add("2024-02-29", 48, "2028-02-29");
	add("2026-03-31", 1, "2026-04-30");
	add("2026-11-30", 3, "2027-02-28");
	add("2026-12-15", 1, "2027-01-15");
	add("2026-12-15", 0, "2026-12-15");
	add("2024-01-15", 24, "2026-01-15");
	add("2026-06-30", 1200, "2126-06-30");
}

/* As one counts on a calendar: month by month, then back from days that the
 * month does not have. */
static void
months_against_counting(void **state)
{
	int64_t start, days;
	int months, y, m, d, year, month, last;

	(void)state;
	for (start = day("2019-12-01"); start < day("2025-01-01"); start++)
		for (months = 0; months < 40; months++) {
			time_date(start, &y, &m, &d);
			year = y;
			month = m;
			for (last = months; last > 0; last--)
				if (++month > 12) {
					month = 1;
					year++;
				}
			while (!time_date_valid(year, month, d))
				d--;
			days = warranty_add_months(start, months);
			assert_int_equal(days, time_days(year, month, d));
		}
}

static void
check(const struct warranty_terms *terms, const char *requested,
    enum warranty expected, const char *reason)
{
	struct buf b = { 0 };
	enum warranty w;

	w = warranty_decide(terms, day(requested), NULL, &b);
	assert_string_equal(warranty_name(w), warranty_name(expected));
	assert_string_equal(buf_str(&b), reason);
	assert_int_equal(warranty_decide(terms, day(requested), NULL, NULL), w);
	buf_free(&b);
}

static void
last_day_counts(void **state)
{
	struct warranty_terms t = {
		.sold_on = day("2024-01-15"),
		.months = 24,
		.until = WARRANTY_NO_DAY,
	};
	int64_t until;

	(void)state;
	check(&t, "2026-01-14", WARRANTY_IN, "through 2026-01-15: sold on "
	    "2024-01-15, 24 months; requested on 2026-01-14");
	check(&t, "2026-01-15", WARRANTY_IN, "through 2026-01-15: sold on "
	    "2024-01-15, 24 months; requested on 2026-01-15");
	check(&t, "2026-01-16", WARRANTY_OUT, "ended on 2026-01-15: sold on "
	    "2024-01-15, 24 months; requested on 2026-01-16");
	warranty_decide(&t, day("2026-01-16"), &until, NULL);
	assert_int_equal(until, day("2026-01-15"));
}

static void
own_end_goes_before(void **state)
{
	struct warranty_terms t = {
		.sold_on = day("2024-01-15"),
		.months = 24,
		.until = day("2027-06-30"),
	};

	(void)state;
	check(&t, "2027-06-30", WARRANTY_IN, "through 2027-06-30: the unit's "
	    "own end date; requested on 2027-06-30");
	t.until = day("2024-03-01");
	check(&t, "2024-03-02", WARRANTY_OUT, "ended on 2024-03-01: the unit's "
	    "own end date; requested on 2024-03-02");
	/* Without a sale date too, and whatever was said about a proof. */
	t.sold_on = WARRANTY_NO_DAY;
	t.no_proof = true;
	check(&t, "2024-03-01", WARRANTY_IN, "through 2024-03-01: the unit's "
	    "own end date; requested on 2024-03-01");
}

static void
unknown_is_settled(void **state)
{
	struct warranty_terms t = {
		.sold_on = WARRANTY_NO_DAY,
		.months = 24,
		.until = WARRANTY_NO_DAY,
	};
	int64_t until = 0;

	(void)state;
	check(&t, "2026-05-04", WARRANTY_UNKNOWN, "no sale date");
	warranty_decide(&t, day("2026-05-04"), &until, NULL);
	assert_true(until == WARRANTY_NO_DAY);
	t.no_proof = true;
	check(&t, "2026-05-04", WARRANTY_OUT,
	    "no proof of the date of purchase");
	/* A proof that turns up later wins. */
	t.sold_on = day("2026-01-31");
	t.months = 1;
	check(&t, "2026-02-28", WARRANTY_IN, "through 2026-02-28: sold on "
	    "2026-01-31, 1 month; requested on 2026-02-28");
	t.no_proof = false;
	t.months = -1;
	check(&t, "2026-02-28", WARRANTY_UNKNOWN,
	    "no warranty period for the product");
}

static void
goodwill_needs_no_warranty(void **state)
{
	struct warranty_terms t = {
		.sold_on = day("2024-01-15"),
		.months = 24,
		.until = WARRANTY_NO_DAY,
		.goodwill = "loyal customer",
	};

	(void)state;
	check(&t, "2026-01-16", WARRANTY_GOODWILL, "goodwill: loyal customer; "
	    "ended on 2026-01-15: sold on 2024-01-15, 24 months; "
	    "requested on 2026-01-16");
	/* Nothing to grant. */
	check(&t, "2026-01-15", WARRANTY_IN, "through 2026-01-15: sold on "
	    "2024-01-15, 24 months; requested on 2026-01-15");
	t.sold_on = WARRANTY_NO_DAY;
	check(&t, "2026-01-15", WARRANTY_GOODWILL,
	    "goodwill: loyal customer; no sale date");
}

static void
who_pays(void **state)
{
	(void)state;
	assert_true(warranty_is_paid(WARRANTY_OUT));
	assert_false(warranty_is_paid(WARRANTY_IN));
	assert_false(warranty_is_paid(WARRANTY_GOODWILL));
	assert_false(warranty_is_paid(WARRANTY_UNKNOWN));
}

static void
longer_of_rest_and_months(void **state)
{
	int64_t shipped = day("2026-05-04");

	(void)state;
	assert_int_equal(warranty_extend(day("2027-01-15"), shipped, 3),
	    day("2027-01-15"));
	assert_int_equal(warranty_extend(day("2026-08-05"), shipped, 3),
	    day("2026-08-05"));
	assert_int_equal(warranty_extend(day("2026-08-03"), shipped, 3),
	    day("2026-08-04"));
	assert_int_equal(warranty_extend(day("2020-01-01"), shipped, 3),
	    day("2026-08-04"));
	assert_int_equal(warranty_extend(WARRANTY_NO_DAY, shipped, 3),
	    day("2026-08-04"));
	assert_int_equal(warranty_extend(WARRANTY_NO_DAY, day("2025-11-30"), 3),
	    day("2026-02-28"));
}

static void
names(void **state)
{
	(void)state;
	assert_string_equal(warranty_name(WARRANTY_UNKNOWN), "unknown");
	assert_string_equal(warranty_name(WARRANTY_IN), "in");
	assert_string_equal(warranty_name(WARRANTY_OUT), "out");
	assert_string_equal(warranty_name(WARRANTY_GOODWILL), "goodwill");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(months_are_clamped),
		cmocka_unit_test(months_against_counting),
		cmocka_unit_test(last_day_counts),
		cmocka_unit_test(own_end_goes_before),
		cmocka_unit_test(unknown_is_settled),
		cmocka_unit_test(goodwill_needs_no_warranty),
		cmocka_unit_test(who_pays),
		cmocka_unit_test(longer_of_rest_and_months),
		cmocka_unit_test(names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
