/* SPDX-License-Identifier: ISC */
#include <inttypes.h>
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/json.h"
#include "base/time.h"
#include "journal/audit.h"
#include "journal/journal.h"

#include "apply.h"
#include "chain.h"

/* Looked up once: a recall writes a hundred thousand entries. */
const char *
journal_login(void)
{
	static char login[256];
	const struct passwd *pw;

	if (login[0] != '\0')
		return login;
	if ((pw = getpwuid(getuid())) != NULL)
		strlcpy(login, pw->pw_name, sizeof(login));
	else
		snprintf(login, sizeof(login), "%u", (unsigned)getuid());
	return login;
}

int64_t
journal_next(struct store *s)
{
	return query_int_or(store_query(s, "SELECT max(seq) FROM event"), 0) +
	    1;
}

/* The real time, except in a file that was made to try things out. */
static int64_t
recording_time(struct store *s)
{
	if (time_is_fixed() && !audit_clock_fixed(s))
		return (int64_t)time(NULL);
	return time_now();
}

/* Its place in the chain. */
static void
follow(struct store *s, struct chain_entry *entry)
{
	struct query *q = store_query(s,
	    "SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1");
	const void *hash;
	size_t len;

	entry->seq = 1;
	if (!query_row(q))
		return;
	entry->seq = query_int(q, 0) + 1;
	hash = query_blob(q, 1, &len);
	if (len == sizeof(entry->prev))
		memcpy(entry->prev, hash, len);
	else
		store_break(s, "entry %" PRId64 " has a hash of the wrong "
		    "length; see case-audit verify", entry->seq - 1);
	query_done(q);
}

static void
insert_event(struct store *s, const struct chain_entry *e,
    const struct journal_event *said)
{
	uint8_t hash[SHA256_DIGEST_LENGTH];
	struct query *q;

	chain_hash(e, hash);
	q = store_query(s, "INSERT INTO event(seq, case_id, verb, happened_at, "
	    "recorded_at, actor, login, uid, digest, prev, hash) VALUES (:seq, "
	    "nullif(:case, 0), :verb, :happened, :recorded, :actor, :login, "
	    ":uid, :digest, :prev, :hash)");
	bind_int(q, ":seq", e->seq);
	bind_int(q, ":case", e->case_id);
	bind_text(q, ":verb", said->verb);
	bind_int(q, ":happened", e->happened_at);
	bind_int(q, ":recorded", e->recorded_at);
	bind_text(q, ":actor", said->by);
	bind_text(q, ":login", journal_login());
	bind_int(q, ":uid", e->uid);
	bind_blob(q, ":digest", e->digest, sizeof(e->digest));
	bind_blob(q, ":prev", e->prev, sizeof(e->prev));
	bind_blob(q, ":hash", hash, sizeof(hash));
	query_run(q);
}

static void
insert_payload(struct store *s, int64_t seq, const char *payload)
{
	struct query *q = store_query(s, "INSERT INTO event_payload(seq, "
	    "payload) VALUES (:seq, :payload)");

	bind_int(q, ":seq", seq);
	bind_text(q, ":payload", payload);
	query_run(q);
}

static void
write_payload(struct json *j, const struct journal_event *e)
{
	json_object(j, NULL);
	if (e->text != NULL)
		json_text(j, "text", e->text);
	if (e->data != NULL)
		json_raw(j, "data", e->data);
	if (e->rows != NULL)
		json_raw(j, "rows", e->rows);
	json_end_object(j);
}

int64_t
journal_append(struct store *s, const struct journal_event *e)
{
	struct chain_entry entry = { .case_id = e->case_id,
	    .verb = chain_text(e->verb), .happened_at = e->happened_at,
	    .actor = chain_text(e->by), .login = chain_text(journal_login()),
	    .uid = getuid() };
	struct json j = { 0 };
	const char *payload;

	if (!store_ok(s))
		return 0;
	write_payload(&j, e);
	payload = json_str(&j);
	chain_digest(payload, strlen(payload), entry.digest);
	entry.recorded_at = recording_time(s);
	follow(s, &entry);
	insert_event(s, &entry, e);
	insert_payload(s, entry.seq, payload);
	if (e->rows != NULL)
		apply_payload(s, entry.seq, payload);
	json_free(&j);
	return store_ok(s) ? entry.seq : 0;
}
