/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "base/buf.h"
#include "handle.h"

/* The end of a quoted name or text that starts at p. */
static const char *
quoted(const char *p)
{
	const char *end = strchr(p + 1, *p);

	return end != NULL ? end + 1 : p + strlen(p);
}

/* Without comments and indentation: the engine keeps the text of every table
 * and reads it at each start. To free. */
char *
schema_text(const char *sql)
{
	struct buf b = { 0 };
	const char *end;

	while (*sql != '\0') {
		if (sql[0] == '-' && sql[1] == '-') {
			sql += strcspn(sql, "\n");
		} else if (*sql == '\'' || *sql == '"') {
			end = quoted(sql);
			buf_add(&b, sql, (size_t)(end - sql));
			sql = end;
		} else if (strchr(" \t\n", *sql) != NULL) {
			sql += strspn(sql, " \t\n");
			if (b.len > 0 && b.data[b.len - 1] != ' ')
				buf_char(&b, ' ');
		} else
			buf_char(&b, *sql++);
	}
	buf_str(&b);
	return b.data;
}

const char *
schema_statement_end(const char *sql)
{
	while (*sql != '\0' && *sql != ';')
		sql = *sql == '\'' || *sql == '"' ? quoted(sql) : sql + 1;
	return *sql == ';' ? sql + 1 : sql;
}
