/* SPDX-License-Identifier: ISC */
#include <sys/file.h>

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/local.h"
#include "base/mem.h"
#include "base/time.h"
#include "mailer.h"
#include "service/recall.h"
#include "service/setting.h"

#define LONGEST_DELAY	(6 * 60 * 60)
#define MOST_TRIES	28		/* with such delays, five days of them */

bool
deliver_lock(const char *path)
{
	/* Stays open: closing it would end the engine's own locks. */
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	return fd == -1 || flock(fd, LOCK_EX | LOCK_NB) == 0;
}

static void
enrol(struct store *s)
{
	struct query *q;

	q = store_query(s, "INSERT INTO delivery (seq, n, state, rank, "
	    "next_at, tries) SELECT seq, n, iif(address IS NULL, 'paper', "
	    "'queued'), rank, queued_at, 0 FROM outbox WHERE "
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
deliver_retry(struct store *s)
{
	struct query *q;

	store_begin(s);
	query_run(store_query(s, "UPDATE delivery AS d SET address = "
	    "(SELECT CASE o.recipient_type WHEN 'customer' THEN (SELECT "
	    "iif(o.kind IN ('notice', 'taken-out'), ifnull(safety_email, "
	    "email), email) FROM customers WHERE code = o.recipient) "
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

/* A row of the queue; its texts go into the arena. */
#define COLUMNS \
	"SELECT o.seq, o.n, o.case_id, o.kind, o.queued_at, o.name, " \
	"ifnull(d.address, o.address), o.language, o.message_id, o.facts, " \
	"o.recipient_type = 'customer', d.tries "

static void
read_message(struct query *q, struct arena *texts, struct message *m)
{
	*m = (struct message){
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
}

/* The message that is next. */
static bool
next(struct store *s, struct arena *texts, struct message *m, int64_t *tries)
{
	struct query *q = store_query(s, COLUMNS
	    "FROM delivery AS d JOIN outbox AS o USING (seq, n) "
	    "WHERE d.state = 'queued' AND d.next_at <= :now "
	    "ORDER BY d.rank, d.next_at, d.seq, d.n LIMIT 1");

	bind_int(q, ":now", time_now());
	if (!query_row(q))
		return false;
	read_message(q, texts, m);
	*tries = query_int(q, 11);
	query_done(q);
	return true;
}

/* 1, 2, 4 ... minutes, up to six hours. */
static int64_t
delay(int64_t tries)
{
	int64_t seconds = tries < 9 ? 60 << tries : LONGEST_DELAY;

	return seconds < LONGEST_DELAY ? seconds : LONGEST_DELAY;
}

/* What is written down of a try. */
struct attempt {
	enum deliver_state state;
	int64_t		 tries;		/* before it */
	const char	*why;
};

/* Units that came into a recall later have a notice of their own. */
static bool
has_another(struct store *s, const struct message *m)
{
	struct query *q = store_query(s, "SELECT 1 FROM event AS e "
	    "JOIN outbox AS o USING (seq) LEFT JOIN delivery AS d USING (seq, "
	    "n) WHERE e.case_id = :case AND e.seq <> :seq "
	    "AND o.kind = 'notice' "
	    "AND ifnull(d.state, '') NOT IN ('sent', 'dropped')");

	bind_int(q, ":case", m->case_id);
	bind_int(q, ":seq", m->seq);
	return query_int_or(q, 0) != 0;
}

/* What came of the notice of a recall is part of the case. */
static void
note_notice(struct office *o, const struct message *m, const struct attempt *t)
{
	struct act act = { .office = o, .at = time_now(), .text = t->why };

	if (t->state == DELIVER_SENT && !has_another(office_store(o), m))
		recall_delivered(&act, m->case_id);
	else if (t->state == DELIVER_NOBODY)
		recall_undelivered(&act, m->case_id);
	buf_free(&act.told);
	buf_free(&act.warned);
}

static enum store_status
note_once(struct office *o, const struct message *m, const struct attempt *t,
    bool notice)
{
	static const char *const states[] = {
		[DELIVER_SENT] = "sent", [DELIVER_LATER] = "queued",
		[DELIVER_FAILED] = "failed", [DELIVER_NOBODY] = "failed",
		[DELIVER_DROPPED] = "dropped",
	};
	struct store *s = office_store(o);
	struct query *q;

	store_begin(s);
	q = store_query(s, "UPDATE delivery SET state = :state, next_at = "
	    ":next, tries = tries + 1, tried_at = :now, why = :why "
	    "WHERE seq = :seq AND n = :n");
	bind_text(q, ":state", states[t->state]);
	bind_int(q, ":next", time_now() + delay(t->tries));
	bind_int(q, ":now", time_now());
	bind_text(q, ":why", t->why);
	bind_int(q, ":seq", m->seq);
	bind_int(q, ":n", m->n);
	query_run(q);
	if (notice)
		note_notice(o, m, t);
	return store_end(s);
}

/* Whatever the case thinks of it: what is sent is sent. */
static void
note(struct office *o, const struct message *m, const struct attempt *t)
{
	bool notice = strcmp(m->kind, "notice") == 0;

	if (note_once(o, m, t, notice) == STORE_REFUSED)
		note_once(o, m, t, false);
}

/* Nobody is told twice that his unit is recalled. */
static bool
is_overtaken(struct store *s, const struct message *m)
{
	return strcmp(m->kind, "notice") == 0 &&
	    !recall_awaits_notice(s, m->case_id);
}

void
deliver_all(struct office *o, const char *command, deliver_fn *told, void *arg)
{
	struct store *s = office_store(o);
	char *from = mem_text(setting_get(s, "mail.from"));
	struct arena texts = { 0 };
	enum deliver_state state = DELIVER_SENT;
	struct message m;
	int64_t tries;

	while (state != DELIVER_NOT_AT_ALL && store_ok(s) &&
	    next(s, &texts, &m, &tries)) {
		struct buf mail = { 0 }, why = { 0 };

		/* Why it did not go is recorded. */
		local_pause();
		state = DELIVER_FAILED;
		if (is_overtaken(s, &m)) {
			state = DELIVER_DROPPED;
		} else if (from == NULL) {
			state = DELIVER_NOT_AT_ALL;
			buf_text(&why, LOCAL("no sender is set; see "
			    "case-config mail.from"));
		} else if (message_compose(o, &m, &mail, &why))
			state = mailer_run(command, from, &mail, &why);
		/* Somebody has to hear of it some day. */
		if (state == DELIVER_LATER && tries + 1 >= MOST_TRIES) {
			state = DELIVER_FAILED;
			buf_printf(&why, "; given up after %d tries",
			    MOST_TRIES);
		}
		local_resume();
		if (state != DELIVER_NOT_AT_ALL)
			note(o, &m, &(struct attempt){ state, tries,
			    state == DELIVER_SENT ? NULL : buf_str(&why) });
		if (store_ok(s))
			told(&m, state, buf_str(&why), arg);
		buf_free(&mail);
		buf_free(&why);
		arena_free(&texts);
	}
	free(from);
}

/* What a run would take now, in its order. */
struct key {
	int64_t		 seq, n;
};

static struct key *
read_keys(struct store *s, size_t *count)
{
	struct key *keys = NULL;
	struct query *q;

	*count = 0;
	store_begin(s);
	q = store_query(s, "SELECT seq, n FROM " DELIVER_WAITING
	    " JOIN outbox AS o USING (seq, n) LEFT JOIN delivery AS d "
	    "USING (seq, n) WHERE ifnull(d.state, "
	    "iif(o.address IS NULL, 'paper', 'queued')) = 'queued' "
	    "AND ifnull(d.next_at, 0) <= :now "
	    "ORDER BY o.rank, ifnull(d.next_at, o.queued_at), seq, n");
	bind_int(q, ":now", time_now());
	while (query_row(q)) {
		keys = mem_array(keys, *count + 1, sizeof(*keys));
		keys[(*count)++] = (struct key){ query_int(q, 0),
		    query_int(q, 1) };
	}
	store_end(s);
	return keys;
}

static bool
find(struct store *s, struct key key, struct arena *texts, struct message *m)
{
	struct query *q = store_query(s, COLUMNS
	    "FROM outbox AS o LEFT JOIN delivery AS d USING (seq, n) "
	    "WHERE o.seq = :seq AND o.n = :n");

	bind_int(q, ":seq", key.seq);
	bind_int(q, ":n", key.n);
	if (!query_row(q))
		return false;
	read_message(q, texts, m);
	query_done(q);
	return true;
}

void
deliver_show(struct office *o, deliver_show_fn *show, deliver_fn *told,
    void *arg)
{
	struct store *s = office_store(o);
	struct arena texts = { 0 };
	size_t count;
	struct key *keys = read_keys(s, &count);
	struct message m;

	for (size_t i = 0; i < count && find(s, keys[i], &texts, &m); i++) {
		struct buf mail = { 0 }, why = { 0 };

		if (is_overtaken(s, &m))
			;
		else if (message_compose(o, &m, &mail, &why))
			show(&mail, arg);
		else if (store_ok(s))
			told(&m, DELIVER_FAILED, buf_str(&why), arg);
		buf_free(&mail);
		buf_free(&why);
		arena_free(&texts);
	}
	free(keys);
}
