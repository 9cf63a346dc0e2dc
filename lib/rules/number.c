/* SPDX-License-Identifier: ISC */
#include <assert.h>
#include <stddef.h>
#include <string.h>

#include "rules/number.h"

enum { DIGITS_MAX = 18 };

/*
 * The quasigroup of Damm's thesis (2004). It is totally antisymmetric and its
 * diagonal is zero, so that the check digit is the state after the serial and
 * the state after the whole number is 0.
 */
static const int step[10][10] = {
	{ 0, 3, 1, 7, 5, 9, 8, 6, 4, 2 },
	{ 7, 0, 9, 2, 1, 5, 4, 8, 6, 3 },
	{ 4, 2, 0, 6, 8, 7, 1, 3, 5, 9 },
	{ 1, 7, 5, 0, 9, 8, 3, 4, 2, 6 },
	{ 6, 1, 2, 3, 0, 4, 5, 9, 7, 8 },
	{ 3, 6, 7, 4, 2, 0, 9, 5, 8, 1 },
	{ 5, 8, 6, 9, 7, 2, 0, 1, 3, 4 },
	{ 8, 9, 4, 5, 3, 6, 2, 0, 1, 7 },
	{ 9, 4, 3, 8, 6, 1, 7, 2, 0, 5 },
	{ 2, 5, 8, 1, 4, 3, 6, 7, 9, 0 },
};

static int
damm(int64_t n)
{
	return n == 0 ? 0 : step[damm(n / 10)][n % 10];
}

int64_t
number_make(int64_t serial)
{
	assert(serial >= NUMBER_FIRST_SERIAL && serial <= NUMBER_LAST_SERIAL);
	return serial * 10 + damm(serial);
}

int64_t
number_make_recall(int64_t serial)
{
	assert(serial >= NUMBER_FIRST_RECALL && serial <= NUMBER_LAST_RECALL);
	return serial * 10 + damm(serial);
}

/* -1 unless it is digits and nothing else, the last one right. */
static int64_t
parse(const char *text)
{
	size_t len = strspn(text, "0123456789"), i;
	int64_t n = 0;

	if (text[len] != '\0' || len > DIGITS_MAX || *text == '0')
		return -1;
	for (i = 0; i < len; i++)
		n = n * 10 + (text[i] - '0');
	return damm(n) == 0 ? n : -1;
}

bool
number_parse(const char *text, int64_t *number)
{
	int64_t n = parse(text);

	if (n / 10 < NUMBER_FIRST_SERIAL)
		return false;
	*number = n;
	return true;
}

bool
number_parse_recall(const char *text, int64_t *number)
{
	int64_t n = parse(text);

	if (n / 10 < NUMBER_FIRST_RECALL || n / 10 > NUMBER_LAST_RECALL)
		return false;
	*number = n;
	return true;
}
