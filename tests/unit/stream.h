/* SPDX-License-Identifier: ISC */
#ifndef UNIT_STREAM_H
#define UNIT_STREAM_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "journal/audit.h"
#include "service/act.h"

/* A file for a stream of random acts, and what is true of it in the end. */
struct stream_file {
	char	 dir[32];
	char	 path[64];
};

static inline struct store *
stream_make(struct stream_file *f, const char *master)
{
	struct store *s;

	snprintf(f->dir, sizeof(f->dir), "/tmp/case-stream-%s", "XXXXXX");
	assert_non_null(mkdtemp(f->dir));
	snprintf(f->path, sizeof(f->path), "%s/case.db", f->dir);
	s = store_open(f->path, STORE_CREATE);
	store_begin(s);
	store_exec(s, master);
	assert_int_equal(store_end(s), STORE_OK);
	return s;
}

/* xorshift: the same stream on every machine. */
static inline unsigned
stream_roll(uint64_t *seed, unsigned sides)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return (unsigned)((*seed >> 11) % sides);
}

/* An act in a transaction: did it happen? What was refused says why, and has
 * changed nothing. */
static inline bool
stream_try(struct act *act, void (*fn)(void *arg), void *arg)
{
	struct store *s = office_store(act->office);
	struct audit_head before, after;
	bool done;

	buf_clear(&act->told);
	buf_clear(&act->warned);
	store_begin(s);
	audit_head(s, &before);
	fn(arg);
	done = store_end(s) == STORE_OK;
	if (done)
		return true;
	assert_int_equal(store_status(s), STORE_REFUSED);
	assert_true(store_why(s)[0] != '\0');
	store_begin(s);
	audit_head(s, &after);
	assert_int_equal(before.seq, after.seq);
	assert_string_equal(before.hash, after.hash);
	store_drop(s);
	return false;
}

static inline void
stream_difference(void *arg, const struct audit_difference *d)
{
	(void)arg;
	print_error("%s %s: %s\n", d->table, d->row,
	    d->lost ? "lost" : "not in the journal");
}

/* The journal is whole, and gives the tables; the file goes. */
static inline void
stream_prove(const struct stream_file *f)
{
	struct store *s = store_open(f->path, STORE_READ);

	store_begin(s);
	audit_verify(s, NULL, NULL, NULL);
	assert_int_equal(audit_rebuild(s, stream_difference, NULL, NULL), 0);
	assert_string_equal(store_why(s), "");
	store_drop(s);
	store_close(s);
	assert_int_equal(unlink(f->path), 0);
	assert_int_equal(rmdir(f->dir), 0);
}

#endif
