/* SPDX-License-Identifier: ISC */
#ifndef VIEW_LIST_WAY_H
#define VIEW_LIST_WAY_H

#include <stdbool.h>

/* The ways into the file; for list.c and list_way.c only. */
enum list_way {
	WAY_PLAIN,		/* open cases, most urgent first */
	WAY_OPEN,		/* the same, and what else is asked for */
	WAY_CLOSED,		/* the others, newest first */
	WAY_ALL,		/* to be sorted */
	WAY_CUSTOMER, WAY_SERIAL, WAY_OWED,
	WAY_FIND, WAY_WORDS,
	WAY_STEP,		/* from here on rows are steps; of one :rank,
				 * unless sorted */
	WAY_ROLE,		/* of one :walk too, not sorted */
	WAY_WHO, WAY_ME, WAY_DUE, WAY_STEP_CUSTOMER, WAY_STEP_SERIAL,
	WAYS
};

/* The column of a row by which steps are in order; NULL comes last. */
#define LIST_ROW_DUE	19

/* The statement: in the order of the way, or in that of :sort. */
const char *list_statement(enum list_way way, bool sorted);

#endif
