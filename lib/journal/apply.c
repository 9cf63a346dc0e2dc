/* SPDX-License-Identifier: ISC */
#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "apply.h"
#include "base/json_read.h"

/* The rows of an event, on their way into the tables. */
struct applying {
	struct store	*s;
	int64_t		 seq;
	struct json_reader reader;
};

static const struct apply_table *
find_table(struct applying *a, const char *name)
{
	const struct apply_table *t = apply_tables;

	while (t->name != NULL && strcmp(t->name, name) != 0)
		t++;
	if (t->name != NULL)
		return t;
	store_break(a->s, "entry %" PRId64 ": '%s' is not a derived table",
	    a->seq, name);
	return NULL;
}

/* Rows have their columns in the order of the table, save for those that are
 * absent: it is mostly the one after the last. */
static int
find_column(struct applying *a, const struct apply_table *t, const char *name,
    int after)
{
	for (int i = after; t->columns[i] != NULL; i++)
		if (strcmp(t->columns[i], name) == 0)
			return i;
	for (int i = 0; i < after; i++)
		if (strcmp(t->columns[i], name) == 0)
			return i;
	store_break(a->s, "entry %" PRId64 ": %s has no column '%s'", a->seq,
	    t->name, name);
	return -1;
}

static void
bind(struct query *q, int n, const struct json_value *v)
{
	switch (v->type) {
	case JSON_NULL:
		bind_nth_null(q, n);
		break;
	case JSON_INT:
		bind_nth_int(q, n, v->number);
		break;
	case JSON_TEXT:
	case JSON_NESTED:
		bind_nth_text(q, n, v->text, v->len);
		break;
	}
}

/* What a row does not say is absent. */
static void
apply_row(struct applying *a, const struct apply_table *t)
{
	struct query *q = store_query(a->s, t->put);
	uint64_t given = 0;
	struct json_value value;
	const char *key;
	int column = -1;

	json_read_object(&a->reader);
	while (store_ok(a->s) && json_read_key(&a->reader, &key)) {
		column = find_column(a, t, key, column + 1);
		if (column < 0 || !json_read_value(&a->reader, &value))
			break;
		assert(column < 63);
		given |= UINT64_C(1) << column;
		bind(q, column + 1, &value);
	}
	for (int i = 0; t->columns[i] != NULL; i++)
		if ((given & UINT64_C(1) << i) == 0)
			bind_nth_null(q, i + 1);
	query_run(q);
	json_read_forget(&a->reader);
}

static void
apply_rows(struct applying *a)
{
	const struct apply_table *t;
	const char *name;

	json_read_object(&a->reader);
	while (store_ok(a->s) && json_read_key(&a->reader, &name)) {
		t = find_table(a, name);
		if (t == NULL || !json_read_array(&a->reader))
			break;
		while (store_ok(a->s) && json_read_element(&a->reader))
			apply_row(a, t);
	}
}

void
apply_payload(struct store *s, int64_t seq, const char *payload)
{
	struct applying a = { .s = s, .seq = seq };
	struct json_value value;
	const char *name;

	json_read_begin(&a.reader, payload);
	json_read_object(&a.reader);
	while (store_ok(s) && json_read_key(&a.reader, &name)) {
		if (strcmp(name, "rows") == 0)
			apply_rows(&a);
		else
			json_read_value(&a.reader, &value);
	}
	if (store_ok(s) && !json_read_done(&a.reader))
		store_break(s, "entry %" PRId64 ": cannot be read", seq);
	json_read_end(&a.reader);
}
