/* SPDX-License-Identifier: ISC */

#include "flow_private.h"

/* Where the goods are, and that no unit of the customer is left behind. */

bool
flow_is_goods(enum step step)
{
	return step != STEP_REPORT && step != STEP_SURVEY;
}

bool
flow_keeps_unit(enum process procedure, enum step step)
{
	return flow_process(procedure)->exclusive && flow_is_goods(step);
}

const char *
flow_site(const struct flow_item *it, enum owner owner)
{
	switch (owner) {
	case OWNER_LOGISTICS:
		return it->sites[SITE_LOGISTICS];
	case OWNER_PLANT:
		return it->sites[SITE_PLANT];
	case OWNER_REPAIR:
		return it->sites[SITE_REPAIR];
	case OWNER_EXPERTISE:
		return it->sites[SITE_EXPERTISE];
	case OWNER_CARRIER:
		/* The one who delivers brings it to the expertise centre. */
		return it->sites[SITE_EXPERTISE];
	case OWNER_HOLDER:
		return it->site != NULL ? it->site : it->sites[SITE_LOGISTICS];
	case OWNER_CONTACT:
	case OWNER_PILOT:
	case OWNER_EXPERT:
	case OWNER_TECHNICIAN:
	case OWNER_NAMED:
	case OWNER_QUALITY:
	case OWNER_DESK:
	case OWNER_CUSTOMER:
	case OWNER_COUNT:
		break;
	}
	return NULL;
}

/* The site that a slip told the customer to send the unit to, or NULL. */
static const char *
site_on_slip(const struct flow_case *c, const struct flow_item *it)
{
	const struct flow_run *r;

	for (int run = it->last_run; run != 0; run = r->before) {
		const struct flow_step *s = flow_latest(c, run, STEP_SLIP,
		    it->item);

		r = flow_run(c, run);
		if (s != NULL && s->state == STATE_DONE && !s->born)
			return flow_site(it, flow_rule(r->procedure,
			    STEP_RECEIVE)->owner);
	}
	return NULL;
}

const char *
flow_dock(const struct flow_case *c, int item)
{
	const struct flow_item *it = flow_item(c, item);
	const struct flow_run *r = flow_goods_run(c, item);
	const struct flow_rule *receive = r == NULL || !flow_under_way(c, r) ?
	    NULL : flow_rule(r->procedure, STEP_RECEIVE);
	const char *site = NULL;

	if (it->place == PLACE_TO_US && it->site != NULL)
		return it->site;
	if (receive != NULL)
		return flow_site(it, receive->owner);
	if (it->place != PLACE_SITE)
		site = site_on_slip(c, it);
	return site != NULL ? site : it->sites[SITE_LOGISTICS];
}

/* The newest of the movements among these latest rows. */
static int64_t
last_move(const struct flow_case *c, const int *latest, int64_t at)
{
	static const enum step moves[] = { STEP_RETURN, STEP_RECEIVE,
	    STEP_FORWARD, STEP_PICKUP, STEP_DELIVER, STEP_SEND_BACK };

	for (size_t i = 0; i < sizeof(moves) / sizeof(moves[0]); i++) {
		int id = latest[moves[i]];

		if (id != 0 && c->steps[id - 1].state == STATE_DONE &&
		    c->steps[id - 1].done_at > at)
			at = c->steps[id - 1].done_at;
	}
	return at;
}

int64_t
flow_after_moves(const struct flow_case *c, int item, int64_t at)
{
	const struct flow_item *it = flow_item(c, item);
	const struct flow_run *r;

	at = last_move(c, it->latest, at);
	for (int run = it->last_run; run != 0; run = r->before) {
		r = flow_run(c, run);
		at = last_move(c, r->latest, at);
	}
	return at;
}

static void
put(struct flow_item *it, enum place place, const char *site)
{
	it->place = place;
	it->site = site;
	it->changed = true;
}

/* Does the exchange still expect the unit back? */
static bool
awaited(const struct flow_case *c, const struct flow_step *s)
{
	static const enum step way[] = { STEP_RETURN, STEP_RECEIVE };
	const struct flow_item *it = flow_item(c, s->item);

	if (it->place == PLACE_SITE || it->place == PLACE_SCRAPPED)
		return false;
	for (size_t i = 0; i < sizeof(way) / sizeof(way[0]); i++) {
		const struct flow_step *w = flow_latest(c, s->run, way[i],
		    s->item);

		if (w != NULL && w->state == STATE_WAIVED)
			return false;
	}
	return true;
}

static void
replaced(const struct flow_case *c, const struct flow_step *s, int64_t at)
{
	struct flow_item *it = flow_item(c, s->item);

	it->replaced = true;
	it->ours = true;
	it->owed = awaited(c, s);
	it->owed_at = it->owed ? at : 0;
	it->changed = true;
}

static void
judged(struct flow_item *it, enum outcome outcome)
{
	if (outcome == OUTCOME_SCRAP)
		put(it, PLACE_SCRAPPED, NULL);
	/* One that was kept before may go back after all. */
	it->ours = it->replaced || outcome == OUTCOME_SCRAP ||
	    outcome == OUTCOME_KEEP;
	it->changed = true;
}

/* What the customer of a recall says of the unit, as long as it is his. */
static void
responded(struct flow_item *it, enum outcome outcome)
{
	if (it->ours)
		return;
	if (outcome == OUTCOME_DISPOSED)
		put(it, PLACE_SCRAPPED, NULL);
	else if (outcome == OUTCOME_NOT_FOUND || outcome == OUTCOME_SOLD_ON)
		put(it, PLACE_UNKNOWN, NULL);
}

void
flow_goods_moved(struct flow_case *c, const struct flow_step *s,
    const struct flow_act *act)
{
	struct flow_item *it = flow_item(c, s->item);

	if (it == NULL)
		return;
	if (s->rule->step == STEP_REPLACEMENT)
		replaced(c, s, s->done_at);
	else if (s->rule->step == STEP_RETURN)
		put(it, PLACE_TO_US, flow_site(it,
		    flow_rule(s->process, STEP_RECEIVE)->owner));
	else if (s->rule->step == STEP_PICKUP)
		put(it, PLACE_TO_US, it->sites[SITE_EXPERTISE]);
	else if (s->rule->step == STEP_RECEIVE) {
		it->owed = false;
		put(it, PLACE_SITE, act->site != NULL ? act->site :
		    flow_is_holders(s->rule) ? flow_dock(c, s->item) :
		    flow_site(it, s->rule->owner));
	} else if (s->rule->step == STEP_DELIVER)
		put(it, PLACE_SITE, it->sites[SITE_EXPERTISE]);
	else if (s->rule->step == STEP_FORWARD)
		put(it, PLACE_SITE, it->sites[SITE_PLANT]);
	else if (s->rule->step == STEP_SEND_BACK)
		put(it, PLACE_TO_CUSTOMER, NULL);
	else if (s->rule->step == STEP_RESPOND)
		responded(it, s->outcome);
	else if (s->rule->step == STEP_ANALYSE && s->process == PROC_EXPERTISE)
		judged(it, s->outcome);
}

bool
flow_goods_waived(struct flow_case *c, const struct flow_step *s,
    const struct flow_act *act)
{
	struct flow_item *it = flow_item(c, s->item);

	if (s->rule->step == STEP_SEND_BACK) {
		if (act->outcome == OUTCOME_HANDED_OVER)
			put(it, PLACE_CUSTOMER, NULL);
		else if (act->outcome == OUTCOME_SCRAPPED)
			put(it, PLACE_SCRAPPED, NULL);
		else
			return flow_refuse(c, "say what becomes of the unit: "
			    "--outcome handed-over or scrapped");
		if (act->outcome == OUTCOME_SCRAPPED)
			it->ours = true;
	} else if (s->rule->step == STEP_RECEIVE && it->place == PLACE_TO_US)
		put(it, PLACE_UNKNOWN, NULL);
	if (s->rule->step == STEP_RETURN || s->rule->step == STEP_RECEIVE) {
		it->owed = false;
		it->changed = true;
	}
	return true;
}

/* Does the procedure itself await the unit? */
static bool
awaits(const struct flow_case *c, const struct flow_run *r)
{
	static const enum step ways[] = { STEP_RECEIVE, STEP_DELIVER };

	for (size_t i = 0; r != NULL && i < sizeof(ways) / sizeof(ways[0]);
	    i++) {
		const struct flow_step *s = flow_latest(c, r->run, ways[i],
		    r->item);

		if (s != NULL && s->state == STATE_OPEN)
			return true;
	}
	return false;
}

/* Opens or drops a step of the kind, so that it is open just when wanted. */
static bool
keep_open(struct flow_case *c, enum step step, int item, bool wanted,
    int64_t at)
{
	struct flow_step *s = flow_latest(c, 0, step, item);
	bool open = s != NULL && s->state == STATE_OPEN;

	if (open == wanted)
		return false;
	if (open)
		flow_finish(s, STATE_DROPPED, at);
	else
		flow_ask(c, step, item, flow_after_moves(c, item, at));
	return true;
}

/* Will intake come to the item by itself, once the case is assigned? */
static bool
triage_to_come(const struct flow_case *c)
{
	const struct flow_step *assign = flow_latest(c, 0, STEP_ASSIGN, 0);

	return assign != NULL && assign->state == STATE_OPEN &&
	    flow_rule(c->kind, STEP_TRIAGE)->when != WHEN_ASKED;
}

/* Has the customer of a recall still to say what becomes of a unit that was
 * here when the recall was issued? What came later was triaged, or had been
 * asked for. */
static bool
answer_to_come(const struct flow_case *c, int item)
{
	const struct flow_step *respond = flow_latest(c, 0, STEP_RESPOND, item);

	return c->kind == KIND_RECALL && flow_item(c, item)->last_run == 0 &&
	    flow_latest(c, 0, STEP_TRIAGE, item) == NULL &&
	    (respond == NULL || respond->state == STATE_OPEN);
}

void
flow_note_other(struct flow_item *it, enum process process, enum step step,
    int run)
{
	const struct flow_rule *triage = flow_rule(process, STEP_TRIAGE);

	/* Triage will open there by itself. */
	if (step == STEP_ASSIGN)
		it->decided |= triage != NULL && triage->when != WHEN_ASKED;
	else if (step == STEP_TRIAGE || step == STEP_SEND_BACK)
		it->decided = true;
	else if (run != 0 && flow_keeps_unit(process, step))
		it->decided = true;
	it->awaited |= step == STEP_RECEIVE || step == STEP_DELIVER;
}

bool
flow_goods_watch(struct flow_case *c, int item, int64_t at)
{
	const struct flow_item *it = flow_item(c, item);
	const struct flow_run *r = flow_goods_run(c, item);
	bool decided, coming, changed;

	decided = it->decided || flow_open_step(c, STEP_TRIAGE, item) != NULL ||
	    triage_to_come(c) || answer_to_come(c, item) ||
	    (r != NULL && flow_under_way(c, r));
	coming = it->place == PLACE_TO_US && !it->awaited && !awaits(c, r);
	changed = keep_open(c, STEP_SEND_BACK, item,
	    it->place == PLACE_SITE && !it->ours && !decided, at);
	return keep_open(c, STEP_RECEIVE, item, coming, at) || changed;
}
