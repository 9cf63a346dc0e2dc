/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/time.h"
#include "out_state.h"
#include "state.h"
#include "term.h"

static size_t
count_columns(const struct out_column *columns)
{
	size_t n = 0;

	while (columns[n].name != NULL)
		n++;
	return n;
}

/* The column that the first `len` bytes name, or the count. */
static size_t
find(const struct out_column *columns, const char *name, size_t len)
{
	size_t i;

	for (i = 0; columns[i].name != NULL; i++)
		if (strlen(columns[i].name) == len &&
		    memcmp(columns[i].name, name, len) == 0)
			break;
	return i;
}

static _Noreturn void
refuse_column(const struct cli *c, const struct out_column *columns,
    const char *name, size_t len)
{
	struct buf names = { 0 };
	size_t i;

	for (i = 0; columns[i].name != NULL; i++)
		buf_printf(&names, "%s%s", i > 0 ? "," : "", columns[i].name);
	cli_usage(c, "--columns: there is no column '%.*s'; there are %s",
	    (int)len, name, buf_str(&names));
}

void
out_check(const struct cli *c, const struct out_column *columns,
    const char *list)
{
	const char *name;
	size_t len;

	while ((name = text_item(&list, &len)) != NULL)
		if (columns[find(columns, name, len)].name == NULL)
			refuse_column(c, columns, name, len);
}

static void
choose(struct out *o, const char *list)
{
	const char *name;
	size_t len;

	out_check(o->c, o->columns, list);
	while ((name = text_item(&list, &len)) != NULL) {
		o->shown = mem_array(o->shown, o->shown_count + 1,
		    sizeof(*o->shown));
		o->shown[o->shown_count++] = find(o->columns, name, len);
	}
}

static void
choose_all(struct out *o)
{
	size_t i;

	o->shown = mem_array(NULL, o->count, sizeof(*o->shown));
	for (i = 0; i < o->count; i++)
		o->shown[i] = i;
	o->shown_count = o->count;
}

static enum form
choose_form(const struct cli *c)
{
	if (cli_given(c, "json"))
		return FORM_JSON;
	return isatty(STDOUT_FILENO) ? FORM_TERMINAL : FORM_PIPE;
}

bool
out_colour(void)
{
	const char *no = getenv("NO_COLOR");

	return isatty(STDOUT_FILENO) && (no == NULL || *no == '\0') &&
	    !term_is_dumb();
}

struct out *
out_open(struct cli *c, const struct out_column *columns, const char *shown,
    const char *zone)
{
	struct out *o = mem_zero(1, sizeof(*o));
	size_t i;

	o->c = c;
	o->columns = columns;
	o->count = count_columns(columns);
	o->cells = mem_zero(o->count, sizeof(*o->cells));
	o->zone = zone != NULL ? zone : "UTC";
	o->now = time_now();
	o->form = choose_form(c);
	o->colour = o->form == FORM_TERMINAL && out_colour();
	if (cli_given(c, "columns"))
		choose(o, cli_text(c, "columns"));
	else if (o->form == FORM_JSON)
		choose_all(o);
	else
		choose(o, shown);
	o->widths = mem_zero(o->shown_count, sizeof(*o->widths));
	for (i = 0; i < o->shown_count; i++)
		o->cells[o->shown[i]].shown = true;
	return o;
}

bool
out_for_person(const struct out *o)
{
	return o->form == FORM_TERMINAL;
}

static struct cell *
cell_named(struct out *o, const char *name)
{
	size_t i = find(o->columns, name, strlen(name));

	return i < o->count ? &o->cells[i] : NULL;
}

void
out_put_text(struct out *o, const char *name, const char *value)
{
	struct cell *cell = cell_named(o, name);

	if (cell == NULL || value == NULL)
		return;
	cell->given = true;
	buf_clear(&cell->text);
	buf_text(&cell->text, value);
}

void
out_put_int(struct out *o, const char *name, int64_t value)
{
	struct cell *cell = cell_named(o, name);

	if (cell == NULL)
		return;
	cell->given = true;
	cell->number = value;
}

void
out_put_row(struct out *o)
{
	size_t i;

	out_spool_row(o);
	for (i = 0; i < o->count; i++)
		o->cells[i].given = false;
}

/* Which cells the columns of the query fill, looked up once for all its rows;
 * those that are not shown are left alone. */
static void
find_sources(struct out *o, struct query *q)
{
	int i, n = query_columns(q);
	struct cell *cell;

	o->query = q;
	o->sources = mem_array(o->sources, (size_t)n, sizeof(*o->sources));
	for (i = 0; i < n; i++) {
		cell = cell_named(o, query_name(q, i));
		o->sources[i] = cell != NULL && cell->shown ? cell : NULL;
	}
}

static void
fill(struct out *o, struct cell *cell, struct query *q, int column)
{
	switch (o->columns[cell - o->cells].kind) {
	case OUT_TEXT:
	case OUT_NAME:
	case OUT_JSON:
		buf_clear(&cell->text);
		buf_text(&cell->text, query_text(q, column));
		break;
	case OUT_INT:
	case OUT_TIME:
	case OUT_DUE:
		cell->number = query_int(q, column);
		break;
	}
	cell->given = true;
}

void
out_row(struct out *o, struct query *q)
{
	int i, n = query_columns(q);

	if (o->query != q)
		find_sources(o, q);
	for (i = 0; i < n; i++)
		if (o->sources[i] != NULL && !query_null(q, i))
			fill(o, o->sources[i], q, i);
	out_put_row(o);
}
