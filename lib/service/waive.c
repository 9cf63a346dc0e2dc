/* SPDX-License-Identifier: ISC */
#include "decide.h"
#include "service/waive.h"

static bool
waive_item(struct work *w, int item, const struct waive_request *request)
{
	struct flow_act act = { .at = w->act->at, .why = w->act->text,
	    .outcome = request->outcome };
	bool owed = item != 0 && w->flow.items[item - 1].owed;

	if (request->invoice && !owed) {
		store_refuse(w->s, "item %d is not owed, so there is nothing "
		    "to invoice", item);
		return false;
	}
	if (!work_take(w, flow_waive(&w->flow, request->step, item, &act)))
		return false;
	if (owed && !w->flow.items[item - 1].owed)
		work_item(w, item)->invoiced = request->invoice;
	return true;
}

void
waive_step(struct act *act, const struct target *target,
    const struct waive_request *request)
{
	struct work *w = work_open(act, target->case_id);
	const int *items = NULL;

	if (w == NULL)
		return;
	if (request->outcome != OUTCOME_NONE && request->step != STEP_SEND_BACK)
		store_refuse(w->s, "waiving '%s' takes no --outcome",
		    flow_step_name(request->step));
	if (decide_in_time(w))
		items = work_items(w, target, request->step);
	for (size_t i = 0; items != NULL && (i == 0 || items[i] != 0); i++)
		if (!waive_item(w, items[i], request))
			break;
	if (items != NULL && request->step == STEP_NOTIFY)
		flow_warn(&w->flow, "the units count as unreachable until "
		    "their customer answers; if he is told on paper or by "
		    "phone, case-report notify says so");
	json_text(&w->data, "step", flow_step_name(request->step));
	work_note_items(w, items);
	if (request->outcome != OUTCOME_NONE)
		json_text(&w->data, "outcome",
		    flow_outcome_name(request->outcome));
	if (request->invoice)
		json_bool(&w->data, "invoice", true);
	work_commit(w, "waive");
	work_close(w);
}
