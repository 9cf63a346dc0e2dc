/* SPDX-License-Identifier: ISC */
#include "follow.h"
#include "service/follow.h"

enum {
	DONE = 1, OPEN = 2, AHEAD = 4,
	BORN = 8,		/* also when its effect held already, or a
				 * later step said that it was done */
	ALL = DONE | OPEN | AHEAD
};

/* What a customer sees of each step, and how those with several ends usually
 * end. A step that is not listed is never shown. */
static const struct {
	int		 shown;
	enum outcome	 usual;
	bool		 decides;	/* what follows, is not known before */
} steps[STEP_COUNT] = {
	[STEP_ASSIGN] = { ALL },
	[STEP_TRIAGE] = { ALL, .decides = true },
	[STEP_CLASSIFY] = { ALL },
	[STEP_ACKNOWLEDGE] = { ALL },
	[STEP_SOLVE] = { ALL },
	[STEP_NOTIFY] = { ALL },
	[STEP_RESPOND] = { ALL, .decides = true },
	[STEP_CLOSE] = { ALL, .decides = true },
	[STEP_ANSWER] = { ALL },
	[STEP_QUOTE] = { ALL },
	[STEP_ORDER] = { ALL },
	[STEP_REQUEST] = { ALL },
	[STEP_REPLACEMENT] = { ALL },
	[STEP_SLIP] = { ALL },
	[STEP_RETURN] = { ALL },
	[STEP_RECEIVE] = { ALL | BORN },
	[STEP_FORWARD] = { ALL },
	[STEP_ANALYSE] = { ALL, .usual = OUTCOME_RETURN },
	[STEP_FIX] = { ALL, .usual = OUTCOME_REPAIRED },
	[STEP_SEND_BACK] = { ALL },
	[STEP_DOSSIER] = { ALL },
	[STEP_BOOK] = { ALL },
	[STEP_PICKUP] = { ALL | BORN },
	[STEP_DELIVER] = { ALL | BORN },
	[STEP_REPORT] = { ALL },
	[STEP_SURVEY] = { ALL },
	[STEP_ADVISE] = { ALL },
	[STEP_PARTS] = { ALL },
	[STEP_DISPATCH] = { ALL },
	[STEP_ARRIVE] = { ALL },
	[STEP_INTERVENE] = { ALL, .usual = OUTCOME_RUNNING },
	[STEP_CORRECT] = { ALL },
	[STEP_VERIFY] = { ALL, .usual = OUTCOME_EFFECTIVE },
	[STEP_REFUND] = { ALL },
};

static bool
shows(const struct flow_step *s, int what)
{
	int shown = steps[s->rule->step].shown;

	return (shown & what) != 0 && (!s->born || (shown & BORN) != 0);
}

/* An order that was declined is done as well, but there is none. */
bool
follow_shows_done(const struct flow_step *s)
{
	return s->state == STATE_DONE && s->outcome != OUTCOME_DECLINED &&
	    shows(s, DONE);
}

bool
follow_shows_open(const struct flow_step *s)
{
	return s->state == STATE_OPEN && shows(s, OPEN);
}

bool
follow_shows_ahead(const struct flow_step *s)
{
	return s->rule->step != STEP_CLOSE && s->state != STATE_DROPPED &&
	    shows(s, AHEAD);
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
		struct flow_act act = { .at = at };

		if (s->state != STATE_OPEN || steps[step].decides)
			continue;
		if (flow_outcomes(s->process, step) != NULL)
			act.outcome = steps[step].usual;
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
