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
		buf_char(&o->line, OUT_MARK);
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
	return text_width(*cell == OUT_MARK ? cell + 1 : cell);
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

static void
print(struct out *o)
{
	const char *line;
	bool any = false;
	size_t len;

	while ((line = spool_next(&o->spool, &len)) != NULL) {
		if (!any && o->form == FORM_TERMINAL)
			out_print_heading(o);
		any = true;
		if (o->form == FORM_TERMINAL)
			out_print_aligned(o, line, len);
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
