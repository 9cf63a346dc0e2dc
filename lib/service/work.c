/* SPDX-License-Identifier: ISC */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/time.h"
#include "journal/journal.h"
#include "work.h"

bool
work_take(struct work *w, bool ok)
{
	if (!ok)
		store_refuse(w->s, "%s", buf_str(&w->flow.why));
	return ok && store_ok(w->s);
}

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

	return step == STEP_RECEIVE && it->place != PLACE_SCRAPPED &&
	    (it->place != PLACE_SITE || (w->dock != NULL &&
	    strcmp(w->dock, it->site) != 0));
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
		    "it", flow_status_name(w->flow.status));
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

struct json *
work_rows(struct work *w, enum more table)
{
	struct json *j = &w->more[table];

	if (j->out.len == 0)
		json_array(j, NULL);
	return j;
}

struct json *
work_row(struct work *w, enum more table)
{
	struct json *j = work_rows(w, table);

	json_object(j, NULL);
	return j;
}

void
work_row_lookup(struct work *w, int item, const char *name, const char *value)
{
	struct json *j;

	if (value == NULL)
		return;
	j = work_row(w, MORE_LOOKUP);
	json_text(j, "value", value);
	json_int(j, "case_id", w->case_id);
	json_int(j, "item", item);
	json_text(j, "name", name);
	json_end_object(j);
}

void
work_link(struct work *w, int64_t other)
{
	struct query *q = store_query(w->s,
	    "SELECT 1 FROM cases WHERE case_id = :case");
	bool first = w->case_id < other;
	struct json *j;

	bind_int(q, ":case", other);
	if (query_int_or(q, 0) == 0 || other == w->case_id) {
		store_refuse(w->s, "there is no other case %" PRId64
		    " to link with", other);
		return;
	}
	j = work_row(w, MORE_LINK);
	json_int(j, "case_id", first ? w->case_id : other);
	json_int(j, "other", first ? other : w->case_id);
	json_end_object(j);
}

void
work_note_links(struct work *w, const int64_t *links, size_t count)
{
	if (count == 0)
		return;
	json_array(&w->data, "links");
	for (size_t i = 0; i < count; i++)
		json_int(&w->data, NULL, links[i]);
	json_end_array(&w->data);
}

void
work_incident(struct work *w, const char *harm)
{
	struct json *j;

	if (harm == NULL)
		return;
	json_text(&w->data, "incident", harm);
	j = work_row(w, MORE_INCIDENT);
	json_int(j, "case_id", w->case_id);
	json_int(j, "seq", journal_next(w->s));
	json_text(j, "harm", harm);
	json_int(j, "happened_at", w->act->at);
	json_end_object(j);
}

void
work_row_finding(struct work *w, int item, const char *cause)
{
	struct json *j = work_row(w, MORE_FINDING);

	json_text(j, "cause", cause);
	json_int(j, "case_id", w->case_id);
	json_int(j, "item", item);
	json_end_object(j);
}

void
work_row_stock(struct work *w, const char *site, const char *reference,
    int64_t quantity)
{
	struct json *j = work_row(w, MORE_STOCK);

	w->moves = mem_array(w->moves, w->move_count + 1, sizeof(*w->moves));
	w->moves[w->move_count++] = (struct work_move){
		arena_text(&w->texts, site), arena_text(&w->texts, reference),
		quantity
	};
	json_text(j, "site", site);
	json_text(j, "reference", reference);
	json_int(j, "seq", journal_next(w->s));
	json_int(j, "n", (int64_t)w->move_count);
	json_int(j, "quantity", quantity);
	json_int(j, "case_id", w->case_id);
	json_end_object(j);
}

int64_t
work_taken(struct work *w, const char *site, const char *reference)
{
	int64_t taken = 0;

	for (size_t i = 0; i < w->move_count; i++)
		if (strcmp(w->moves[i].site, site) == 0 &&
		    strcmp(w->moves[i].reference, reference) == 0)
			taken -= w->moves[i].quantity;
	return taken;
}

/* "1000423: done slip/1; opens return/1 (customer) until 2026-05-14T18:00..."
 * Nothing when no step changes. */
static void
tell(struct work *w)
{
	static const char *const verbs[] = {
		[STATE_OPEN] = "opens", [STATE_DONE] = "done",
		[STATE_WAIVED] = "waived", [STATE_DROPPED] = "drops",
	};
	struct buf *b = &w->act->told;
	bool first = true;
	char when[40];

	for (size_t i = 0; i < w->flow.step_count; i++) {
		const struct flow_step *s = &w->flow.steps[i];
		const struct work_step *ws = work_step(w, s);

		if (!s->changed)
			continue;
		if (first)
			buf_printf(b, "%" PRId64 ":", w->case_id);
		else
			buf_char(b, ';');
		first = false;
		buf_printf(b, " %s %s", verbs[s->state],
		    flow_step_name(s->rule->step));
		if (s->item != 0)
			buf_printf(b, "/%d", s->item);
		if (s->state == STATE_OPEN)
			buf_printf(b, " (%s)", ws->owner);
		if (s->state == STATE_OPEN && ws->due_at != 0)
			buf_printf(b, " until %s", time_format(ws->due_at,
			    office_zone(w->act->office), when));
	}
	if (!first)
		buf_char(b, '\n');
}

/* With the case, what was sent to the customer is taken to have arrived. */
static void
deliver_replacements(struct work *w)
{
	for (size_t i = 0; i < w->flow.item_count; i++) {
		struct work_unit *u;

		if (w->items[i].replacement == 0)
			continue;
		u = &w->units[w->items[i].replacement - 1];
		if (strcmp(u->place, "carrier") != 0 ||
		    strcmp(u->direction, "customer") != 0)
			continue;
		u->place = "customer";
		u->direction = NULL;
		u->changed = true;
	}
}

void
work_commit(struct work *w, const char *verb)
{
	struct json rows = { 0 };
	struct journal_event e = {
		.case_id = w->case_id, .verb = verb,
		.happened_at = w->act->at, .by = w->act->by,
		.text = w->act->text,
	};

	if (!store_ok(w->s))
		return;
	flow_settle(&w->flow, w->act->at);
	if (w->flow.status != CASE_OPEN)
		deliver_replacements(w);
	work_fill_steps(w);
	work_follow_recall(w);
	json_object(&rows, NULL);
	json_end_object(&w->data);
	e.data = json_str(&w->data);
	work_write_rows(w, &rows);
	work_tell(w, verb, e.data, &rows);
	json_end_object(&rows);
	e.rows = json_str(&rows);
	journal_append(w->s, &e);
	if (w->flow.warning.len > 0)
		buf_printf(&w->act->warned, "%" PRId64 ": %s\n", w->case_id,
		    buf_str(&w->flow.warning));
	tell(w);
	json_free(&rows);
	work_mend_recalls(w);
}
