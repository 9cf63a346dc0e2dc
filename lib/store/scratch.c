/* SPDX-License-Identifier: ISC */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "handle.h"

/* Names without a schema find temporary tables first, so that statements need
 * not know which they work on. Indexes serve questions that nobody asks. */
static void
make(struct store *s, const char *sql, size_t len)
{
	static const char table[] = "CREATE TABLE ", index[] = "CREATE INDEX ";
	char *own;

	if (strncmp(sql, index, sizeof(index) - 1) == 0)
		return;
	if (strncmp(sql, table, sizeof(table) - 1) == 0)
		own = mem_printf("CREATE TEMP TABLE %.*s",
		    (int)(len - sizeof(table) + 1), sql + sizeof(table) - 1);
	else
		own = mem_printf("%.*s", (int)len, sql);
	store_exec(s, own);
	free(own);
}

static void
make_all(struct store *s, const char *sql)
{
	const char *end;

	for (; *(sql += strspn(sql, " ")) != '\0'; sql = end) {
		end = schema_statement_end(sql);
		make(s, sql, (size_t)(end - sql));
	}
}

void
store_scratch(struct store *s)
{
	const struct embedded *file;
	char *sql;

	assert(s->inside && !store_writes(s));
	if (s->status != STORE_OK)
		return;
	s->scratch = true;
	/* The engine asks this of every file, temporary ones as well. */
	store_exec(s, "PRAGMA query_only = 0");
	sqlite3_db_config(s->db, SQLITE_DBCONFIG_ENABLE_FKEY, 0, NULL);
	for (file = store_sql; file->name != NULL; file++) {
		if (strstr(file->name, "-derived.") == NULL)
			continue;
		sql = schema_text(file->text);
		make_all(s, sql);
		free(sql);
	}
}

void
scratch_end(struct store *s)
{
	sqlite3_db_config(s->db, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
	sqlite3_exec(s->db, "PRAGMA query_only = 1", NULL, NULL, NULL);
	s->scratch = false;
}
