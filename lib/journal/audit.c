/* SPDX-License-Identifier: ISC */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/local.h"
#include "journal/audit.h"
#include "journal/journal.h"

#include "chain.h"

bool
audit_clock_fixed(struct store *s)
{
	return query_int_or(store_query(s,
	    "SELECT clock_fixed FROM origin"), 0) != 0;
}

void
audit_head(struct store *s, struct audit_head *head)
{
	struct query *q = store_query(s, "SELECT seq, lower(hex(hash)) "
	    "FROM event ORDER BY seq DESC LIMIT 1");

	*head = (struct audit_head){ .seq = 0 };
	memset(head->hash, '0', sizeof(head->hash) - 1);
	if (!query_row(q))
		return;
	head->seq = query_int(q, 0);
	strlcpy(head->hash, query_text(q, 1), sizeof(head->hash));
	query_done(q);
}

bool
audit_parse_head(const char *text, struct audit_head *head)
{
	size_t digits = strspn(text, "0123456789"), len;
	const char *hash = text + digits;

	hash += strspn(hash, " \t");
	len = strspn(hash, "0123456789abcdef");
	if (digits == 0 || digits > 18 || hash == text + digits ||
	    len != sizeof(head->hash) - 1 || hash[len] != '\0')
		return false;
	head->seq = strtoll(text, NULL, 10);
	strlcpy(head->hash, hash, sizeof(head->hash));
	return true;
}

static struct chain_text
column(struct query *q, int n)
{
	struct chain_text t;

	/* Length and bytes: a NUL inside must not hide what follows it. */
	t.data = query_blob(q, n, &t.len);
	if (t.data == NULL && !query_null(q, n))
		t.data = "";
	return t;
}

static bool
take_hash(struct query *q, int n, uint8_t hash[SHA256_DIGEST_LENGTH])
{
	struct chain_text t = column(q, n);

	if (t.len != SHA256_DIGEST_LENGTH)
		return false;
	memcpy(hash, t.data, t.len);
	return true;
}

/* Columns 0 to 11 are those of event, then the payload, then whether each value
 * is of its type: the hash covers bytes, and text is not a blob. */
static const char entries[] =
    "SELECT e.seq, e.case_id, e.verb, e.happened_at, e.recorded_at, e.actor, "
    "e.login, e.uid, e.digest, e.prev, e.hash, p.payload, "
    "typeof(e.case_id) IN ('integer', 'null') AND e.case_id IS NOT 0 AND "
    "typeof(e.verb) = 'text' AND typeof(e.happened_at) = 'integer' AND "
    "typeof(e.recorded_at) = 'integer' AND "
    "typeof(e.actor) IN ('text', 'null') AND typeof(e.login) = 'text' AND "
    "typeof(e.uid) = 'integer' AND typeof(p.payload) = 'text' "
    "FROM event AS e LEFT JOIN event_payload AS p ON p.seq = e.seq "
    "ORDER BY e.seq";

static bool
hashes_to(const struct chain_entry *e, const uint8_t hash[SHA256_DIGEST_LENGTH])
{
	uint8_t sum[SHA256_DIGEST_LENGTH];

	chain_hash(e, sum);
	return memcmp(sum, hash, sizeof(sum)) == 0;
}

/* What is wrong with the entry at which q stands; NULL: nothing. `prev` is the
 * hash of the one before, and becomes this one's. */
static const char *
fault(struct query *q, uint8_t prev[SHA256_DIGEST_LENGTH])
{
	struct chain_text payload = column(q, 11);
	struct chain_entry e = { .seq = query_int(q, 0),
	    .case_id = query_int(q, 1), .verb = column(q, 2),
	    .happened_at = query_int(q, 3), .recorded_at = query_int(q, 4),
	    .actor = column(q, 5), .login = column(q, 6),
	    .uid = query_int(q, 7) };
	uint8_t digest[SHA256_DIGEST_LENGTH], hash[SHA256_DIGEST_LENGTH];

	if (payload.data == NULL)
		return local_text("has lost its payload");
	if (!take_hash(q, 8, e.digest) || !take_hash(q, 9, e.prev) ||
	    !take_hash(q, 10, hash))
		return local_text("has a hash of the wrong length");
	chain_digest(payload.data, payload.len, digest);
	if (memcmp(digest, e.digest, sizeof(digest)) != 0)
		return local_text("has another payload than was recorded");
	if (memcmp(prev, e.prev, sizeof(e.prev)) != 0)
		return local_text("does not follow the entry before it");
	if (query_int(q, 12) == 0 || !hashes_to(&e, hash))
		return local_text("is not what was recorded");
	memcpy(prev, hash, sizeof(hash));
	return NULL;
}

/* The head that was noted is an entry like any other by now. */
static const char *
noted_fault(int64_t seq, const uint8_t hash[SHA256_DIGEST_LENGTH],
    const struct audit_head *noted)
{
	char hex[SHA256_DIGEST_STRING_LENGTH];

	if (noted == NULL || noted->seq != seq)
		return NULL;
	chain_hex(hash, hex);
	return strcmp(hex, noted->hash) == 0 ? NULL :
	    local_text("has another hash than was noted: what leads up to it "
	    "was written anew");
}

static int64_t
verify_entries(struct store *s, const struct audit_head *noted,
    audit_progress *progress, void *arg)
{
	uint8_t prev[SHA256_DIGEST_LENGTH] = { 0 };
	int64_t last = 0, count = journal_next(s) - 1;
	struct query *q = store_query(s, entries);
	const char *why;

	while (query_row(q)) {
		if (query_int(q, 0) != ++last) {
			store_break(s, "entry %" PRId64 " is missing", last);
			break;
		}
		if ((why = fault(q, prev)) != NULL ||
		    (why = noted_fault(last, prev, noted)) != NULL) {
			store_break(s, "entry %" PRId64 " %s", last, why);
			break;
		}
		if (progress != NULL)
			progress(arg, last, count);
	}
	query_done(q);
	return last;
}

/* Nothing hangs on after the last entry, and the noted one was reached. */
static void
verify_end(struct store *s, int64_t last, const struct audit_head *noted)
{
	struct query *q;

	if (noted != NULL && noted->seq > last)
		store_break(s, "the journal ends at entry %" PRId64 ", before "
		    "the %" PRId64 " that was noted: its end was cut off",
		    last, noted->seq);
	q = store_query(s, "SELECT seq FROM event_payload "
	    "WHERE seq < 1 OR seq > :last LIMIT 1");
	bind_int(q, ":last", last);
	if (query_row(q))
		store_break(s, "entry %" PRId64 " is missing, its payload is "
		    "there", query_int(q, 0));
	query_done(q);
}

static void
verify_content(struct store *s)
{
	struct query *q = store_query(s, "SELECT digest, bytes FROM content");
	uint8_t digest[SHA256_DIGEST_LENGTH];
	char hex[SHA256_DIGEST_STRING_LENGTH];
	struct chain_text bytes;

	while (query_row(q)) {
		bytes = column(q, 1);
		chain_digest(bytes.data, bytes.len, digest);
		chain_hex(digest, hex);
		if (strcmp(hex, query_text(q, 0)) != 0)
			store_break(s, "content %s is not what was kept",
			    query_text(q, 0));
	}
	q = store_query(s, "SELECT case_id, attachment FROM attachment "
	    "WHERE digest NOT IN (SELECT digest FROM content) LIMIT 1");
	if (query_row(q))
		store_break(s, "case %" PRId64 ": attachment %" PRId64
		    " is missing", query_int(q, 0), query_int(q, 1));
	query_done(q);
}

/* What the journal does not cover: indexes, free pages, the other tables. */
static void
verify_file(struct store *s)
{
	struct query *q = store_query(s, "PRAGMA integrity_check(1)");

	if (query_row(q) && strcmp(query_text(q, 0), "ok") != 0)
		store_break(s, "the file is damaged: %s", query_text(q, 0));
	query_done(q);
}

void
audit_verify(struct store *s, const struct audit_head *noted,
    audit_progress *progress, void *arg)
{
	int64_t last = verify_entries(s, noted, progress, arg);

	verify_end(s, last, noted);
	verify_content(s);
	verify_file(s);
}
