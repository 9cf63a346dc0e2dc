/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "rules/number.h"

static bool
valid(const char *text)
{
	int64_t number;

	return number_parse(text, &number);
}

/* Worked out by hand with the table in Damm's thesis. */
static void
known_check_digits(void **state)
{
	(void)state;
	assert_int_equal(number_make(100001), 1000015);
	assert_int_equal(number_make(100572), 1005729);
}

static void
every_number_made_is_read(void **state)
{
	int64_t serial, number;
	char text[24];

	(void)state;
	for (serial = NUMBER_FIRST_SERIAL; serial < 300000; serial++) {
		snprintf(text, sizeof(text), "%jd",
		    (intmax_t)number_make(serial));
		assert_true(number_parse(text, &number));
		assert_int_equal(number, number_make(serial));
	}
	snprintf(text, sizeof(text), "%jd",
	    (intmax_t)number_make(NUMBER_LAST_SERIAL));
	assert_true(valid(text));
}

static void
one_digit_wrong(const char *text)
{
	char other[24];
	size_t i;
	char c;

	strcpy(other, text);
	for (i = 0; text[i] != '\0'; i++) {
		for (c = '0'; c <= '9'; c++) {
			other[i] = c;
			if (c != text[i] && valid(other))
				fail_msg("%s is taken for %s", other, text);
		}
		other[i] = text[i];
	}
}

static void
neighbours_swapped(const char *text)
{
	char other[24];
	size_t i;

	for (i = 0; text[i + 1] != '\0'; i++) {
		strcpy(other, text);
		other[i] = text[i + 1];
		other[i + 1] = text[i];
		if (strcmp(other, text) != 0 && valid(other))
			fail_msg("%s is taken for %s", other, text);
	}
}

static void
slips_are_refused(void **state)
{
	int64_t serial;
	char text[24];

	(void)state;
	/* The first ones, around the places where they get longer, large. */
	for (serial = NUMBER_FIRST_SERIAL; serial < INT64_C(4000000000000);
	    serial += serial < 130000 ? 1 : serial / 997) {
		snprintf(text, sizeof(text), "%jd",
		    (intmax_t)number_make(serial));
		one_digit_wrong(text);
		neighbours_swapped(text);
	}
}

/* Of ten last digits one is right: a number is not refused for nothing. */
static void
one_check_digit_fits(void **state)
{
	int64_t serial;
	char text[32];
	int digit, fits;

	(void)state;
	for (serial = NUMBER_FIRST_SERIAL; serial < 120000; serial++) {
		for (digit = fits = 0; digit < 10; digit++) {
			snprintf(text, sizeof(text), "%jd%d", (intmax_t)serial,
			    digit);
			fits += valid(text);
		}
		assert_int_equal(fits, 1);
	}
}

static void
only_digits_are_read(void **state)
{
	static const char *const bad[] = {
		"", "0", "00", "5724", "01000015", "+1000015", "-1000015",
		" 1000015", "1000015 ", "1000015\n", "1 000 015", "1000015/2",
		"0x1000015", "1e6", "1000004", "99999999999999999999999999",
		"1234567890123456785",
		"\xd9\xa1\xd9\xa2\xd9\xa3",
	};
	int64_t number = -7;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_false(number_parse(bad[i], &number));
	assert_int_equal(number, -7);
}

/* A recall's number is never a case's, also with a digit wrong. */
static void
recalls_are_no_cases(void **state)
{
	int64_t serial, number;
	char text[24];

	(void)state;
	for (serial = NUMBER_FIRST_RECALL; serial <= NUMBER_LAST_RECALL;
	    serial += serial < 2000 ? 1 : 97) {
		snprintf(text, sizeof(text), "%jd",
		    (intmax_t)number_make_recall(serial));
		assert_true(number_parse_recall(text, &number));
		assert_int_equal(number, number_make_recall(serial));
		assert_false(valid(text));
		text[0] = text[0] == '9' ? '1' : (char)(text[0] + 1);
		assert_false(number_parse_recall(text, &number));
		assert_false(valid(text));
	}
	assert_false(number_parse_recall("1000015", &number));
	assert_false(number_parse_recall("", &number));
	assert_false(number_parse_recall("0", &number));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_check_digits),
		cmocka_unit_test(every_number_made_is_read),
		cmocka_unit_test(slips_are_refused),
		cmocka_unit_test(one_check_digit_fits),
		cmocka_unit_test(only_digits_are_read),
		cmocka_unit_test(recalls_are_no_cases),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
