/* SPDX-License-Identifier: ISC */
#include "base/local.h"
#include "flow_private.h"

/* The end of a case, and what comes after it; items that come and go. */

static bool
refuse_open(struct flow_case *c, const char *what)
{
	struct buf open = { 0 };

	flow_list_open(c, 0, &open);
	flow_refuse(c, "%s; open are: %s", local_text(what), buf_str(&open));
	buf_free(&open);
	return false;
}

/* What was on its way to the customer is taken to have arrived. */
static void
arrive(struct flow_case *c)
{
	for (size_t i = 0; i < c->item_count; i++) {
		struct flow_item *it = &c->items[i];

		if (it->place != PLACE_TO_CUSTOMER)
			continue;
		it->place = PLACE_CUSTOMER;
		it->changed = true;
	}
}

/* The latest of what was done that holds a case. */
static int64_t
last_done(const struct flow_case *c)
{
	int64_t last = 0;

	for (size_t i = 0; i < c->step_count; i++) {
		const struct flow_step *s = &c->steps[i];

		if (!s->rule->loose && s->done_at > last &&
		    (s->state == STATE_DONE || s->state == STATE_WAIVED))
			last = s->done_at;
	}
	return last;
}

bool
flow_close(struct flow_case *c, const struct flow_act *act)
{
	struct flow_step *s = flow_open_step(c, STEP_CLOSE, 0);

	if (c->status != CASE_OPEN)
		return flow_refuse(c, "the case is not open; --reopen opens "
		    "it");
	if (s == NULL)
		return refuse_open(c, "it cannot be closed yet");
	if (act->at < s->since || act->at < last_done(c))
		return flow_refuse(c, "it cannot have been closed before its "
		    "last step was done");
	flow_finish(s, STATE_DONE, act->at);
	for (size_t i = 0; i < c->step_count; i++) {
		s = &c->steps[i];
		if (s->state == STATE_OPEN && s->rule->step != STEP_SURVEY)
			flow_finish(s, STATE_DROPPED, act->at);
	}
	arrive(c);
	c->status = CASE_CLOSED;
	c->closed_at = act->at;
	return true;
}

static bool
may_cancel(struct flow_case *c)
{
	if (c->status != CASE_OPEN)
		return flow_refuse(c, "the case is not open");
	for (size_t i = 0; i < c->item_count; i++) {
		const struct flow_item *it = &c->items[i];

		if (it->owed)
			return flow_refuse(c, "it cannot be cancelled: the "
			    "customer owes item %d", it->item);
		if (it->ours)
			continue;
		if (it->place == PLACE_SITE && !it->decided)
			return flow_refuse(c, "it cannot be cancelled: item %d "
			    "is at %s; send it back first", it->item, it->site);
		if (it->place == PLACE_TO_US && !it->awaited)
			return flow_refuse(c, "it cannot be cancelled: item %d "
			    "is on its way to us", it->item);
	}
	return true;
}

bool
flow_cancel(struct flow_case *c, const struct flow_act *act)
{
	if (!may_cancel(c))
		return false;
	if (act->at < last_done(c))
		return flow_refuse(c, "it cannot have been cancelled before "
		    "what was done");
	c->status = CASE_CANCELLED;
	c->closed_at = act->at;
	for (size_t i = 1; i <= c->run_count; i++)
		if (flow_run(c, (int)i)->ended_at == 0)
			flow_end_run(c, (int)i, act);
	for (size_t i = 0; i < c->step_count; i++) {
		struct flow_step *s = &c->steps[i];

		if (s->state != STATE_OPEN)
			continue;
		if (s->rule->when != WHEN_ASKED)
			s->outcome = OUTCOME_CANCELLED;
		flow_finish(s, STATE_DROPPED, act->at);
	}
	arrive(c);
	return true;
}

/* Does an item still wait for the notice? */
static bool
awaits_notice(const struct flow_case *c)
{
	for (size_t i = 1; i <= c->item_count; i++)
		if (flow_latest(c, 0, STEP_RESPOND, (int)i) == NULL)
			return true;
	return false;
}

/* What is with us goes back: flow_settle() sees to that. */
static bool
give_up_remedy(struct flow_case *c, int item, const struct flow_act *act)
{
	const struct flow_run *r = flow_goods_run(c, item);

	if (r == NULL || !flow_under_way(c, r) || flow_item(c, item)->replaced)
		return false;
	flow_end_run(c, r->run, act);
	return true;
}

bool
flow_withdraw(struct flow_case *c, int item, const struct flow_act *act)
{
	struct flow_step *notify = flow_latest(c, 0, STEP_NOTIFY, 0);
	struct flow_step *s = flow_latest(c, 0, STEP_RESPOND, item);

	if (s == NULL) {
		/* So that it does not open after the notice. */
		s = flow_add_step(c, STEP_RESPOND, 0, item);
		s->since = act->at;
		notify = flow_latest(c, 0, STEP_NOTIFY, 0);
	}
	if (s->state == STATE_OPEN)
		flow_finish(s, STATE_DROPPED, act->at);
	if (notify != NULL && notify->state == STATE_OPEN && !awaits_notice(c))
		flow_finish(notify, STATE_DROPPED, act->at);
	return give_up_remedy(c, item, act);
}

void
flow_ask_intake(struct flow_case *c, int item, int64_t at)
{
	if (c->kind == KIND_COMPLAINT)
		flow_ask_triage(c, item, at);
	else if (c->kind == KIND_RECALL)
		flow_ask(c, STEP_NOTIFY, 0, at);
}

bool
flow_reopen(struct flow_case *c, const struct flow_act *act)
{
	const struct flow_step *s = flow_latest(c, 0, STEP_CLASSIFY, 0);

	if (c->status == CASE_OPEN)
		return flow_refuse(c, "the case is open");
	if (act->at < c->closed_at)
		return flow_refuse(c, "it cannot have been reopened before it "
		    "was closed");
	c->status = CASE_OPEN;
	c->closed_at = 0;
	if (c->kind == KIND_COMPLAINT && c->item_count == 0 && s != NULL &&
	    s->outcome != OUTCOME_CANCELLED)
		flow_ask(c, STEP_CLASSIFY, 0, act->at);
	return true;
}
