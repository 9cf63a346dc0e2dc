/* SPDX-License-Identifier: ISC */
#include <sys/stat.h>

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/local.h"
#include "base/mem.h"
#include "handle.h"

#define WAIT_MS		60000		/* then the file is busy */
#define WAIT_SAID_MS	2000		/* then a person is told */
#define UNDO_MEMORY	(127 << 10)	/* bytes, for a statement */

static const struct {
	int	what;
	int	on;
} settings[] = {
	{ SQLITE_DBCONFIG_DEFENSIVE,		1 },
	{ SQLITE_DBCONFIG_TRUSTED_SCHEMA,	0 },
	{ SQLITE_DBCONFIG_DQS_DML,		0 },
	{ SQLITE_DBCONFIG_DQS_DDL,		0 },
	{ SQLITE_DBCONFIG_ENABLE_FKEY,		1 },
};

static int64_t
milliseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Called while another command holds the file: wait a little, or give up. The
 * pause is short at first, and never the same for all who wait. */
static int
wait_for_turn(void *arg, int count)
{
	struct store *s = arg;
	uint32_t most = count < 20 ? (uint32_t)count + 1 : 20;
	struct timespec pause = { 0, 1000000L * (1 +
	    (long)arc4random_uniform(most)) };
	int64_t waited;

	if (count == 0) {
		s->since = milliseconds();
		s->told = false;
	}
	waited = milliseconds() - s->since;
	if (waited >= WAIT_MS)
		return 0;
	if (waited >= WAIT_SAID_MS && !s->told && isatty(STDERR_FILENO)) {
		warnx("%s", local_text("waiting for another command "
		    "to finish"));
		s->told = true;
	}
	nanosleep(&pause, NULL);
	return 1;
}

static bool
makes(const struct store *s)
{
	return s->mode == STORE_CREATE || s->mode == STORE_EXTRACT_NEW;
}

/* For the customer's page: without a log, and not on this machine only. */
static bool
is_extract(const struct store *s)
{
	return s->mode == STORE_EXTRACT || s->mode == STORE_EXTRACT_NEW;
}

/* Finds the file, and says why not when it cannot be used. */
static void
locate(struct store *s, const char *path)
{
	char *why = NULL;

	if (s->mode == STORE_CREATE && !place_make(path))
		why = mem_printf("%s: %s", path, strerror(errno));
	else if (!makes(s) && access(path, F_OK) == -1 && errno == ENOENT)
		why = mem_printf(local_text("%s: does not exist; %s makes it"),
		    path,
		    s->mode == STORE_EXTRACT ? "case-publish" : "case-init");
	else if ((s->path = place_absolute(path, &why)) != NULL) {
		if (makes(s) && !(is_extract(s) ? extract_create(s->path) :
		    place_create(s->path)))
			why = mem_printf("%s: %s", s->path, strerror(errno));
		else
			why = place_objection(s->path, s->mode != STORE_COPY &&
			    !is_extract(s));
	}
	if (why != NULL)
		store_break(s, "%s", why);
	free(why);
}

static bool
has_wal(const struct store *s)
{
	char *wal = mem_printf("%s-wal", s->path);
	bool has = access(wal, F_OK) == 0;

	free(wal);
	return has;
}

/* May this process write the file and keep its log beside it? errno if not. */
static bool
may_write(const struct store *s)
{
	char *dir = mem_text(s->path);
	bool may;

	strrchr(dir, '/')[1] = '\0';
	may = faccessat(AT_FDCWD, s->path, W_OK, AT_EACCESS) == 0 &&
	    faccessat(AT_FDCWD, dir, W_OK, AT_EACCESS) == 0;
	free(dir);
	return may;
}

/* As a URI; the path is absolute, so what is special in one is escaped. */
static char *
immutable_uri(const char *path)
{
	struct buf b = { 0 };

	buf_text(&b, "file:");
	for (; *path != '\0'; path++) {
		if (strchr("%?#", *path) != NULL)
			buf_printf(&b, "%%%02x", (unsigned char)*path);
		else
			buf_char(&b, *path);
	}
	buf_text(&b, "?immutable=1");
	buf_str(&b);
	return b.data;
}

static void
connect_to(struct store *s, const char *name, int flags)
{
	sqlite3_int64 none = 0;
	int code;
	size_t i;

	code = sqlite3_open_v2(name, &s->db, flags | SQLITE_OPEN_NOFOLLOW |
	    SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE |
	    SQLITE_OPEN_EXRESCODE, NULL);
	if (code != SQLITE_OK) {
		store_fail(s, code);
		return;
	}
	sqlite3_busy_handler(s->db, wait_for_turn, s);
	for (i = 0; i < sizeof(settings) / sizeof(settings[0]); i++)
		sqlite3_db_config(s->db, settings[i].what, settings[i].on,
		    NULL);
	if ((code = store_add_says(s->db)) != SQLITE_OK)
		store_fail(s, code);
	/* Only the last one who closes writes the log back: two who do so at
	 * once can lose a commit in engines up to 3.51.2. */
	sqlite3_wal_autocheckpoint(s->db, 0);
	sqlite3_file_control(s->db, "main", SQLITE_FCNTL_MMAP_SIZE, &none);
}

static void
connect_immutable(struct store *s)
{
	char *uri = immutable_uri(s->path);

	/* One of the customer's page stays whole when its name goes over. */
	s->immutable = s->mode != STORE_EXTRACT &&
	    stat(s->path, &s->seen) == 0;
	connect_to(s, uri, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI);
	free(uri);
}

/* Who may not write must not leave a log of his own behind, which those who
 * may could not write to: without one, the file is at rest and can be read as
 * it is. */
static void
connect_reader(struct store *s)
{
	if (may_write(s))
		connect_to(s, s->path, SQLITE_OPEN_READWRITE);
	else if ((s->looks_on = has_wal(s)))
		connect_to(s, s->path, SQLITE_OPEN_READONLY);
	else
		connect_immutable(s);
}

static void
connect(struct store *s)
{
	if (s->mode == STORE_COPY || s->mode == STORE_EXTRACT)
		connect_immutable(s);
	else if (s->mode == STORE_READ)
		connect_reader(s);
	else if (may_write(s))
		connect_to(s, s->path, SQLITE_OPEN_READWRITE);
	else
		store_break(s, "%s: cannot be written, or its directory: %s",
		    s->path, strerror(errno));
}

/* Asked before anything else is read: a stranger's schema is not parsed. */
static void
identify(struct store *s)
{
	int64_t application, version;

	application = query_int_or(store_query(s, "PRAGMA application_id"), 0);
	version = query_int_or(store_query(s, "PRAGMA user_version"), 0);
	if (application == 0 && version == 0 && makes(s))
		s->empty = true;
	else if (is_extract(s))
		extract_identify(s, application, version);
	else if (application != STORE_APPLICATION)
		store_break(s, "%s: is not a case file; name one in CASE_DB",
		    s->path);
	else if (version > schema_version())
		store_break(s, "%s: is of version %d, newer than this program "
		    "(%d), which has to be updated", s->path, (int)version,
		    schema_version());
	else if (version < schema_version() && s->mode != STORE_CREATE)
		store_break(s, "%s: is of version %d; case-init brings it to "
		    "%d", s->path, (int)version, schema_version());
}

int
store_mode_row(void *arg, int columns, char **values, char **names)
{
	bool *wal = arg;

	(void)names;
	*wal = columns == 1 && strcmp(values[0], "wal") == 0;
	return 0;
}

/* A copy that was made by other means may have lost the mode: readers and
 * writers would then stand in each other's way. */
static void
settle(struct store *s)
{
	bool wal = s->mode != STORE_WRITE;
	int code;

	if (s->status != STORE_OK)
		return;
	code = sqlite3_exec(s->db, store_writes(s) ?
	    "PRAGMA cell_size_check = 1; PRAGMA recursive_triggers = 1;"
	    "PRAGMA synchronous = FULL; PRAGMA journal_mode" :
	    "PRAGMA cell_size_check = 1; PRAGMA query_only = 1",
	    store_writes(s) ? store_mode_row : NULL, &wal, NULL);
	if (code != SQLITE_OK)
		store_fail(s, code);
	else if (!wal && s->mode == STORE_WRITE)
		store_break(s, "%s: keeps no write-ahead log; case-init puts "
		    "that right", s->path);
}

const char *
store_path(const struct store *s)
{
	return s->path;
}

void
store_connect(struct store *s)
{
	connect(s);
	identify(s);
	if (s->mode == STORE_EXTRACT_NEW)
		extract_make(s);
	else
		settle(s);
}

struct store *
store_open(const char *path, enum store_mode mode)
{
	struct store *s = mem_zero(1, sizeof(*s));
	int lock = -1;

	/* There are no threads to lock out, and nobody asks how much memory the
	 * engine has; too late for the second store, which has the same. */
	sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	s->mode = mode;
	s->inert.store = s;
	s->watch = -1;
	/* The log beside a group's file must be the group's at once. */
	umask(umask(0) & ~(mode_t)S_IRWXG);
	/* What a statement would need to be undone stays in memory, as far as
	 * it can: once it has gone to a file, the engine keeps to that file
	 * for the rest of the transaction. It gets there in one piece, and
	 * the engine cannot write pieces of 128 KiB: that fails as if the
	 * disk were full. Too late for a second store, which has it already. */
	(void)sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, UNDO_MEMORY);
	locate(s, path);
	if (s->status == STORE_OK && mode == STORE_CREATE)
		lock = place_lock(s->path);
	if (s->status == STORE_OK)
		store_connect(s);
	if (mode == STORE_CREATE)
		store_upgrade(s);
	if (lock != -1)
		close(lock);
	return s;
}
