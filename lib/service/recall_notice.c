/* SPDX-License-Identifier: ISC */
#include "recall_answer.h"

/* What became of the notice. */

static bool
is_awaited(const struct work *w)
{
	return w->flow.status == CASE_OPEN &&
	    flow_open_step(&w->flow, STEP_NOTIFY, 0) != NULL;
}

bool
recall_awaits_notice(struct store *s, int64_t case_id)
{
	struct query *q = store_query(s, "SELECT 1 FROM step "
	    "WHERE case_id = :case AND step = 'notify' AND state = 'open'");

	bind_int(q, ":case", case_id);
	return query_int_or(q, 0) != 0;
}

void
recall_delivered(struct act *act, int64_t case_id)
{
	struct work *w = work_open(act, case_id);
	struct flow_step *notify;

	if (w == NULL)
		return;
	if (is_awaited(w)) {
		/* It went, whatever the clocks say. */
		notify = flow_open_step(&w->flow, STEP_NOTIFY, 0);
		if (act->at < notify->since)
			act->at = notify->since;
		work_take(w, flow_complete(&w->flow, STEP_NOTIFY, 0,
		    &(struct flow_act){ .at = act->at }));
		json_text(&w->data, "by", "mail");
		work_commit(w, "notify");
	}
	work_close(w);
}

void
recall_resume_notice(struct work *w)
{
	struct flow_step *notify = flow_latest(&w->flow, 0, STEP_NOTIFY, 0);

	if (notify == NULL || notify->state != STATE_WAIVED)
		return;
	for (size_t i = 1; i <= w->flow.item_count; i++)
		if (flow_open_step(&w->flow, STEP_RESPOND, (int)i) != NULL)
			notify->state = STATE_OPEN;
}

static bool
has_postal_address(struct work *w)
{
	struct query *q = store_query(w->s, "SELECT 1 FROM customers "
	    "WHERE code = :code AND address IS NOT NULL");

	bind_text(q, ":code", w->customer);
	return query_int_or(q, 0) != 0;
}

void
recall_undelivered(struct act *act, int64_t case_id)
{
	struct work *w = work_open(act, case_id);

	if (w == NULL)
		return;
	if (is_awaited(w)) {
		w->unreachable = !has_postal_address(w);
		work_commit(w, "undelivered");
	}
	work_close(w);
}
