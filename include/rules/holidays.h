/* SPDX-License-Identifier: ISC */
#ifndef RULES_HOLIDAYS_H
#define RULES_HOLIDAYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The public holidays that are shipped, as the law has them today (Code du
 * travail L3133-1; L3134-13 for Alsace and Moselle), applied to any year. Days
 * count from 1970-01-01, names are French.
 */
enum { HOLIDAYS_MAX = 13 };

struct holiday {
	int64_t		 days;
	const char	*name;
};

/* "FR" or "FR-AM". */
bool	 holidays_shipped(const char *region);

/* Fills `list` in the order of the year and answers how many there are; two may
 * fall on one day. 0 for a region that is not shipped. */
size_t	 holidays_of_year(const char *region, int year,
	    struct holiday list[HOLIDAYS_MAX]);

/* The feast on that day, the one with a fixed date if there are two; NULL for
 * none. */
const char *holidays_name(const char *region, int64_t days);

/* Easter Sunday of the Gregorian calendar. */
int64_t	 holidays_easter(int year);

#endif
