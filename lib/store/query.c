/* SPDX-License-Identifier: ISC */
#include <assert.h>
#include <stdlib.h>

#include "base/mem.h"
#include "handle.h"

static struct query **
bucket(struct store *s, const char *sql)
{
	return &s->queries[((uintptr_t)sql >> 3) % STORE_BUCKETS];
}

/* Statements are kept by the address of their literal: no text is compared. */
static struct query *
find(struct store *s, const char *sql)
{
	struct query *q;

	for (q = *bucket(s, sql); q != NULL; q = q->next)
		if (q->sql == sql && !q->taken)
			return q;
	return NULL;
}

static struct query *
prepare(struct store *s, const char *sql)
{
	struct query *q, **head = bucket(s, sql);
	sqlite3_stmt *stmt = NULL;
	int code, parameters;

	code = sqlite3_prepare_v3(s->db, sql, -1, SQLITE_PREPARE_PERSISTENT,
	    &stmt, NULL);
	if (code != SQLITE_OK) {
		store_fail(s, code);
		return &s->inert;
	}
	parameters = sqlite3_bind_parameter_count(stmt);
	assert(parameters < 64);
	q = mem_zero(1, sizeof(*q));
	*q = (struct query){ .store = s, .sql = sql, .stmt = stmt,
	    .parameters = parameters, .next = *head,
	    .names = mem_zero((size_t)parameters + 1, sizeof(*q->names)) };
	return *head = q;
}

struct query *
store_query(struct store *s, const char *sql)
{
	struct query *q;

	if (s->status != STORE_OK)
		return &s->inert;
	if ((q = find(s, sql)) == NULL)
		q = prepare(s, sql);
	if (q->stmt == NULL)
		return q;
	q->taken = true;
	q->unbound = ((UINT64_C(1) << q->parameters) - 1) << 1;
	return q;
}

static bool
stuck(const struct query *q)
{
	return q->stmt == NULL || q->store->status != STORE_OK;
}

/* The number of a parameter; the statement must have it. Names are literals,
 * so that one that was met before is known by its address. */
static int
parameter(struct query *q, const char *name)
{
	int n;

	for (n = q->parameters; n > 0 && q->names[n] != name; n--)
		;
	if (n == 0) {
		n = sqlite3_bind_parameter_index(q->stmt, name);
		assert(n > 0);
		q->names[n] = name;
	}
	q->unbound &= ~(UINT64_C(1) << n);
	q->taken = true;	/* it may be bound and run again */
	return n;
}

static void
bound(struct query *q, int code)
{
	assert(code != SQLITE_MISUSE);		/* bound after the first row */
	if (code != SQLITE_OK)
		store_fail(q->store, code);
}

void
bind_text(struct query *q, const char *name, const char *value)
{
	if (!stuck(q))
		bound(q, sqlite3_bind_text(q->stmt, parameter(q, name), value,
		    -1, SQLITE_TRANSIENT));
}

void
bind_lent(struct query *q, const char *name, const char *value)
{
	if (!stuck(q))
		bound(q, sqlite3_bind_text(q->stmt, parameter(q, name), value,
		    -1, SQLITE_STATIC));
}

void
bind_int(struct query *q, const char *name, int64_t value)
{
	if (!stuck(q))
		bound(q, sqlite3_bind_int64(q->stmt, parameter(q, name),
		    value));
}

void
bind_blob(struct query *q, const char *name, const void *data, size_t len)
{
	if (stuck(q))
		return;
	/* The engine takes a null pointer for NULL, also for no bytes. */
	bound(q, sqlite3_bind_blob64(q->stmt, parameter(q, name),
	    data != NULL ? data : "", len, SQLITE_TRANSIENT));
}

void
bind_lent_blob(struct query *q, const char *name, const void *data, size_t len)
{
	if (!stuck(q))
		bound(q, sqlite3_bind_blob64(q->stmt, parameter(q, name),
		    data != NULL ? data : "", len, SQLITE_STATIC));
}

void
bind_null(struct query *q, const char *name)
{
	if (!stuck(q))
		bound(q, sqlite3_bind_null(q->stmt, parameter(q, name)));
}

static int
nth(struct query *q, int n)
{
	q->unbound &= ~(UINT64_C(1) << n);
	q->taken = true;
	return n;
}

void
bind_nth_text(struct query *q, int n, const char *value, size_t len)
{
	if (!stuck(q))
		bound(q, sqlite3_bind_text64(q->stmt, nth(q, n), value, len,
		    SQLITE_STATIC, SQLITE_UTF8));
}

void
bind_nth_int(struct query *q, int n, int64_t value)
{
	if (!stuck(q))
		bound(q, sqlite3_bind_int64(q->stmt, nth(q, n), value));
}

void
bind_nth_null(struct query *q, int n)
{
	if (!stuck(q))
		bound(q, sqlite3_bind_null(q->stmt, nth(q, n)));
}

void
query_done(struct query *q)
{
	if (q->stmt != NULL)
		sqlite3_reset(q->stmt);
	q->taken = false;
}

bool
query_row(struct query *q)
{
	int code;

	if (stuck(q)) {
		query_done(q);
		return false;
	}
	assert(q->unbound == 0);
	/* Outside a transaction a change would commit by itself. */
	assert(q->store->inside || sqlite3_stmt_readonly(q->stmt));
	if ((code = sqlite3_step(q->stmt)) == SQLITE_ROW)
		return true;
	if (code != SQLITE_DONE)
		store_fail(q->store, code);
	query_done(q);
	return false;
}

int64_t
query_run(struct query *q)
{
	if (stuck(q)) {
		query_done(q);
		return 0;
	}
	if (query_row(q))
		query_done(q);
	if (q->store->status != STORE_OK)
		return 0;
	return sqlite3_changes64(q->store->db);
}

int
query_columns(struct query *q)
{
	return q->stmt != NULL ? sqlite3_column_count(q->stmt) : 0;
}

const char *
query_name(struct query *q, int column)
{
	return q->stmt != NULL ? sqlite3_column_name(q->stmt, column) : "";
}

bool
query_null(struct query *q, int column)
{
	return sqlite3_column_type(q->stmt, column) == SQLITE_NULL;
}

int64_t
query_int(struct query *q, int column)
{
	return sqlite3_column_int64(q->stmt, column);
}

const char *
query_text(struct query *q, int column)
{
	return (const char *)sqlite3_column_text(q->stmt, column);
}

const void *
query_blob(struct query *q, int column, size_t *len)
{
	const void *data = sqlite3_column_blob(q->stmt, column);

	*len = (size_t)sqlite3_column_bytes(q->stmt, column);
	return data;
}

int64_t
query_int_or(struct query *q, int64_t none)
{
	int64_t value = none;

	if (query_row(q)) {
		if (!query_null(q, 0))
			value = query_int(q, 0);
		query_done(q);
	}
	return value;
}

char *
query_text_copy(struct query *q)
{
	char *text = NULL;

	if (query_row(q)) {
		text = mem_text(query_text(q, 0));
		query_done(q);
	}
	return text;
}

void
store_reset(struct store *s)
{
	struct query *q;
	int i;

	for (i = 0; i < STORE_BUCKETS; i++)
		for (q = s->queries[i]; q != NULL; q = q->next)
			query_done(q);
}

void
store_finalize(struct store *s)
{
	struct query *q, *next;
	int i;

	for (i = 0; i < STORE_BUCKETS; i++) {
		for (q = s->queries[i]; q != NULL; q = next) {
			next = q->next;
			sqlite3_finalize(q->stmt);
			free(q->names);
			free(q);
		}
		s->queries[i] = NULL;
	}
}
