/* SPDX-License-Identifier: ISC */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "flow_private.h"

void
flow_finish(struct flow_case *c, struct flow_step *s, enum step_state state,
    int64_t at)
{
	(void)c;
	s->state = state;
	s->done_at = at;
	s->changed = true;
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

	/* Where triage is intake and has not been, it follows assign. */
	if (untouched && assign != NULL && assign->state != STATE_DONE &&
	    flow_rule(c->kind, STEP_TRIAGE)->when != WHEN_ASKED)
		return;
	flow_ask(c, STEP_TRIAGE, item, at);
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

static bool
is_movement(enum step step)
{
	return step == STEP_RETURN || step == STEP_BOOK ||
	    step == STEP_PICKUP || step == STEP_DELIVER;
}

static bool
in_reach(const struct flow_case *c, struct flow_spot spot, enum step step)
{
	const struct flow_process *p = flow_process(spot.process);
	const struct flow_rule *rule = flow_rule(spot.process, step);
	const struct flow_step *s = flow_latest(c, spot.run, step, spot.item);

	if (s != NULL)
		return s->state == STATE_OPEN;
	if (rule == NULL || !flow_applies(c, spot, rule))
		return false;
	for (size_t i = 0; i < p->count; i++) {
		const struct flow_rule *b = &p->rules[i];

		if ((rule->after & AFTER(b->step)) == 0 ||
		    !flow_applies(c, spot, b))
			continue;
		s = flow_latest(c, spot.run, b->step, spot.item);
		if ((s == NULL || s->state == STATE_OPEN) &&
		    !(is_movement(b->step) && in_reach(c, spot, b->step)))
			return false;
		if (s != NULL && s->state == STATE_WAIVED &&
		    b->waive == WAIVE_ENDS)
			return false;
	}
	return true;
}

bool
flow_in_reach(const struct flow_case *c, enum step step, int item)
{
	const struct flow_run *r = flow_goods_run(c, item);

	return flow_open_step(c, step, item) != NULL || (r != NULL &&
	    in_reach(c, (struct flow_spot){ r->procedure, r->run, item }, step));
}

/* When a movement that nobody reported took place, or -1. */
static int64_t
implied_at(struct flow_case *c, const struct flow_step *s,
    const struct flow_act *act)
{
	const struct flow_step *book = flow_latest(c, s->run, STEP_BOOK,
	    s->item);

	if (s->rule->step != STEP_PICKUP)
		return act->at > s->since ? act->at : s->since;
	if (book != NULL && book->appointment != 0 &&
	    book->appointment <= act->at)
		return book->appointment;
	flow_refuse(c, "say first when it was picked up: case-ship pickup "
	    "--at TIME (%s)", book != NULL && book->appointment != 0 ?
	    "the appointment is later" : "no appointment is booked");
	return -1;
}

static struct flow_step *reach(struct flow_case *c, struct flow_spot spot,
    enum step step, const struct flow_act *act);

/* Completes the movement, itself reached through earlier ones. */
static bool
imply(struct flow_case *c, struct flow_spot spot, enum step step,
    const struct flow_act *act)
{
	struct flow_step *s;
	struct flow_act usual = { .at = act->at };
	int64_t at;

	if (!is_movement(step) || (s = reach(c, spot, step, act)) == NULL)
		return false;
	at = implied_at(c, s, act);
	if (at < 0)
		return false;
	s->born = true;
	flow_finish(c, s, STATE_DONE, at);
	flow_goods_moved(c, s, &usual);
	return true;
}

/* The step, open; movements before it that were never reported are completed
 * on the way. NULL when something else stands before it. */
static struct flow_step *
reach(struct flow_case *c, struct flow_spot spot, enum step step,
    const struct flow_act *act)
{
	const struct flow_process *p = flow_process(spot.process);
	const struct flow_rule *rule = flow_rule(spot.process, step);
	struct flow_step *s = flow_latest(c, spot.run, step, spot.item);
	int64_t since = 0;

	if (s != NULL)
		return s->state == STATE_OPEN ? s : NULL;
	if (rule == NULL || !flow_applies(c, spot, rule))
		return NULL;
	for (size_t i = 0; i < p->count; i++) {
		const struct flow_step *b;

		if ((rule->after & AFTER(p->rules[i].step)) == 0)
			continue;
		b = flow_latest(c, spot.run, p->rules[i].step, spot.item);
		if ((b == NULL || b->state == STATE_OPEN) &&
		    flow_applies(c, spot, &p->rules[i]) &&
		    !imply(c, spot, p->rules[i].step, act))
			return NULL;
	}
	if (!flow_ready(c, spot, rule, &since))
		return NULL;
	s = flow_add_step(c, step, spot.run, spot.item);
	s->since = since;
	return s;
}

/* The step in a procedure of the item that is under way, by way of movements
 * that were never reported. */
static struct flow_step *
reach_item(struct flow_case *c, enum step step, int item,
    const struct flow_act *act)
{
	struct flow_run *r = flow_goods_run(c, item);
	struct flow_spot spot;

	if (r == NULL)
		return NULL;
	spot = (struct flow_spot){ r->procedure, r->run, item };
	return reach(c, spot, step, act);
}

/* Goods at the dock are never refused: the step is made where it is not. */
static struct flow_step *
at_dock(struct flow_case *c, int item, const struct flow_act *act)
{
	struct flow_run *r = flow_goods_run(c, item);
	struct flow_step *s;
	int run = 0;

	if (flow_item(c, item)->place == PLACE_SITE) {
		flow_refuse(c, "item %d is at %s already", item,
		    flow_item(c, item)->site);
		return NULL;
	}
	if (act->at < c->opened_at) {
		flow_refuse(c, "it cannot have arrived before the case was "
		    "opened");
		return NULL;
	}
	if (r != NULL && flow_rule(r->procedure, STEP_RECEIVE) != NULL)
		run = r->run;
	s = flow_open_step(c, STEP_RETURN, item);
	if (s != NULL)
		flow_finish(c, s, STATE_DONE,
		    act->at > s->since ? act->at : s->since);
	s = flow_add_step(c, STEP_RECEIVE, run, item);
	s->since = act->at;
	return s;
}

/* What the outcome of a step opens besides what follows in the table. */
static void
aftermath(struct flow_case *c, const struct flow_step *s, int64_t at)
{
	const struct flow_run *r = flow_run(c, s->run);
	const char *p;
	char *end;

	if (s->outcome == OUTCOME_NOT_REPAIRABLE)
		flow_ask_triage(c, s->item, at);
	if (s->outcome == OUTCOME_NOT_EFFECTIVE) {
		struct flow_step *again = flow_add_step(c, STEP_CORRECT,
		    r->run, 0);

		again->since = at;
	}
	if (s->outcome != OUTCOME_NOT_RUNNING)
		return;
	if (r->items == NULL)
		flow_ask_triage(c, 0, at);
	for (p = r->items; p != NULL && *p != '\0'; p = end) {
		flow_ask_triage(c, (int)strtol(p, &end, 10), at);
		if (end == p)
			break;
	}
}

/* A parcel can come to another dock than the one that the procedure wants, and
 * without a procedure somebody has to say what becomes of it. */
static void
received(struct flow_case *c, int id, const struct flow_act *act)
{
	struct flow_step s = c->steps[id - 1];
	const struct flow_item *it = flow_item(c, s.item);
	struct flow_run *r = flow_goods_run(c, s.item);
	struct flow_spot spot = { s.process, s.run, s.item };

	if (s.run != 0 && s.rule->held == HELD_AT_OWNER &&
	    !flow_held(c, spot, s.rule)) {
		struct flow_step *again = flow_add_step(c, STEP_RECEIVE, s.run,
		    s.item);

		again->since = act->at;
	}
	if (!it->ours && (r == NULL || (s.run == 0 && !flow_under_way(c, r))))
		flow_ask_triage(c, s.item, act->at);
}

bool
flow_complete(struct flow_case *c, enum step step, int item,
    const struct flow_act *act)
{
	struct flow_step *s = flow_open_step(c, step, item);
	int id;

	if (s == NULL && item != 0)
		s = reach_item(c, step, item, act);
	if (s == NULL && item != 0 && step == STEP_RECEIVE && c->why.len == 0)
		s = at_dock(c, item, act);
	if (s == NULL)
		return c->why.len == 0 ? not_open(c, step, item) : false;
	if (act->at < s->since)
		return flow_refuse(c, "'%s' cannot have happened before what "
		    "it depends on", flow_step_name(step));
	id = s->id;
	s->outcome = act->outcome;
	flow_finish(c, s, STATE_DONE, act->at);
	flow_goods_moved(c, s, act);
	aftermath(c, &(struct flow_step){ .run = s->run, .item = s->item,
	    .outcome = s->outcome }, act->at);
	if (step == STEP_RECEIVE)
		received(c, id, act);
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
			flow_finish(c, s, STATE_DROPPED, act->at);
	}
	if (left)
		return;
	r->ended_at = act->at;
	free(r->why);
	r->why = mem_text(act->why);
	r->changed = true;
}

/* Drops what is open of the steps that come after this one. */
static void
drop_after(struct flow_case *c, const struct flow_step *from, int64_t at)
{
	const struct flow_process *p = flow_process(from->process);
	uint64_t gone = AFTER(from->rule->step);

	/* Tables are in the order of the work, so one pass is enough. */
	for (size_t i = 0; i < p->count; i++) {
		struct flow_step *s;

		if ((p->rules[i].after & gone) == 0)
			continue;
		gone |= AFTER(p->rules[i].step);
		s = flow_latest(c, from->run, p->rules[i].step, from->item);
		if (s != NULL && s->state == STATE_OPEN)
			flow_finish(c, s, STATE_DROPPED, at);
	}
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
	flow_finish(c, s, STATE_WAIVED, act->at);
	if (s->rule->waive == WAIVE_PASSES)
		return true;
	if (flow_process(s->process)->ends_whole)
		flow_end_run(c, s->run, act);
	else
		drop_after(c, s, act->at);
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
	flow_finish(c, s, s->rule->step == STEP_ORDER ? STATE_DONE :
	    STATE_DROPPED, act->at);
	flow_end_run(c, s->run, act);
	return true;
}
