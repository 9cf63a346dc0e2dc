/* SPDX-License-Identifier: ISC */
#ifndef SERVICE_LOAD_H
#define SERVICE_LOAD_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "store/store.h"

/*
 * Master data from CSV or JSON Lines. The whole input is checked and sorted
 * first; with a bad line nothing is loaded. Then it is written in transactions
 * short enough for others to work between them. A load that was cut off is
 * completed by loading the same input again.
 */
struct load {
	const char	*table;		/* one of LOAD_TABLES */
	FILE		*in;
	bool		 check_only;
	/* A line that cannot be loaded; `field` is NULL for the whole line. */
	void		(*complain)(void *arg, int64_t line, const char *field,
			    const char *why);
	/* Often, with `total` 0 while it is not known; may be NULL. */
	void		(*progress)(void *arg, int64_t done, int64_t total,
			    const char *what);
	void		*arg;
};

struct load_result {
	int64_t	 bad;		/* complaints */
	int64_t	 rows;		/* different ones in the input */
	int64_t	 added, changed, unchanged;
};

/* The tables, in an order that can be loaded: each refers to those before it
 * only. */
#define LOAD_TABLES "sites carriers causes holidays customers products staff " \
	"units stock duty"

/* Outside a transaction. What was written before a failure stays; the failure
 * is the store's. */
void	 load_run(struct store *s, const struct load *load,
	    struct load_result *result);

#endif
