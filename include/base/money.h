/* SPDX-License-Identifier: ISC */
#ifndef BASE_MONEY_H
#define BASE_MONEY_H

#include <stdbool.h>
#include <stdint.h>

/* "120.50", "120,5" or "120" into cents; false, nothing written, for anything
 * else, a sign or more than 12 digits before the point included. */
bool	 money_parse(const char *text, int64_t *cents);
/* 120.50; the buffer holds at least 24 bytes. */
const char *money_format(int64_t cents, char *text);
/* Three capital letters, as in ISO 4217. */
bool	 money_currency_valid(const char *text);

#endif
