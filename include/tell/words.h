/* SPDX-License-Identifier: ISC */
#ifndef TELL_WORDS_H
#define TELL_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rules/calendar.h"

/*
 * The words of the file in the language of the reader, "fr" or "en", for mails,
 * documents and the customer's page; and dates and amounts as that language
 * writes them. Spaces within them do not break.
 */
enum words {
	WORDS_PROCESS,		/* kinds and procedures */
	WORDS_STEP,		/* a noun: what is done or to be done */
	WORDS_WANTED,		/* a step of the customer, said to him */
	WORDS_OUTCOME,
	WORDS_RISK,
	WORDS_WARRANTY,
	WORDS_NATURE,		/* of a complaint */
	WORDS_CHANNEL,
	WORDS_STATUS,		/* of a case */
	WORDS_STATE,		/* of a step */
	WORDS_ROLE,		/* who owes a step */
	WORDS_PLACE,		/* those that are no site */
	WORDS_DOCUMENT,		/* their titles */
	WORDS_COUNTRY,		/* by code */
	WORDS_COUNT
};

/* The word itself when the list does not have it; NULL for NULL. */
const char *words_find(enum words list, const char *word,
	    const char *language);

/* To free: "ROYAUME-UNI", as in the last line of an address. */
char	*words_country(const char *code, const char *language);

/* To free: "30 avril 2026", "1er mai 2026"; "30 April 2026". */
char	*words_date(int64_t at, const char *zone, const char *language);
/* To free: the same from YYYY-MM-DD; the text itself when it is none. */
char	*words_date_text(const char *date, const char *language);
/* To free: "jeudi 30 avril 2026", "Thursday 30 April 2026". */
char	*words_day(int64_t at, const char *zone, const char *language);
/* To free: that, and "à 14 h 05", "at 14:05" unless it is the day's last
 * minute. */
char	*words_time(int64_t at, const char *zone, const char *language);

/* To free: "1 234,50 EUR"; "EUR 1,234.50". */
char	*words_amount(int64_t cents, const char *currency,
	    const char *language);
/* To free: "10 jours ouvrés", "24 heures"; NULL when there is none. */
char	*words_due(struct due due, const char *language);
/* "A9F74210, no. 3GA0412345"; without a serial the reference alone, without
 * that NULL. To free. */
char	*words_unit(const char *reference, const char *serial,
	    const char *language);
/* To free: "1 234"; "1,234". */
char	*words_number(int64_t number, const char *language);
/* To free: "1000015, 1000023 et 1000031"; of many, the first and how many more:
 * they have to stand on one line. NULL for none. No more than WORDS_CASES of
 * the numbers are read. */
#define WORDS_CASES	6
char	*words_cases(const int64_t *numbers, size_t count,
	    const char *language);

bool	 words_french(const char *language);

#endif
