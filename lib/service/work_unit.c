/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "base/mem.h"
#include "work.h"

/* The units and items of a case in hand, and where each unit is. */

struct work_item *
work_item(struct work *w, int item)
{
	return &w->items[item - 1];
}

struct work_unit *
work_unit(struct work *w, int item)
{
	return &w->units[work_item(w, item)->unit];
}

int
work_item_of(const struct work *w, size_t unit)
{
	for (size_t i = 0; i < w->flow.item_count; i++)
		if (w->items[i].unit == unit)
			return (int)i + 1;
	return 0;
}

static size_t
add_unit(struct work *w)
{
	w->units = mem_array(w->units, w->unit_count + 1, sizeof(*w->units));
	w->units[w->unit_count] = (struct work_unit){ 0 };
	return w->unit_count++;
}

size_t
work_read_unit(struct work *w, int64_t unit_id)
{
	struct query *q;
	struct work_unit *u;
	size_t i;

	for (i = 0; i < w->unit_count; i++)
		if (w->units[i].unit_id == unit_id)
			return i;
	i = add_unit(w);
	u = &w->units[i];
	q = store_query(w->s, "SELECT reference, serial, lot, holder, place, "
	    "direction, bound_for, warranty_until, warranty_reason, proof_on "
	    "FROM unit_state WHERE unit_id = :unit");
	bind_int(q, ":unit", unit_id);
	u->unit_id = unit_id;
	u->place = "unknown";
	if (!query_row(q))
		return i;
	u->reference = work_text(w, q, 0);
	u->serial = work_text(w, q, 1);
	u->lot = work_text(w, q, 2);
	u->holder = work_text(w, q, 3);
	u->place = work_text(w, q, 4);
	u->direction = work_text(w, q, 5);
	u->bound_for = work_text(w, q, 6);
	u->warranty_until = work_text(w, q, 7);
	u->warranty_reason = work_text(w, q, 8);
	u->proof_on = work_text(w, q, 9);
	u->was_away = strcmp(u->place, "customer") == 0 ||
	    strcmp(u->place, "unknown") == 0;
	query_done(q);
	return i;
}

/* The next id that no unit has, in the file or in this act. */
static int64_t
next_unit_id(struct work *w)
{
	if (w->next_unit == 0)
		w->next_unit = query_int_or(store_query(w->s,
		    "SELECT max(unit_id) FROM unit_state"), 0);
	return ++w->next_unit;
}

void
work_give_unit(struct work *w, size_t unit)
{
	struct work_unit *u = &w->units[unit];

	u->holder = w->customer;
	u->place = "customer";
	u->direction = u->bound_for = NULL;
	u->changed = true;
}

size_t
work_new_unit(struct work *w, const char *reference, const char *serial)
{
	int64_t id = next_unit_id(w);
	size_t i = add_unit(w);
	struct work_unit *u = &w->units[i];

	u->unit_id = id;
	u->reference = arena_text(&w->texts, reference);
	u->serial = arena_text(&w->texts, serial);
	u->is_new = true;
	work_give_unit(w, i);
	return i;
}

bool
work_known_unit(struct work *w, const char *reference, const char *serial,
    size_t *unit)
{
	struct query *q;
	int64_t id;

	for (size_t i = 0; i < w->unit_count; i++) {
		const struct work_unit *u = &w->units[i];

		if (u->serial != NULL && strcmp(u->reference, reference) == 0 &&
		    strcasecmp(u->serial, serial) == 0) {
			*unit = i;
			return true;
		}
	}
	q = store_query(w->s, "SELECT unit_id FROM unit_state "
	    "WHERE serial = :serial COLLATE NOCASE "
	    "AND reference = :reference");
	bind_text(q, ":serial", serial);
	bind_text(q, ":reference", reference);
	if ((id = query_int_or(q, 0)) == 0)
		return false;
	*unit = work_read_unit(w, id);
	return true;
}

size_t
work_find_unit(struct work *w, const char *reference, const char *serial)
{
	size_t unit;

	if (serial != NULL && work_known_unit(w, reference, serial, &unit))
		return unit;
	return work_new_unit(w, reference, serial);
}

/* The item is where the row of its unit says; work_note_place() is the way
 * back. */
static void
place_item(struct work *w, int item)
{
	struct flow_item *it = &w->flow.items[item - 1];
	const struct work_unit *u = work_unit(w, item);

	it->ours = u->holder == NULL;
	it->site = NULL;
	if (strcmp(u->place, "customer") == 0)
		it->place = PLACE_CUSTOMER;
	else if (strcmp(u->place, "scrapped") == 0)
		it->place = PLACE_SCRAPPED;
	else if (strcmp(u->place, "unknown") == 0)
		it->place = PLACE_UNKNOWN;
	else if (strcmp(u->place, "carrier") == 0) {
		it->place = strcmp(u->direction, "us") == 0 ? PLACE_TO_US :
		    PLACE_TO_CUSTOMER;
		it->site = u->bound_for;
	} else {
		it->place = PLACE_SITE;
		it->site = u->place;
	}
}

/* An image of the item and, through it, of its unit. */
void
work_note_place(struct work *w, const struct flow_item *it)
{
	struct work_unit *u = work_unit(w, it->item);
	bool carried = it->place == PLACE_TO_US ||
	    it->place == PLACE_TO_CUSTOMER;

	u->changed = true;
	if (it->ours) {
		u->holder = NULL;
		/* Whoever buys it next has another proof. */
		u->proof_on = NULL;
	} else if (u->holder == NULL)
		u->holder = w->customer;
	u->direction = it->place == PLACE_TO_US ? "us" :
	    carried ? "customer" : NULL;
	u->bound_for = it->place == PLACE_TO_US ? it->site : NULL;
	u->place = it->place == PLACE_SITE ? it->site :
	    carried ? "carrier" : it->place == PLACE_SCRAPPED ? "scrapped" :
	    it->place == PLACE_UNKNOWN ? "unknown" : "customer";
}

/* Sites and range of the item's product. */
static void
read_product(struct work *w, struct flow_item *it)
{
	const char *reference = work_unit(w, it->item)->reference;
	struct query *q;

	/* The same as the item before, as often as not. */
	if (it->item > 1 &&
	    strcmp(work_unit(w, it->item - 1)->reference, reference) == 0) {
		memcpy(it->sites, it[-1].sites, sizeof(it->sites));
		work_item(w, it->item)->range =
		    work_item(w, it->item - 1)->range;
		return;
	}
	q = store_query(w->s, "SELECT logistics, plant, repair, "
	    "expertise, range FROM products WHERE reference = :reference");
	bind_text(q, ":reference", reference);
	if (!query_row(q))
		return;
	for (int i = 0; i < SITE_ROLES; i++)
		it->sites[i] = work_text(w, q, i);
	work_item(w, it->item)->range = work_text(w, q, 4);
	query_done(q);
}

void
work_set_unit(struct work *w, int item, size_t unit)
{
	work_item(w, item)->unit = unit;
	read_product(w, &w->flow.items[item - 1]);
	w->flow.items[item - 1].changed = true;
	w->moved = true;
}

int
work_add_item(struct work *w, size_t unit)
{
	struct flow_item *it = flow_add_item(&w->flow);
	struct work_item *wi;

	if (w->flow.item_count > w->item_room) {
		w->item_room = w->flow.item_count * 2;
		w->items = mem_array(w->items, w->item_room, sizeof(*w->items));
	}
	wi = work_item(w, it->item);
	*wi = (struct work_item){ .unit = unit, .invoiced = -1 };
	place_item(w, it->item);
	read_product(w, it);
	return it->item;
}
