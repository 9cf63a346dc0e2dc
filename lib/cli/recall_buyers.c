/* SPDX-License-Identifier: ISC */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/local.h"
#include "base/mem.h"
#include "base/text.h"
#include "cli/recall_words.h"
#include "state.h"

/* The answer of a distributor: to whom each unit was sold. */

enum { REFERENCE, SERIAL, CUSTOMER, COLUMNS };

static const char *const columns[COLUMNS] = {
	[REFERENCE] = "reference", [SERIAL] = "serial", [CUSTOMER] = "customer",
};

struct reading {
	struct cli	*cli;
	struct cli_recall_buyers *b;
	bool		 headed;
	bool		 heading_bad;
	size_t		 map[COLUMNS];	/* field of each column */
	size_t		 fields;
	size_t		 room;
};

static const char *
name(const struct cli_recall_buyers *b)
{
	return strcmp(b->path, "-") == 0 ? "stdin" : b->path;
}

/* As compilers do it, for editors that jump to the place. */
static void __attribute__((__format__(__printf__, 4, 5)))
complain(struct cli *c, struct cli_recall_buyers *b, int64_t line,
    const char *fmt, ...)
{
	struct buf said = { 0 }, out = { 0 };
	va_list ap;

	b->bad++;
	va_start(ap, fmt);
	buf_vprintf(&said, local_text(fmt), ap);
	va_end(ap);
	cli_progress_end(c);
	text_escape(&out, name(b));
	buf_printf(&out, ":%" PRId64 ": ", line);
	text_escape(&out, buf_str(&said));
	fprintf(stderr, "%s\n", buf_str(&out));
	buf_free(&said);
	buf_free(&out);
}

static size_t
column_of(const char *name)
{
	size_t i = 0;

	while (i < COLUMNS && strcmp(columns[i], name) != 0)
		i++;
	return i;
}

static void
take_heading(struct reading *r, int64_t line, const struct csv_field *fields,
    size_t count)
{
	bool seen[COLUMNS] = { false };

	r->headed = true;
	r->fields = count;
	for (size_t i = 0; i < count; i++) {
		size_t column = column_of(fields[i].text);

		if (column == COLUMNS)
			complain(r->cli, r->b, line, "no column '%s'; there "
			    "are reference, serial, customer", fields[i].text);
		else if (seen[column])
			complain(r->cli, r->b, line, "%s: stands twice in the "
			    "heading", columns[column]);
		else {
			seen[column] = true;
			r->map[column] = i;
		}
	}
	for (size_t i = 0; i < COLUMNS; i++)
		if (!seen[i])
			complain(r->cli, r->b, line, "%s: is missing in the "
			    "heading", columns[i]);
}

static void
add(struct reading *r, int64_t line, const struct csv_field *fields)
{
	struct cli_recall_buyers *b = r->b;
	struct arena *texts = &b->texts;

	if (b->count == r->room) {
		r->room = r->room == 0 ? 64 : r->room * 2;
		b->buyers = mem_array(b->buyers, r->room, sizeof(*b->buyers));
		b->lines = mem_array(b->lines, r->room, sizeof(*b->lines));
	}
	b->lines[b->count] = line;
	b->buyers[b->count++] = (struct recall_buyer){
		.reference = arena_text(texts, fields[r->map[REFERENCE]].text),
		.serial = arena_text(texts, fields[r->map[SERIAL]].text),
		.customer = arena_text(texts, fields[r->map[CUSTOMER]].text),
	};
}

static void
take_row(void *arg, int64_t line, const struct csv_field *fields, size_t count)
{
	struct reading *r = arg;
	int64_t before = r->b->bad;

	if (!r->headed) {
		take_heading(r, line, fields, count);
		r->heading_bad = r->b->bad > 0;
		return;
	}
	/* With a wrong heading every line would be wrong. */
	if (r->heading_bad)
		return;
	if (count != r->fields) {
		complain(r->cli, r->b, line, "%zu fields, the heading has %zu",
		    count, r->fields);
		return;
	}
	for (size_t i = 0; i < COLUMNS; i++)
		if (fields[r->map[i]].len == 0)
			complain(r->cli, r->b, line, "%s: is missing",
			    columns[i]);
	if (r->b->bad == before)
		add(r, line, fields);
}

static void
read_rows(struct reading *r, const char *text)
{
	struct csv_reader *csv = csv_reader_open(take_row, r);
	const char *why;
	int64_t line;

	if (!csv_reader_feed(csv, text, strlen(text)) || !csv_reader_end(csv)) {
		why = csv_reader_why(csv, &line);
		complain(r->cli, r->b, line, "%s", why);
	}
	if (!r->headed)
		complain(r->cli, r->b, 1, "there is no heading: "
		    "reference,serial,customer");
	csv_reader_close(csv);
}

void
cli_recall_buyers(struct cli *c, struct cli_recall_buyers *b)
{
	struct reading r = { .cli = c, .b = b };
	struct buf why = { 0 };
	char *text = cli_recall_read(b->path, &why);

	if (text != NULL) {
		buf_text(&b->content, text);
		read_rows(&r, text);
		free(text);
	} else
		cli_usage(c, "%s", buf_str(&why));
	buf_free(&why);
}

struct clashing {
	struct cli	*cli;
	struct cli_recall_buyers *b;
};

static void
tell_clash(void *arg, const struct recall_clash *clash)
{
	const struct clashing *t = arg;

	complain(t->cli, t->b, t->b->lines[clash->line], "customer: %s:%s was "
	    "sold to %s here, to %s in line %" PRId64, clash->reference,
	    clash->serial, t->b->buyers[clash->line].customer,
	    t->b->buyers[clash->before].customer,
	    t->b->lines[clash->before]);
}

void
cli_recall_check_buyers(struct cli *c, struct act *act, int64_t recall,
    struct cli_recall_buyers *b)
{
	struct store *s = office_store(act->office);
	struct buf why = { 0 };

	for (size_t i = 0; i < b->count && store_ok(s); i++) {
		buf_clear(&why);
		if (recall_check_buyer(act, recall, &b->buyers[i], &why) !=
		    NULL)
			complain(c, b, b->lines[i], "%s", buf_str(&why));
	}
	if (b->bad == 0 && store_ok(s))
		recall_find_clashes(act, recall, b->buyers, b->count,
		    tell_clash, &(struct clashing){ c, b });
	if (b->bad > 0)
		store_refuse(s, "%s: %" PRId64 " lines cannot be taken; "
		    "nothing was recorded", name(b), b->bad);
	buf_free(&why);
}

void
cli_recall_buyers_free(struct cli_recall_buyers *b)
{
	free(b->buyers);
	free(b->lines);
	buf_free(&b->content);
	arena_free(&b->texts);
}
