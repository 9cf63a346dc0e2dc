/* SPDX-License-Identifier: ISC */
#ifndef CLI_OUT_H
#define CLI_OUT_H

#include <stdint.h>

#include "cli/cli.h"

/*
 * Rows for people, pipes and programs from one table of columns: aligned with a
 * heading and colour on a terminal, tab-separated and escaped in a pipe, JSON
 * Lines with --json. Spooled, so that the file is read before output waits.
 */
enum out_kind {
	OUT_TEXT,
	OUT_INT,
	OUT_TIME,	/* seconds; RFC 3339 in the zone, local on a terminal */
	OUT_JSON	/* JSON in the query; nested in --json */
};

struct out_column {
	const char	*name;		/* column of the query, -o and JSON */
	const char	*heading;	/* on a terminal; NULL: the name */
	enum out_kind	 kind;
	const char	*about;		/* for the man page and --help */
};

struct out;

/* `columns` ends with a row without a name; `shown` is the default list for -o.
 * --json prints every column that the table has, or those of -o. */
struct out *out_open(struct cli *c, const struct out_column *columns,
	    const char *shown, const char *zone);
/* The row at which q stands, columns found by name. */
void	 out_row(struct out *o, struct query *q);
/* Prints what was spooled. */
void	 out_close(struct out *o);

#endif
