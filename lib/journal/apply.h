/* SPDX-License-Identifier: ISC */
#ifndef JOURNAL_APPLY_H
#define JOURNAL_APPLY_H

#include <stddef.h>

#include "store/store.h"

/* A derived table and what is done with it: made by apply_rows.sh at build from
 * the schema, in its order, ended by a row without a name. */
struct apply_table {
	const char	*name;
	const char	*const *columns;	/* ended by NULL */
	const char	*put;		/* a value for each; new or changed */
	const char	*lost;		/* replayed, but not in the file */
	const char	*extra;		/* in the file, but not replayed */
};
extern const struct apply_table apply_tables[];

/* Writes the rows of an event, as they are: no rules, no clock, no settings.
 * Breaks the store if a row is of no such table, or has no such column. */
void	 apply_payload(struct store *s, int64_t seq, const char *payload);

#endif
