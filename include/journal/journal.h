/* SPDX-License-Identifier: ISC */
#ifndef JOURNAL_JOURNAL_H
#define JOURNAL_JOURNAL_H

#include <stdint.h>

#include "store/store.h"

/*
 * What happened, with everything that follows from it. An event is never
 * changed; a later one may say otherwise. Replaying them all gives the derived
 * tables again, whatever settings and master data have become since.
 */
struct journal_event {
	int64_t		 case_id;	/* 0: none */
	const char	*verb;		/* what happened, one word */
	int64_t		 happened_at;
	const char	*by;		/* staff code, or NULL */
	const char	*text;		/* in words, or NULL */
	const char	*data;		/* JSON object, or NULL */
	const char	*rows;		/* JSON object: derived table ->
					 * array of whole new rows; or NULL */
};

/* Records and applies; inside a transaction. The event's number, 0 if the store
 * failed. A row is an object of columns, an absent one is NULL. */
int64_t	 journal_append(struct store *s, const struct journal_event *e);

/* The number that the next event will have. */
int64_t	 journal_next(struct store *s);

/* Who runs this process, by login name (digits if it has none); borrowed. */
const char *journal_login(void);

#endif
