/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "work.h"

/* A unit that is an item of several open cases, most often of one that was
 * opened twice: the one that has something to do with it sees to it, and the
 * others follow where it goes. */

bool
work_seen_to(struct work *w, int64_t unit_id)
{
	struct query *q = store_query(w->s, "SELECT EXISTS (SELECT 1 "
	    "FROM item AS i JOIN cases AS c USING (case_id) "
	    "JOIN step AS s USING (case_id) "
	    "WHERE i.unit_id = :unit AND i.case_id <> :case "
	    "AND c.status = 'open' AND s.state = 'open' "
	    "AND ((s.item = i.item AND s.step NOT IN "
	    "('advise', 'report', 'survey', 'respond')) "
	    "OR (s.step = 'assign' AND c.kind <> 'complaint')))");

	bind_int(q, ":unit", unit_id);
	bind_int(q, ":case", w->case_id);
	return query_int_or(q, 0) != 0;
}

/* By item, from 1: did the act move its unit, or change what is to be done with
 * it while it is with us or on its way? */
static bool *
list_touched(const struct work *w)
{
	bool *touched = mem_zero(w->flow.item_count + 1, sizeof(*touched));

	for (size_t i = 0; i < w->flow.item_count; i++)
		touched[i + 1] = w->flow.items[i].changed;
	for (size_t i = 0; i < w->flow.step_count; i++) {
		const struct flow_step *s = &w->flow.steps[i];
		const struct flow_item *it = s->item == 0 ? NULL :
		    &w->flow.items[s->item - 1];

		if (it != NULL && (it->place == PLACE_SITE ||
		    it->place == PLACE_TO_US))
			touched[s->item] |= s->changed;
	}
	return touched;
}

static int64_t *
add_others(struct work *w, int64_t unit_id, int64_t *others, size_t *count)
{
	struct query *q = store_query(w->s, "SELECT case_id FROM item "
	    "JOIN cases USING (case_id) WHERE unit_id = :unit "
	    "AND case_id <> :case AND status = 'open'");

	bind_int(q, ":unit", unit_id);
	bind_int(q, ":case", w->case_id);
	while (query_row(q)) {
		others = mem_array(others, *count + 2, sizeof(*others));
		others[(*count)++] = query_int(q, 0);
		others[*count] = 0;
	}
	return others;
}

/* The other open cases with a unit that this act has touched; ends with 0. */
static int64_t *
list_others(struct work *w)
{
	int64_t *others = mem_zero(1, sizeof(*others));
	bool *touched = list_touched(w);
	size_t count = 0;

	for (int i = 1; i <= (int)w->flow.item_count && store_ok(w->s); i++)
		if (touched[i] && !work_unit(w, i)->is_new)
			others = add_others(w, work_unit(w, i)->unit_id,
			    others, &count);
	free(touched);
	return others;
}

/* Steps open and fall by where the units are now, and pass to whoever has
 * them. */
static bool
is_followed(struct work *w)
{
	bool changed = false;

	flow_settle(&w->flow, w->act->at);
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
	if (is_followed(other)) {
		other->follows = true;
		json_int(&other->data, "case", w->case_id);
		work_commit(other, "follow");
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
