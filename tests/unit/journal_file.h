/* SPDX-License-Identifier: ISC */
#ifndef UNIT_JOURNAL_FILE_H
#define UNIT_JOURNAL_FILE_H

#include <stdint.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "journal/audit.h"
#include "journal/content.h"
#include "journal/journal.h"

#include "place.h"

/* A small file with a journal, and what it is asked. */
static const char case_rows[] = "{\"cases\":[{\"case_id\":1000423,"
    "\"kind\":\"fault\",\"status\":\"open\",\"customer\":\"C1\","
    "\"customer_type\":\"end\",\"language\":\"fr\",\"opened_at\":100,"
    "\"opened_by\":\"anna\",\"items\":2}],"
    "\"description\":[{\"case_id\":1000423,\"description\":\"d\\u00e9j\\u00e0 "
    "\\\"vu\\\"\"}],"
    "\"link\":[{\"case_id\":1,\"other\":2},{\"case_id\":1,\"other\":3}]}";
static const char closed_rows[] = "{\"cases\":[{\"case_id\":1000423,"
    "\"kind\":\"fault\",\"status\":\"closed\",\"customer\":\"C1\","
    "\"customer_type\":\"end\",\"language\":\"fr\",\"opened_at\":100,"
    "\"opened_by\":\"anna\",\"closed_at\":300,\"items\":2}],"
    "\"link\":[{\"case_id\":1,\"other\":3}]}";

static const struct journal_event opened = { .case_id = 1000423,
    .verb = "opened", .happened_at = 100, .by = "anna", .text = "déjà vu",
    .data = "{\"channel\":\"phone\"}", .rows = case_rows };
static const struct journal_event noted = { .verb = "loaded",
    .happened_at = 200 };
static const struct journal_event closed = { .case_id = 1000423,
    .verb = "closed", .happened_at = 300, .rows = closed_rows };

/* Three entries, two of them about a case, and a content. */
static inline void
make(const struct place *p)
{
	struct store *s = store_open(p->db, STORE_CREATE);
	char digest[CONTENT_DIGEST];

	store_begin(s);
	assert_int_equal(journal_next(s), 1);
	assert_int_equal(journal_append(s, &opened), 1);
	assert_int_equal(journal_append(s, &noted), 2);
	assert_int_equal(journal_next(s), 3);
	assert_int_equal(journal_append(s, &closed), 3);
	content_put(s, "a photograph", 12, digest);
	assert_int_equal(store_end(s), STORE_OK);
	assert_string_equal(store_why(s), "");
	store_close(s);
}

static inline void
verifies(const struct place *p, const struct audit_head *head, const char *why)
{
	struct store *s = store_open(p->db, STORE_READ);

	store_begin(s);
	audit_verify(s, head, NULL, NULL);
	assert_int_equal(store_end(s), *why != '\0' ? STORE_BROKEN : STORE_OK);
	if (*why == '\0')
		assert_string_equal(store_why(s), "");
	else if (strstr(store_why(s), why) == NULL)
		fail_msg("'%s' does not say '%s'", store_why(s), why);
	store_close(s);
}

static inline struct audit_head
head_of(const struct place *p)
{
	struct store *s = store_open(p->db, STORE_READ);
	struct audit_head head;

	store_begin(s);
	audit_head(s, &head);
	assert_int_equal(store_end(s), STORE_OK);
	store_close(s);
	return head;
}

static inline char *
ask(const struct place *p, const char *sql)
{
	struct store *s = store_open(p->db, STORE_READ);
	char *text;

	store_begin(s);
	text = query_text_copy(store_query(s, sql));
	assert_int_equal(store_end(s), STORE_OK);
	store_close(s);
	return text;
}

static inline void
holds(const struct place *p, const char *sql, const char *want)
{
	char *text = ask(p, sql);

	assert_non_null(text);
	assert_string_equal(text, want);
	free(text);
}

#endif
