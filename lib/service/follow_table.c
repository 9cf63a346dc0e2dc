/* SPDX-License-Identifier: ISC */
#include "follow.h"

/* A customer sees every step: done, open and to come. What is not listed has
 * nothing special about it. */
static const struct {
	bool	 implied;	/* shown also when its effect held already, or
				 * a later step said that it was done */
	bool	 decides;	/* what follows is not known before */
} special[STEP_COUNT] = {
	[STEP_TRIAGE] = { .decides = true },
	[STEP_RESPOND] = { .decides = true },
	[STEP_CLOSE] = { .decides = true },
	[STEP_RECEIVE] = { .implied = true },
	[STEP_PICKUP] = { .implied = true },
	[STEP_DELIVER] = { .implied = true },
};

static bool
shows(const struct flow_step *s)
{
	return !s->born || special[s->rule->step].implied;
}

/* An order that was declined is done as well, but there is none. */
bool
follow_shows_done(const struct flow_step *s)
{
	return s->state == STATE_DONE && s->outcome != OUTCOME_DECLINED &&
	    shows(s);
}

bool
follow_shows_open(const struct flow_step *s)
{
	return s->state == STATE_OPEN && shows(s);
}

bool
follow_shows_ahead(const struct flow_step *s)
{
	return s->rule->step != STEP_CLOSE && s->state != STATE_DROPPED &&
	    shows(s);
}

/* Later than everything that has happened, or is planned. */
static int64_t
later(const struct flow_case *c)
{
	int64_t at = c->opened_at;

	for (size_t i = 0; i < c->step_count; i++) {
		const struct flow_step *s = &c->steps[i];

		if (s->since > at)
			at = s->since;
		if (s->done_at > at)
			at = s->done_at;
		if (s->appointment > at)
			at = s->appointment;
	}
	return at + 1;
}

/* All that can be done now; answers whether anything was. */
static bool
play_once(struct flow_case *c, int64_t at)
{
	size_t count = c->step_count;
	bool any = false;

	for (size_t i = 0; i < count; i++) {
		const struct flow_step *s = &c->steps[i];
		enum step step = s->rule->step;
		const enum outcome *ends = flow_outcomes(s->process, step);
		struct flow_act act = { .at = at };

		if (s->state != STATE_OPEN || special[step].decides)
			continue;
		if (ends != NULL)
			act.outcome = *ends;
		if (!flow_complete(c, step, s->item, &act))
			return false;
		any = true;
	}
	flow_settle(c, at);
	return any;
}

void
follow_play(struct flow_case *c)
{
	int64_t at = later(c);

	/* No way has half as many steps. */
	for (int i = 0; i < STEP_COUNT && play_once(c, at); i++)
		;
}
