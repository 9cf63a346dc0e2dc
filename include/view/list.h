/* SPDX-License-Identifier: ISC */
#ifndef VIEW_LIST_H
#define VIEW_LIST_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/json.h"
#include "store/store.h"

/*
 * The cases, most urgent first: risk to people, then the time that binds, those
 * without one last; closed ones after all others, newest first.
 */
enum list_status { LIST_OPEN, LIST_CLOSED, LIST_ALL };

enum list_sort {
	LIST_URGENT,
	LIST_DUE,		/* by the time that binds alone */
	LIST_NUMBER,
	LIST_OPENED,		/* newest first */
	LIST_CUSTOMER		/* by name */
};

/* What a case must be like; absent is NULL, 0 or false. The second part is
 * about open steps, and one and the same step must be all of it. */
struct list_filter {
	enum list_status status;
	enum list_sort	 sort;
	int64_t		 limit;		/* 0: all of them */
	const char	*kind;
	const char	*customer;	/* code */
	const char	*product;	/* reference */
	const char	*serial;	/* whatever its case */
	const char	*text;		/* words of one text */
	const char	*find;		/* a number of any sort, exactly */
	const char	*find_words;	/* the same, or of a name */
	int64_t		 recall;
	int64_t		 since;		/* opened then or later */
	bool		 owed;		/* has a unit that we wait for */

	const char	*step;
	const char	*role;		/* of the owner */
	const char	*who;		/* owes it: person, site or customer */
	const char	*me;		/* owes it himself, or for his */
	const char	*my_site;	/* site, where he has the owner's */
	const char	*my_roles;	/* role; separated by blanks */
	int64_t		 until;		/* binds until then, that second too */
};

/* Each row has columns by name: those of the case, and of its most urgent open
 * step, of those that were asked for; see list_way.c. */
typedef void list_fn(struct query *row, void *arg);
/* Answers how many there were. */
int64_t	 list_each(struct store *s, const struct list_filter *f, list_fn *fn,
	    void *arg);

/* The most urgent open step of the case as JSON, null for none. */
void	 list_next(struct store *s, int64_t case_id, const char *zone,
	    struct json *j);

#endif
