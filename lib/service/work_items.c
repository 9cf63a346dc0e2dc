/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "base/local.h"
#include "base/mem.h"
#include "work.h"

/* Which items an act is about. */

/* A list of items that ends with 0, kept with the work. */
struct list {
	int	*items;
	size_t	 count;
};

static void
list_add(struct list *l, int item)
{
	l->items = mem_array(l->items, l->count + 2, sizeof(*l->items));
	l->items[l->count++] = item;
	l->items[l->count] = 0;
}

/* Lists live as long as the work: they are noted for work_close(). Without an
 * item it is the case itself, 0, and ends after that. */
static const int *
list_keep(struct work *w, struct list *l)
{
	if (l->count == 0)
		l->items = mem_zero(2, sizeof(*l->items));
	w->lists = mem_array(w->lists, w->list_count + 1, sizeof(*w->lists));
	w->lists[w->list_count++] = l->items;
	return l->items;
}

/* The items that were named; false when there is no such item. */
static bool
take_named(struct work *w, const struct target *target, struct list *l)
{
	int count = (int)w->flow.item_count;

	for (size_t i = 0; i < target->count; i++) {
		int item = target->items[i].item;

		if (item > count && count == 0)
			store_refuse(w->s, "there is no item %d; the case has "
			    "none", item);
		else if (item > count)
			store_refuse(w->s, "there is no item %d; the last is "
			    "%d", item, count);
		else if (item != 0)
			list_add(l, item);
	}
	return store_ok(w->s);
}

typedef bool pick_fn(const struct work *w, enum step step, int item);

static bool
is_open(const struct work *w, enum step step, int item)
{
	return flow_open_step(&w->flow, step, item) != NULL;
}

static bool
in_reach(const struct work *w, enum step step, int item)
{
	return flow_in_reach(&w->flow, step, item);
}

/* Goods may come to the dock from wherever they are, also from another site of
 * ours where they were recorded. */
static bool
may_arrive(const struct work *w, enum step step, int item)
{
	const struct flow_item *it = &w->flow.items[item - 1];

	return step == STEP_RECEIVE && (w->parcel ||
	    (it->place != PLACE_SCRAPPED && (it->place != PLACE_SITE ||
	    (w->dock != NULL && strcmp(w->dock, it->site) != 0))));
}

static void
pick(struct work *w, enum step step, pick_fn *fn, struct list *l)
{
	for (size_t i = 1; i <= w->flow.item_count; i++)
		if (fn(w, step, (int)i))
			list_add(l, (int)i);
}

static bool
not_open(struct work *w, enum step step)
{
	struct buf open = { 0 };

	flow_list_open(&w->flow, 0, &open);
	if (w->flow.status != CASE_OPEN)
		store_refuse(w->s, "the case is %s; case-close --reopen opens "
		    "it", local_word("case",
		    flow_status_name(w->flow.status)));
	else
		store_refuse(w->s, "no step '%s' is open; open are: %s",
		    flow_step_name(step), buf_str(&open));
	buf_free(&open);
	return false;
}

/* Does a step of the case answer for the items that were named? */
static bool
case_answers(const struct work *w, enum step step, const struct list *l)
{
	return flow_open_step(&w->flow, step, 0) != NULL && (l->count == 0 ||
	    !flow_in_reach(&w->flow, step, l->items[0]));
}

const int *
work_items(struct work *w, const struct target *target, enum step step)
{
	static pick_fn *const ways[] = { is_open, in_reach, may_arrive };
	struct list l = { 0 };

	if (!take_named(w, target, &l)) {
		free(l.items);
		return NULL;
	}
	if (l.count == 0)
		pick(w, step, ways[0], &l);
	if (case_answers(w, step, &l)) {
		free(l.items);
		return list_keep(w, &(struct list){ 0 });
	}
	for (size_t i = 1; i < 3 && l.count == 0; i++)
		pick(w, step, ways[i], &l);
	if (l.count > 0)
		return list_keep(w, &l);
	not_open(w, step);
	return NULL;
}

const int *
work_named(struct work *w, const struct target *target)
{
	struct list l = { 0 };

	if (!take_named(w, target, &l)) {
		free(l.items);
		return NULL;
	}
	for (size_t i = 1; target->items[0].item == 0 &&
	    i <= w->flow.item_count; i++)
		list_add(&l, (int)i);
	return list_keep(w, &l);
}

void
work_note_items(struct work *w, const int *items)
{
	w->noted = items;
	json_array(&w->data, "items");
	for (; items != NULL && *items != 0; items++)
		json_int(&w->data, NULL, *items);
	json_end_array(&w->data);
}
