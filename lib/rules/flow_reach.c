/* SPDX-License-Identifier: ISC */
#include "base/local.h"
#include "flow_private.h"

/* Steps that can be got at through movements that nobody reported. */

static bool
is_movement(enum step step)
{
	return step == STEP_RETURN || step == STEP_BOOK ||
	    step == STEP_PICKUP || step == STEP_DELIVER;
}

/* One that fell and comes back is not there yet. */
static struct flow_step *
latest(const struct flow_case *c, struct flow_spot spot, enum step step)
{
	struct flow_step *s = flow_latest(c, spot.run, step, spot.item);

	return s != NULL && flow_comes_back(s) ? NULL : s;
}

static bool
in_reach(const struct flow_case *c, struct flow_spot spot, enum step step)
{
	const struct flow_rule *rule = flow_rule(spot.process, step);
	const struct flow_step *s = latest(c, spot, step);
	const struct flow_rule *b;

	if (s != NULL)
		return s->state == STATE_OPEN;
	if (rule == NULL || !flow_applies(c, spot, rule))
		return false;
	for (size_t i = 0; (b = flow_before(c, spot, rule, &i)) != NULL; ) {
		s = latest(c, spot, b->step);
		if (flow_given_up(s) || ((s == NULL ||
		    s->state == STATE_OPEN) && !(is_movement(b->step) &&
		    in_reach(c, spot, b->step))))
			return false;
	}
	return true;
}

bool
flow_in_reach(const struct flow_case *c, enum step step, int item)
{
	const struct flow_run *r = flow_goods_run(c, item);

	return flow_open_step(c, step, item) != NULL || (r != NULL &&
	    in_reach(c, (struct flow_spot){ r->procedure, r->run, item },
	    step));
}

/* When a movement that nobody reported took place, or -1. */
static int64_t
implied_at(struct flow_case *c, const struct flow_step *s, int64_t at)
{
	const struct flow_step *book = flow_latest(c, s->run, STEP_BOOK,
	    s->item);
	bool booked = book != NULL && book->appointment != 0;

	if (s->rule->step != STEP_PICKUP)
		return at;
	if (booked && book->appointment <= at)
		return book->appointment;
	flow_refuse(c, "say first when it was picked up: case-ship pickup "
	    "--at TIME (%s)", booked ?
	    local_text("the appointment is later") :
	    local_text("no appointment is booked"));
	return -1;
}

/* The step, open; movements before it that were never reported are completed
 * on the way. NULL when something else stands before it. */
static struct flow_step *
reach(struct flow_case *c, struct flow_spot spot, enum step step, int64_t at)
{
	const struct flow_rule *rule = flow_rule(spot.process, step);
	struct flow_step *s = latest(c, spot, step);
	const struct flow_rule *b;
	int64_t when, since = 0;

	if (!in_reach(c, spot, step))
		return NULL;
	if (s != NULL)
		return s;
	for (size_t i = 0; (b = flow_before(c, spot, rule, &i)) != NULL; ) {
		s = latest(c, spot, b->step);
		if (s != NULL && s->state != STATE_OPEN)
			continue;
		s = reach(c, spot, b->step, at);
		if (s == NULL || (when = implied_at(c, s, at)) < 0)
			return NULL;
		s->born = true;
		flow_finish(s, STATE_DONE, when);
		flow_goods_moved(c, s, &(struct flow_act){ .at = when });
	}
	if (!flow_ready(c, spot, rule, &since))
		return NULL;
	s = flow_add_step(c, step, spot.run, spot.item);
	s->since = since;
	return s;
}

struct flow_step *
flow_reach(struct flow_case *c, enum step step, int item, int64_t at)
{
	struct flow_step *s = flow_open_step(c, step, item);
	const struct flow_run *r = flow_goods_run(c, item);

	if (s != NULL || r == NULL)
		return s;
	return reach(c, (struct flow_spot){ r->procedure, r->run, item }, step,
	    at);
}
