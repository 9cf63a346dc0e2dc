/* SPDX-License-Identifier: ISC */
#include "base/local.h"
#include "document_case.h"

/* What a sheet says: of which items of the case, and of its parties. */

bool
document_take(struct document_case *c, document_unfit_fn *unfit,
    struct buf *why)
{
	const char *first = NULL, *reason;
	size_t count = 0;

	for (size_t i = 0; i < c->item_count; i++) {
		struct document_item *it = &c->items[i];

		it->taken = false;
		if (!it->named)
			continue;
		reason = unfit(c, it);
		it->taken = reason == NULL;
		count += it->taken;
		if (reason != NULL && !c->whole) {
			buf_printf(why, local_text("item %d: %s"), it->item,
			    reason);
			return false;
		}
		if (first == NULL)
			first = reason;
	}
	if (count == 0)
		buf_text(why, first != NULL ? first :
		    local_text("the case has no items"));
	return count > 0;
}

bool
document_take_again(struct document_case *c, document_unfit_fn *unfit,
    document_unfit_fn *unsent, struct buf *why)
{
	if (document_take(c, unfit, why))
		return true;
	if (!c->again)
		return false;
	buf_clear(why);
	return document_take(c, unsent, why);
}

bool
document_was_sent(const struct document_case *c, enum step step, int item)
{
	const struct document_step *s = document_newest(c, step, item);

	return s != NULL && s->state == STATE_DONE && !s->born;
}

static struct json_object *
with_items(const struct document_case *c, struct json_object *items)
{
	struct json_object *copy = json_object_new_object();

	fact_copy(copy, c->facts);
	fact_bool(copy, "has_items", json_object_array_length(items) > 0);
	fact_put(copy, "items", items);
	return copy;
}

struct json_object *
document_case_facts(const struct document_case *c)
{
	struct json_object *items = json_object_new_array();

	for (size_t i = 0; i < c->item_count; i++)
		if (c->items[i].taken)
			json_object_array_add(items,
			    json_object_get(c->items[i].facts));
	return with_items(c, items);
}

struct json_object *
document_item_facts(const struct document_case *c,
    const struct document_item *it)
{
	struct json_object *items = json_object_new_array();

	json_object_array_add(items, json_object_get(it->facts));
	return with_items(c, items);
}

struct json_object *
document_site(struct office *o, const char *code)
{
	struct query *q;

	if (code == NULL)
		return NULL;
	q = store_query(office_store(o), "SELECT code, name, address, "
	    "postcode, city, country, NULL, email FROM sites "
	    "WHERE code = :code");
	bind_text(q, ":code", code);
	return fact_place(q);
}

struct json_object *
document_customer(struct office *o, const char *code)
{
	struct query *q = store_query(office_store(o), "SELECT code, name, "
	    "address, postcode, city, country, phone, email FROM customers "
	    "WHERE code = :code");

	bind_text(q, ":code", code);
	return fact_place(q);
}
