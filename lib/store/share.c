/* SPDX-License-Identifier: ISC */
#include <sys/stat.h>

#include <assert.h>
#include <fcntl.h>
#include <stdlib.h>
#include <time.h>

#include "base/mem.h"
#include "handle.h"

/* The bytes of the file of which whoever has it open locks one or more, as the
 * file format has it. */
#define LOCK_START	(0x40000000L + 2)
#define LOCK_LENGTH	510

static void
renew(struct store *s)
{
	int moved = 0;

	sqlite3_file_control(s->db, "main", SQLITE_FCNTL_HAS_MOVED, &moved);
	if (moved != 0) {
		store_break(s, "%s: was moved or replaced meanwhile", s->path);
		return;
	}
	store_finalize(s);
	sqlite3_close(s->db);
	s->db = NULL;
	store_connect(s);
}

bool
store_alone(struct store *s)
{
	struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET,
	    .l_start = LOCK_START, .l_len = LOCK_LENGTH };

	if (s->watch == -1)
		s->watch = open(s->path, O_RDWR | O_NOFOLLOW | O_CLOEXEC);
	return fcntl(s->watch, F_GETLK, &lock) == 0 && lock.l_type == F_UNLCK;
}

/* Somebody who has the file now is often gone in a moment. */
static bool
alone_soon(struct store *s)
{
	const struct timespec moment = { 0, 2 * 1000000L };
	int patience = 25;

	while (!store_alone(s)) {
		if (patience-- == 0)
			return false;
		nanosleep(&moment, NULL);
	}
	return true;
}

/* Whoever closes last writes the log back while all others wait: in parts, so
 * that each wait is short. */
bool
store_relieve(struct store *s, int64_t bytes)
{
	char *log;
	struct stat st;
	bool large;

	assert(!s->inside);
	if (s->status != STORE_OK)
		return false;
	log = mem_printf("%s-wal", s->path);
	large = stat(log, &st) == 0 && st.st_size > bytes;
	free(log);
	if (!large || !alone_soon(s))
		return false;
	renew(s);
	return true;
}

bool
store_owns(const struct store *s, const char *path)
{
	static const char *const suffixes[] = { "", "-wal", "-shm" };
	struct stat asked, ours;
	bool same = false;

	if (stat(path, &asked) == -1)
		return false;
	for (size_t i = 0; i < 3 && !same; i++) {
		char *name = mem_printf("%s%s", s->path, suffixes[i]);

		same = stat(name, &ours) == 0 && ours.st_dev == asked.st_dev &&
		    ours.st_ino == asked.st_ino;
		free(name);
	}
	return same;
}
