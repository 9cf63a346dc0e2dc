/* SPDX-License-Identifier: ISC */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "attach.h"
#include "base/money.h"
#include "base/time.h"
#include "decide.h"
#include "recall_answer.h"
#include "rules/warranty.h"
#include "service/master.h"
#include "service/setting.h"
#include "unit.h"

#define DAY	INT64_C(86400)

/* The words that the step takes, for a refusal. */
static void
list_words(const enum outcome *words, struct buf *b)
{
	for (; *words != OUTCOME_NONE; words++)
		buf_printf(b, "%s%s", b->len > 0 ? ", " : "",
		    flow_outcome_name(*words));
}

/* An outcome where the step wants one, of its own words; none elsewhere. */
static bool
outcome_fits(struct work *w, enum process process,
    const struct report_request *request)
{
	const enum outcome *words = flow_outcomes(process, request->step);
	const enum outcome *word;
	struct buf b = { 0 };

	if (words == NULL && request->outcome == OUTCOME_NONE)
		return true;
	for (word = words; word != NULL && *word != OUTCOME_NONE; word++)
		if (*word == request->outcome)
			return true;
	if (words == NULL)
		store_refuse(w->s, "'%s' of %s takes no --outcome",
		    flow_step_name(request->step), flow_process(process)->name);
	else {
		list_words(words, &b);
		store_refuse(w->s, "'%s' needs an --outcome: %s",
		    flow_step_name(request->step), buf_str(&b));
		buf_free(&b);
	}
	return false;
}

/* A repaired unit is good for some months at least. */
static void
warrant_repair(struct work *w, int item)
{
	struct work_unit *u = work_unit(w, item);
	const char *old = work_item(w, item)->warranty_until;
	int months = (int)setting_number(w->s, "warranty.repair", 3);
	int64_t was = WARRANTY_NO_DAY, until;
	char text[16];

	if (old != NULL)
		time_parse_date(old, &was);
	until = warranty_extend(was, unit_day(w, w->act->at), months);
	if (until == was)
		return;
	u->warranty_until = arena_text(&w->texts,
	    time_format_date(until, text));
	u->warranty_reason = arena_printf(&w->texts, "repaired, case %" PRId64,
	    w->case_id);
	u->changed = true;
}

/* In which process the step is, or would be reached. */
static enum process
process_of(const struct work *w, enum step step, int item)
{
	const struct flow_step *s = flow_open_step(&w->flow, step, item);
	const struct flow_run *r = flow_goods_run(&w->flow, item);

	if (s != NULL)
		return s->process;
	return r != NULL ? r->procedure : w->flow.kind;
}

static bool
report_item(struct work *w, int item, const struct report_request *request)
{
	struct flow_act act = { .at = w->act->at, .outcome = request->outcome };

	if (!outcome_fits(w, process_of(w, request->step, item), request))
		return false;
	if (!work_take(w, flow_complete(&w->flow, request->step, item, &act)))
		return false;
	if (request->outcome == OUTCOME_REPAIRED)
		warrant_repair(w, item);
	return true;
}

/* A survey comes when the customer finds the time. */
static bool
in_time(struct work *w, const struct report_request *request)
{
	if (request->step != STEP_SURVEY || w->flow.status != CASE_CLOSED)
		return decide_in_time(w);
	if (w->act->at > time_now())
		store_refuse(w->s, "it cannot have happened in the future");
	else if (w->act->at > w->flow.closed_at + REPORT_SURVEY_DAYS * DAY)
		store_refuse(w->s, "a survey is taken up to %d days after "
		    "closing", REPORT_SURVEY_DAYS);
	return store_ok(w->s);
}

static void
write_facts(struct work *w, const struct report_request *request)
{
	struct json *j = &w->data;
	char text[24];

	if (request->outcome != OUTCOME_NONE)
		json_text(j, "outcome", flow_outcome_name(request->outcome));
	if (request->cause != NULL)
		json_text(j, "cause", request->cause);
	if (request->degree != 0)
		json_int(j, "degree", request->degree);
	if (request->currency != NULL) {
		json_text(j, "amount", money_format(request->amount, text));
		json_text(j, "currency", request->currency);
	}
	if (request->to != NULL)
		json_text(j, "to", request->to);
	work_incident(w, request->incident);
	if (request->why != NULL)
		json_text(j, "why", request->why);
	if (request->missed != NULL)
		json_text(j, "missed", request->missed);
	if (request->change != NULL)
		json_text(j, "change", request->change);
}

/* Where a closed case's survey is still open, the bare number finds it. */
static const int *
choose(struct work *w, const struct target *target,
    const struct report_request *request)
{
	if (!in_time(w, request))
		return NULL;
	if (request->step == STEP_NOTIFY)
		recall_resume_notice(w);
	return work_items(w, target, request->step);
}

/* The check of a correction has the date that was given for it. */
static void
date_check(struct work *w, int64_t until)
{
	struct flow_step *s;

	if (until == 0 || !store_ok(w->s))
		return;
	if (until < w->act->at) {
		store_refuse(w->s, "the check would be due before the "
		    "correction was made");
		return;
	}
	work_settle(w);
	s = flow_open_step(&w->flow, STEP_VERIFY, 0);
	if (s != NULL)
		s->given = until;
}

/* The units that this act says were sold on, for their new holder. */
struct sold_on {
	struct recall_row *rows;
	size_t		 count;
};

/* A check that comes by itself a moment later is as good as dated later; one
 * that is dated must be so. */
static bool
after_correction(struct work *w)
{
	const struct flow_step *s = flow_open_step(&w->flow, STEP_VERIFY, 0);

	if (s == NULL || !w->act->at_given || w->act->at != s->since)
		return true;
	store_refuse(w->s, "the check must be dated after the correction");
	return false;
}

/* He may know best, but an auditor wants to hear it from somebody else. */
static void
warn_own_check(struct work *w)
{
	const struct flow_step *s = flow_open_step(&w->flow, STEP_VERIFY, 0);
	const struct flow_step *correct = s == NULL ? NULL :
	    flow_latest(&w->flow, s->run, STEP_CORRECT, 0);
	const char *made = correct == NULL ? NULL :
	    work_step(w, correct)->owner_person;

	if (made != NULL && w->act->by != NULL &&
	    strcmp(made, w->act->by) == 0)
		flow_warn(&w->flow, "%s checks a correction of his own; "
		    "--by says it if it was somebody else", made);
}

static void
report_items(struct work *w, const int *items,
    const struct report_request *request, struct sold_on *sold)
{
	bool held = request->outcome == OUTCOME_HELD;
	enum process remedy = PROC_EXCHANGE;

	if (request->cause != NULL)
		master_require_if_any(w->s, MASTER_CAUSES, request->cause);
	if (request->step == STEP_RESPOND && !recall_may_answer(w, request))
		return;
	if (request->step == STEP_VERIFY && !after_correction(w))
		return;
	if (request->step == STEP_VERIFY)
		warn_own_check(w);
	if (held && !recall_choose(w, request, &remedy))
		return;
	if (request->to != NULL)
		sold->rows = recall_rows_of(w, items, &sold->count);
	for (size_t i = 0; i == 0 || items[i] != 0; i++) {
		if (!store_ok(w->s) || !report_item(w, items[i], request) ||
		    (held && !recall_remedy(w, items[i], remedy)))
			return;
		if (request->cause != NULL)
			work_row_finding(w, items[i], request->cause);
	}
}

void
report_step(struct act *act, const struct target *target,
    const struct report_request *request)
{
	struct work *w = work_open(act, target->case_id);
	struct sold_on sold = { 0 };
	const int *items;

	if (w == NULL)
		return;
	items = choose(w, target, request);
	work_note_items(w, items);
	write_facts(w, request);
	if (items != NULL)
		report_items(w, items, request, &sold);
	if (store_ok(w->s) && request->start != NULL)
		decide_items(w, work_named(w, target), request->start);
	if (request->step == STEP_CORRECT)
		date_check(w, request->until);
	attach_files(w, request->files, request->file_count);
	work_commit(w, flow_step_name(request->step));
	if (store_ok(w->s) && sold.count > 0)
		recall_hand_on(act, &(struct recall_handing){
			.rows = sold.rows, .count = sold.count,
			.customer = request->to, .link = w->case_id });
	free(sold.rows);
	work_close(w);
}
