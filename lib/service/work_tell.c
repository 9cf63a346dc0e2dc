/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "work_tell.h"

/* Who is told what by an event: messages queued as rows of it. Here is what
 * they have in common, and what is for the carrier and for sales. */

bool
telling_is(const struct telling *t, const char *verb)
{
	return strcmp(t->verb, verb) == 0;
}

bool
telling_recalls(const struct telling *t)
{
	return t->w->recall != 0 && (telling_is(t, "open") ||
	    telling_is(t, "add"));
}

bool
telling_names(const struct work *w, int item)
{
	if (w->noted == NULL || w->noted[0] == 0)
		return true;
	for (const int *i = w->noted; *i != 0; i++)
		if (*i == item)
			return true;
	return false;
}

const char *
telling_return_site(struct work *w, int item)
{
	const struct flow_run *r = flow_goods_run(&w->flow, item);
	const char *site = r == NULL ? NULL : w->flow.items[item - 1].sites[
	    r->procedure == PROC_REPAIR ? SITE_REPAIR : SITE_LOGISTICS];

	return site != NULL ? site : "";
}

bool
telling_means(const struct telling *t, int item)
{
	return telling_names(t->w, item) && (t->goal == NULL ||
	    strcmp(t->goal, telling_return_site(t->w, item)) == 0);
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

		if (!telling_means(t, (int)i + 1) || ++count > t->most)
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

void
telling_begin(const struct telling *t, struct json *j, bool words)
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

void
telling_put(struct telling *t, enum outbox_kind kind,
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

const struct outbox_recipient *
telling_customer(struct telling *t)
{
	if (t->customer.code == NULL && t->w->recall != 0)
		outbox_find_for_safety(t->w->s, t->w->customer, &t->customer);
	else if (t->customer.code == NULL)
		outbox_find(t->w->s, OUTBOX_CUSTOMER, t->w->customer,
		    &t->customer);
	return t->customer.code != NULL ? &t->customer : NULL;
}

void
telling_put_place(struct json *j, const char *key, struct query *q,
    const char *code)
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

void
telling_put_customer(struct telling *t, struct json *j)
{
	json_text(j, "customer", t->w->customer);
	if (telling_customer(t) != NULL)
		json_text(j, "customer_name", t->customer.name);
}

/* Where the carrier collects, and where he brings it. */
static void
put_way(struct telling *t, struct json *j)
{
	struct work *w = t->w;
	int item = w->noted != NULL && w->noted[0] != 0 ? w->noted[0] : 1;

	telling_put_place(j, "from", store_query(w->s, "SELECT name, address, "
	    "postcode, city, country, phone FROM customers "
	    "WHERE code = :code"), w->customer);
	if (w->flow.item_count > 0)
		telling_put_place(j, "to", store_query(w->s, "SELECT name, "
		    "address, postcode, city, country FROM sites "
		    "WHERE code = :code"),
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
	telling_begin(t, &facts, false);
	telling_put_customer(t, &facts);
	put_way(t, &facts);
	telling_put(t, OUTBOX_COLLECTION, &to, &facts);
	outbox_forget(&to);
}

static void
tell_one_seller(struct telling *t, const char *code)
{
	struct outbox_recipient to;
	struct json facts = { 0 };

	if (!outbox_find(t->w->s, OUTBOX_STAFF, code, &to))
		return;
	telling_begin(t, &facts, true);
	telling_put_customer(t, &facts);
	telling_put(t, OUTBOX_SUMMARY, &to, &facts);
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

void
work_tell(struct work *w, const char *verb, const char *data,
    struct json *rows)
{
	struct telling t = { .w = w, .verb = verb, .data = data,
	    .rows = rows, .most = TELLING_MOST };

	outbox_begin(&t.box, w->s);
	json_array(rows, "outbox");
	telling_to_customer(&t);
	tell_carrier(&t);
	tell_sales(&t);
	telling_to_house(&t);
	json_end_array(rows);
	outbox_forget(&t.customer);
	outbox_forget(&t.actor);
}
