/* SPDX-License-Identifier: ISC */
#ifndef VIEW_CHART_H
#define VIEW_CHART_H

#include "base/buf.h"
#include "service/office.h"

/* The workflow as the engine has it: from the tables that it goes by. */
struct chart_row {
	const char	*process;
	const char	*type;		/* kind, procedure */
	const char	*step;
	const char	*per;		/* what it is done for: item, case */
	const char	*owner;		/* role */
	const char	*after;
	const char	*due;
	const char	*waive;		/* what giving it up does */
	const char	*notes;
};

struct chart {
	struct office	*office;	/* whose due times; NULL: as shipped */
	bool		 person;	/* reads it, in his language */
};

/* A row for each step of the process, in the order of the table. */
typedef void chart_fn(const struct chart_row *row, void *arg);
void	 chart_each(const struct chart *c, enum process process, chart_fn *fn,
	    void *arg);

/* The same as a part of a graph, between chart_dot_begin() and _end(). */
void	 chart_dot_begin(struct buf *b);
void	 chart_dot(struct office *o, enum process process, struct buf *b);
void	 chart_dot_end(struct buf *b);

#endif
