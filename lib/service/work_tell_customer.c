/* SPDX-License-Identifier: ISC */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "recall_tell.h"
#include "work_tell.h"

/* Letters to the customer, by what happened. */
static const struct {
	const char	*verb;
	enum outbox_kind kind;
} letters[] = {
	{ "open", OUTBOX_OPENED },
	{ "acknowledge", OUTBOX_ACKNOWLEDGEMENT },
	{ "quote", OUTBOX_QUOTE },
	{ "replacement", OUTBOX_SHIPPED },
	{ "send-back", OUTBOX_SHIPPED },
	{ "parts", OUTBOX_SHIPPED },
	{ "dossier", OUTBOX_DOSSIER },
	{ "report", OUTBOX_REPORT },
	{ "ask", OUTBOX_QUESTION },
};

/* Words that were written for the customer; others are for the house. */
static bool
for_customer(enum outbox_kind kind)
{
	return kind == OUTBOX_OPENED || kind == OUTBOX_QUESTION ||
	    kind == OUTBOX_ACKNOWLEDGEMENT;
}

/* When the customer has to have done what this act asks of him. */
static void
put_due(const struct telling *t, struct json *j)
{
	struct work *w = t->w;

	for (size_t i = 0; i < w->flow.step_count; i++) {
		const struct flow_step *s = &w->flow.steps[i];
		const struct work_step *ws = work_step(w, s);

		if (s->state != STATE_OPEN || !ws->fresh || ws->due_at == 0 ||
		    s->rule->owner != OWNER_CUSTOMER ||
		    (t->goal != NULL && !telling_means(t, s->item)))
			continue;
		json_int(j, "due_at", ws->due_at);
		return;
	}
}

/* Where the units of a slip are to go: its code, and what is on an envelope. */
static void
put_goal(const struct telling *t, struct json *j)
{
	json_text(j, "site", t->goal);
	telling_put_place(j, "return_to", store_query(t->w->s, "SELECT name, "
	    "address, postcode, city, country FROM sites WHERE code = :code"),
	    t->goal);
}

static void
write_customer(struct telling *t, enum outbox_kind kind)
{
	struct json facts = { 0 };

	if (telling_customer(t) == NULL)
		return;
	telling_begin(t, &facts, for_customer(kind));
	put_due(t, &facts);
	if (t->goal != NULL)
		put_goal(t, &facts);
	telling_put(t, kind, &t->customer, &facts);
}

/* A slip goes into a parcel: one for each place, naming every unit. */
static void
write_slips(struct telling *t)
{
	const char **written = NULL;
	size_t count = 0, at;

	t->most = INT_MAX;
	for (int i = 1; i <= (int)t->w->flow.item_count; i++) {
		if (!telling_names(t->w, i))
			continue;
		t->goal = telling_return_site(t->w, i);
		for (at = 0; at < count; at++)
			if (strcmp(written[at], t->goal) == 0)
				break;
		if (at < count)
			continue;
		written = mem_array(written, count + 1, sizeof(*written));
		written[count++] = t->goal;
		write_customer(t, OUTBOX_SLIP);
	}
	free(written);
	t->goal = NULL;
	t->most = TELLING_MOST;
}

/* Was a step of this name opened, or passed on, by this act? */
static bool
opened(struct work *w, enum step step)
{
	for (size_t i = 0; i < w->flow.step_count; i++)
		if (w->flow.steps[i].rule->step == step &&
		    w->flow.steps[i].state == STATE_OPEN &&
		    work_step(w, &w->flow.steps[i])->fresh)
			return true;
	return false;
}

/* The notice, with every unit that is new to the customer's case; or that some
 * are not concerned after all, if he had been told of them. */
static void
tell_recalled(struct telling *t)
{
	struct json facts = { 0 };
	bool taken_out = telling_is(t, "reduce") && t->w->noted != NULL;

	if ((!telling_recalls(t) && !taken_out) || telling_customer(t) == NULL)
		return;
	t->most = INT_MAX;
	telling_begin(t, &facts, taken_out);
	if (!taken_out)
		recall_put_products(t->w, &facts);
	telling_put(t, taken_out ? OUTBOX_TAKEN_OUT : OUTBOX_NOTICE,
	    &t->customer, &facts);
	t->most = TELLING_MOST;
}

/* Whoever never heard of the case does not hear that it is closed. */
static bool
hears_of_end(const struct telling *t)
{
	const struct work *w = t->w;

	return w->flow.status == CASE_CLOSED && w->was != CASE_CLOSED &&
	    (w->recall == 0 || (recall_is_told(w) && !telling_is(t, "reduce")));
}

void
telling_to_customer(struct telling *t)
{
	struct work *w = t->w;

	for (size_t i = 0; i < sizeof(letters) / sizeof(letters[0]); i++)
		if (telling_is(t, letters[i].verb) && !telling_recalls(t))
			write_customer(t, letters[i].kind);
	if (telling_is(t, "slip"))
		write_slips(t);
	tell_recalled(t);
	if (opened(w, STEP_ORDER) && !telling_is(t, "quote"))
		write_customer(t, OUTBOX_ORDER);
	if (hears_of_end(t))
		write_customer(t, OUTBOX_CLOSED);
}
