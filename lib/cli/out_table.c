/* SPDX-License-Identifier: ISC */
#include <limits.h>
#include <string.h>

#include "base/local.h"
#include "base/text.h"
#include "out_state.h"
#include "state.h"
#include "term.h"

/* Rows as people see them on a terminal. */

#define BOLD	"\033[1m"
#define RED	"\033[31m"
#define PLAIN	"\033[m"

enum {
	GAP = 2,		/* between columns */
	CUT_LESS = 16,		/* a name may shrink to this for others */
	CUT_MORE = 8		/* and to this at the worst */
};
#define MORE	"\xe2\x80\xa6"	/* an ellipsis: one column */

static enum out_kind
kind_of(const struct out *o, size_t i)
{
	return o->columns[o->shown[i]].kind;
}

/* Of a row whose names are cut to this width. */
static int
row_width(const struct out *o, int cut)
{
	int sum = 0;

	for (size_t i = 0; i < o->printed; i++)
		sum += (i > 0 ? GAP : 0) + (kind_of(o, i) == OUT_NAME &&
		    o->widths[i] > cut ? cut : o->widths[i]);
	return sum;
}

/* The widest of those that may be cut; the count if there is none. */
static size_t
widest(const struct out *o)
{
	size_t found = o->printed;

	for (size_t i = 0; i < o->printed; i++)
		if (kind_of(o, i) == OUT_NAME && o->widths[i] > CUT_MORE &&
		    (found == o->printed || o->widths[i] > o->widths[found]))
			found = i;
	return found;
}

/* What stands last is left out before all others become too narrow; but not
 * what was asked for. Then the widest is cut, until the rows find room. */
static void
fit(struct out *o)
{
	size_t last = o->printed - 1, i;
	int over;

	if (row_width(o, CUT_LESS) > o->room && kind_of(o, last) == OUT_NAME &&
	    last > 0 && !cli_given(o->c, "columns"))
		o->printed--;
	over = row_width(o, INT_MAX) - o->room;
	for (; over > 0 && (i = widest(o)) < o->printed; over--)
		o->widths[i]--;
}

static const char *
heading(const struct out *o, size_t i)
{
	const struct out_column *column = &o->columns[o->shown[i]];

	return local_word("column", column->heading != NULL ?
	    column->heading : column->name);
}

/* As much of the text as finds room, its end marked if some is missing; answers
 * the width. */
static int
put_text(struct out *o, const char *text, int room)
{
	int width = text_width(text), cut = 0, n;
	size_t len = 0, bytes;
	uint32_t character;

	if (width <= room) {
		buf_text(&o->row, text);
		return width;
	}
	for (;; len += bytes, cut += n) {
		bytes = text_decode(text + len, strlen(text + len), &character);
		n = bytes > 0 ? text_character_width(character) : 1;
		bytes += bytes == 0;
		if (cut + n > room - 1)
			break;
	}
	buf_add(&o->row, text, len);
	buf_text(&o->row, MORE);
	return cut + 1;
}

/* Numbers stand to the right, the last column has nothing after it. */
static void
put_cell(struct out *o, size_t i, const char *cell, const char *colour)
{
	const char *text = *cell == OUT_MARK ? cell + 1 : cell;
	bool right = kind_of(o, i) == OUT_INT;
	bool last = i + 1 == o->printed;
	int width = text_width(text), room = o->widths[i];

	if (right)
		buf_printf(&o->row, "%*s", room - width, "");
	buf_text(&o->row, colour);
	width = put_text(o, text, room);
	if (*colour != '\0')
		buf_text(&o->row, PLAIN);
	if (!last)
		buf_printf(&o->row, "%*s", (right ? 0 : room - width) + GAP,
		    "");
}

static void
end_row(struct out *o)
{
	term_line(buf_str(&o->row), o->row.len, o->room);
	buf_clear(&o->row);
}

void
out_print_heading(struct out *o)
{
	size_t i;
	int width;

	for (i = 0; i < o->shown_count; i++) {
		width = text_width(heading(o, i));
		if (width > o->widths[i])
			o->widths[i] = width;
	}
	o->printed = o->shown_count;
	if ((o->room = term_columns()) > 0)
		fit(o);
	for (i = 0; i < o->printed; i++)
		put_cell(o, i, heading(o, i), o->colour ? BOLD : "");
	end_row(o);
}

void
out_print_aligned(struct out *o, const char *line, size_t len)
{
	char *rest, *cell;
	size_t i;

	buf_clear(&o->line);
	buf_add(&o->line, line, len);
	o->line.data[len - 1] = '\0';
	rest = o->line.data;
	for (i = 0; i < o->printed; i++) {
		cell = strsep(&rest, "\t");
		put_cell(o, i, cell, *cell == OUT_MARK && o->colour ? RED : "");
	}
	end_row(o);
}
