/* SPDX-License-Identifier: ISC */

#include "base/local.h"
#include "base/time.h"
#include "decide.h"
#include "service/master.h"
#include "unit.h"

bool
decide_in_time(struct work *w)
{
	if (w->flow.status != CASE_OPEN)
		store_refuse(w->s, "the case is %s; case-close --reopen opens "
		    "it", local_word("case",
		    flow_status_name(w->flow.status)));
	else if (w->act->at < w->flow.opened_at)
		store_refuse(w->s, "it cannot have happened before the case "
		    "was opened");
	else if (w->act->at > time_now())
		store_refuse(w->s, "it cannot have happened in the future");
	return store_ok(w->s);
}

static bool
settles(const struct triage_request *request)
{
	return request->sold_on != NULL || request->no_proof ||
	    request->goodwill != NULL;
}

/* Once a procedure has begun free of charge, it does not become a paid one. */
static void
settle(struct work *w, int item, const struct triage_request *request)
{
	struct flow_item *it = &w->flow.items[item - 1];
	const struct flow_run *r = flow_goods_run(&w->flow, item);
	struct unit_proof proof = { request->sold_on, request->no_proof,
	    request->goodwill };
	bool free_now = it->known && !it->pays;
	int64_t sold;

	if (request->sold_on != NULL &&
	    time_parse_date(request->sold_on, &sold) &&
	    sold > unit_day(w, w->flow.opened_at)) {
		store_refuse(w->s, "%s: it cannot have been sold after the "
		    "request", request->sold_on);
		return;
	}
	unit_warrant(w, item, &proof);
	if (request->no_proof && work_item(w, item)->warranty_until != NULL)
		flow_warn(&w->flow, "the warranty of item %d is known without "
		    "a proof: %s", item,
		    work_item(w, item)->warranty_reason);
	if (free_now && it->pays && r != NULL && flow_under_way(&w->flow, r))
		store_refuse(w->s, "item %d: %s was started under warranty and "
		    "stays free", item, flow_process(r->procedure)->name);
}

static void
start(struct work *w, int item, const struct triage_request *request)
{
	struct flow_act act = { .at = w->act->at, .instead = request->instead,
	    .why = w->act->text };
	const struct flow_run *r = flow_goods_run(&w->flow, item);
	bool begun = r != NULL && flow_under_way(&w->flow, r);
	int under_way = begun ? (int)r->procedure : -1;	/* runs will move */

	if (request->none && request->instead && begun)
		work_take(w, flow_stop(&w->flow, item, &act));
	for (size_t i = 0; i < request->count && store_ok(w->s); i++) {
		/* Named again with a word on the warranty: that word only. */
		if (settles(request) &&
		    under_way == (int)request->procedures[i])
			continue;
		if (work_take(w, flow_start(&w->flow, request->procedures[i],
		    item, &act)) && item != 0 &&
		    flow_process(request->procedures[i])->exclusive)
			work_warn_others(w, item);
	}
}

/* The correction gets its owner and its date, anew if it is under way. */
static void
name_owner(struct work *w, const struct triage_request *request)
{
	struct flow_step *s;

	if (request->owner != NULL &&
	    !master_require(w->s, MASTER_STAFF, request->owner))
		return;
	if (request->until != 0 && request->until < w->act->at) {
		store_refuse(w->s, "the correction would be due before it is "
		    "begun");
		return;
	}
	work_settle(w);
	s = flow_open_step(&w->flow, STEP_CORRECT, 0);
	if (s == NULL) {
		store_refuse(w->s, "the correction is made and its check is "
		    "awaited; case-report verify says whether it worked");
		return;
	}
	if (request->owner != NULL)
		work_step(w, s)->owner_person = request->owner;
	if (request->until != 0)
		s->given = request->until;
	s->changed = true;
}

void
decide_items(struct work *w, const int *items,
    const struct triage_request *request)
{
	struct json *j = &w->data;

	json_array(j, "procedures");
	for (size_t i = 0; i < request->count; i++)
		json_text(j, NULL, flow_process(request->procedures[i])->name);
	json_end_array(j);
	for (int i = 0; i == 0 || items[i] != 0; i++) {
		if (!store_ok(w->s))
			return;
		if (settles(request) && items[i] != 0)
			settle(w, items[i], request);
		if (store_ok(w->s))
			start(w, items[i], request);
	}
	for (size_t i = 0; i < request->count && store_ok(w->s); i++)
		if (request->procedures[i] == PROC_CORRECTION)
			name_owner(w, request);
	if (request->sold_on != NULL)
		json_text(j, "sold_on", request->sold_on);
	if (request->no_proof)
		json_bool(j, "no_proof", true);
	if (request->goodwill != NULL)
		json_text(j, "goodwill", request->goodwill);
}

/* The items that wait for a decision; if none does, all of them: a procedure
 * can be added to an open case at any time. */
static const int *
choose(struct work *w, const struct target *target)
{
	bool waiting = flow_open_step(&w->flow, STEP_TRIAGE, 0) != NULL;

	for (size_t i = 1; i <= w->flow.item_count; i++)
		waiting |= flow_open_step(&w->flow, STEP_TRIAGE,
		    (int)i) != NULL;
	if (waiting)
		return work_items(w, target, STEP_TRIAGE);
	return work_named(w, target);
}

static void
complete(struct work *w, const int *items)
{
	struct flow_act act = { .at = w->act->at };
	const struct flow_step *assign = flow_open_step(&w->flow, STEP_ASSIGN,
	    0);

	if (assign != NULL) {
		store_refuse(w->s, "no step 'triage' is open; open are: "
		    "assign (%s)", local_word("owner",
		    flow_owner_name(assign->rule->owner)));
		return;
	}
	for (int i = 0; i == 0 || items[i] != 0; i++)
		if (flow_open_step(&w->flow, STEP_TRIAGE, items[i]) != NULL &&
		    !work_take(w, flow_complete(&w->flow, STEP_TRIAGE,
		    items[i], &act)))
			return;
}

void
triage_case(struct act *act, const struct target *target,
    const struct triage_request *request)
{
	struct work *w = work_open(act, target->case_id);
	const int *items = NULL;

	if (w == NULL)
		return;
	if (decide_in_time(w))
		items = choose(w, target);
	if (items != NULL) {
		work_note_items(w, items);
		if (request->count > 0 || request->none)
			complete(w, items);
		if (store_ok(w->s))
			decide_items(w, items, request);
	}
	work_commit(w, "triage");
	work_close(w);
}

void
triage_classify(struct act *act, int64_t case_id,
    const struct classify_request *request)
{
	struct work *w = work_open(act, case_id);

	if (w == NULL)
		return;
	if (decide_in_time(w))
		work_take(w, flow_complete(&w->flow, STEP_CLASSIFY, 0,
		    &(struct flow_act){ .at = act->at }));
	w->nature = request->nature;
	w->criticality = request->criticality;
	w->dissatisfaction = request->dissatisfaction;
	w->sought = request->sought;
	json_text(&w->data, "nature", w->nature);
	json_int(&w->data, "criticality", w->criticality);
	json_int(&w->data, "dissatisfaction", w->dissatisfaction);
	json_text(&w->data, "sought", w->sought);
	work_commit(w, "classify");
	work_close(w);
}
