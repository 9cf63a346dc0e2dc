/* SPDX-License-Identifier: ISC */
#include <stdlib.h>

#include "base/mem.h"
#include "base/time.h"
#include "deliver_private.h"
#include "service/outbox.h"

#define LATE_AFTER	(60 * 60)
#define LATE_AGAIN	(24 * 60 * 60)

static void
enrol(struct store *s)
{
	struct query *q;

	q = store_query(s, "INSERT INTO delivery (seq, n, state, rank, "
	    "next_at, tries, together) SELECT o.seq, o.n, "
	    "iif(o.address IS NULL, 'paper', 'queued'), o.rank, o.queued_at, "
	    "0, " DELIVER_TOGETHER " FROM outbox AS o WHERE "
	    DELIVER_IS_NEW);
	query_run(q);
}

void
deliver_enrol(struct store *s)
{
	store_begin(s);
	enrol(s);
	store_end(s);
}

void
deliver_join(struct store *s)
{
	store_begin(s);
	query_run(store_query(s, "WITH new AS (SELECT o.seq, o.n, o.rank, "
	    "d.next_at, d.together, ifnull(d.address, o.address) AS address, "
	    DELIVER_WEIGHT " AS weight FROM delivery AS d "
	    "JOIN outbox AS o USING (seq, n) WHERE d.state = 'queued' "
	    "AND d.together IS NOT NULL AND d.lead_seq IS NULL), "
	    DELIVER_JOINED
	    "UPDATE delivery AS d SET lead_seq = j.lead_seq, "
	    "lead_n = j.lead_n FROM joined AS j "
	    "WHERE d.seq = j.seq AND d.n = j.n"));
	store_end(s);
}

/* The address for safety is for what concerns a recall, and for nothing
 * else. */
#define ABOUT_RECALL \
	"(o.facts ->> '$.kind' = 'recall' OR (o.kind = 'chase' AND NOT EXISTS " \
	"(SELECT 1 FROM json_each(o.facts, '$.steps') " \
	"WHERE value ->> '$.step' <> 'respond')))"

void
deliver_retry(struct store *s)
{
	struct query *q;

	store_begin(s);
	query_run(store_query(s, "UPDATE delivery AS d SET address = "
	    "(SELECT CASE o.recipient_type WHEN 'customer' THEN (SELECT "
	    "iif(" ABOUT_RECALL ", ifnull(safety_email, email), email) "
	    "FROM customers WHERE code = o.recipient) "
	    "WHEN 'staff' THEN (SELECT email FROM staff WHERE code = "
	    "o.recipient) WHEN 'site' THEN (SELECT email FROM sites WHERE "
	    "code = o.recipient) ELSE (SELECT email FROM carriers WHERE "
	    "code = o.recipient) END FROM outbox AS o WHERE o.seq = d.seq "
	    "AND o.n = d.n) WHERE state NOT IN ('sent', 'dropped')"));
	q = store_query(s, "UPDATE delivery SET state = 'queued', "
	    "next_at = :now, tries = 0 "
	    "WHERE state NOT IN ('sent', 'dropped') "
	    "AND (state <> 'paper' OR address IS NOT NULL)");
	bind_int(q, ":now", time_now());
	query_run(q);
	store_end(s);
}

void
deliver_drop(struct store *s, int64_t seq, int64_t n)
{
	struct query *q;

	enrol(s);
	q = store_query(s, "UPDATE delivery SET state = 'dropped' "
	    "WHERE seq = :seq AND n = :n AND state NOT IN ('sent', "
	    "'dropped')");
	bind_int(q, ":seq", seq);
	bind_int(q, ":n", n);
	if (query_run(q) == 0)
		store_refuse(s, "no such message waits; case-mail --list "
		    "shows those that do");
}

/* A row of the queue. A mail keeps the Message-ID and the date of its first
 * message, also when that one was taken off. */
#define COLUMNS \
	"SELECT o.seq, o.n, o.case_id, o.kind, " \
	"ifnull(l.queued_at, o.queued_at), o.name, " \
	"ifnull(d.address, o.address), o.language, " \
	"ifnull(l.message_id, o.message_id), o.facts, " \
	"o.recipient_type = 'customer', d.tries "
#define LEADER \
	"LEFT JOIN outbox AS l ON l.seq = d.lead_seq AND l.n = d.lead_n "

/* Its texts go into the arena. */
static void
add(struct query *q, struct deliver_mail *mail)
{
	struct arena *texts = &mail->texts;

	mail->rows = mem_array(mail->rows, mail->count + 1,
	    sizeof(*mail->rows));
	mail->rows[mail->count++] = (struct message){
		.seq = query_int(q, 0), .n = query_int(q, 1),
		.case_id = query_int(q, 2),
		.kind = arena_text(texts, query_text(q, 3)),
		.queued_at = query_int(q, 4),
		.name = arena_text(texts, query_text(q, 5)),
		.address = arena_text(texts, query_text(q, 6)),
		.language = arena_text(texts, query_text(q, 7)),
		.message_id = arena_text(texts, query_text(q, 8)),
		.facts = arena_text(texts, query_text(q, 9)),
		.to_customer = query_int(q, 10) != 0,
	};
	mail->tries = query_int(q, 11);
}

void
deliver_mail_free(struct deliver_mail *mail)
{
	free(mail->rows);
	arena_free(&mail->texts);
	*mail = (struct deliver_mail){ .count = 0 };
}

bool
deliver_find(struct store *s, struct deliver_key key,
    struct deliver_mail *mail)
{
	struct query *q = store_query(s, COLUMNS
	    "FROM outbox AS o LEFT JOIN delivery AS d USING (seq, n) " LEADER
	    "WHERE o.seq = :seq AND o.n = :n");

	bind_int(q, ":seq", key.seq);
	bind_int(q, ":n", key.n);
	if (!query_row(q))
		return false;
	add(q, mail);
	query_done(q);
	return true;
}

static void
find_together(struct store *s, struct deliver_key key,
    struct deliver_mail *mail)
{
	struct query *q = store_query(s, COLUMNS
	    "FROM delivery AS d JOIN outbox AS o USING (seq, n) " LEADER
	    "WHERE d.state = 'queued' AND d.together IS NOT NULL "
	    "AND d.lead_seq = :seq AND d.lead_n = :n "
	    "ORDER BY (d.seq, d.n) <> (d.lead_seq, d.lead_n), d.seq, d.n");

	bind_int(q, ":seq", key.lead_seq);
	bind_int(q, ":n", key.lead_n);
	while (query_row(q))
		add(q, mail);
}

/* One rank after the other: those that wait for another try are not walked
 * over, however many. */
static bool
first_of(struct store *s, enum outbox_rank rank, struct deliver_key *key)
{
	struct query *q = store_query(s, "SELECT seq, n, lead_seq, lead_n "
	    "FROM delivery WHERE state = 'queued' AND rank = :rank "
	    "AND next_at <= :now ORDER BY next_at, seq, n LIMIT 1");

	bind_int(q, ":rank", rank);
	bind_int(q, ":now", time_now());
	if (!query_row(q))
		return false;
	*key = (struct deliver_key){ query_int(q, 0), query_int(q, 1),
	    query_int(q, 2), query_int(q, 3) };
	query_done(q);
	return true;
}

bool
deliver_next(struct store *s, struct deliver_mail *mail)
{
	struct deliver_key key;

	for (enum outbox_rank rank = OUTBOX_AT_ONCE; rank <= OUTBOX_AFTER;
	    rank++) {
		if (!first_of(s, rank, &key))
			continue;
		if (key.lead_seq == 0)
			deliver_find(s, key, mail);
		else
			find_together(s, key, mail);
		return mail->count > 0;
	}
	return false;
}

struct deliver_key *
deliver_keys(struct store *s, size_t *count)
{
	struct deliver_key *keys = NULL;
	struct query *q;

	*count = 0;
	store_begin(s);
	q = store_query(s, DELIVER_QUEUE "SELECT seq, n, lead_seq, lead_n "
	    "FROM mails WHERE state = 'queued' AND next_at <= :now "
	    "WINDOW mail AS (PARTITION BY lead_seq, lead_n) "
	    "ORDER BY min(rank) OVER mail, min(next_at) OVER mail, "
	    "lead_seq, lead_n, (seq, n) <> (lead_seq, lead_n), seq, n");
	bind_int(q, ":now", time_now());
	while (query_row(q)) {
		keys = mem_array(keys, *count + 1, sizeof(*keys));
		keys[(*count)++] = (struct deliver_key){ query_int(q, 0),
		    query_int(q, 1), query_int(q, 2), query_int(q, 3) };
	}
	store_end(s);
	return keys;
}

static bool
find_delayed(struct store *s, struct deliver_delay *delay)
{
	struct query *q = store_query(s, "SELECT count(*) OVER (), "
	    "o.queued_at, d.why FROM delivery AS d JOIN outbox AS o "
	    "USING (seq, n) WHERE d.state = 'queued' AND d.tries > 0 "
	    "AND o.queued_at <= :now - :hour AND NOT EXISTS (SELECT 1 "
	    "FROM delay_told WHERE told_at BETWEEN :now - :day + 1 AND :now) "
	    "ORDER BY o.queued_at, d.seq, d.n LIMIT 1");

	bind_int(q, ":now", time_now());
	bind_int(q, ":hour", LATE_AFTER);
	bind_int(q, ":day", LATE_AGAIN);
	if (!query_row(q))
		return false;
	*delay = (struct deliver_delay){ query_int(q, 0), query_int(q, 1),
	    mem_text(query_text(q, 2)) };
	query_done(q);
	return true;
}

bool
deliver_delayed(struct store *s, struct deliver_delay *delay)
{
	struct query *q;
	bool delayed;

	*delay = (struct deliver_delay){ .count = 0 };
	store_begin(s);
	if ((delayed = find_delayed(s, delay))) {
		q = store_query(s, "REPLACE INTO delay_told (id, told_at) "
		    "VALUES (1, :now)");
		bind_int(q, ":now", time_now());
		query_run(q);
	}
	return store_end(s) == STORE_OK && delayed;
}
