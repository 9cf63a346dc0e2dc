/* SPDX-License-Identifier: ISC */
#include <assert.h>
#include <err.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/local.h"
#include "base/mem.h"
#include "handle.h"

enum store_status
store_status(const struct store *s)
{
	return s->status;
}

bool
store_ok(const struct store *s)
{
	return s->status == STORE_OK;
}

void
store_widen(struct store *s)
{
	store_exec(s, "PRAGMA cache_size = -8192");
}

const char *
store_why(const struct store *s)
{
	return s->why != NULL ? s->why : "";
}

bool
store_writes(const struct store *s)
{
	return s->mode == STORE_WRITE || s->mode == STORE_CREATE ||
	    s->mode == STORE_EXTRACT_NEW;
}

static void __attribute__((__format__(__printf__, 3, 0)))
stick(struct store *s, enum store_status status, const char *fmt, va_list ap)
{
	struct buf b = { 0 };

	if (s->status != STORE_OK)
		return;
	buf_vprintf(&b, local_text(fmt), ap);
	s->why = mem_text(buf_str(&b));
	s->status = status;
	buf_free(&b);
}

void
store_refuse(struct store *s, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	stick(s, STORE_REFUSED, fmt, ap);
	va_end(ap);
}

void
store_break(struct store *s, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	stick(s, STORE_BROKEN, fmt, ap);
	va_end(ap);
}

static void __attribute__((__format__(__printf__, 2, 3)))
busy(struct store *s, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	stick(s, STORE_BUSY, fmt, ap);
	va_end(ap);
}

static void
clear(struct store *s)
{
	free(s->why);
	s->why = NULL;
	s->status = STORE_OK;
}

/* What the engine and the system say, in one line; to free. */
static char *
words(struct store *s, int code)
{
	int cause = sqlite3_system_errno(s->db), kind = code & 0xff;

	if (kind == SQLITE_FULL)
		return mem_text(local_text("the disk is full"));
	if ((kind == SQLITE_IOERR || kind == SQLITE_CANTOPEN) && cause != 0)
		return mem_printf(local_text("%s: %s (%d)"),
		    local_word("engine", sqlite3_errstr(code)),
		    strerror(cause), code);
	return mem_printf("%s (%d)", local_word("engine",
	    sqlite3_errmsg(s->db)), code);
}

void
store_fail(struct store *s, int code)
{
	char *text;

	switch (code & 0xff) {
	case SQLITE_NOMEM:
		errx(3, "%s", local_text("out of memory"));
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
	case SQLITE_PROTOCOL:		/* too many came and went */
		busy(s, "%s: is in use by another command; try again", s->path);
		return;
	case SQLITE_CONSTRAINT:
	case SQLITE_MISMATCH:
	case SQLITE_TOOBIG:
		store_refuse(s, "%s", sqlite3_errmsg(s->db));
		return;
	case SQLITE_NOTADB:
		store_break(s, "%s: is not a case file, or is damaged; name "
		    "one in CASE_DB, or take back a copy", s->path);
		return;
	}
	if (s->looks_on && ((code & 0xff) == SQLITE_CANTOPEN ||
	    (code & 0xff) == SQLITE_READONLY)) {
		store_break(s, "%s: was left in the middle of work; a command "
		    "of somebody who may write to it puts that right",
		    s->path);
		return;
	}
	text = words(s, code);
	store_break(s, "%s: %s", s->path, text);
	free(text);
}

void
store_exec(struct store *s, const char *sql)
{
	int code;

	if (s->status != STORE_OK)
		return;
	assert(s->inside);
	if ((code = sqlite3_exec(s->db, sql, NULL, NULL, NULL)) != SQLITE_OK)
		store_fail(s, code);
}

void
store_start(struct store *s)
{
	assert(!s->inside);
	s->inside = true;
	if (s->status == STORE_REFUSED)
		clear(s);
	query_run(store_query(s, store_writes(s) ? "BEGIN IMMEDIATE" :
	    "BEGIN"));
}

void
store_begin(struct store *s)
{
	int64_t version;

	store_start(s);
	if (s->mode == STORE_EXTRACT || s->mode == STORE_EXTRACT_NEW)
		return;
	/* A command that waited for input may have outlived an upgrade. */
	version = query_int_or(store_query(s, "PRAGMA user_version"), 0);
	if (version != schema_version())
		store_break(s, "%s: was upgraded meanwhile; run this again",
		    s->path);
}

/* An immutable file is read without locks, so look that it was one. */
static void
unchanged(struct store *s)
{
	struct stat now;

	if (stat(s->path, &now) == -1 || now.st_ino != s->seen.st_ino ||
	    now.st_size != s->seen.st_size ||
	    now.st_mtim.tv_sec != s->seen.st_mtim.tv_sec ||
	    now.st_mtim.tv_nsec != s->seen.st_mtim.tv_nsec)
		busy(s, "%s: was changed while it was read; try again",
		    s->path);
}

/* A broken rule is a plain no. After any other failure the last page may have
 * reached the disk all the same. */
static void
commit(struct store *s)
{
	int code = sqlite3_exec(s->db, "COMMIT", NULL, NULL, NULL);
	char *text;

	if (code == SQLITE_OK)
		return;
	if ((code & 0xff) == SQLITE_CONSTRAINT) {
		store_fail(s, code);
		return;
	}
	text = words(s, code);
	if ((code & 0xff) == SQLITE_BUSY)
		busy(s, "%s: it is not known whether this was kept: %s",
		    s->path, text);
	store_break(s, "%s: it is not known whether this was kept: %s",
	    s->path, text);
	free(text);
}

/* The engine may have rolled back already: a full disk makes it. */
static void
rollback(struct store *s)
{
	if (s->db == NULL || sqlite3_get_autocommit(s->db))
		return;
	sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
	if (sqlite3_get_autocommit(s->db))
		return;
	clear(s);
	store_break(s, "%s: cannot roll back: %s", s->path,
	    sqlite3_errmsg(s->db));
}

static enum store_status
finish(struct store *s, bool keep)
{
	assert(s->inside);
	store_reset(s);
	if (s->immutable)
		unchanged(s);
	if (s->status == STORE_OK && sqlite3_get_autocommit(s->db))
		store_break(s, "%s: the transaction ended by itself", s->path);
	if (s->status == STORE_OK && keep)
		commit(s);
	rollback(s);
	if (s->scratch)
		scratch_end(s);
	s->inside = false;
	return s->status;
}

enum store_status
store_end(struct store *s)
{
	return finish(s, !s->scratch);
}

enum store_status
store_drop(struct store *s)
{
	return finish(s, false);
}

void
store_close(struct store *s)
{
	if (s == NULL)
		return;
	assert(!s->inside);
	store_finalize(s);
	sqlite3_close(s->db);
	/* Not before: this gives up the locks of the whole process. */
	if (s->watch != -1)
		close(s->watch);
	free(s->path);
	free(s->why);
	free(s);
}
