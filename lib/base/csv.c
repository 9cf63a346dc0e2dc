/* SPDX-License-Identifier: ISC */
#include <csv.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/csv.h"
#include "base/local.h"
#include "base/mem.h"

/* A quote that is not closed must not take in a file of gigabytes. */
enum { ROW_MAX = 1024 * 1024 };

struct csv_reader {
	struct csv_parser parser;
	csv_row_fn	*fn;
	void		*arg;
	struct buf	 text;		/* fields of the row, each with NUL */
	struct csv_field *fields;	/* text: set when the row is complete */
	size_t		 count, room;
	size_t		 fed;		/* bytes of the row so far */
	bool		 inside;	/* of a row */
	bool		 started;
	int64_t		 line;		/* that is being read */
	int64_t		 row_line;	/* on which the row began */
	const char	*why;
};

static void
take_field(void *text, size_t len, void *arg)
{
	struct csv_reader *r = arg;

	if (r->count == r->room) {
		r->room = r->room == 0 ? 16 : r->room * 2;
		r->fields = mem_array(r->fields, r->room, sizeof(*r->fields));
	}
	r->fields[r->count++].len = len;
	buf_add(&r->text, text, len);
	buf_char(&r->text, '\0');
}

static void
take_row(int end, void *arg)
{
	struct csv_reader *r = arg;
	const char *text = buf_str(&r->text);
	size_t i;

	(void)end;
	for (i = 0; i < r->count; i++) {
		r->fields[i].text = text;
		text += r->fields[i].len + 1;
	}
	r->fn(r->arg, r->row_line, r->fields, r->count);
	r->count = 0;
	buf_clear(&r->text);
	r->inside = false;
	r->fed = 0;
}

/* The first separator outside quotes. */
static unsigned char
separator(const char *data, size_t len)
{
	bool quoted = false;
	size_t i;

	for (i = 0; i < len && data[i] != '\n'; i++) {
		if (data[i] == '"')
			quoted = !quoted;
		else if (!quoted && data[i] != '\0' &&
		    strchr(",;\t", data[i]) != NULL)
			return (unsigned char)data[i];
	}
	return CSV_COMMA;
}

static bool
blank(const char *data, size_t len)
{
	for (; len > 0; len--, data++)
		if (*data == '\0' || strchr(" \t\r\n", *data) == NULL)
			return false;
	return true;
}

/* Not more than one line of the file, so that a row's first line is known. */
static void
feed_line(struct csv_reader *r, const char *data, size_t len)
{
	if (!r->inside && blank(data, len))
		return;
	if (!r->inside)
		r->row_line = r->line;
	r->inside = true;
	r->fed += len;
	if (csv_parse(&r->parser, data, len, take_field, take_row, r) != len)
		r->why = local_text("a quotation mark inside a field: "
		    "quote the field and double the mark");
	else if (r->fed > ROW_MAX)
		r->why = local_text("over 1 MiB long: is a quotation mark not "
		    "closed?");
}

struct csv_reader *
csv_reader_open(csv_row_fn *fn, void *arg)
{
	struct csv_reader *r = mem_zero(1, sizeof(*r));

	r->fn = fn;
	r->arg = arg;
	r->line = 1;
	/* It fails only for options that it does not know. */
	csv_init(&r->parser, CSV_STRICT | CSV_STRICT_FINI);
	return r;
}

void
csv_reader_close(struct csv_reader *r)
{
	if (r == NULL)
		return;
	csv_free(&r->parser);
	buf_free(&r->text);
	free(r->fields);
	free(r);
}

bool
csv_reader_feed(struct csv_reader *r, const char *data, size_t len)
{
	const char *end;
	size_t n;

	if (!r->started)
		csv_set_delim(&r->parser, separator(data, len));
	r->started = true;
	while (len > 0 && r->why == NULL) {
		end = memchr(data, '\n', len);
		n = end != NULL ? (size_t)(end - data) + 1 : len;
		feed_line(r, data, n);
		r->line += end != NULL;
		data += n;
		len -= n;
	}
	return r->why == NULL;
}

bool
csv_reader_end(struct csv_reader *r)
{
	if (r->why == NULL &&
	    csv_fini(&r->parser, take_field, take_row, r) != 0)
		r->why = local_text("a quotation mark is not closed");
	return r->why == NULL;
}

const char *
csv_reader_why(const struct csv_reader *r, int64_t *line)
{
	*line = r->row_line;
	return r->why;
}
