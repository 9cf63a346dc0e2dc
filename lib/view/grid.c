/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "view/grid.h"

enum { GAP = 2, COLUMNS_MOST = 16 };

struct grid_cell {
	char		*text;		/* escaped; NULL ends a row */
	int		 width;
	enum grid_tone	 tone;
};

static void
add(struct grid *g, struct grid_cell cell)
{
	if (g->count == g->size) {
		g->size = g->size * 2 + 32;
		g->cells = mem_array(g->cells, g->size, sizeof(*g->cells));
	}
	g->cells[g->count++] = cell;
}

void
grid_text(struct grid *g, const char *text, enum grid_tone tone)
{
	struct buf b = { 0 };

	text_escape(&b, text != NULL ? text : "");
	add(g, (struct grid_cell){ mem_text(buf_str(&b)),
	    text_width(buf_str(&b)), tone });
	buf_free(&b);
}

void
grid_take(struct grid *g, enum grid_tone tone)
{
	grid_text(g, buf_str(&g->text), tone);
	buf_clear(&g->text);
}

void
grid_end_row(struct grid *g)
{
	add(g, (struct grid_cell){ NULL, 0, GRID_PLAIN });
}

static void
put(struct buf *b, const char *escaped, enum grid_tone tone, bool colour)
{
	static const char *const codes[] = {
		[GRID_PLAIN] = NULL, [GRID_BOLD] = "\033[1m",
		[GRID_LATE] = "\033[31m", [GRID_FAINT] = "\033[2m",
	};
	bool shown = colour && codes[tone] != NULL && *escaped != '\0';

	if (shown)
		buf_text(b, codes[tone]);
	buf_text(b, escaped);
	if (shown)
		buf_text(b, "\033[m");
}

static void
measure(const struct grid *g, int widths[COLUMNS_MOST])
{
	size_t column = 0;

	for (size_t i = 0; i < g->count; i++) {
		if (g->cells[i].text == NULL) {
			column = 0;
			continue;
		}
		/* What nothing follows in its row widens no column. */
		if (g->cells[i + 1].text != NULL && column < COLUMNS_MOST &&
		    g->cells[i].width > widths[column])
			widths[column] = g->cells[i].width;
		column++;
	}
}

/* Blanks up to the next cell that has something in it. */
static int
print_row(const struct grid_cell *cell, const int *widths, bool colour,
    struct buf *b)
{
	int owed = 0, n;

	for (n = 0; cell[n].text != NULL; n++) {
		if (*cell[n].text != '\0') {
			buf_printf(b, "%*s", owed, "");
			put(b, cell[n].text, cell[n].tone, colour);
			owed = 0;
		} else
			owed += cell[n].width;
		if (n < COLUMNS_MOST && widths[n] > 0)
			owed += widths[n] - cell[n].width + GAP;
	}
	return n + 1;
}

void
grid_print(struct grid *g, int indent, bool colour, struct buf *b)
{
	int widths[COLUMNS_MOST] = { 0 };
	size_t i = 0;

	measure(g, widths);
	while (i < g->count) {
		buf_printf(b, "%*s", indent, "");
		i += (size_t)print_row(&g->cells[i], widths, colour, b);
		buf_char(b, '\n');
	}
	for (i = 0; i < g->count; i++)
		free(g->cells[i].text);
	free(g->cells);
	buf_free(&g->text);
	*g = (struct grid){ 0 };
}

void
grid_tone(struct buf *b, const char *text, enum grid_tone tone, bool colour)
{
	struct buf escaped = { 0 };

	text_escape(&escaped, text);
	put(b, buf_str(&escaped), tone, colour);
	buf_free(&escaped);
}
