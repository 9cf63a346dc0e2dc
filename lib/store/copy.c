/* SPDX-License-Identifier: ISC */
#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/local.h"
#include "handle.h"

/* The copy has a name that nobody knows yet, hence needs no locks, which not
 * every file system that is good for copies has. */
static int
copy_to(struct store *s, const char *path, sqlite3 **to)
{
	sqlite3_backup *backup;
	int code;

	code = sqlite3_open_v2(path, to, SQLITE_OPEN_READWRITE |
	    SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_EXRESCODE, "unix-none");
	if (code != SQLITE_OK)
		return code;
	backup = sqlite3_backup_init(*to, "main", s->db, "main");
	if (backup == NULL)
		return sqlite3_extended_errcode(*to);
	sqlite3_backup_step(backup, -1);
	return sqlite3_backup_finish(backup);
}

void
store_copy(struct store *s, const char *path)
{
	sqlite3 *to = NULL;
	char *absolute, *why = NULL;
	int code;

	if (s->status != STORE_OK)
		return;
	assert(s->inside);
	if ((absolute = place_absolute(path, &why)) == NULL)
		store_break(s, "%s", why);
	else if (!place_create(absolute))
		store_break(s, "%s: %s", path, strerror(errno));
	else if ((code = copy_to(s, absolute, &to)) != SQLITE_OK)
		store_break(s, "%s: %s (%d)", path, (code & 0xff) ==
		    SQLITE_FULL ? local_text("the disk is full") :
		    local_word("engine", sqlite3_errstr(code)), code);
	if (sqlite3_close(to) != SQLITE_OK)
		store_break(s, "%s: cannot be closed", path);
	free(absolute);
	free(why);
}
