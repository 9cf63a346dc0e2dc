/* SPDX-License-Identifier: ISC */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "recall_tell.h"
#include "service/outbox.h"
#include "work.h"

/* Who is told what by an event: messages queued as rows of it. */

/* More units than that are told by their number. */
#define MOST_ITEMS	50

struct telling {
	struct work	*w;
	struct outbox	 box;
	const char	*verb;
	const char	*data;		/* facts of the event */
	struct json	*rows;
	int		 most;		/* units that are named */
	const char	*goal;		/* only what goes there; NULL: all */
	struct outbox_recipient customer;
	struct outbox_recipient actor;
};

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

static bool
noted(const struct work *w, int item)
{
	if (w->noted == NULL || w->noted[0] == 0)
		return true;
	for (const int *i = w->noted; *i != 0; i++)
		if (*i == item)
			return true;
	return false;
}

/* The site to which a unit is to be returned; "" when none is known. */
static const char *
return_site(struct work *w, int item)
{
	const struct flow_run *r = flow_goods_run(&w->flow, item);
	const char *site = r == NULL ? NULL : w->flow.items[item - 1].sites[
	    r->procedure == PROC_REPAIR ? SITE_REPAIR : SITE_LOGISTICS];

	return site != NULL ? site : "";
}

static bool
is_meant(const struct telling *t, int item)
{
	return noted(t->w, item) && (t->goal == NULL ||
	    strcmp(t->goal, return_site(t->w, item)) == 0);
}

static void
put_unit(struct json *j, const char *key, const struct work_unit *u)
{
	json_object(j, key);
	json_text(j, "reference", u->reference);
	if (u->serial != NULL)
		json_text(j, "serial", u->serial);
	json_end_object(j);
}

/* The units that the message is about, `most` of them. */
static void
put_items(const struct telling *t, struct json *j)
{
	struct work *w = t->w;
	int64_t count = 0;

	json_array(j, "items");
	for (size_t i = 0; i < w->flow.item_count; i++) {
		const struct work_item *wi = &w->items[i];

		if (!is_meant(t, (int)i + 1) || ++count > t->most)
			continue;
		json_object(j, NULL);
		json_int(j, "item", (int64_t)i + 1);
		put_unit(j, "unit", &w->units[wi->unit]);
		if (wi->replacement != 0)
			put_unit(j, "replacement",
			    &w->units[wi->replacement - 1]);
		json_end_object(j);
	}
	json_end_array(j);
	json_int(j, "count", count);
}

static void
begin_facts(const struct telling *t, struct json *j, bool words)
{
	const struct work *w = t->w;

	json_object(j, NULL);
	json_text(j, "verb", t->verb);
	json_text(j, "kind", flow_process(w->flow.kind)->name);
	if (w->risk != NULL)
		json_text(j, "risk", w->risk);
	if (w->contact != NULL)
		json_text(j, "contact", w->contact);
	if (words && w->act->text != NULL)
		json_text(j, "text", w->act->text);
	put_items(t, j);
	json_raw(j, "data", t->data);
}

static void
put(struct telling *t, enum outbox_kind kind,
    const struct outbox_recipient *to, struct json *facts)
{
	struct work *w = t->w;

	json_end_object(facts);
	outbox_put(&t->box, t->rows, &(struct outbox_message){
		.case_id = w->case_id, .kind = kind,
		.rank = w->flow.kind == KIND_EMERGENCY ? OUTBOX_AT_ONCE :
		    kind == OUTBOX_NOTICE ? OUTBOX_AFTER : OUTBOX_USUAL,
		.to = to, .facts = json_str(facts),
		.language = to->type == OUTBOX_CUSTOMER ? w->language : NULL,
	});
	json_free(facts);
}

static const struct outbox_recipient *
customer(struct telling *t)
{
	if (t->customer.code == NULL && t->w->recall != 0)
		outbox_find_for_safety(t->w->s, t->w->customer, &t->customer);
	else if (t->customer.code == NULL)
		outbox_find(t->w->s, OUTBOX_CUSTOMER, t->w->customer,
		    &t->customer);
	return t->customer.code != NULL ? &t->customer : NULL;
}

static void
put_place(struct json *j, const char *key, struct query *q, const char *code)
{
	static const char *const names[] = { "name", "address", "postcode",
	    "city", "country", "phone" };

	bind_text(q, ":code", code);
	if (!query_row(q))
		return;
	json_object(j, key);
	for (int i = 0; i < query_columns(q); i++)
		if (!query_null(q, i))
			json_text(j, names[i], query_text(q, i));
	json_end_object(j);
	query_done(q);
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
		    (t->goal != NULL && !is_meant(t, s->item)))
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
	put_place(j, "return_to", store_query(t->w->s, "SELECT name, address, "
	    "postcode, city, country FROM sites WHERE code = :code"), t->goal);
}

static void
write_customer(struct telling *t, enum outbox_kind kind)
{
	struct json facts = { 0 };

	if (customer(t) == NULL)
		return;
	begin_facts(t, &facts, for_customer(kind));
	put_due(t, &facts);
	if (t->goal != NULL)
		put_goal(t, &facts);
	put(t, kind, &t->customer, &facts);
}

/* A slip goes into a parcel: one for each place, naming every unit. */
static void
write_slips(struct telling *t)
{
	const char **written = NULL;
	size_t count = 0, at;

	t->most = INT_MAX;
	for (int i = 1; i <= (int)t->w->flow.item_count; i++) {
		if (!noted(t->w, i))
			continue;
		t->goal = return_site(t->w, i);
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
	t->most = MOST_ITEMS;
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

static bool
is_verb(const struct telling *t, const char *verb)
{
	return strcmp(t->verb, verb) == 0;
}

/* Is it the act by which units come into a recall? There may be thousands of
 * such cases at once. */
static bool
recalls(const struct telling *t)
{
	return t->w->recall != 0 && (is_verb(t, "open") || is_verb(t, "add"));
}

/* The notice, with every unit that is new to the customer's case; or that some
 * are not concerned after all, if he had been told of them. */
static void
tell_recalled(struct telling *t)
{
	struct json facts = { 0 };
	bool taken_out = is_verb(t, "reduce") && t->w->noted != NULL;

	if ((!recalls(t) && !taken_out) || customer(t) == NULL)
		return;
	t->most = INT_MAX;
	begin_facts(t, &facts, taken_out);
	if (!taken_out)
		recall_put_products(t->w, &facts);
	put(t, taken_out ? OUTBOX_TAKEN_OUT : OUTBOX_NOTICE, &t->customer,
	    &facts);
	t->most = MOST_ITEMS;
}

/* Whoever never heard of the case does not hear that it is closed. */
static bool
hears_of_end(const struct telling *t)
{
	const struct work *w = t->w;

	return w->flow.status == CASE_CLOSED && w->was != CASE_CLOSED &&
	    (w->recall == 0 || (recall_is_told(w) && !is_verb(t, "reduce")));
}

static void
tell_customer(struct telling *t)
{
	struct work *w = t->w;

	for (size_t i = 0; i < sizeof(letters) / sizeof(letters[0]); i++)
		if (is_verb(t, letters[i].verb) && !recalls(t))
			write_customer(t, letters[i].kind);
	if (is_verb(t, "slip"))
		write_slips(t);
	tell_recalled(t);
	if (opened(w, STEP_ORDER) && !is_verb(t, "quote"))
		write_customer(t, OUTBOX_ORDER);
	if (hears_of_end(t))
		write_customer(t, OUTBOX_CLOSED);
}

/* The customer and his address, for those who go there or write to him. */
static void
put_customer(struct telling *t, struct json *j)
{
	json_text(j, "customer", t->w->customer);
	if (customer(t) != NULL)
		json_text(j, "customer_name", t->customer.name);
}

/* Where the carrier collects, and where he brings it. */
static void
put_way(struct telling *t, struct json *j)
{
	struct work *w = t->w;
	int item = w->noted != NULL && w->noted[0] != 0 ? w->noted[0] : 1;

	put_place(j, "from", store_query(w->s, "SELECT name, address, "
	    "postcode, city, country, phone FROM customers "
	    "WHERE code = :code"), w->customer);
	if (w->flow.item_count > 0)
		put_place(j, "to", store_query(w->s, "SELECT name, address, "
		    "postcode, city, country FROM sites WHERE code = :code"),
		    w->flow.items[item - 1].sites[SITE_EXPERTISE]);
}

static void
tell_carrier(struct telling *t)
{
	struct outbox_recipient to;
	struct json facts = { 0 };
	const char *carrier = t->w->carrier;

	if (strcmp(t->verb, "dossier") != 0 ||
	    !outbox_find(t->w->s, OUTBOX_CARRIER, carrier, &to))
		return;
	begin_facts(t, &facts, false);
	put_customer(t, &facts);
	put_way(t, &facts);
	put(t, OUTBOX_COLLECTION, &to, &facts);
	outbox_forget(&to);
}

static void
tell_one_seller(struct telling *t, const char *code)
{
	struct outbox_recipient to;
	struct json facts = { 0 };

	if (!outbox_find(t->w->s, OUTBOX_STAFF, code, &to))
		return;
	begin_facts(t, &facts, true);
	put_customer(t, &facts);
	put(t, OUTBOX_SUMMARY, &to, &facts);
	outbox_forget(&to);
}

static void
tell_sales(struct telling *t)
{
	struct query *q;

	if (strcmp(t->verb, "report") != 0)
		return;
	q = store_query(t->w->s, "SELECT code FROM staff "
	    "WHERE instr(' ' || roles || ' ', ' sales ') > 0 ORDER BY code");
	while (query_row(q))
		tell_one_seller(t, query_text(q, 0));
}

/* Who of the house owes the step: the person, else the site. */
static const char *
debtor(struct work *w, const struct flow_step *s, enum outbox_type *type)
{
	const struct work_step *ws = work_step(w, s);

	if (s->rule->owner == OWNER_CUSTOMER || s->rule->owner == OWNER_CARRIER)
		return NULL;
	*type = ws->owner_person != NULL ? OUTBOX_STAFF : OUTBOX_SITE;
	return ws->owner_person != NULL ? ws->owner_person : ws->owner_site;
}

/* The one who acts knows, and so does who works at the same site. */
static bool
knows(struct telling *t, enum outbox_type type, const char *code)
{
	const char *by = t->w->act->by;

	if (by == NULL)
		return false;
	if (type == OUTBOX_STAFF)
		return strcmp(by, code) == 0;
	if (t->actor.code == NULL)
		outbox_find(t->w->s, OUTBOX_STAFF, by, &t->actor);
	return t->actor.site != NULL && strcmp(t->actor.site, code) == 0;
}

static bool
owes(struct work *w, const struct flow_step *s, const char *code)
{
	enum outbox_type type;
	const char *who;

	if (s->state != STATE_OPEN || !work_step(w, s)->fresh)
		return false;
	who = debtor(w, s, &type);
	return who != NULL && strcmp(who, code) == 0;
}

/* The step, with those of the same name and due time for other items. */
static void
put_step(struct work *w, struct json *j, size_t at, const char *code)
{
	const struct flow_step *s = &w->flow.steps[at];
	const struct work_step *ws = work_step(w, s);

	json_object(j, NULL);
	json_text(j, "step", flow_step_name(s->rule->step));
	if (ws->due_at != 0)
		json_int(j, "due_at", ws->due_at);
	if (ws->limit_at != 0)
		json_int(j, "limit_at", ws->limit_at);
	json_array(j, "items");
	for (size_t i = at; i < w->flow.step_count; i++) {
		const struct flow_step *other = &w->flow.steps[i];

		if (other->item != 0 && owes(w, other, code) &&
		    other->rule->step == s->rule->step &&
		    work_step(w, other)->binds_at == ws->binds_at) {
			json_int(j, NULL, other->item);
			work_step(w, other)->told = true;
		}
	}
	json_end_array(j);
	json_end_object(j);
	work_step(w, s)->told = true;
}

static void
put_steps(struct work *w, struct json *j, const char *code)
{
	json_array(j, "steps");
	for (size_t i = 0; i < w->flow.step_count; i++)
		if (owes(w, &w->flow.steps[i], code) &&
		    !work_step(w, &w->flow.steps[i])->told)
			put_step(w, j, i, code);
	json_end_array(j);
}

static bool
newly_answers(const struct work *w, const char *code)
{
	return w->pilot != NULL && strcmp(w->pilot, code) == 0 &&
	    (w->was_pilot == NULL || strcmp(w->was_pilot, code) != 0);
}

/* What the customer said when the case was opened. */
static void
put_description(struct work *w, struct json *j)
{
	struct query *q;

	if (w->is_new) {
		json_text(j, "description", w->description);
		return;
	}
	q = store_query(w->s, "SELECT description FROM description "
	    "WHERE case_id = :case");
	bind_int(q, ":case", w->case_id);
	if (!query_row(q))
		return;
	json_text(j, "description", query_text(q, 0));
	query_done(q);
}

static void
tell_debtor(struct telling *t, enum outbox_type type, const char *code)
{
	bool assigned = type == OUTBOX_STAFF && newly_answers(t->w, code);
	struct outbox_recipient to;
	struct json facts = { 0 };

	if (!outbox_find(t->w->s, type, code, &to))
		return;
	begin_facts(t, &facts, !assigned || !t->w->is_new);
	if (assigned)
		put_description(t->w, &facts);
	put_customer(t, &facts);
	put_steps(t->w, &facts, code);
	put(t, assigned ? OUTBOX_ASSIGNED : OUTBOX_TASK, &to, &facts);
	outbox_forget(&to);
}

/* Each site and person to whom a step opens that he did not cause; who answers
 * for the case from now on, in any case. */
static void
tell_debtors(struct telling *t)
{
	struct work *w = t->w;

	/* One letter for each of thousands of cases would help nobody. */
	if (recalls(t))
		return;
	if (w->pilot != NULL && newly_answers(w, w->pilot) &&
	    !knows(t, OUTBOX_STAFF, w->pilot))
		tell_debtor(t, OUTBOX_STAFF, w->pilot);
	for (size_t i = 0; i < w->flow.step_count; i++) {
		const struct flow_step *s = &w->flow.steps[i];
		enum outbox_type type;
		const char *code;

		if (s->state != STATE_OPEN || !work_step(w, s)->fresh ||
		    work_step(w, s)->told)
			continue;
		code = debtor(w, s, &type);
		if (code != NULL && !knows(t, type, code))
			tell_debtor(t, type, code);
	}
}

void
work_tell(struct work *w, const char *verb, const char *data,
    struct json *rows)
{
	struct telling t = { .w = w, .verb = verb, .data = data,
	    .rows = rows, .most = MOST_ITEMS };

	outbox_begin(&t.box, w->s);
	json_array(rows, "outbox");
	tell_customer(&t);
	tell_carrier(&t);
	tell_sales(&t);
	tell_debtors(&t);
	json_end_array(rows);
	outbox_forget(&t.customer);
	outbox_forget(&t.actor);
}
