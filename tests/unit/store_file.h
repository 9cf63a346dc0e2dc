/* SPDX-License-Identifier: ISC */
#ifndef UNIT_STORE_FILE_H
#define UNIT_STORE_FILE_H

#include <stdint.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "store/store.h"

#include "place.h"

/* A file, and a table in it to write to: any will do. */
static const char insert[] =
    "INSERT INTO content(digest, bytes) VALUES (:digest, :bytes)";
static const char count[] = "SELECT count(*) FROM content";

static inline void
put(struct store *s, const char *digest)
{
	struct query *q = store_query(s, insert);

	bind_text(q, ":digest", digest);
	bind_blob(q, ":bytes", digest, strlen(digest));
	query_run(q);
}

static inline int64_t
rows(struct store *s)
{
	return query_int_or(store_query(s, count), -1);
}

static inline void
make(const struct place *p)
{
	struct store *s = store_open(p->db, STORE_CREATE);

	assert_string_equal(store_why(s), "");
	assert_int_equal(store_status(s), STORE_OK);
	store_close(s);
}

static inline int64_t
rows_in_file(const struct place *p)
{
	struct store *s = store_open(p->db, STORE_READ);
	int64_t n;

	store_begin(s);
	n = rows(s);
	assert_int_equal(store_end(s), STORE_OK);
	store_close(s);
	return n;
}

#endif
