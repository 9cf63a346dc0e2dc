/* SPDX-License-Identifier: ISC */
#ifndef JOURNAL_APPLY_H
#define JOURNAL_APPLY_H

#include <stddef.h>

#include "store/store.h"

/* A derived table and what is done with it: made by apply_rows.sh at build from
 * the schema, in its order, ended by a row without a name. */
struct apply_table {
	const char	*name;
	const char	*put;		/* :payload; its rows, new or changed */
	const char	*stray;		/* :payload; keys that are no column */
	const char	*lost;		/* replayed, but not in the file */
	const char	*extra;		/* in the file, but not replayed */
};
extern const struct apply_table apply_tables[];

/* Writes the rows of an event, as they are: no rules, no clock, no settings. */
void	 apply_payload(struct store *s, const char *payload);

/* Breaks the store if a row has a column that its table does not have, which
 * applying passes over. */
void	 apply_check(struct store *s, int64_t seq, const char *payload);

#endif
