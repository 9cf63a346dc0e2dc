/* SPDX-License-Identifier: ISC */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "work.h"

/* A unit that is an item of several open cases, most often of one that was
 * opened twice: the one that has something to do with it sees to it, and the
 * others follow where it goes. */

static bool
is_with_us(const struct flow_item *it)
{
	return !it->ours && (it->place == PLACE_SITE ||
	    it->place == PLACE_TO_US);
}

/* What is open for the unit in other cases, step by step. */
static void
note_steps(struct work *w, struct flow_item *it)
{
	struct query *q = store_query(w->s, "SELECT s.process, s.step, s.run "
	    "FROM item AS i CROSS JOIN cases AS c USING (case_id) "
	    "CROSS JOIN step AS s ON s.case_id = i.case_id "
	    "AND s.state = 'open' AND (s.item IS NULL OR s.item = i.item) "
	    "WHERE i.unit_id = :unit AND i.case_id <> :case "
	    "AND c.status = 'open'");
	enum process process;
	enum step step;

	bind_int(q, ":unit", work_unit(w, it->item)->unit_id);
	bind_int(q, ":case", w->case_id);
	while (query_row(q)) {
		bool of_run = !query_null(q, 2);
		bool known = of_run ?
		    flow_procedure_parse(query_text(q, 0), &process) :
		    flow_kind_parse(query_text(q, 0), &process);

		if (known && flow_step_parse(query_text(q, 1), &step))
			flow_note_other(it, process, step, of_run);
	}
}

void
work_note_others(struct work *w)
{
	for (size_t i = 0; i < w->flow.item_count; i++) {
		struct flow_item *it = &w->flow.items[i];

		it->decided = it->awaited = false;
		if (is_with_us(it) && !work_unit(w, (int)i + 1)->is_new)
			note_steps(w, it);
	}
}

void
work_warn_others(struct work *w, int item)
{
	struct query *q = store_query(w->s, "SELECT DISTINCT i.case_id, "
	    "i.item, s.process, s.step FROM item AS i CROSS JOIN cases AS c "
	    "USING (case_id) CROSS JOIN step AS s ON s.case_id = i.case_id "
	    "AND s.item = i.item AND s.state = 'open' AND s.run IS NOT NULL "
	    "WHERE i.unit_id = :unit AND i.case_id <> :case "
	    "AND c.status = 'open' ORDER BY i.case_id, s.step_id");
	int64_t told = 0;
	enum process procedure;
	enum step step;

	bind_int(q, ":unit", work_unit(w, item)->unit_id);
	bind_int(q, ":case", w->case_id);
	while (query_row(q)) {
		if (query_int(q, 0) == told ||
		    !flow_procedure_parse(query_text(q, 2), &procedure) ||
		    !flow_step_parse(query_text(q, 3), &step) ||
		    !flow_keeps_unit(procedure, step))
			continue;
		told = query_int(q, 0);
		flow_warn(&w->flow, "item %d: %s is under way for it in case %"
		    PRId64 "/%" PRId64, item, flow_process(procedure)->name,
		    told, query_int(q, 1));
	}
}

/* Whose it is, and with which customer, is nothing to other cases: what counts
 * is that it came, left, was replaced or is no more. A distributor's answer
 * hands on thousands of units, each to a case of its own. */
static bool
matters(const struct flow_item *it, const struct work_unit *u)
{
	bool away = it->place == PLACE_CUSTOMER || it->place == PLACE_UNKNOWN;

	return !u->is_new && (it->ours || !away || !u->was_away);
}

/* By item, from 1: did the act move its unit, or change what is to be done with
 * it while it is with us or on its way? To free. */
static bool *
find_touched(struct work *w)
{
	bool *touched = mem_zero(w->flow.item_count + 1, sizeof(*touched));

	for (size_t i = 0; i < w->flow.item_count; i++)
		touched[i + 1] = w->flow.items[i].changed &&
		    matters(&w->flow.items[i], work_unit(w, (int)i + 1));
	for (size_t i = 0; i < w->flow.step_count; i++) {
		const struct flow_step *s = &w->flow.steps[i];

		if (s->item != 0 && is_with_us(&w->flow.items[s->item - 1]))
			touched[s->item] |= s->changed;
	}
	return touched;
}

/* To a list that ends with 0. */
static void
add_once(int64_t **list, size_t *count, int64_t case_id)
{
	for (size_t i = 0; i < *count; i++)
		if ((*list)[i] == case_id)
			return;
	*list = mem_array(*list, *count + 2, sizeof(**list));
	(*list)[(*count)++] = case_id;
	(*list)[*count] = 0;
}

/* The other open cases with a unit that this act has touched; ends with 0. */
static int64_t *
list_others(struct work *w)
{
	int64_t *others = mem_zero(1, sizeof(*others));
	bool *touched = find_touched(w);
	size_t count = 0;

	for (size_t i = 1; i <= w->flow.item_count && store_ok(w->s); i++) {
		struct query *q;

		if (work_unit(w, (int)i)->is_new || !touched[i])
			continue;
		q = store_query(w->s, "SELECT case_id FROM item "
		    "JOIN cases USING (case_id) WHERE unit_id = :unit "
		    "AND case_id <> :case AND status = 'open'");
		bind_int(q, ":unit", work_unit(w, (int)i)->unit_id);
		bind_int(q, ":case", w->case_id);
		while (query_row(q))
			add_once(&others, &count, query_int(q, 0));
	}
	free(touched);
	return others;
}

/* Steps open and fall by where the units are now, and pass to whoever has
 * them. */
static bool
is_followed(struct work *w)
{
	bool changed = false;

	work_settle(w);
	for (size_t i = 0; i < w->flow.step_count; i++) {
		struct flow_step *s = &w->flow.steps[i];
		const char *owner = work_step(w, s)->owner_site;
		const struct flow_item *it = s->item == 0 ? NULL :
		    &w->flow.items[s->item - 1];

		if (it != NULL && s->state == STATE_OPEN && owner != NULL &&
		    flow_is_holders(s->rule) && it->site != NULL &&
		    strcmp(owner, it->site) != 0)
			s->changed = true;
		changed |= s->changed;
	}
	return changed;
}

/* Has the case sent a replacement for the unit? */
static bool
has_replaced(struct work *w, const struct work_unit *u)
{
	for (size_t i = 0; i < w->flow.item_count; i++)
		if (w->flow.items[i].replaced && w->flow.items[i].ours &&
		    work_unit(w, (int)i + 1)->unit_id == u->unit_id)
			return true;
	return false;
}

/* The items of the other case that are units of this one. */
static const int *
shared(const struct work *w, struct work *other)
{
	struct target_item *items = mem_zero(other->flow.item_count,
	    sizeof(*items));
	struct target target = { .case_id = other->case_id, .items = items };
	const int *list;

	for (size_t i = 0; i < other->flow.item_count; i++)
		for (size_t n = 0; n < w->unit_count; n++)
			if (work_unit(other, (int)i + 1)->unit_id ==
			    w->units[n].unit_id)
				items[target.count++].item = (int)i + 1;
	list = work_named(other, &target);
	free(items);
	return list;
}

/* The customer has his replacement: nothing else is to be done for the unit,
 * and least of all the same once more. */
static void
give_up_replaced(struct work *w, struct work *other)
{
	const int *items = shared(w, other);
	char why[64];
	struct flow_act act = { .at = other->act->at, .why = why };

	snprintf(why, sizeof(why), "replaced in case %" PRId64, w->case_id);
	for (; *items != 0; items++) {
		const struct flow_run *r = flow_goods_run(&other->flow, *items);

		if (has_replaced(w, work_unit(other, *items)) && r != NULL &&
		    flow_under_way(&other->flow, r) &&
		    !other->flow.items[*items - 1].replaced)
			flow_stop(&other->flow, *items, &act);
	}
}

static void
follow(struct work *w, int64_t case_id)
{
	struct act quiet = *w->act;
	struct work *other;

	quiet.told = quiet.warned = (struct buf){ 0 };
	quiet.text = NULL;
	other = work_open(&quiet, case_id);
	if (other == NULL)
		return;
	if (quiet.at < other->flow.opened_at)
		quiet.at = other->flow.opened_at;
	give_up_replaced(w, other);
	if (is_followed(other)) {
		other->follows = true;
		json_int(&other->data, "case", w->case_id);
		work_link(other, w->case_id);
		work_note_items(other, shared(w, other));
		work_commit(other, "follow");
		buf_text(&w->act->told, buf_str(&quiet.told));
	}
	work_close(other);
	buf_free(&quiet.told);
	buf_free(&quiet.warned);
}

void
work_follow_units(struct work *w)
{
	int64_t *others;

	if (w->follows || !store_ok(w->s))
		return;
	others = list_others(w);
	for (size_t i = 0; others[i] != 0 && store_ok(w->s); i++)
		follow(w, others[i]);
	free(others);
}
