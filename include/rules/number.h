/* SPDX-License-Identifier: ISC */
#ifndef RULES_NUMBER_H
#define RULES_NUMBER_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Numbers of cases and recalls: a serial and a check digit after Damm. One
 * digit misread, or two neighbours swapped, is never another valid number.
 * Those of recalls have four to six digits and those of cases seven or more, so
 * that neither is ever taken for the other.
 */
#define NUMBER_FIRST_SERIAL	INT64_C(100001)
#define NUMBER_LAST_SERIAL	INT64_C(99999999999999999)
#define NUMBER_FIRST_RECALL	INT64_C(101)
#define NUMBER_LAST_RECALL	INT64_C(99999)

int64_t	 number_make(int64_t serial);

/* Digits and nothing else. False, nothing written, when the check digit is
 * wrong or no such number is ever given. */
bool	 number_parse(const char *text, int64_t *number);

/* The same for the serials of recalls. */
int64_t	 number_make_recall(int64_t serial);
bool	 number_parse_recall(const char *text, int64_t *number);

#endif
