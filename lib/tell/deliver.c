/* SPDX-License-Identifier: ISC */
#include <sys/file.h>

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "base/local.h"
#include "base/mem.h"
#include "base/time.h"
#include "deliver_private.h"
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

static void
note_row(struct store *s, const struct message *m, const struct attempt *t)
{
	static const char *const states[] = {
		[DELIVER_SENT] = "sent", [DELIVER_LATER] = "queued",
		[DELIVER_FAILED] = "failed", [DELIVER_NOBODY] = "failed",
		[DELIVER_DROPPED] = "dropped",
	};
	struct query *q;

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
}

/* What goes in one mail has gone, or has not, as one. */
static enum store_status
note_once(struct office *o, const struct deliver_mail *mail,
    const struct attempt *t, bool notice)
{
	struct store *s = office_store(o);

	store_begin(s);
	for (size_t i = 0; i < mail->count; i++) {
		note_row(s, &mail->rows[i], t);
		if (notice)
			note_notice(o, &mail->rows[i], t);
	}
	return store_end(s);
}

/* Whatever the case thinks of it: what is sent is sent. */
static void
note(struct office *o, const struct deliver_mail *mail,
    const struct attempt *t)
{
	bool notice = strcmp(mail->rows[0].kind, "notice") == 0;

	if (note_once(o, mail, t, notice) == STORE_REFUSED)
		note_once(o, mail, t, false);
}

/* Nobody is told twice that his unit is recalled. */
static bool
is_overtaken(struct store *s, const struct message *m)
{
	return strcmp(m->kind, "notice") == 0 &&
	    !recall_awaits_notice(s, m->case_id);
}

static enum deliver_state
try(struct office *o, const char *command, const char *from,
    const struct deliver_mail *mail, struct buf *why)
{
	enum deliver_state state = DELIVER_FAILED;
	struct buf text = { 0 };

	/* Why it did not go is recorded. */
	local_pause();
	if (is_overtaken(office_store(o), &mail->rows[0])) {
		state = DELIVER_DROPPED;
	} else if (from == NULL) {
		state = DELIVER_NOT_AT_ALL;
		buf_text(why, LOCAL("no sender is set; see case-config "
		    "mail.from"));
	} else if (message_compose(o, mail->rows, mail->count, &text, why))
		state = mailer_run(command, from, &text, why);
	/* Somebody has to hear of it some day. */
	if (state == DELIVER_LATER && mail->tries + 1 >= MOST_TRIES) {
		state = DELIVER_FAILED;
		buf_printf(why, "; given up after %d tries", MOST_TRIES);
	}
	local_resume();
	buf_free(&text);
	return state;
}

static enum deliver_state
deliver(struct office *o, const char *command, const char *from,
    const struct deliver_mail *mail, deliver_fn *told, void *arg)
{
	struct buf why = { 0 };
	enum deliver_state state = try(o, command, from, mail, &why);
	/* Of the set-up, it is said once. */
	size_t count = state == DELIVER_NOT_AT_ALL ? 1 : mail->count;

	if (state != DELIVER_NOT_AT_ALL)
		note(o, mail, &(struct attempt){ state, mail->tries,
		    state == DELIVER_SENT ? NULL : buf_str(&why) });
	for (size_t i = 0; store_ok(office_store(o)) && i < count; i++)
		told(&mail->rows[i], state, buf_str(&why), arg);
	buf_free(&why);
	return state;
}

bool
deliver_all(struct office *o, const char *command, deliver_fn *told, void *arg)
{
	struct store *s = office_store(o);
	char *from = mem_text(setting_get(s, "mail.from"));
	enum deliver_state state = DELIVER_SENT;
	struct deliver_mail mail = { .count = 0 };
	bool again = false;

	/* While none can go, more may come that go together. */
	if (from != NULL)
		deliver_join(s);
	while (state != DELIVER_NOT_AT_ALL && store_ok(s) &&
	    deliver_next(s, &mail)) {
		state = deliver(o, command, from, &mail, told, arg);
		again |= state == DELIVER_LATER;
		deliver_mail_free(&mail);
	}
	free(from);
	return again;
}

static void
show_mail(struct office *o, const struct deliver_mail *mail,
    deliver_show_fn *show, deliver_fn *told, void *arg)
{
	struct store *s = office_store(o);
	struct buf text = { 0 }, why = { 0 };

	if (is_overtaken(s, &mail->rows[0]))
		;
	else if (message_compose(o, mail->rows, mail->count, &text, &why))
		show(&text, arg);
	else
		for (size_t i = 0; store_ok(s) && i < mail->count; i++)
			told(&mail->rows[i], DELIVER_FAILED, buf_str(&why),
			    arg);
	buf_free(&text);
	buf_free(&why);
}

void
deliver_show(struct office *o, deliver_show_fn *show, deliver_fn *told,
    void *arg)
{
	struct store *s = office_store(o);
	struct deliver_mail mail = { .count = 0 };
	size_t count;
	struct deliver_key *keys = deliver_keys(s, &count);

	for (size_t i = 0; i < count && deliver_find(s, keys[i], &mail); i++) {
		if (i + 1 < count && keys[i].lead_seq == keys[i + 1].lead_seq &&
		    keys[i].lead_n == keys[i + 1].lead_n)
			continue;
		show_mail(o, &mail, show, told, arg);
		deliver_mail_free(&mail);
	}
	deliver_mail_free(&mail);
	free(keys);
}
