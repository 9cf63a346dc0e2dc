/* SPDX-License-Identifier: ISC */
#include "base/money.h"
#include "base/time.h"
#include "decide.h"
#include "service/order.h"

/* The step is the quote where it is open, else the order that waits for it. */
static bool
quote_item(struct work *w, int item, const struct quote_request *request)
{
	struct flow_step *s = flow_open_step(&w->flow, STEP_QUOTE, item);
	struct flow_act act = { .at = w->act->at };

	if (s != NULL) {
		if (!work_take(w, flow_complete(&w->flow, STEP_QUOTE, item,
		    &act)))
			return false;
		work_settle(w);
	}
	s = flow_open_step(&w->flow, STEP_ORDER, item);
	if (s == NULL || s->process != PROC_REPAIR)
		return work_take(w, flow_complete(&w->flow, STEP_QUOTE, item,
		    &act));
	s->given = request->until;
	s->changed = true;
	return true;
}

static const int *
quoted_items(struct work *w, const struct target *target)
{
	for (size_t i = 1; i <= w->flow.item_count; i++)
		if (flow_open_step(&w->flow, STEP_QUOTE, (int)i) != NULL)
			return work_items(w, target, STEP_QUOTE);
	for (size_t i = 1; i <= w->flow.item_count; i++) {
		const struct flow_step *s = flow_open_step(&w->flow,
		    STEP_ORDER, (int)i);

		if (s != NULL && s->process == PROC_REPAIR)
			return work_items(w, target, STEP_ORDER);
	}
	return work_items(w, target, STEP_QUOTE);
}

void
order_quote(struct act *act, const struct target *target,
    const struct quote_request *request)
{
	struct work *w = work_open(act, target->case_id);
	const int *items = NULL;
	char text[32];

	if (w == NULL)
		return;
	if (decide_in_time(w) && request->until < act->at)
		store_refuse(w->s, "the quote would have run out before it "
		    "was made");
	if (store_ok(w->s))
		items = quoted_items(w, target);
	for (size_t i = 0; items != NULL && items[i] != 0; i++)
		if (!quote_item(w, items[i], request))
			break;
	work_note_items(w, items);
	json_text(&w->data, "amount", money_format(request->amount, text));
	json_text(&w->data, "currency", request->currency);
	json_text(&w->data, "valid_until", time_format(request->until,
	    office_zone(act->office), text));
	work_commit(w, "quote");
	work_close(w);
}

/* An order that comes late is welcome all the same, and said to be late. */
static void
note_late(struct work *w, int item)
{
	const struct flow_step *s = flow_open_step(&w->flow, STEP_ORDER, item);
	char text[32];

	if (s == NULL || s->given == 0 || s->given >= w->act->at ||
	    w->flow.warning.len > 0)
		return;
	time_format(s->given, office_zone(w->act->office), text);
	flow_warn(&w->flow, "the order came late: the quote was valid "
	    "until %s", text);
	json_text(&w->data, "late_after", text);
}

void
order_take(struct act *act, const struct target *target, const char *number)
{
	struct work *w = work_open(act, target->case_id);
	struct flow_act what = { .at = act->at };
	const int *items = NULL;

	if (w == NULL)
		return;
	if (decide_in_time(w))
		items = work_items(w, target, STEP_ORDER);
	for (size_t i = 0; items != NULL && items[i] != 0; i++) {
		note_late(w, items[i]);
		if (!work_take(w, flow_complete(&w->flow, STEP_ORDER, items[i],
		    &what)))
			break;
		work_row_lookup(w, items[i], "order", number);
	}
	work_note_items(w, items);
	json_text(&w->data, "order", number);
	work_commit(w, "order");
	work_close(w);
}

/* What awaits the customer's word, quoted or not. */
static const int *
awaiting_items(struct work *w, const struct target *target)
{
	for (size_t i = 1; i <= w->flow.item_count; i++)
		if (flow_open_step(&w->flow, STEP_ORDER, (int)i) != NULL)
			return work_items(w, target, STEP_ORDER);
	for (size_t i = 1; i <= w->flow.item_count; i++)
		if (flow_open_step(&w->flow, STEP_QUOTE, (int)i) != NULL)
			return work_items(w, target, STEP_QUOTE);
	return work_items(w, target, STEP_ORDER);
}

void
order_decline(struct act *act, const struct target *target)
{
	struct work *w = work_open(act, target->case_id);
	struct flow_act what = { .at = act->at, .why = act->text };
	const int *items = NULL;

	if (w == NULL)
		return;
	if (decide_in_time(w))
		items = awaiting_items(w, target);
	for (size_t i = 0; items != NULL && items[i] != 0; i++)
		if (!work_take(w, flow_decline(&w->flow, items[i], &what)))
			break;
	work_note_items(w, items);
	work_commit(w, "decline");
	work_close(w);
}
