/* SPDX-License-Identifier: ISC */
#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "rules/natural.h"

#define COUNT(a)	(sizeof(a) / sizeof((a)[0]))

static int
sign(int n)
{
	return (n > 0) - (n < 0);
}

/* The order written from its definition: no keys, two texts side by side. */
static int
compare(const char *a, const char *b)
{
	while (*a != '\0' && *b != '\0') {
		size_t m, n;
		int order;

		if (!isdigit((unsigned char)*a) ||
		    !isdigit((unsigned char)*b)) {
			/* A digit stands where ASCII has the digits. */
			order = toupper((unsigned char)*a) -
			    toupper((unsigned char)*b);
			if (order != 0)
				return sign(order);
			a++;
			b++;
			continue;
		}
		a += strspn(a, "0");
		b += strspn(b, "0");
		m = strspn(a, "0123456789");
		n = strspn(b, "0123456789");
		if (m != n)
			return m < n ? -1 : 1;
		if ((order = strncmp(a, b, m)) != 0)
			return sign(order);
		a += m;
		b += n;
	}
	return sign((*a != '\0') - (*b != '\0'));
}

static int
compare_keys(const char *a, const char *b)
{
	struct buf x = { 0 }, y = { 0 };
	int order;

	natural_key(&x, a);
	natural_key(&y, b);
	order = strcmp(buf_str(&x), buf_str(&y));
	buf_free(&x);
	buf_free(&y);
	return sign(order);
}

static void
check(const char *a, const char *b)
{
	if (compare_keys(a, b) != compare(a, b))
		fail_msg("'%s' and '%s'", a, b);
}

static void
check_key(const char *text, const char *expected)
{
	struct buf key = { 0 };

	natural_key(&key, text);
	assert_string_equal(buf_str(&key), expected);
	buf_free(&key);
}

static void
keys_are_as_documented(void **state)
{
	(void)state;
	check_key("", "");
	check_key("sn99", "SN299");
	check_key("SN0100", "SN3100");
	check_key("7/0", "17/0");
	check_key("000", "0");
	check_key("12345678", "812345678");
	check_key("123456789", "90123456789");
	check_key("1234567890", "911234567890");
	check_key("\xc3\xa9""1", "\xc3\xa9""11");
}

static void
order_by_example(void **state)
{
	(void)state;
	assert_int_equal(compare_keys("SN99", "SN100"), -1);
	assert_int_equal(compare_keys("sn99", "SN0099"), 0);
	assert_int_equal(compare_keys("SN99", "SN99A"), -1);
	assert_int_equal(compare_keys("SN9A", "SN10"), -1);
	assert_int_equal(compare_keys("SN-9", "SN9"), -1);
	assert_int_equal(compare_keys("3GA0412345", "3GA412345"), 0);
	assert_int_equal(compare_keys("200561", "220233"), -1);
}

static const char *const awkward[] = {
	"", "0", "00", "1", "01", "9", "10", "099", "100", "A", "a", "AA", "A0",
	"A00", "A1", "a01", "A-1", "A1-", "A 1", "A1 1", "1A", "01a", "1A1",
	"99999999", "100000000", "999999999999999999", "1000000000000000000",
	"00000000000000000000000000000001", "18446744073709551616",
	"99999999999999999999999999999999999999", "/", ":", "1:", "1/", "1.5",
	"1.05", "1.10", "Z", "z9", "Z10", "_", "`", "{", "~", "\xc3\xa9",
	"\xc3\xa9""9", "\xc3\xa9""10", "9\xc3\xa9", "SN\xf0\x9f\x94\x8c""1",
};

static void
awkward_texts_pair_by_pair(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(awkward); i++)
		for (size_t j = 0; j < COUNT(awkward); j++)
			check(awkward[i], awkward[j]);
}

/* Every text of up to five of these characters, against its like. */
static void
brute_force(void **state)
{
	static const char letters[] = "019aB-";
	enum { LETTERS = sizeof(letters) - 1, TEXTS = 7776 };
	static char texts[TEXTS][6];

	(void)state;
	for (int i = 0; i < TEXTS; i++) {
		int n = i;

		for (int k = 0; k < 5; k++, n /= LETTERS)
			texts[i][k] = letters[n % LETTERS];
		texts[i][i % 6] = '\0';
	}
	for (int i = 0; i < TEXTS; i += 13)
		for (int j = 0; j < TEXTS; j += 7)
			check(texts[i], texts[j]);
}

/* Lengths around the steps of their encoding. */
static void
long_runs_of_digits(void **state)
{
	char a[64], b[64];

	(void)state;
	for (size_t m = 1; m < 60; m++) {
		memset(a, '9', m);
		a[m] = '\0';
		b[0] = '1';
		memset(b + 1, '0', m);
		b[m + 1] = '\0';
		assert_int_equal(compare_keys(a, b), -1);
		assert_int_equal(compare_keys(a, a), 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_are_as_documented),
		cmocka_unit_test(order_by_example),
		cmocka_unit_test(awkward_texts_pair_by_pair),
		cmocka_unit_test(brute_force),
		cmocka_unit_test(long_runs_of_digits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
