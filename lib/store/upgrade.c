/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/time.h"
#include "handle.h"

static int
number_of(const struct embedded *file)
{
	return (int)strtol(file->name, NULL, 10);
}

int
schema_version(void)
{
	const struct embedded *file;
	int version = 0;

	for (file = store_sql; file->name != NULL; file++)
		if (number_of(file) > version)
			version = number_of(file);
	return version;
}

/* Once, and before there is anything in it: the mode stays with the file. */
static void
write_ahead(struct store *s)
{
	bool is = false;
	int code = sqlite3_exec(s->db, "PRAGMA journal_mode = WAL",
	    store_mode_row, &is, NULL);

	if (code != SQLITE_OK)
		store_fail(s, code);
	else if (!is)
		store_break(s, "%s: cannot keep a write-ahead log", s->path);
}

/* Only a file without anything in it is made ours. */
static void
claim(struct store *s)
{
	if (s->empty && query_int_or(store_query(s,
	    "SELECT count(*) FROM sqlite_schema"), 0) > 0)
		store_break(s, "%s: is not a case file; name one in CASE_DB",
		    s->path);
}

static void
birth(struct store *s)
{
	struct query *q = store_query(s, "INSERT INTO origin(id, created_at, "
	    "clock_fixed) VALUES (1, :now, :fixed)");

	bind_int(q, ":now", time_now());
	bind_int(q, ":fixed", time_is_fixed());
	query_run(q);
}

static void
draw_secret(struct store *s)
{
	struct query *q = store_query(s,
	    "INSERT INTO secret(id, secret) VALUES (1, :secret)");
	uint8_t secret[32];

	arc4random_buf(secret, sizeof(secret));
	bind_blob(q, ":secret", secret, sizeof(secret));
	query_run(q);
	explicit_bzero(secret, sizeof(secret));
}

static void
run_files(struct store *s, int number)
{
	const struct embedded *file;
	char *sql;

	for (file = store_sql; file->name != NULL; file++) {
		if (number_of(file) != number)
			continue;
		sql = schema_text(file->text);
		store_exec(s, sql);
		free(sql);
	}
}

/* A pragma takes no parameter; a number cannot be anything else. */
static void
set_version(struct store *s, int number)
{
	char *sql = mem_printf("PRAGMA user_version = %d", number);

	store_exec(s, sql);
	free(sql);
}

/* One step. Somebody else may have done it while this one waited. */
static void
step(struct store *s, int number)
{
	store_start(s);
	if (query_int_or(store_query(s, "PRAGMA user_version"), 0) < number) {
		run_files(s, number);
		if (number == 1) {
			birth(s);
			draw_secret(s);
		}
		set_version(s, number);
	}
	store_end(s);
}

void
store_upgrade(struct store *s)
{
	int64_t number;

	claim(s);
	if (s->status != STORE_OK)
		return;
	write_ahead(s);
	number = query_int_or(store_query(s, "PRAGMA user_version"), 0);
	while (s->status == STORE_OK && ++number <= schema_version())
		step(s, (int)number);
}
