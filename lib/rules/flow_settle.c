/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "flow_private.h"

/* What becomes possible, and what pointless, by what has happened. */

static bool
ended_with(const struct flow_case *c, struct flow_spot at, enum step step,
    uint64_t outcomes)
{
	const struct flow_step *s = flow_latest(c, at.run, step, at.item);

	return s != NULL && s->state == STATE_DONE &&
	    (outcomes & (UINT64_C(1) << s->outcome)) != 0;
}

bool
flow_applies(const struct flow_case *c, struct flow_spot spot,
    const struct flow_rule *rule)
{
	const struct flow_item *it = flow_item(c, spot.item);

	switch (rule->when) {
	case WHEN_ALWAYS:
		return true;
	case WHEN_PAID:
		return it != NULL && it->pays;
	case WHEN_GOODS:
		return it != NULL && it->place != PLACE_SCRAPPED;
	case WHEN_FIXED:
		return ended_with(c, spot, STEP_FIX,
		    UINT64_C(1) << OUTCOME_REPAIRED |
		    UINT64_C(1) << OUTCOME_NO_FAULT_FOUND);
	case WHEN_RETURN:
		return ended_with(c, spot, STEP_ANALYSE,
		    UINT64_C(1) << OUTCOME_RETURN);
	case WHEN_ASKED:
		return false;
	}
	return false;
}

bool
flow_held(const struct flow_case *c, struct flow_spot spot,
    const struct flow_rule *rule)
{
	const struct flow_item *it = flow_item(c, spot.item);
	const char *site;
	int64_t since = 0;

	if (it == NULL)
		return false;
	switch (rule->held) {
	case HELD_NEVER:
		return false;
	case HELD_COMING:
		return it->place == PLACE_SITE || it->place == PLACE_TO_US;
	case HELD_ARRIVED:
		return it->place == PLACE_SITE;
	case HELD_AT_OWNER:
		site = flow_site(it, rule->owner);
		return it->place == PLACE_SITE && site != NULL &&
		    strcmp(it->site, site) == 0;
	case HELD_AT_PLANT:
		site = it->sites[SITE_PLANT];
		return it->place == PLACE_SITE && site != NULL &&
		    strcmp(it->site, site) == 0 &&
		    flow_ready(c, spot, rule, &since);
	}
	return false;
}

const struct flow_rule *
flow_before(const struct flow_case *c, struct flow_spot spot,
    const struct flow_rule *rule, size_t *i)
{
	const struct flow_process *p = flow_process(spot.process);

	while (*i < p->count) {
		const struct flow_rule *before = &p->rules[(*i)++];

		if ((rule->after & AFTER(before->step)) != 0 &&
		    flow_applies(c, spot, before))
			return before;
	}
	return NULL;
}

/* The newest row of a rule's step at the spot, or at the case if it is
 * there. */
static struct flow_step *
row(const struct flow_case *c, struct flow_spot spot,
    const struct flow_rule *rule)
{
	return flow_latest(c, spot.run, rule->step,
	    rule->scope == SCOPE_CASE ? 0 : spot.item);
}

bool
flow_given_up(const struct flow_step *s)
{
	return s != NULL && s->state == STATE_WAIVED &&
	    s->rule->waive == WAIVE_ENDS;
}

bool
flow_comes_back(const struct flow_step *s)
{
	return s->outcome == OUTCOME_CANCELLED || s->outcome == OUTCOME_MOVED;
}

/* Is one prerequisite behind us? */
static bool
behind(const struct flow_case *c, struct flow_spot spot,
    const struct flow_rule *rule, int64_t *since)
{
	const struct flow_step *s = row(c, spot, rule);

	if (s == NULL || s->state == STATE_OPEN || flow_given_up(s) ||
	    flow_comes_back(s))
		return false;
	if (rule->held == HELD_AT_OWNER && !flow_held(c, spot, rule))
		return false;
	if (s->done_at > *since)
		*since = s->done_at;
	return true;
}

bool
flow_ready(const struct flow_case *c, struct flow_spot spot,
    const struct flow_rule *rule, int64_t *since)
{
	const struct flow_rule *before;

	for (size_t i = 0; (before = flow_before(c, spot, rule, &i)) != NULL; )
		if (!behind(c, spot, before, since))
			return false;
	return true;
}

/* Has a prerequisite been done once more since the step was? */
static bool
due_again(const struct flow_case *c, struct flow_spot spot,
    const struct flow_step *s)
{
	const struct flow_rule *before;

	if (!s->rule->again)
		return false;
	for (size_t i = 0; (before = flow_before(c, spot, s->rule, &i)) !=
	    NULL; ) {
		const struct flow_step *b = row(c, spot, before);

		if (b != NULL && b->id > s->id)
			return true;
	}
	return false;
}

/* Was what leads to the step given up? Then that the unit is where the step
 * would bring it does not revive it. */
static bool
cut_off(const struct flow_case *c, struct flow_spot spot,
    const struct flow_rule *rule)
{
	const struct flow_rule *before;

	for (size_t i = 0; (before = flow_before(c, spot, rule, &i)) != NULL; )
		if (flow_given_up(row(c, spot, before)))
			return true;
	return false;
}

/* The step is done by what is so already. Another case may have taken in what
 * the customer owes in this one. */
static void
come_about(const struct flow_case *c, struct flow_step *s,
    enum step_state state, int64_t at)
{
	struct flow_item *it = flow_item(c, s->item);

	s->born = state == STATE_DONE;
	flow_finish(s, state, at);
	if (s->rule->step != STEP_RECEIVE || !it->owed)
		return;
	it->owed = false;
	it->changed = true;
}

/* An open step whose ground has gone, or whose effect has come about. */
static bool
review(struct flow_case *c, struct flow_spot spot, struct flow_step *s,
    int64_t at)
{
	bool moot = s->rule->scope == SCOPE_EITHER && s->run == 0 &&
	    s->item == 0 && c->item_count > 0;

	if (s->rule->when == WHEN_ASKED)
		return false;
	if (moot || !flow_applies(c, spot, s->rule)) {
		flow_finish(s, STATE_DROPPED, at);
		return true;
	}
	if (!flow_held(c, spot, s->rule))
		return false;
	/* A paper that was not sent is not sent any more; a movement that
	 * nobody reported has taken place. */
	come_about(c, s, s->rule->step == STEP_SLIP ? STATE_DROPPED :
	    STATE_DONE, at);
	return true;
}

int64_t
flow_earliest(const struct flow_case *c, struct flow_spot spot, int64_t at)
{
	const struct flow_run *r = flow_run(c, spot.run);

	return r != NULL && r->started_at > at ? r->started_at : at;
}

/* One rule at one spot. True: something has changed. */
static bool
consider(struct flow_case *c, struct flow_spot spot,
    const struct flow_rule *rule, int64_t at)
{
	struct flow_step *s = flow_latest(c, spot.run, rule->step, spot.item);
	int64_t since = flow_earliest(c, spot, at);
	bool held = flow_held(c, spot, rule);

	if (s != NULL && s->state == STATE_OPEN)
		return review(c, spot, s, at);
	if (s != NULL && !flow_comes_back(s) && !due_again(c, spot, s))
		return false;
	if (!flow_applies(c, spot, rule) || cut_off(c, spot, rule) ||
	    (!held && !flow_ready(c, spot, rule, &since)))
		return false;
	s = flow_add_step(c, rule->step, spot.run, spot.item);
	s->since = since;
	if (held) {
		s->since = flow_after_moves(c, spot.item, since);
		come_about(c, s, STATE_DONE, s->since);
	}
	return true;
}

/* Steps of each item stand aside for the case's own when it has none; one of
 * the case that is still open is looked at until it has gone. */
static bool
on_case(const struct flow_case *c, const struct flow_rule *rule)
{
	const struct flow_step *s;

	if (rule->scope != SCOPE_EITHER || c->item_count == 0)
		return rule->scope != SCOPE_ITEM;
	s = flow_latest(c, 0, rule->step, 0);
	return s != NULL && s->state == STATE_OPEN;
}

static bool
consider_kind(struct flow_case *c, int64_t at)
{
	const struct flow_process *p = flow_process(c->kind);
	struct flow_spot spot = { .process = c->kind };
	bool changed = false;

	for (size_t i = 0; i < p->count; i++) {
		const struct flow_rule *rule = &p->rules[i];

		spot.item = 0;
		if (on_case(c, rule))
			changed |= consider(c, spot, rule, at);
		if (rule->scope == SCOPE_CASE)
			continue;
		for (size_t n = 1; n <= c->item_count; n++) {
			spot.item = (int)n;
			changed |= consider(c, spot, rule, at);
		}
	}
	return changed;
}

static bool
consider_run(struct flow_case *c, int run, int64_t at)
{
	const struct flow_run *r = flow_run(c, run);
	struct flow_spot spot = { r->procedure, run, r->item };
	const struct flow_process *p = flow_process(spot.process);
	/* The unit is the newest procedure's; older ones may owe a report. */
	bool goods = !p->exclusive || flow_goods_run(c, r->item) == r;
	bool changed = false;

	if (r->ended_at != 0)
		return false;
	for (size_t i = 0; i < p->count; i++)
		if (goods || !flow_is_goods(p->rules[i].step))
			changed |= consider(c, spot, &p->rules[i], at);
	return changed;
}

/* The last step: open when nothing else holds the case, else withdrawn. */
static void
consider_close(struct flow_case *c, int64_t at)
{
	struct flow_step *s = flow_latest(c, 0, STEP_CLOSE, 0);
	int64_t since = at;

	for (size_t i = 0; i < c->step_count; i++) {
		const struct flow_step *other = &c->steps[i];

		if (other->rule->loose || other->rule->step == STEP_CLOSE)
			continue;
		if (other->state == STATE_OPEN) {
			if (s != NULL && s->state == STATE_OPEN)
				flow_finish(s, STATE_DROPPED, at);
			return;
		}
		if (other->done_at > since)
			since = other->done_at;
	}
	flow_ask(c, STEP_CLOSE, 0, since);
	if (flow_process(c->kind)->closes_itself)
		flow_close(c, &(struct flow_act){ .at = since });
}

void
flow_settle(struct flow_case *c, int64_t at)
{
	bool changed;

	if (c->status != CASE_OPEN)
		return;
	do {
		changed = consider_kind(c, at);
		for (size_t i = 1; i <= c->run_count; i++)
			changed |= consider_run(c, (int)i, at);
		for (size_t i = 1; i <= c->item_count; i++)
			changed |= flow_goods_watch(c, (int)i, at);
	} while (changed);
	consider_close(c, at);
}
