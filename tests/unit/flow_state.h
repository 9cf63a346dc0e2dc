/* SPDX-License-Identifier: ISC */
#ifndef UNIT_FLOW_STATE_H
#define UNIT_FLOW_STATE_H

#include "base/buf.h"
#include "rules/flow.h"

#include "flow_deals.h"

/* What tells one state from another, as text. A row is not there, open, given
 * up, fallen with the case, or over; how it got over counts where the tables
 * ask for it. */
static inline void
put_row(struct buf *b, const struct flow_rule *rule, const struct flow_step *s)
{
	if (s != NULL && s->state == STATE_OPEN)
		buf_char(b, 'o');
	else if (s == NULL || rule->when == WHEN_ASKED)
		buf_char(b, '-');
	else if (s->state == STATE_WAIVED && rule->waive == WAIVE_ENDS)
		buf_char(b, 'g');
	else if (s->outcome == OUTCOME_CANCELLED ||
	    s->outcome == OUTCOME_MOVED)
		buf_char(b, 'c');
	else
		buf_char(b, 'x');
	if (s == NULL || s->state == STATE_OPEN)
		return;
	if (s->rule->step == STEP_BOOK)
		buf_char(b, s->appointment == 0 ? 'n' :
		    s->appointment == LATER ? 'l' : 'p');
	if (s->outcome == OUTCOME_RETURN || s->outcome == OUTCOME_REPAIRED ||
	    s->outcome == OUTCOME_NO_FAULT_FOUND)
		buf_char(b, 'r');
}

static inline void
put_process(struct buf *b, const struct flow_case *c, enum process process,
    int run, int item)
{
	for (size_t i = 0; i < STEP_COUNT; i++) {
		const struct flow_rule *rule = flow_rule(process, (enum step)i);

		if (rule != NULL)
			put_row(b, rule, flow_latest(c, run, (enum step)i,
			    item));
	}
}

static inline void
put_state(struct buf *b, const struct flow_case *c)
{
	buf_clear(b);
	buf_printf(b, "%d.%d.%zu:", (int)c->kind, (int)c->status,
	    c->run_count);
	put_process(b, c, c->kind, 0, 0);
	for (size_t i = 0; i < c->item_count; i++) {
		const struct flow_item *it = &c->items[i];

		buf_printf(b, "|%d%s%d%d%d%d%d", (int)it->place,
		    it->site == NULL ? "" : it->site, it->ours, it->owed,
		    it->replaced, it->known, it->pays);
		put_process(b, c, c->kind, 0, (int)i + 1);
	}
	for (size_t i = 0; i < c->run_count; i++) {
		const struct flow_run *r = &c->runs[i];

		if (r->ended_at != 0)
			continue;
		buf_printf(b, "/%d.%d.%s:", (int)r->procedure, r->item,
		    r->items == NULL ? "" : r->items);
		put_process(b, c, r->procedure, r->run, r->item);
	}
}

#endif
