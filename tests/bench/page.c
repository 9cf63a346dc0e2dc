/* SPDX-License-Identifier: ISC */
/*
 * usage: page FILE SIZE
 * What the customer's page is measured against: a CGI program that opens the
 * file of the extract, reads the row of one page and prints as many bytes.
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

static sqlite3 *
open_extract(const char *path)
{
	char uri[4096];
	sqlite3 *db;

	snprintf(uri, sizeof(uri), "file:%s?immutable=1", path);
	if (sqlite3_open_v2(uri, &db, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI |
	    SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
		errx(1, "%s", path);
	return db;
}

/* That of the link whose 16 bytes are zero. */
static size_t
look(sqlite3 *db)
{
	sqlite3_stmt *q;
	size_t len = 0;

	if (sqlite3_prepare_v2(db, "SELECT facts FROM page WHERE hash = x'"
	    "374708fff7719dd5979ec875d56cd2286f6d3cf7ec317a3b25632aab28ec37bb'",
	    -1, &q, NULL) != SQLITE_OK)
		errx(1, "%s", sqlite3_errmsg(db));
	if (sqlite3_step(q) == SQLITE_ROW)
		len = strlen((const char *)sqlite3_column_text(q, 0));
	sqlite3_finalize(q);
	return len;
}

int
main(int argc, char **argv)
{
	size_t size;
	char *page;
	sqlite3 *db;

	if (argc != 3)
		errx(2, "usage: page FILE SIZE");
	db = open_extract(argv[1]);
	if (look(db) == 0)
		errx(1, "%s: no page", argv[1]);
	size = (size_t)atoi(argv[2]);
	if ((page = malloc(size)) == NULL)
		err(1, NULL);
	memset(page, 'x', size);
	printf("Status: 200 OK\nContent-Type: text/html\n\n");
	fwrite(page, 1, size, stdout);
	free(page);
	return sqlite3_close(db) != SQLITE_OK;
}
