/* SPDX-License-Identifier: ISC */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/time.h"
#include "journal/journal.h"
#include "service/outbox.h"
#include "service/setting.h"

static const char *const kinds[OUTBOX_KIND_COUNT] = {
	[OUTBOX_OPENED] = "opened",
	[OUTBOX_ACKNOWLEDGEMENT] = "acknowledgement",
	[OUTBOX_SLIP] = "slip",
	[OUTBOX_QUOTE] = "quote",
	[OUTBOX_ORDER] = "order",
	[OUTBOX_SHIPPED] = "shipped",
	[OUTBOX_DOSSIER] = "dossier",
	[OUTBOX_REPORT] = "report",
	[OUTBOX_QUESTION] = "question",
	[OUTBOX_NOTICE] = "notice",
	[OUTBOX_TAKEN_OUT] = "taken-out",
	[OUTBOX_CLOSED] = "closed",
	[OUTBOX_CHASE] = "chase",
	[OUTBOX_COLLECTION] = "collection",
	[OUTBOX_SUMMARY] = "summary",
	[OUTBOX_ASSIGNED] = "assigned",
	[OUTBOX_RECALL] = "recall",
	[OUTBOX_TASK] = "task",
	[OUTBOX_REMINDER] = "reminder",
};

static const char *const types[] = {
	[OUTBOX_CUSTOMER] = "customer", [OUTBOX_STAFF] = "staff",
	[OUTBOX_SITE] = "site", [OUTBOX_CARRIER] = "carrier",
};

const char *
outbox_type_name(enum outbox_type type)
{
	return types[type];
}

/* A Message-ID needs a domain: that of the sender, or one that is nobody's. */
static void
read_domain(struct outbox *o)
{
	const char *from = setting_get(o->s, "mail.from");
	const char *at = from == NULL ? NULL : strrchr(from, '@');

	strlcpy(o->domain, at != NULL ? at + 1 : "case.invalid",
	    sizeof(o->domain));
}

void
outbox_begin(struct outbox *o, struct store *s)
{
	*o = (struct outbox){ .s = s, .at = time_now() };
}

/* A name goes into the head of a message, where it must stay on its line. */
static char *
plain(const char *text)
{
	char *own = mem_text(text != NULL ? text : "");

	for (char *p = own; *p != '\0'; p++)
		if ((unsigned char)*p < ' ' || *p == '\177')
			*p = ' ';
	return own;
}

static struct query *
ask(struct store *s, enum outbox_type type)
{
	switch (type) {
	case OUTBOX_CUSTOMER:
		return store_query(s, "SELECT name, email, language, NULL "
		    "FROM customers WHERE code = :code");
	case OUTBOX_STAFF:
		return store_query(s, "SELECT name, email, language, site "
		    "FROM staff WHERE code = :code");
	case OUTBOX_SITE:
		return store_query(s, "SELECT name, email, NULL, NULL "
		    "FROM sites WHERE code = :code");
	case OUTBOX_CARRIER:
		break;
	}
	return store_query(s, "SELECT name, email, NULL, NULL "
	    "FROM carriers WHERE code = :code");
}

static bool
find(struct store *s, struct query *q, const char *code,
    struct outbox_recipient *to)
{
	bind_text(q, ":code", code);
	if (!query_row(q))
		return false;
	to->code = mem_text(code);
	to->name = plain(query_text(q, 0));
	to->address = mem_text(query_text(q, 1));
	to->language = mem_text(query_text(q, 2));
	to->site = mem_text(query_text(q, 3));
	query_done(q);
	if (to->language == NULL)
		to->language = mem_text(setting_get(s, "language"));
	return true;
}

bool
outbox_find(struct store *s, enum outbox_type type, const char *code,
    struct outbox_recipient *to)
{
	*to = (struct outbox_recipient){ .type = type };
	return code != NULL && find(s, ask(s, type), code, to);
}

bool
outbox_find_for_safety(struct store *s, const char *code,
    struct outbox_recipient *to)
{
	*to = (struct outbox_recipient){ .type = OUTBOX_CUSTOMER };
	return find(s, store_query(s, "SELECT name, ifnull(safety_email, "
	    "email), language, NULL FROM customers WHERE code = :code"), code,
	    to);
}

void
outbox_forget(struct outbox_recipient *to)
{
	free(to->code);
	free(to->name);
	free(to->address);
	free(to->language);
	free(to->site);
	*to = (struct outbox_recipient){ .type = to->type };
}

/* Nobody can guess it, so that nobody can answer to what he never got. */
static void
put_message_id(struct outbox *o, struct json *j)
{
	char id[sizeof(o->domain) + 80];
	uint64_t random;

	arc4random_buf(&random, sizeof(random));
	snprintf(id, sizeof(id), "%" PRId64 ".%" PRId64 ".%016" PRIx64 "@%s",
	    o->seq, o->n, random, o->domain);
	json_text(j, "message_id", id);
}

void
outbox_put(struct outbox *o, struct json *rows,
    const struct outbox_message *message)
{
	const struct outbox_recipient *to = message->to;

	if (to->address == NULL && (to->type == OUTBOX_STAFF ||
	    to->type == OUTBOX_SITE))
		return;
	if (o->n == 0) {
		o->seq = journal_next(o->s);
		read_domain(o);
	}
	o->n++;
	json_object(rows, NULL);
	json_int(rows, "seq", o->seq);
	json_int(rows, "n", o->n);
	if (message->case_id != 0)
		json_int(rows, "case_id", message->case_id);
	json_text(rows, "kind", kinds[message->kind]);
	json_int(rows, "rank", message->rank);
	json_int(rows, "queued_at", o->at);
	json_text(rows, "recipient_type", types[to->type]);
	json_text(rows, "recipient", to->code);
	json_text(rows, "name", to->name);
	if (to->address != NULL)
		json_text(rows, "address", to->address);
	json_text(rows, "language", message->language != NULL ?
	    message->language : to->language);
	put_message_id(o, rows);
	json_raw(rows, "facts", message->facts);
	json_end_object(rows);
}
