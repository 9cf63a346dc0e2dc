/* SPDX-License-Identifier: ISC */
#ifndef CLI_OUT_STATE_H
#define CLI_OUT_STATE_H

#include "base/json.h"
#include "cli/out.h"
#include "spool.h"

enum form {
	FORM_PIPE,		/* fields with tabs between them */
	FORM_TERMINAL,
	FORM_JSON
};

struct cell {
	bool		shown;
	bool		given;
	int64_t		number;
	struct buf	text;
};

struct out {
	struct cli		*c;
	const struct out_column	*columns;
	size_t			 count;
	struct cell		*cells;		/* one a column */
	size_t			*shown;		/* columns in print order */
	int			*widths;	/* one for each shown */
	size_t			 shown_count;
	struct query		*query;		/* the last one read from */
	struct cell		**sources;	/* cells of its columns */
	const char		*zone;
	int64_t			 now;
	enum form		 form;
	bool			 colour;
	struct spool		 spool;
	struct json		 json;
	struct buf		 line;
	/* On a terminal: */
	int			 room;		/* its width; 0: not known */
	size_t			 printed;	/* columns, from the first */
	struct buf		 row;
};

/* Appends the row that the cells hold to the spool. */
void	 out_spool_row(struct out *o);

/* Before a spooled cell that is to be red; no text has one once escaped. */
enum { OUT_MARK = '\001' };

/* On a terminal: the heading, which fits the columns to it, then each line of
 * the spool, which ends in a newline and has tabs between its fields. */
void	 out_print_heading(struct out *o);
void	 out_print_aligned(struct out *o, const char *line, size_t len);

#endif
