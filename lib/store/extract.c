/* SPDX-License-Identifier: ISC */
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "handle.h"

bool
extract_create(const char *path)
{
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
	    0600);

	if (fd != -1)
		close(fd);
	return fd != -1;
}

void
extract_identify(struct store *s, int64_t application, int64_t version)
{
	if (application != STORE_EXTRACT_APPLICATION ||
	    version != STORE_EXTRACT_VERSION)
		store_break(s, "%s: is not a file of the customer's page, or "
		    "of another version", s->path);
}

/* Whoever gets the file to see gets it whole and synced: until then it needs
 * neither a journal on the disk nor a sync of its own. */
void
extract_make(struct store *s)
{
	const struct embedded *file;
	int code;
	char *sql;

	if (s->status != STORE_OK)
		return;
	code = sqlite3_exec(s->db, "PRAGMA journal_mode = MEMORY; "
	    "PRAGMA synchronous = OFF", NULL, NULL, NULL);
	if (code != SQLITE_OK)
		store_fail(s, code);
	store_start(s);
	for (file = store_extract; file->name != NULL; file++) {
		sql = schema_text(file->text);
		store_exec(s, sql);
		free(sql);
	}
	store_end(s);
}
