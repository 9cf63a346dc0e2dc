/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/json.h"
#include "base/time.h"
#include "journal/journal.h"
#include "load_private.h"

enum {
	FIRST = 50,		/* milliseconds of the first transaction */
	SHARED = 300,		/* of one beside others */
	ALONE = 1000,		/* at first, while there are none */
	LONGEST = 4000,		/* at most */
	COMMIT = 300,		/* and of its end, which others must wait for */
	GAP = 25,		/* between two: who waits looks every 20 */
	GLANCE = 64,		/* rows between two looks at the clock */
	LARGE = 20000		/* rows from which a larger cache pays */
};

static int64_t
milliseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* An empty list of words is a value, everything else empty is none. */
static void
bind_value(struct query *q, const struct load_column *c, const char *value)
{
	switch (c->kind) {
	case LOAD_NUMBER:
	case LOAD_YES:
	case LOAD_TIME:
		if (*value != '\0')
			bind_int(q, c->parameter, strtoll(value, NULL, 10));
		else
			bind_null(q, c->parameter);
		return;
	case LOAD_WORDS:
		bind_lent(q, c->parameter, value);
		return;
	case LOAD_TEXT:
	case LOAD_CODE:
	case LOAD_SERIAL:
	case LOAD_EMAIL:
	case LOAD_WORD:
	case LOAD_LANGUAGE:
	case LOAD_REGION:
	case LOAD_DATE:
	case LOAD_REFERS:
		bind_lent(q, c->parameter, *value != '\0' ? value : NULL);
		return;
	}
}

static int64_t
run(struct loader *l, const char *sql, const char *const *values)
{
	const struct load_table *t = l->table;
	struct query *q = store_query(l->s, sql);
	size_t i;

	for (i = 0; i < t->count; i++)
		bind_value(q, &t->columns[i], values[i]);
	if (t->more != NULL)
		t->more(l, q, values);
	return query_run(q);
}

/* Fills in what the line leaves alone; answers whether anything differs. */
static bool
merge(struct loader *l, struct load_row *row, struct query *q)
{
	bool differs = false;
	const char *is;
	int n = 0;
	size_t i;

	for (i = 0; i < l->table->count; i++) {
		if (l->table->columns[i].key)
			continue;
		if ((is = query_text(q, n++)) == NULL)
			is = "";
		if (row->given >> i & 1) {
			differs = differs || strcmp(row->values[i], is) != 0;
			continue;
		}
		buf_clear(&l->text[i]);
		buf_text(&l->text[i], is);
		row->values[i] = buf_str(&l->text[i]);
	}
	return differs;
}

static bool
differs_from_file(struct loader *l, struct load_row *row)
{
	const struct load_table *t = l->table;
	struct query *q = store_query(l->s, t->read);
	bool differs;
	size_t i;

	for (i = 0; i < t->count; i++)
		if (t->columns[i].key)
			bind_value(q, &t->columns[i], row->values[i]);
	if (t->more_key != NULL)
		t->more_key(l, q, row->values);
	differs = query_row(q) && merge(l, row, q);
	query_done(q);
	return differs;
}

static void
update(struct loader *l, struct load_row *row)
{
	if (!differs_from_file(l, row)) {
		l->result->unchanged++;
		return;
	}
	run(l, l->table->update, row->values);
	l->result->changed++;
}

static void
write_row(struct loader *l, struct load_row *row)
{
	if (run(l, l->table->insert, row->values) > 0)
		l->result->added++;
	else if (store_ok(l->s))
		update(l, row);
}

/* What is left to do, kept from transaction to transaction. */
struct writing {
	struct loader	*l;
	struct buf	 key;		/* of the row written last */
	int64_t		 most;		/* milliseconds until the next commit */
	int64_t		 alone;		/* the same for want of experience */
	int64_t		 log;		/* bytes that are written back */
	bool		 more;
};

/* The same line again. */
static bool
written(const struct writing *w, const struct sort_row *packed)
{
	return w->key.len == packed->key_len && w->key.len > 0 &&
	    memcmp(w->key.data, packed->key, w->key.len) == 0;
}

/* Who comes while a long transaction is under way ends it. */
static bool
in_time(const struct writing *w, int64_t began)
{
	int64_t took = milliseconds() - began;

	return took < w->most && (took < SHARED || store_alone(w->l->s));
}

static void
write_rows(struct writing *w, int64_t began)
{
	struct loader *l = w->l;
	struct sort_row packed;
	struct load_row row;
	int64_t n = 0;

	while ((++n % GLANCE != 0 || in_time(w, began)) &&
	    store_ok(l->s) && (w->more = sort_next(l->rows, &packed))) {
		if (written(w, &packed))
			continue;
		buf_clear(&w->key);
		buf_add(&w->key, packed.key, packed.key_len);
		load_row_unpack(l->table, &packed, &row);
		write_row(l, &row);
	}
}

/* A load that changes nothing leaves no trace. */
static void
record(struct loader *l, const char *digest)
{
	const struct load_result *r = l->result;
	struct json j = { 0 };
	struct query *q;

	if (r->added + r->changed == 0)
		return;
	json_object(&j, NULL);
	json_text(&j, "table", l->table->name);
	json_int(&j, "rows", r->rows);
	json_int(&j, "added", r->added);
	json_int(&j, "changed", r->changed);
	json_text(&j, "digest", digest);
	json_end_object(&j);
	journal_append(l->s, &(struct journal_event){ .verb = "load",
	    .happened_at = time_now(), .data = json_str(&j) });
	json_free(&j);
	q = store_query(l->s, "INSERT INTO loaded (name, digest, loaded_at) "
	    "VALUES (:name, :digest, :now) ON CONFLICT (name) DO UPDATE "
	    "SET digest = excluded.digest, loaded_at = excluded.loaded_at");
	bind_text(q, ":name", l->table->name);
	bind_text(q, ":digest", digest);
	bind_int(q, ":now", time_now());
	query_run(q);
}

/* A count that was loaded stays the count, whatever has moved since. */
static bool
counted_already(struct loader *l, const char *digest)
{
	struct query *q;

	if (!l->table->counted)
		return false;
	q = store_query(l->s, "SELECT 1 FROM loaded "
	    "WHERE name = :name AND digest = :digest");
	bind_text(q, ":name", l->table->name);
	bind_text(q, ":digest", digest);
	return query_int_or(q, 0) != 0;
}

/* The more is written the longer the commit; but a small transaction writes
 * nearly as many pages as a larger one, so there is a least. */
static void
learn(struct writing *w, int64_t worked, int64_t commit)
{
	w->most = worked * COMMIT / (commit + 1);
	if (w->most > w->alone)
		w->most = w->alone;
	if (w->most < SHARED)
		w->most = SHARED;
}

/* One transaction; false when it was the last or nothing more can be done. */
static bool
write_some(struct writing *w, const char *digest)
{
	struct loader *l = w->l;
	struct load_result before = *l->result;
	int64_t began, worked;

	store_begin(l->s);
	began = milliseconds();
	if (l->result->rows > LARGE)
		store_exec(l->s, "PRAGMA cache_size = -65536");
	write_rows(w, began);
	if (!w->more && sort_error(l->rows) != 0)
		store_break(l->s, "temporary file: %s",
		    strerror(sort_error(l->rows)));
	if (!w->more)
		record(l, digest);
	worked = milliseconds() - began;
	if (store_end(l->s) == STORE_OK) {
		learn(w, worked, milliseconds() - began - worked);
		return w->more;
	}
	*l->result = before;
	return false;
}

static void
let_others(struct store *s)
{
	const struct timespec gap = { 0, GAP * 1000000L };

	if (!store_alone(s))
		nanosleep(&gap, NULL);
}

/* While the log is written back everybody waits, so it is to take no longer
 * than a commit. */
static void
relieve(struct writing *w)
{
	int64_t began = milliseconds(), took;

	if (!store_relieve(w->l->s, w->log))
		return;
	took = milliseconds() - began;
	if (took > COMMIT) {
		w->alone = SHARED + w->alone / 2;
		w->log = STORE_LOG_LARGE / 2;
	} else if (took < COMMIT / 2) {
		w->alone = w->alone < LONGEST / 2 ? w->alone * 2 : LONGEST;
		w->log = STORE_LOG_LARGE;
	}
	let_others(w->l->s);
}

void
load_write(struct loader *l, const char *digest)
{
	const struct load *load = l->load;
	struct writing w = { .l = l, .most = FIRST, .alone = ALONE,
	    .log = STORE_LOG_LARGE, .more = true };
	struct load_result *r = l->result;

	if (counted_already(l, digest)) {
		r->unchanged = r->rows;
		return;
	}
	sort_rewind(l->rows);
	while (write_some(&w, digest)) {
		if (load->progress != NULL)
			load->progress(load->arg, r->added + r->changed +
			    r->unchanged, r->rows, "rows");
		let_others(l->s);
		relieve(&w);
	}
	buf_free(&w.key);
}
