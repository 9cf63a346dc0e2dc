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
	OUT_NAME,	/* text, cut short on a terminal without room for it */
	OUT_INT,
	OUT_TIME,	/* seconds; RFC 3339 in the zone, local on a terminal */
	OUT_DUE,	/* the same; red on a terminal once it has passed */
	OUT_JSON	/* JSON in the query; nested in --json */
};

struct out_column {
	const char	*name;		/* column of the query, -o and JSON */
	const char	*heading;	/* on a terminal; NULL: the name */
	enum out_kind	 kind;
	const char	*about;		/* for --help */
};

struct out;

/* Is standard output a terminal that may show colours? */
bool	 out_colour(void);

/* Lines for people on standard output; on a terminal, what is too long goes on
 * below the column in which it began. */
void	 out_text(const char *text, size_t len);

/* `columns` ends with a row without a name and is command->columns too, so that
 * a wrong --columns is told before anything else; `shown` is what is shown
 * without it, as in "case,kind". --json prints every column that the table has,
 * in its order, or those of --columns. */
struct out *out_open(struct cli *c, const struct out_column *columns,
	    const char *shown, const char *zone);
/* Do the rows go to a terminal? Then words of ours are in the language of
 * whoever reads them, see base/local.h. */
bool	 out_for_person(const struct out *o);
/* The row at which q stands, columns found by name; those that the query does
 * not have are absent. */
void	 out_row(struct out *o, struct query *q);
/* Prints what was spooled: to be called when the file has been read. A spool
 * that failed is told, and nothing is printed. */
void	 out_close(struct out *o);

/* A row from elsewhere: its values, then out_put_row(). What is not given is
 * absent; NULL is. */
void	 out_put_text(struct out *o, const char *name, const char *value);
void	 out_put_int(struct out *o, const char *name, int64_t value);
void	 out_put_row(struct out *o);

#endif
