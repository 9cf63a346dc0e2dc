/* SPDX-License-Identifier: ISC */
#ifndef TELL_DELIVER_H
#define TELL_DELIVER_H

#include <stdbool.h>
#include <stdint.h>

#include "service/office.h"
#include "tell/message.h"

/*
 * The queue of the outbox. A message is handed to the system's sendmail; what
 * came of it is written down before the next one is taken, so that whoever is
 * killed repeats at most the one in hand, under the same Message-ID.
 */
enum deliver_state {
	DELIVER_SENT,
	DELIVER_LATER,		/* it may go another time */
	DELIVER_FAILED,		/* it will not go; kept, with the reason */
	DELIVER_NOBODY,		/* the same: the recipient is not known */
	DELIVER_DROPPED,	/* who was to get it has been told otherwise */
	DELIVER_NOT_AT_ALL	/* none can go as things are set up; all wait */
};

/* The queue in SQL, whatever the history: what was not delivered, and what is
 * newer than the last run. */
#define DELIVER_IS_NEW \
	"(seq, n) > (SELECT ifnull(max(seq), 0), ifnull((SELECT max(n) " \
	"FROM delivery WHERE seq = (SELECT max(seq) FROM delivery)), 0) " \
	"FROM delivery)"
#define DELIVER_WAITING \
	"(SELECT seq, n FROM delivery " \
	"WHERE state NOT IN ('sent', 'dropped') UNION ALL " \
	"SELECT seq, n FROM outbox WHERE " DELIVER_IS_NEW ")"

/*
 * A slip goes into a parcel: those that wait for the same customer, in one
 * language and to one site, go in one mail, whatever their cases. That is
 * settled before it is tried for the first time, and stays.
 */
#define DELIVER_TOGETHER \
	"iif(o.kind = 'slip' AND json_valid(o.facts), json_array(" \
	"o.recipient, o.language, o.facts ->> '$.site', " \
	"o.facts ->> '$.kind' = 'recall'), NULL)"
/* A mail has to remain one that can be read, and that an MTA takes: fifty
 * cases, or fewer if they have more than twenty units each. */
#define DELIVER_WEIGHT \
	"max(ifnull(json_array_length(o.facts, '$.items'), 0), 20)"
/* "joined": the first of its mail for each of "new", both to stand in a
 * WITH. */
#define DELIVER_JOINED \
	"parted AS (SELECT seq, n, rank, next_at, together, address, " \
	"(sum(weight) OVER (PARTITION BY together, address ORDER BY rank, " \
	"next_at, seq, n) - weight) / 1000 AS part FROM new), " \
	"joined AS (SELECT seq, n, first_value(seq) OVER mail AS lead_seq, " \
	"first_value(n) OVER mail AS lead_n FROM parted " \
	"WINDOW mail AS (PARTITION BY together, address, part " \
	"ORDER BY rank, next_at, seq, n)) "
/* "mails": the queue as it is now, each with the first of its mail as the next
 * run has it; begins a statement. */
#define DELIVER_QUEUE \
	"WITH waiting AS (SELECT o.seq, o.n, o.rank, " \
	"ifnull(d.next_at, o.queued_at) AS next_at, ifnull(d.state, " \
	"iif(o.address IS NULL, 'paper', 'queued')) AS state, " \
	"ifnull(d.address, o.address) AS address, iif(d.seq IS NULL, " \
	DELIVER_TOGETHER ", d.together) AS together, d.lead_seq, d.lead_n, " \
	DELIVER_WEIGHT " AS weight FROM " DELIVER_WAITING " " \
	"JOIN outbox AS o USING (seq, n) LEFT JOIN delivery AS d " \
	"USING (seq, n)), new AS (SELECT seq, n, rank, next_at, together, " \
	"address, weight FROM waiting WHERE state = 'queued' " \
	"AND together IS NOT NULL AND lead_seq IS NULL), " DELIVER_JOINED \
	", mails AS (SELECT w.seq, w.n, rank, next_at, state, address, " \
	"coalesce(w.lead_seq, j.lead_seq, w.seq) AS lead_seq, " \
	"coalesce(w.lead_n, j.lead_n, w.n) AS lead_n " \
	"FROM waiting AS w LEFT JOIN joined AS j USING (seq, n)) "

/* One at a time: takes the lock of the file until the process ends. False when
 * somebody else has it. */
bool	 deliver_lock(const char *path);

/* Makes known to the queue what the outbox has got since. Own transactions. */
void	 deliver_enrol(struct store *s);
/* Failed ones, and those that wait, are tried at once, at the address that the
 * recipient has now; those on paper too if he has one now. */
void	 deliver_retry(struct store *s);
/* He was told otherwise: it goes no more. Refuses when it does not wait. Inside
 * a transaction. */
void	 deliver_drop(struct store *s, int64_t seq, int64_t n);

/* Hands over all whose time has come, `told` after each; stops when the store
 * fails or nothing can go at all. `command` is run by the shell with -f and the
 * sender added. True when something did not go now, and is tried again. */
typedef void deliver_fn(const struct message *m, enum deliver_state state,
	    const char *why, void *arg);
bool	 deliver_all(struct office *o, const char *command, deliver_fn *told,
	    void *arg);

/* Messages that were tried and wait for longer than an hour. */
struct deliver_delay {
	int64_t		 count;
	int64_t		 since;		/* the oldest was queued */
	char		*why;		/* it did not go; to free */
};
/* True at most once a day, so that whoever should mend it hears of it before
 * they are given up. Own transaction. */
bool	 deliver_delayed(struct store *s, struct deliver_delay *delay);

/* The mails as they would be handed over now, or why one would not; nothing is
 * changed. */
typedef void deliver_show_fn(const struct buf *mail, void *arg);
void	 deliver_show(struct office *o, deliver_show_fn *show,
	    deliver_fn *told, void *arg);

#endif
