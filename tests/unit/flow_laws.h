/* SPDX-License-Identifier: ISC */
#ifndef UNIT_FLOW_LAWS_H
#define UNIT_FLOW_LAWS_H

#include <string.h>

#include "rules/flow.h"

/*
 * What is true of a case after every act, written down without the engine's
 * own help. Each law answers NULL or how it is broken.
 */

/* The newest row of a step at a process, a run and an item. */
static inline const struct flow_step *
law_row(const struct flow_case *c, int run, enum step step, int item)
{
	const struct flow_step *found = NULL;

	for (size_t i = 0; i < c->step_count; i++)
		if (c->steps[i].run == run && c->steps[i].item == item &&
		    c->steps[i].rule->step == step)
			found = &c->steps[i];
	return found;
}

static inline bool
law_open(const struct flow_case *c, int run, enum step step, int item)
{
	const struct flow_step *s = law_row(c, run, step, item);

	return s != NULL && s->state == STATE_OPEN;
}

static inline bool
law_is(const struct flow_case *c, int run, enum step step, int item,
    enum step_state state)
{
	const struct flow_step *s = law_row(c, run, step, item);

	return s != NULL && s->state == state;
}

/* Open goods steps of the procedures that exclude one another; the procedures
 * that have some are counted. */
static inline int
law_goods(const struct flow_case *c, int item)
{
	int procedures = 0;

	for (size_t r = 1; r <= c->run_count; r++) {
		bool open = false;

		for (size_t i = 0; i < c->step_count; i++)
			open |= c->steps[i].run == (int)r &&
			    c->steps[i].item == item &&
			    c->steps[i].state == STATE_OPEN &&
			    c->steps[i].process >= PROC_EXCHANGE &&
			    c->steps[i].process <= PROC_REFUND &&
			    c->steps[i].rule->step != STEP_REPORT &&
			    c->steps[i].rule->step != STEP_SURVEY;
		procedures += open;
	}
	return procedures;
}

/* What has to be done before an open step is done, waived or dropped. */
static inline const char *
law_prerequisites(const struct flow_case *c, const struct flow_step *s)
{
	for (size_t i = 0; i < STEP_COUNT; i++) {
		const struct flow_rule *b = flow_rule(s->process,
		    (enum step)i);
		const struct flow_item *it = s->item == 0 ? NULL :
		    &c->items[s->item - 1];
		const struct flow_step *row;

		if (b == NULL || (s->rule->after & AFTER(i)) == 0)
			continue;
		if ((b->when == WHEN_PAID && !it->pays) ||
		    (b->when == WHEN_GOODS && it->place == PLACE_SCRAPPED))
			continue;
		row = law_row(c, s->run, b->step,
		    b->scope == SCOPE_CASE ? 0 : s->item);
		/* For items added later only. */
		if (b->step == STEP_NOTIFY && row != NULL && row->id > s->id)
			continue;
		if (row == NULL || row->state == STATE_OPEN)
			return "a step is open before what it comes after";
		if (row->state == STATE_WAIVED && b->waive == WAIVE_ENDS)
			return "a step is open after what ended the goods";
		if (s->since < row->done_at)
			return "a step is open since before what it depends on";
	}
	return NULL;
}

static inline const char *
law_steps(const struct flow_case *c)
{
	const char *why = NULL;

	for (size_t i = 0; i < c->step_count && why == NULL; i++) {
		const struct flow_step *s = &c->steps[i];

		if (s->since < c->opened_at)
			why = "a step is older than the case";
		else if (s->state != STATE_OPEN && s->done_at < s->since)
			why = "a step ended before it opened";
		else if (s->state == STATE_OPEN && law_row(c, s->run,
		    s->rule->step, s->item) != s)
			why = "a step is open twice";
		else if (s->state == STATE_OPEN &&
		    s->rule->when != WHEN_ASKED)
			why = law_prerequisites(c, s);
	}
	return why;
}

/* No unit of the customer is left behind, none on its way is forgotten. */
static inline const char *
law_custody(const struct flow_case *c, int item)
{
	const struct flow_item *it = &c->items[item - 1];
	bool triage = law_open(c, 0, STEP_TRIAGE, item);
	bool back = law_open(c, 0, STEP_SEND_BACK, item);
	bool own = law_open(c, 0, STEP_RECEIVE, item), coming = false;
	bool intake = law_open(c, 0, STEP_ASSIGN, 0) &&
	    c->kind != KIND_COMPLAINT;

	for (size_t r = 1; r <= c->run_count; r++)
		coming |= law_open(c, (int)r, STEP_RECEIVE, item) ||
		    law_open(c, (int)r, STEP_DELIVER, item);
	if ((it->place == PLACE_SITE || it->place == PLACE_TO_US) &&
	    it->site == NULL)
		return "a unit is at no site";
	if (it->place == PLACE_SITE && !it->ours && !triage && !intake &&
	    !back && law_goods(c, item) == 0)
		return "a customer's unit is left behind";
	if (back && (it->place != PLACE_SITE || it->ours || triage ||
	    law_goods(c, item) > 0))
		return "send-back is open without need";
	if (own && (coming || it->place != PLACE_TO_US))
		return "receive is open without need";
	if (it->place == PLACE_TO_US && !own && !coming)
		return "nobody awaits a unit on its way to us";
	return NULL;
}

/* Owed is what was replaced and is still to come, nothing else. */
static inline const char *
law_owed(const struct flow_case *c, int item)
{
	const struct flow_item *it = &c->items[item - 1];
	bool shipped = false, expected = false;

	for (size_t r = 1; r <= c->run_count; r++) {
		if (c->runs[r - 1].procedure != PROC_EXCHANGE ||
		    !law_is(c, (int)r, STEP_REPLACEMENT, item, STATE_DONE))
			continue;
		shipped = true;
		expected = law_open(c, (int)r, STEP_SLIP, item) ||
		    law_open(c, (int)r, STEP_RETURN, item) ||
		    law_open(c, (int)r, STEP_RECEIVE, item);
	}
	if (it->replaced != shipped)
		return "replaced is not what was shipped";
	if (it->replaced && !it->ours)
		return "what was replaced is still the customer's";
	if (it->owed != expected)
		return it->owed ? "owed, but nobody has to send it" :
		    "to be sent, but not owed";
	if (it->owed && (it->place == PLACE_SITE ||
	    it->place == PLACE_SCRAPPED))
		return "owed, but here or scrapped";
	return NULL;
}

/* Close is open just when nothing else holds the case. */
static inline const char *
law_close(const struct flow_case *c)
{
	bool held = false, close = false, survey = true;

	for (size_t i = 0; i < c->step_count; i++) {
		const struct flow_step *s = &c->steps[i];

		if (s->state != STATE_OPEN)
			continue;
		close |= s->rule->step == STEP_CLOSE;
		survey &= s->rule->step == STEP_SURVEY;
		held |= s->rule->step != STEP_CLOSE &&
		    s->rule->step != STEP_SURVEY &&
		    s->rule->step != STEP_ANSWER;
	}
	switch (c->status) {
	case CASE_OPEN:
		if (c->kind == KIND_RECALL && close)
			return "a recall waits to be closed";
		return held != close ? NULL : close ?
		    "close is open beside what holds the case" :
		    "the case waits for nobody";
	case CASE_CLOSED:
		return survey ? NULL : "a step is open in a closed case";
	case CASE_CANCELLED:
		break;
	}
	return held || close || !survey ? "a step is open in a cancelled case" :
	    NULL;
}

/* NULL, or the first law that is broken. */
static inline const char *
laws_broken(const struct flow_case *c)
{
	const char *why = law_steps(c);

	if (why == NULL)
		why = law_close(c);
	for (int i = 1; i <= (int)c->item_count && why == NULL; i++) {
		if (c->status == CASE_OPEN)
			why = law_custody(c, i);
		if (why == NULL)
			why = law_owed(c, i);
		if (why == NULL && law_goods(c, i) > 1)
			why = "two procedures at once have goods steps open";
	}
	return why;
}

#endif
