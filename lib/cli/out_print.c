/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/local.h"
#include "base/text.h"
#include "base/time.h"
#include "out_state.h"
#include "state.h"
#include "term.h"

#define BOLD	"\033[1m"
#define RED	"\033[31m"
#define PLAIN	"\033[m"

enum {
	GAP = 2,		/* between columns */
	CUT_LESS = 16,		/* widths to which a column may shrink */
	CUT_MORE = 8
};
#define MORE	"\xe2\x80\xa6"	/* an ellipsis: one column */

/* Before a spooled cell that is to be red; no text has one once escaped. */
enum { MARK = '\001' };

/* The cell as JSON, exact. */
static void
json_cell(struct out *o, const struct out_column *column, struct cell *cell)
{
	char text[32];

	if (!cell->given) {
		json_null(&o->json, column->name);
		return;
	}
	switch (column->kind) {
	case OUT_TEXT:
	case OUT_NAME:
		json_text(&o->json, column->name, buf_str(&cell->text));
		break;
	case OUT_INT:
		json_int(&o->json, column->name, cell->number);
		break;
	case OUT_TIME:
	case OUT_DUE:
		json_text(&o->json, column->name,
		    time_format(cell->number, o->zone, text));
		break;
	case OUT_JSON:
		json_raw(&o->json, column->name, buf_str(&cell->text));
		break;
	}
}

static void
text_time(struct out *o, bool due, int64_t at)
{
	char text[40];

	if (o->form == FORM_TERMINAL && due && at < o->now)
		buf_char(&o->line, MARK);
	buf_text(&o->line, o->form == FORM_TERMINAL ?
	    time_format_person(at, o->zone, true, text) :
	    time_format(at, o->zone, text));
}

/* The cell as people and pipes see it. */
static void
text_cell(struct out *o, const struct out_column *column, struct cell *cell)
{
	if (!cell->given)
		return;
	switch (column->kind) {
	case OUT_TEXT:
	case OUT_NAME:
	case OUT_JSON:
		text_escape_bytes(&o->line, buf_str(&cell->text),
		    cell->text.len);
		break;
	case OUT_INT:
		buf_printf(&o->line, "%" PRId64, cell->number);
		break;
	case OUT_TIME:
	case OUT_DUE:
		text_time(o, column->kind == OUT_DUE, cell->number);
		break;
	}
}

static int
cell_width(const char *cell)
{
	return text_width(*cell == MARK ? cell + 1 : cell);
}

static void
spool_text(struct out *o)
{
	size_t i, start;
	int width;

	for (i = 0; i < o->shown_count; i++) {
		if (i > 0)
			buf_char(&o->line, '\t');
		start = o->line.len;
		text_cell(o, &o->columns[o->shown[i]], &o->cells[o->shown[i]]);
		if (o->form != FORM_TERMINAL)
			continue;
		width = cell_width(buf_str(&o->line) + start);
		if (width > o->widths[i])
			o->widths[i] = width;
	}
	spool_add(&o->spool, buf_str(&o->line), o->line.len);
	buf_clear(&o->line);
}

static void
spool_json(struct out *o)
{
	const char *text;
	size_t i;

	json_object(&o->json, NULL);
	for (i = 0; i < o->shown_count; i++)
		json_cell(o, &o->columns[o->shown[i]], &o->cells[o->shown[i]]);
	json_end_object(&o->json);
	text = json_str(&o->json);
	spool_add(&o->spool, text, strlen(text));
	json_clear(&o->json);
}

void
out_spool_row(struct out *o)
{
	if (o->form == FORM_JSON)
		spool_json(o);
	else
		spool_text(o);
}

static enum out_kind
kind_of(const struct out *o, size_t i)
{
	return o->columns[o->shown[i]].kind;
}

static int
total_width(const struct out *o)
{
	int sum = 0;

	for (size_t i = 0; i < o->printed; i++)
		sum += o->widths[i] + (i > 0 ? GAP : 0);
	return sum;
}

/* The widest of those that may be cut; the count if none is wider than that. */
static size_t
widest(const struct out *o, int floor)
{
	size_t found = o->printed;

	for (size_t i = 0; i < o->printed; i++)
		if (kind_of(o, i) == OUT_NAME && o->widths[i] > floor &&
		    (found == o->printed || o->widths[i] > o->widths[found]))
			found = i;
	return found;
}

/* Until the rows find room, or nothing is left to be cut. */
static void
shrink(struct out *o, int floor)
{
	int over = total_width(o) - o->room;
	size_t i;

	for (; over > 0 && (i = widest(o, floor)) < o->printed; over--)
		o->widths[i]--;
}

/* What stands last is left out before all others become too narrow; but not
 * what was asked for. */
static void
fit(struct out *o)
{
	size_t last = o->printed - 1;

	shrink(o, CUT_LESS);
	if (total_width(o) > o->room && kind_of(o, last) == OUT_NAME &&
	    last > 0 && !cli_given(o->c, "columns"))
		o->printed--;
	shrink(o, CUT_MORE);
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
	const char *text = *cell == MARK ? cell + 1 : cell;
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

static void
print_heading(struct out *o)
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

/* A spooled line for the terminal. It ends in a newline, fields in tabs. */
static void
print_aligned(struct out *o, const char *line, size_t len)
{
	char *rest, *cell;
	size_t i;

	buf_clear(&o->line);
	buf_add(&o->line, line, len);
	o->line.data[len - 1] = '\0';
	rest = o->line.data;
	for (i = 0; i < o->printed; i++) {
		cell = strsep(&rest, "\t");
		put_cell(o, i, cell, *cell == MARK && o->colour ? RED : "");
	}
	end_row(o);
}

static void
print(struct out *o)
{
	const char *line;
	bool any = false;
	size_t len;

	while ((line = spool_next(&o->spool, &len)) != NULL) {
		if (!any && o->form == FORM_TERMINAL)
			print_heading(o);
		any = true;
		if (o->form == FORM_TERMINAL)
			print_aligned(o, line, len);
		else
			fwrite(line, 1, len, stdout);
		if (ferror(stdout)) {
			cli_output_error(o->c, errno);
			break;
		}
	}
}

static void
dispose(struct out *o)
{
	size_t i;

	for (i = 0; i < o->count; i++)
		buf_free(&o->cells[i].text);
	free(o->cells);
	free(o->sources);
	free(o->shown);
	free(o->widths);
	buf_free(&o->line);
	buf_free(&o->row);
	json_free(&o->json);
	spool_free(&o->spool);
	free(o);
}

void
out_close(struct out *o)
{
	if (spool_rewind(&o->spool))
		print(o);
	if (o->spool.error != 0) {
		cli_warn(o->c, "temporary file: %s",
		    strerror(o->spool.error));
		cli_fail(o->c, STORE_BROKEN);
	}
	(void)cli_flush(o->c);
	dispose(o);
}
