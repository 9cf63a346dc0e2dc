/* SPDX-License-Identifier: ISC */
#ifndef VIEW_GRID_H
#define VIEW_GRID_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* Rows of texts under each other, each column as wide as its widest text. What
 * is put in is data: it comes out escaped. */
enum grid_tone { GRID_PLAIN, GRID_BOLD, GRID_LATE, GRID_FAINT };

struct grid {
	struct grid_cell *cells;
	size_t		 count, size;
	struct buf	 text;		/* of the cell being put together */
};

/* A cell; NULL is an empty one. */
void	 grid_text(struct grid *g, const char *text, enum grid_tone tone);
/* The same from what is in g->text, which is emptied. */
void	 grid_take(struct grid *g, enum grid_tone tone);
void	 grid_end_row(struct grid *g);
/* Appends the rows, indented, and empties the grid. */
void	 grid_print(struct grid *g, int indent, bool colour, struct buf *b);

/* Text in a tone, escaped. */
void	 grid_tone(struct buf *b, const char *text, enum grid_tone tone,
	    bool colour);

#endif
