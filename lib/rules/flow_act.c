/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "flow_private.h"

void
flow_finish(struct flow_step *s, enum step_state state, int64_t at)
{
	s->state = state;
	/* What falls away by an act that is told late had opened by then. */
	s->done_at = at > s->since ? at : s->since;
	s->changed = true;
}

void
flow_drop(struct flow_step *s, int64_t at)
{
	flow_finish(s, STATE_DROPPED, at);
}

void
flow_ask(struct flow_case *c, enum step step, int item, int64_t at)
{
	struct flow_step *s = flow_latest(c, 0, step, item);

	if (s != NULL && s->state == STATE_OPEN)
		return;
	s = flow_add_step(c, step, 0, item);
	s->since = at;
}

void
flow_ask_triage(struct flow_case *c, int item, int64_t at)
{
	const struct flow_step *assign = flow_latest(c, 0, STEP_ASSIGN, 0);
	const struct flow_step *s = flow_latest(c, 0, STEP_TRIAGE, item);
	bool untouched = s == NULL || s->outcome == OUTCOME_CANCELLED;
	bool intake = assign != NULL &&
	    flow_rule(c->kind, STEP_TRIAGE)->when != WHEN_ASKED;

	/* Where triage is intake, it follows assign. */
	if (intake && untouched && assign->state != STATE_DONE)
		return;
	flow_ask(c, STEP_TRIAGE, item, intake && assign->done_at > at ?
	    assign->done_at : at);
}

void
flow_ask_answer(struct flow_case *c, int64_t at)
{
	flow_ask(c, STEP_ANSWER, 0, at);
}

/* "1000423/2" is known to the reader; the item only when there are several. */
static bool
not_open(struct flow_case *c, enum step step, int item)
{
	struct buf open = { 0 };

	flow_list_open(c, item, &open);
	if (item != 0 && c->item_count > 1)
		flow_refuse(c, "no step '%s' is open on item %d; open are: %s",
		    flow_step_name(step), item, buf_str(&open));
	else
		flow_refuse(c, "no step '%s' is open; open are: %s",
		    flow_step_name(step), buf_str(&open));
	buf_free(&open);
	return false;
}

/* The procedure that takes the unit in, or 0: under way, or it has sent the
 * replacement and takes the unit in late. Else somebody has to decide anew. */
static int
taking_in(const struct flow_case *c, int item)
{
	const struct flow_run *r = flow_goods_run(c, item);

	return r != NULL && flow_rule(r->procedure, STEP_RECEIVE) != NULL &&
	    (flow_under_way(c, r) || flow_item(c, item)->replaced) ? r->run : 0;
}

/* Goods at the dock are never refused: the step is made where it is not. */
static struct flow_step *
at_dock(struct flow_case *c, int item, const struct flow_act *act)
{
	const struct flow_item *it = flow_item(c, item);
	struct flow_step *s;

	if (it->place == PLACE_SITE && (act->site == NULL ||
	    strcmp(act->site, it->site) == 0))
		flow_refuse(c, "item %d is at %s already; if it came to "
		    "another site, give --from SITE", item, it->site);
	else if (act->at < c->opened_at)
		flow_refuse(c, "it cannot have arrived before the case was "
		    "opened");
	else if (act->at < flow_after_moves(c, item, 0))
		flow_refuse(c, "item %d cannot have arrived before it was "
		    "moved last", item);
	else if (act->site == NULL && flow_dock(c, item) == NULL)
		flow_refuse(c, "where did item %d arrive? give --from SITE",
		    item);
	if (c->why.len > 0)
		return NULL;
	s = flow_add_step(c, STEP_RECEIVE, taking_in(c, item), item);
	s->since = act->at;
	return s;
}

/* Triage for the items for which the run on the case was started; for all of
 * the case when it was started for none. */
static void
ask_triage_of(struct flow_case *c, const struct flow_run *r, int64_t at)
{
	const char *p = r->items;
	char *end;

	if (p == NULL && c->item_count == 0)
		flow_ask_triage(c, 0, at);
	for (size_t i = 1; p == NULL && i <= c->item_count; i++)
		flow_ask_triage(c, (int)i, at);
	for (; p != NULL && *p != '\0'; p = end) {
		flow_ask_triage(c, (int)strtol(p, &end, 10), at);
		if (end == p)
			break;
	}
}

/* What the outcome of a step opens besides what follows in the table. */
static void
aftermath(struct flow_case *c, int run, int item, const struct flow_act *act)
{
	if (act->outcome == OUTCOME_NOT_REPAIRABLE)
		flow_ask_triage(c, item, act->at);
	else if (act->outcome == OUTCOME_NOT_EFFECTIVE)
		flow_add_step(c, STEP_CORRECT, run, 0)->since = act->at;
	else if (act->outcome == OUTCOME_NOT_RUNNING)
		ask_triage_of(c, flow_run(c, run), act->at);
}

/* Has what the step is for been done? */
static bool
is_past(const struct flow_case *c, const struct flow_run *r, enum step step)
{
	const struct flow_process *p = flow_process(r->procedure);

	for (size_t i = 0; i < p->count; i++) {
		const struct flow_step *s = flow_latest(c, r->run,
		    p->rules[i].step, r->item);

		if ((p->rules[i].after & AFTER(step)) != 0 && s != NULL &&
		    s->state == STATE_DONE)
			return true;
	}
	return false;
}

/* The unit is at another place than before: it has to be brought to the centre
 * that wants it, and what is done where it is starts anew there. */
static void
follow_unit(struct flow_case *c, const struct flow_run *r, int64_t at)
{
	const struct flow_process *p = flow_process(r->procedure);
	struct flow_spot spot = { r->procedure, r->run, r->item };

	for (size_t i = 0; i < p->count; i++) {
		const struct flow_rule *rule = &p->rules[i];
		struct flow_step *s = flow_latest(c, r->run, rule->step,
		    r->item);
		int64_t since = flow_earliest(c, spot, at);

		if (s == NULL)
			continue;
		if (rule->held == HELD_AT_OWNER && s->state == STATE_DONE &&
		    !flow_held(c, spot, rule) && !is_past(c, r, rule->step)) {
			flow_add_step(c, rule->step, r->run, r->item)->since =
			    since;
			continue;
		}
		if (s->state != STATE_OPEN || (rule->after &
		    (AFTER(STEP_RECEIVE) | AFTER(STEP_DELIVER))) == 0)
			continue;
		if (flow_ready(c, spot, rule, &since)) {
			s->since = since;
			s->changed = true;
			continue;
		}
		/* Until it is there. */
		s->outcome = OUTCOME_MOVED;
		flow_finish(s, STATE_DROPPED, at);
	}
}

/* A parcel can come to another dock than the one that the procedure wants, and
 * without a procedure somebody has to say what becomes of it. */
static void
received(struct flow_case *c, const struct flow_step *s, int64_t at)
{
	const struct flow_run *r = flow_goods_run(c, s->item);
	bool under_way = r != NULL && flow_under_way(c, r);
	struct flow_step *back = flow_open_step(c, STEP_SEND_BACK, s->item);

	/* Whoever has the unit now sends it back. */
	if (back != NULL)
		back->changed = true;
	if (under_way || s->run != 0)
		follow_unit(c, s->run != 0 ? flow_run(c, s->run) : r, at);
	else if (!flow_item(c, s->item)->ours)
		flow_ask_triage(c, s->item, at);
}

/* What the customer of a recall says of a unit that a procedure asks for. */
static bool
may_respond(struct flow_case *c, int item, enum outcome outcome)
{
	const struct flow_run *r = flow_goods_run(c, item);
	const struct flow_item *it = flow_item(c, item);

	if (outcome == OUTCOME_HELD)
		return true;
	if (it->place == PLACE_SITE || it->place == PLACE_TO_US)
		return flow_refuse(c, "item %d is with us or on its way to us, "
		    "so it is held", item);
	if (r != NULL && flow_under_way(c, r))
		return flow_refuse(c, "%s asks for item %d; give it up first: "
		    "case-triage none --instead",
		    flow_process(r->procedure)->name, item);
	return true;
}

bool
flow_complete(struct flow_case *c, enum step step, int item,
    const struct flow_act *act)
{
	struct flow_step *s = flow_reach(c, step, item, act->at);

	if (s == NULL && c->why.len == 0 && step == STEP_RECEIVE &&
	    item != 0 && c->status == CASE_OPEN)
		s = at_dock(c, item, act);
	if (s == NULL)
		return c->why.len == 0 ? not_open(c, step, item) : false;
	if (act->at < s->since)
		return flow_refuse(c, "'%s' cannot have happened before what "
		    "it depends on", flow_step_name(step));
	if (step == STEP_RESPOND && !may_respond(c, item, act->outcome))
		return false;
	s->outcome = act->outcome;
	flow_finish(s, STATE_DONE, act->at);
	flow_goods_moved(c, s, act);
	if (step == STEP_RECEIVE)
		received(c, s, act->at);
	else
		aftermath(c, s->run, s->item, act);
	return true;
}

void
flow_end_run(struct flow_case *c, int run, const struct flow_act *act)
{
	struct flow_run *r = flow_run(c, run);
	bool left = false;

	for (size_t i = 0; i < STEP_COUNT; i++) {
		struct flow_step *s;

		if (r->latest[i] == 0)
			continue;
		s = &c->steps[r->latest[i] - 1];
		if (s->state != STATE_OPEN)
			continue;
		/* A report that is owed stays owed. */
		if (!flow_is_goods(s->rule->step) && c->status == CASE_OPEN)
			left = true;
		else
			flow_finish(s, STATE_DROPPED, act->at);
	}
	if (left)
		return;
	r->ended_at = act->at;
	free(r->why);
	r->why = mem_text(act->why);
	r->changed = true;
}

bool
flow_waive(struct flow_case *c, enum step step, int item,
    const struct flow_act *act)
{
	struct flow_step *s = flow_open_step(c, step, item);

	if (s == NULL)
		return not_open(c, step, item);
	if (s->rule->waive == WAIVE_NO)
		return flow_refuse(c, "'%s' cannot be waived; %s completes it",
		    flow_step_name(step), flow_step_command(step));
	if (act->at < s->since)
		return flow_refuse(c, "'%s' cannot be waived before it was "
		    "open", flow_step_name(step));
	if (s->item != 0 && !flow_goods_waived(c, s, act))
		return false;
	s->outcome = act->outcome;
	flow_finish(s, STATE_WAIVED, act->at);
	/* Elsewhere nothing that follows is open yet, nor will it be. */
	if (flow_given_up(s) && flow_process(s->process)->ends_whole)
		flow_end_run(c, s->run, act);
	return true;
}

bool
flow_decline(struct flow_case *c, int item, const struct flow_act *act)
{
	struct flow_step *s = flow_open_step(c, STEP_ORDER, item);

	if (s == NULL)
		s = flow_open_step(c, STEP_QUOTE, item);
	if (s == NULL)
		return not_open(c, STEP_ORDER, item);
	if (act->at < s->since)
		return flow_refuse(c, "it cannot be declined before '%s' was "
		    "open", flow_step_name(s->rule->step));
	s->outcome = OUTCOME_DECLINED;
	flow_finish(s, s->rule->step == STEP_ORDER ? STATE_DONE :
	    STATE_DROPPED, act->at);
	flow_end_run(c, s->run, act);
	return true;
}
