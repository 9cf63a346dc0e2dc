/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <sha2.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"
#include "load_private.h"

enum {
	PIECE = 128 * 1024,
	OBJECT_MAX = 1024 * 1024
};

/* The heading says which column each field is. */
static void
take_heading(struct loader *l, int64_t line, const struct csv_field *fields,
    size_t count)
{
	const struct load_table *t = l->table;
	uint32_t seen = 0;
	size_t i, column;

	for (i = 0; i < count; i++) {
		column = load_column(t, fields[i].text);
		if (column == t->count) {
			load_complain(l, line, NULL, "no column '%.80s' in %s",
			    fields[i].text, t->name);
			continue;
		}
		if (seen >> column & 1)
			load_complain(l, line, fields[i].text,
			    "stands twice in the heading");
		else
			l->map[l->fields++] = column;
		seen |= UINT32_C(1) << column;
	}
	for (i = 0; i < t->count; i++)
		if (t->columns[i].required && !(seen >> i & 1))
			load_complain(l, line, t->columns[i].name,
			    "is missing in the heading");
}

static void
take_fields(void *arg, int64_t line, const struct csv_field *fields,
    size_t count)
{
	struct loader *l = arg;
	size_t i;

	if (!l->headed) {
		l->headed = true;
		take_heading(l, line, fields, count);
		l->heading_bad = l->result->bad > 0;
		return;
	}
	/* With a wrong heading every line would be wrong. */
	if (l->heading_bad)
		return;
	if (count != l->fields) {
		load_complain(l, line, NULL, "%zu fields, the heading has %zu",
		    count, l->fields);
		return;
	}
	load_begin_row(l, line);
	for (i = 0; i < count; i++)
		load_set(l, l->map[i], fields[i].text, fields[i].len);
	load_end_row(l);
}

/* Is it a list of texts, for a column that takes one? */
static bool
is_list(const struct loader *l, size_t column, const char *type)
{
	return strcmp(type, "list") == 0 &&
	    l->table->columns[column].kind == LOAD_WORDS;
}

/* One member of an object of JSON. */
static void
take_member(struct loader *l, struct query *q)
{
	const char *name = query_text(q, 0), *type = query_text(q, 1);
	size_t column = load_column(l->table, name);
	const char *text;

	if (column == l->table->count) {
		load_complain(l, l->row.line, NULL, "no column '%.80s' in %s",
		    name, l->table->name);
	} else if (l->row.given >> column & 1) {
		load_complain(l, l->row.line, name, "is given twice");
	} else if (text_has_word("array object list", type) &&
	    !is_list(l, column, type)) {
		load_complain(l, l->row.line, name, "is not a text");
	} else if (text_has_word("true false", type)) {
		load_set(l, column, type, strlen(type));
	} else {
		text = query_null(q, 2) ? "" : query_text(q, 2);
		load_set(l, column, text, strlen(text));
	}
}

static bool
is_object(struct loader *l, const char *line)
{
	struct query *q;

	q = store_query(l->s, "SELECT CASE WHEN json_valid(:line) "
	    "THEN json_type(:line) END = 'object'");
	bind_text(q, ":line", line);
	return query_int_or(q, 0) != 0;
}

static void
take_json(struct loader *l, int64_t number, const char *line, size_t len)
{
	struct query *q;

	if (line[strspn(line, " \t\r")] == '\0' && strlen(line) == len)
		return;
	if (strlen(line) < len || json_has_nul(line)) {
		load_complain(l, number, NULL, "has a NUL byte");
		return;
	}
	if (!text_valid(line, len)) {
		load_complain(l, number, NULL, "is not UTF-8");
		return;
	}
	if (!is_object(l, line)) {
		load_complain(l, number, NULL, "is not one JSON object");
		return;
	}
	load_begin_row(l, number);
	/* An array of texts is a list, as blanks between them make one. */
	q = store_query(l->s, "SELECT key, CASE WHEN type = 'array' AND NOT "
	    "EXISTS (SELECT 1 FROM json_each(j.value) WHERE type <> 'text') "
	    "THEN 'list' ELSE type END, CASE WHEN type = 'array' THEN "
	    "(SELECT group_concat(value, ' ') FROM json_each(j.value)) "
	    "ELSE atom END FROM json_each(:line) AS j");
	bind_text(q, ":line", line);
	while (query_row(q))
		take_member(l, q);
	load_end_row(l);
}

/* What comes in, whole lines of it, in either format. */
struct input {
	struct loader	*l;
	struct csv_reader *csv;		/* NULL: JSON Lines */
	struct buf	 line;
	int64_t		 number;
	int64_t		 read;		/* bytes */
	bool		 started;
};

static bool
feed_json(struct input *in, const char *data, size_t len)
{
	const char *end;
	size_t n;

	for (; len > 0; data += n, len -= n) {
		end = memchr(data, '\n', len);
		n = end != NULL ? (size_t)(end - data) : len;
		buf_add(&in->line, data, n);
		if (in->line.len > OBJECT_MAX) {
			load_complain(in->l, in->number, NULL,
			    "over 1 MiB long");
			return false;
		}
		if (end == NULL)
			continue;
		take_json(in->l, in->number++, buf_str(&in->line),
		    in->line.len);
		buf_clear(&in->line);
		n++;
	}
	return true;
}

/* The first bytes say what it is. */
static void
begin(struct input *in, const char **data, size_t *len)
{
	size_t blanks;

	in->started = true;
	if (*len >= 3 && memcmp(*data, "\xef\xbb\xbf", 3) == 0) {
		*data += 3;
		*len -= 3;
	}
	for (blanks = 0; blanks < *len; blanks++)
		if (strchr(" \t\r\n", (*data)[blanks]) == NULL ||
		    (*data)[blanks] == '\0')
			break;
	if (blanks == *len || (*data)[blanks] != '{')
		in->csv = csv_reader_open(take_fields, in->l);
}

static bool
feed(struct input *in, const char *data, size_t len)
{
	const char *why;
	int64_t line;

	if (!in->started)
		begin(in, &data, &len);
	if (in->csv == NULL)
		return feed_json(in, data, len);
	if (csv_reader_feed(in->csv, data, len))
		return true;
	why = csv_reader_why(in->csv, &line);
	load_complain(in->l, line, NULL, "%s; what follows was not read", why);
	return false;
}

/* As feed(), with one look at the file for all: a question on its own locks and
 * unlocks it. */
static bool
feed_together(struct input *in, const char *data, size_t len)
{
	struct query *q;
	bool more;

	q = store_query(in->l->s, "SELECT id FROM origin");
	query_row(q);
	more = feed(in, data, len);
	query_done(q);
	return more;
}

static void
finish(struct input *in)
{
	const char *why;
	int64_t line;

	if (in->csv == NULL && in->line.len > 0)
		take_json(in->l, in->number, buf_str(&in->line), in->line.len);
	if (in->csv != NULL && !csv_reader_end(in->csv)) {
		why = csv_reader_why(in->csv, &line);
		load_complain(in->l, line, NULL, "%s", why);
	} else if (!in->started || (in->csv != NULL && !in->l->headed)) {
		load_complain(in->l, 1, NULL, "there is no heading");
	}
}

void
load_read(struct loader *l, char *digest)
{
	struct input in = { .l = l, .number = 1 };
	const struct load *load = l->load;
	char *piece = mem_alloc(PIECE);
	bool more = true;
	SHA2_CTX sum;
	size_t n;

	SHA256Init(&sum);
	while (more && (n = fread(piece, 1, PIECE, load->in)) > 0) {
		SHA256Update(&sum, (const uint8_t *)piece, n);
		more = feed_together(&in, piece, n);
		in.read += (int64_t)n;
		if (load->progress != NULL)
			load->progress(load->arg, in.read, 0, "bytes");
	}
	if (ferror(load->in))
		store_refuse(l->s, "%s", strerror(errno));
	else if (more)
		finish(&in);
	SHA256End(&sum, digest);
	csv_reader_close(in.csv);
	buf_free(&in.line);
	free(piece);
}
