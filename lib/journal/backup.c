/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/sync.h"
#include "journal/audit.h"

/* The copy is opened as a stranger would, and read to the last entry. */
static void
verify_copy(struct store *s, const char *path, const struct audit_head *head)
{
	struct store *copy = store_open(path, STORE_COPY);

	store_begin(copy);
	audit_verify(copy, head, NULL, NULL);
	if (store_end(copy) != STORE_OK)
		store_break(s, "the copy is not good: %s", store_why(copy));
	store_close(copy);
}

static bool
sync_directory(const char *path)
{
	char *dir = mem_text(path), *slash = strrchr(dir, '/');
	bool done = false;
	int fd;

	if (slash != NULL)
		slash[1] = '\0';
	fd = open(slash != NULL ? dir : ".", O_RDONLY | O_DIRECTORY |
	    O_CLOEXEC);
	if (fd != -1) {
		done = sync_names(fd);
		close(fd);
	}
	free(dir);
	return done;
}

void
audit_backup(struct store *s, const char *path, struct audit_head *head)
{
	char *new = mem_printf("%s.%ld.new", path, (long)getpid());

	if (access(path, F_OK) == 0)
		store_refuse(s, "%s: exists already", path);
	audit_head(s, head);
	store_copy(s, new);
	if (store_ok(s))
		verify_copy(s, new, head);
	if (store_ok(s) && (rename(new, path) == -1 || !sync_directory(path)))
		store_break(s, "%s: %s", path, strerror(errno));
	if (!store_ok(s))
		unlink(new);
	free(new);
}
