/* SPDX-License-Identifier: ISC */
/*
 * usage: bare FILE SQL...
 * What the commands are measured against: opens the file as they do, runs the
 * statements, prints the rows, closes.
 */
#include <err.h>
#include <stdio.h>
#include <sqlite3.h>

static void
run(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *q;
	int code;

	if (sqlite3_prepare_v2(db, sql, -1, &q, NULL) != SQLITE_OK)
		errx(1, "%s: %s", sql, sqlite3_errmsg(db));
	while ((code = sqlite3_step(q)) == SQLITE_ROW)
		for (int i = 0; i < sqlite3_column_count(q); i++) {
			const unsigned char *text = sqlite3_column_text(q, i);

			printf("%s%c", text != NULL ? (const char *)text : "",
			    i + 1 < sqlite3_column_count(q) ? '\t' : '\n');
		}
	if (code != SQLITE_DONE)
		errx(1, "%s: %s", sql, sqlite3_errmsg(db));
	sqlite3_finalize(q);
}

int
main(int argc, char **argv)
{
	sqlite3 *db;

	if (argc < 3)
		errx(2, "usage: bare FILE SQL...");
	if (sqlite3_open_v2(argv[1], &db, SQLITE_OPEN_READWRITE |
	    SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
		errx(1, "%s", argv[1]);
	sqlite3_busy_timeout(db, 60000);
	sqlite3_wal_autocheckpoint(db, 0);
	run(db, "PRAGMA synchronous = FULL");
	for (int i = 2; i < argc; i++)
		run(db, argv[i]);
	return sqlite3_close(db) != SQLITE_OK;
}
