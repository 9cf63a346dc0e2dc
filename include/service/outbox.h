/* SPDX-License-Identifier: ISC */
#ifndef SERVICE_OUTBOX_H
#define SERVICE_OUTBOX_H

#include "base/json.h"
#include "store/store.h"

/*
 * Messages, queued as rows of the event that they tell of: the table outbox.
 * A row holds all that the message is made of, so that neither a replay nor a
 * second try asks what has changed since. case-mail delivers them.
 */
enum outbox_kind {
	/* To customers. */
	OUTBOX_OPENED, OUTBOX_ACKNOWLEDGEMENT, OUTBOX_SLIP, OUTBOX_QUOTE,
	OUTBOX_ORDER,		/* a purchase order is awaited */
	OUTBOX_SHIPPED, OUTBOX_DOSSIER, OUTBOX_REPORT, OUTBOX_QUESTION,
	OUTBOX_NOTICE,		/* of a recall */
	OUTBOX_TAKEN_OUT,	/* units that it does not concern after all */
	OUTBOX_CLOSED,
	OUTBOX_CHASE,		/* what he owes, politely */
	/* To others. */
	OUTBOX_COLLECTION,	/* the carrier is asked to collect */
	OUTBOX_SUMMARY,		/* of an expertise, for sales management */
	OUTBOX_ASSIGNED,	/* answerable from now on */
	OUTBOX_RECALL,		/* the same for a recall with all its cases */
	OUTBOX_TASK,		/* a step opened */
	OUTBOX_REMINDER,	/* steps due soon or overdue */
	OUTBOX_KIND_COUNT
};

enum outbox_type {
	OUTBOX_CUSTOMER, OUTBOX_STAFF, OUTBOX_SITE, OUTBOX_CARRIER
};
const char *outbox_type_name(enum outbox_type type);

/* Urgent ones overtake the others, many at once let them pass. */
enum outbox_rank { OUTBOX_AT_ONCE, OUTBOX_USUAL, OUTBOX_AFTER };

/* Rows of one event under way. */
struct outbox {
	struct store	*s;
	int64_t		 seq;		/* of that event */
	int64_t		 at;		/* queued */
	int64_t		 n;		/* rows so far */
	char		 domain[256];	/* of Message-IDs */
};

/* Inside a transaction, before the event is appended. */
void	 outbox_begin(struct outbox *o, struct store *s);

/* What is known of somebody; texts are to free. */
struct outbox_recipient {
	enum outbox_type type;
	char		*code;
	char		*name;		/* without control characters */
	char		*address;	/* NULL: none */
	char		*language;	/* fr, en */
	char		*site;		/* of staff, or NULL */
};

/* False, and empty, when there is no such one. */
bool	 outbox_find(struct store *s, enum outbox_type type, const char *code,
	    struct outbox_recipient *to);
/* A customer, for what concerns a recall: his address for safety first. */
bool	 outbox_find_for_safety(struct store *s, const char *code,
	    struct outbox_recipient *to);
void	 outbox_forget(struct outbox_recipient *to);

struct outbox_message {
	int64_t		 case_id;	/* 0: about several */
	enum outbox_kind kind;
	enum outbox_rank rank;
	const struct outbox_recipient *to;
	const char	*language;	/* NULL: the recipient's */
	const char	*facts;		/* JSON object */
};

/* Adds a row to `rows`, the open array "outbox" of the event. A customer or a
 * carrier without an address gets one all the same: it has to go on paper, or
 * by telephone, and case-mail says so. Of staff and sites that have none, lists
 * are the only way: nothing is queued. */
void	 outbox_put(struct outbox *o, struct json *rows,
	    const struct outbox_message *message);

#endif
