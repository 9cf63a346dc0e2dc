/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "base/json.h"
#include "journal/journal.h"
#include "remind_private.h"

/* More steps than that are counted; lists have them. */
#define MOST_LISTED	100

static bool
same_recipient(const struct entry *a, const struct entry *b)
{
	return a->type == b->type && strcmp(a->code, b->code) == 0;
}

static void
put_entry(struct json *j, const struct entry *e)
{
	json_object(j, NULL);
	json_text(j, "step", e->step);
	json_int(j, "case", e->case_id);
	if (e->bound)
		json_int(j, "due_at", e->binds_at);
	json_bool(j, "limit", e->limit);
	json_bool(j, "late", e->late);
	if (e->item != 0) {
		json_array(j, "items");
		json_int(j, NULL, e->item);
		json_end_array(j);
	}
	if (e->unit != NULL)
		json_text(j, "units", e->unit);
	json_end_object(j);
}

static void
note_chased(struct reminding *r, const struct entry *entries, size_t n)
{
	struct query *q = store_query(r->s, "REPLACE INTO chased (customer, "
	    "chased_at) VALUES (:customer, :now)");

	bind_text(q, ":customer", entries[0].code);
	bind_int(q, ":now", r->now);
	query_run(q);
	for (size_t i = 0; i < n; i++)
		remind_give(r, &entries[i]);
}

static enum outbox_rank
rank(const struct entry *entries, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (entries[i].urgent)
			return OUTBOX_AT_ONCE;
	return OUTBOX_AFTER;
}

/* The address for safety is for nothing but recalls. */
static bool
find_recipient(struct reminding *r, const struct entry *entries, size_t n,
    struct outbox_recipient *to)
{
	bool recalls = entries[0].type == OUTBOX_CUSTOMER;

	for (size_t i = 0; i < n && recalls; i++)
		recalls = strcmp(entries[i].step,
		    flow_step_name(STEP_RESPOND)) == 0;
	return recalls ? outbox_find_for_safety(r->s, entries[0].code, to) :
	    outbox_find(r->s, entries[0].type, entries[0].code, to);
}

/* One message for all that one recipient is reminded of. */
static void
write_digest(struct reminding *r, struct outbox *box, struct json *rows,
    const struct entry *entries, size_t n)
{
	bool customer = entries[0].type == OUTBOX_CUSTOMER;
	struct outbox_recipient to;
	struct json facts = { 0 };

	if (!find_recipient(r, entries, n, &to))
		return;
	json_object(&facts, NULL);
	json_int(&facts, "count", (int64_t)n);
	json_bool(&facts, "urgent", rank(entries, n) == OUTBOX_AT_ONCE);
	json_array(&facts, "steps");
	for (size_t i = 0; i < n && i < MOST_LISTED; i++)
		put_entry(&facts, &entries[i]);
	json_end_array(&facts);
	if (n > MOST_LISTED)
		json_int(&facts, "more", (int64_t)n - MOST_LISTED);
	json_end_object(&facts);
	outbox_put(box, rows, &(struct outbox_message){
		.kind = customer ? OUTBOX_CHASE : OUTBOX_REMINDER,
		.rank = rank(entries, n), .to = &to,
		.facts = json_str(&facts),
	});
	if (customer)
		note_chased(r, entries, n);
	json_free(&facts);
	outbox_forget(&to);
}

void
remind_queue(struct reminding *r)
{
	struct outbox box;
	struct json rows = { 0 };
	size_t from, to;

	outbox_begin(&box, r->s);
	json_object(&rows, NULL);
	json_array(&rows, "outbox");
	for (from = 0; from < r->count; from = to) {
		for (to = from + 1; to < r->count && same_recipient(
		    &r->entries[from], &r->entries[to]); to++)
			;
		write_digest(r, &box, &rows, &r->entries[from], to - from);
	}
	json_end_array(&rows);
	json_end_object(&rows);
	if (box.n > 0)
		journal_append(r->s, &(struct journal_event){
			.verb = "remind", .happened_at = r->now,
			.rows = json_str(&rows) });
	json_free(&rows);
}
