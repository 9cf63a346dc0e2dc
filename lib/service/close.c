/* SPDX-License-Identifier: ISC */
#include <inttypes.h>

#include "base/local.h"
#include "base/time.h"
#include "decide.h"
#include "service/close.h"
#include "service/open.h"

/* What the customer answered to the survey, if he did: the latest. */
static int
survey_degree(struct work *w)
{
	struct query *q = store_query(w->s, "SELECT payload ->> "
	    "'$.data.degree' FROM event JOIN event_payload USING (seq) "
	    "WHERE case_id = :case AND verb = 'survey' ORDER BY seq DESC "
	    "LIMIT 1");

	bind_int(q, ":case", w->case_id);
	return (int)query_int_or(q, 0);
}

static bool
satisfied(struct work *w, const struct close_request *request)
{
	w->satisfaction = request->satisfaction != 0 ? request->satisfaction :
	    survey_degree(w);
	if (w->satisfaction == 0)
		store_refuse(w->s, "how satisfied is the customer? give "
		    "--satisfaction 1-5");
	else if (w->satisfaction <= 2 && !request->complaint &&
	    w->act->text == NULL)
		store_refuse(w->s, "satisfaction %" PRId64 " needs --complaint "
		    "or a reason (-m)", w->satisfaction);
	return store_ok(w->s);
}

/* The complaint of who was not satisfied, linked with this case. */
static void
open_complaint(struct work *w)
{
	struct act act = *w->act;
	struct open_request request = { .kind = KIND_COMPLAINT,
	    .customer = w->customer, .channel = w->channel,
	    .contact = w->contact, .links = &w->case_id, .link_count = 1 };
	int64_t number;

	act.told = act.warned = (struct buf){ 0 };
	if (act.text == NULL)
		act.text = arena_printf(&w->texts, "not satisfied with case %"
		    PRId64 " (degree %" PRId64 ")", w->case_id,
		    w->satisfaction);
	number = open_case(&act, &request);
	buf_printf(&w->act->warned, local_text("%" PRId64 ": complaint %"
	    PRId64 " is open\n"), w->case_id, number);
	buf_free(&act.told);
	buf_free(&act.warned);
}

void
close_case(struct act *act, int64_t case_id,
    const struct close_request *request)
{
	struct work *w = work_open(act, case_id);

	if (w == NULL)
		return;
	if (act->at > time_now())
		store_refuse(w->s, "it cannot have happened in the future");
	if (work_take(w, flow_close(&w->flow,
	    &(struct flow_act){ .at = act->at })))
		satisfied(w, request);
	w->outcome = request->outcome;
	json_int(&w->data, "satisfaction", w->satisfaction);
	if (w->outcome != NULL)
		json_text(&w->data, "outcome", w->outcome);
	work_commit(w, "close");
	if (request->complaint && store_ok(w->s))
		open_complaint(w);
	work_close(w);
}

void
close_cancel(struct act *act, int64_t case_id)
{
	struct work *w = work_open(act, case_id);

	if (w == NULL)
		return;
	work_note_others(w);
	if (decide_in_time(w))
		work_take(w, flow_cancel(&w->flow,
		    &(struct flow_act){ .at = act->at, .why = act->text }));
	work_commit(w, "cancel");
	work_close(w);
}

void
close_reopen(struct act *act, const struct target *target)
{
	struct work *w = work_open(act, target->case_id);
	const int *items;

	if (w == NULL)
		return;
	if (act->at > time_now())
		store_refuse(w->s, "it cannot have happened in the future");
	items = work_named(w, target);
	if (items != NULL && work_take(w, flow_reopen(&w->flow,
	    &(struct flow_act){ .at = act->at }))) {
		w->outcome = NULL;
		w->satisfaction = 0;
		for (int i = 0; items[i] != 0; i++)
			flow_ask_triage(&w->flow, items[i], act->at);
		if (items[0] == 0 && w->flow.kind != KIND_COMPLAINT)
			flow_ask_triage(&w->flow, 0, act->at);
	}
	work_note_items(w, items);
	work_commit(w, "reopen");
	work_close(w);
}
