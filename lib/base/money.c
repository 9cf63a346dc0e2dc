/* SPDX-License-Identifier: ISC */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/money.h"

#define MOST_DIGITS	12

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

bool
money_parse(const char *text, int64_t *cents)
{
	int64_t value = 0;
	int digits = 0, decimals = 0;

	for (; is_digit(*text); text++, digits++)
		if (digits < MOST_DIGITS)
			value = value * 10 + (*text - '0');
	if (digits == 0 || digits > MOST_DIGITS)
		return false;
	if (*text == '.' || *text == ',') {
		text++;
		for (; is_digit(*text) && decimals < 2; text++, decimals++)
			value = value * 10 + (*text - '0');
		if (decimals == 0)
			return false;
	}
	if (*text != '\0')
		return false;
	for (; decimals < 2; decimals++)
		value *= 10;
	*cents = value;
	return true;
}

const char *
money_format(int64_t cents, char *text)
{
	snprintf(text, 24, "%" PRId64 ".%02d", cents / 100, (int)(cents % 100));
	return text;
}

bool
money_currency_valid(const char *text)
{
	return strlen(text) == 3 &&
	    strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 3;
}
