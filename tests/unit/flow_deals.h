/* SPDX-License-Identifier: ISC */
#ifndef UNIT_FLOW_DEALS_H
#define UNIT_FLOW_DEALS_H

#include "base/mem.h"
#include "flow_play.h"

#define COUNT(a)	(sizeof(a) / sizeof((a)[0]))

/* Everything that could be done with a case next, sensible or not. */
enum deed {
	COMPLETE, WAIVE, DECLINE, START, INSTEAD, STOP, WARRANT, TRIAGE, ASK,
	ADD, WITHDRAW, CANCEL, CLOSE, REOPEN
};

static const char *const deeds[] = {
	"complete", "waive", "decline", "start", "instead", "stop", "warrant",
	"triage", "ask", "add", "withdraw", "cancel", "close", "reopen"
};

/* One act, with what it may be told. */
struct deal {
	enum deed	 deed;
	enum step	 step;
	enum process	 procedure;	/* to start; 0: none */
	enum outcome	 outcome;
	int		 item;
	const char	*site;
	int64_t		 appointment;
	bool		 pays;
};

/* How far to go. */
struct bounds {
	size_t		 runs;		/* procedures started in all */
	size_t		 items;
	uint64_t	 procedures;	/* AFTER() of those to start */
	bool		 beside;	/* also triage again and questions */
	bool		 plain;		/* goods come as they should */
};

#define LATER		INT64_C(1000000000)
#define MOST_DEALS	1000

struct deals {
	struct deal	 list[MOST_DEALS];
	size_t		 count;
};

static inline void
deal(struct deals *d, struct deal one)
{
	assert_true(d->count < MOST_DEALS);
	d->list[d->count++] = one;
}

/* A step with all the words that it can be reported with. */
static inline void
deal_complete(struct deals *d, enum step step, int item)
{
	static const enum process remedies[] = { PROC_EXCHANGE, PROC_REPAIR,
	    PROC_REFUND };
	static const char *const docks[] = { NULL, "LOG", "REP", "EXP" };
	struct deal one = { .deed = COMPLETE, .step = step, .item = item };
	const enum outcome *words = flow_outcomes(PROC_EXPERTISE, step);

	if (words == NULL || step == STEP_ANALYSE)
		deal(d, one);
	for (; words != NULL && *words != OUTCOME_NONE; words++) {
		one.outcome = *words;
		deal(d, one);
	}
	one.outcome = step == STEP_RESPOND ? OUTCOME_HELD : OUTCOME_NONE;
	for (size_t i = 0; i < COUNT(remedies) &&
	    (step == STEP_RESPOND || step == STEP_SOLVE); i++) {
		one.procedure = remedies[i];
		deal(d, one);
	}
	one.procedure = 0;
	for (size_t i = 1; i < COUNT(docks) && step == STEP_RECEIVE; i++) {
		one.site = docks[i];
		deal(d, one);
	}
	one.appointment = step == STEP_BOOK ? PLAY_START : 0;
	for (int i = 0; i < 2 && step == STEP_BOOK; i++) {
		deal(d, one);
		one.appointment = LATER;
	}
}

static inline void
deal_waive(struct deals *d, enum step step, int item)
{
	struct deal one = { .deed = WAIVE, .step = step, .item = item };

	deal(d, one);
	if (step != STEP_SEND_BACK)
		return;
	one.outcome = OUTCOME_HANDED_OVER;
	deal(d, one);
	one.outcome = OUTCOME_SCRAPPED;
	deal(d, one);
}

static inline void
deal_item(struct deals *d, const struct play *p, int item,
    const struct bounds *to)
{
	for (size_t i = 0; i < STEP_COUNT; i++) {
		if (i == STEP_CLOSE)
			continue;
		deal_complete(d, (enum step)i, item);
		deal_waive(d, (enum step)i, item);
	}
	for (size_t i = KIND_COUNT; i < PROCESS_COUNT &&
	    p->c.run_count < to->runs; i++) {
		if ((to->procedures & AFTER(i)) == 0)
			continue;
		deal(d, (struct deal){ .deed = START, .item = item,
		    .procedure = (enum process)i });
		deal(d, (struct deal){ .deed = INSTEAD, .item = item,
		    .procedure = (enum process)i });
	}
	if (to->beside && p->c.status == CASE_OPEN)
		deal(d, (struct deal){ .deed = TRIAGE, .item = item });
	if (item == 0)
		return;
	deal(d, (struct deal){ .deed = DECLINE, .item = item });
	deal(d, (struct deal){ .deed = STOP, .item = item });
	deal(d, (struct deal){ .deed = WARRANT, .item = item });
	if (p->c.kind == KIND_RECALL && p->c.status == CASE_OPEN)
		deal(d, (struct deal){ .deed = WITHDRAW, .item = item });
	if (!p->c.items[item - 1].known)
		deal(d, (struct deal){ .deed = WARRANT, .item = item,
		    .pays = true });
}

static inline void
deal_all(struct deals *d, const struct play *p, const struct bounds *to)
{
	d->count = 0;
	for (int i = 0; i <= (int)p->c.item_count; i++)
		deal_item(d, p, i, to);
	if (to->beside && p->c.status == CASE_OPEN)
		deal(d, (struct deal){ .deed = ASK });
	if (p->c.item_count < to->items && p->c.status == CASE_OPEN)
		deal(d, (struct deal){ .deed = ADD });
	deal(d, (struct deal){ .deed = CANCEL });
	deal(d, (struct deal){ .deed = CLOSE });
	for (int i = 0; i <= (int)p->c.item_count; i++)
		deal(d, (struct deal){ .deed = REOPEN, .item = i });
}

static inline bool
complete(struct flow_case *c, const struct deal *d, const struct flow_act *act)
{
	struct flow_step *s;

	if (!flow_complete(c, d->step, d->item, act))
		return false;
	if (d->appointment != 0) {
		s = flow_latest(c, flow_goods_run(c, d->item)->run, STEP_BOOK,
		    d->item);
		s->appointment = d->appointment;
	}
	return d->procedure == 0 ||
	    flow_start(c, d->procedure, d->item, act);
}

static inline bool
reopen(struct flow_case *c, const struct deal *d, const struct flow_act *act)
{
	if (!flow_reopen(c, act))
		return false;
	if (d->item != 0 || (c->kind != KIND_COMPLAINT && c->item_count == 0))
		flow_ask_triage(c, d->item, act->at);
	return true;
}

static inline void
add(struct play *p)
{
	play_item(p, p->c.kind != KIND_RECALL);
	flow_ask_intake(&p->c, (int)p->c.item_count, p->at);
}

static inline bool
warrant(struct flow_item *it, bool pays)
{
	it->known = true;
	it->pays = pays;
	return true;
}

/* Does it; false when it was refused. */
static inline bool
perform(struct play *p, const struct deal *d)
{
	struct flow_case *c = &p->c;
	struct flow_act act = { .at = p->at, .outcome = d->outcome,
	    .instead = d->deed == INSTEAD, .site = d->site, .why = "so" };

	switch (d->deed) {
	case COMPLETE:
		return complete(c, d, &act);
	case WAIVE:
		return flow_waive(c, d->step, d->item, &act);
	case DECLINE:
		return flow_decline(c, d->item, &act);
	case START:
	case INSTEAD:
		return flow_start(c, d->procedure, d->item, &act);
	case STOP:
		return flow_stop(c, d->item, &act);
	case WARRANT:
		return warrant(&c->items[d->item - 1], d->pays);
	case TRIAGE:
		flow_ask_triage(c, d->item, act.at);
		return true;
	case ASK:
		flow_ask_answer(c, act.at);
		return true;
	case ADD:
		add(p);
		return true;
	case WITHDRAW:
		flow_withdraw(c, d->item, &act);
		return true;
	case CANCEL:
		return flow_cancel(c, &act);
	case CLOSE:
		return flow_close(c, &act);
	case REOPEN:
		return reopen(c, d, &act);
	}
	return false;
}

#endif
