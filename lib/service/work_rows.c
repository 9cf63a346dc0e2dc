/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "journal/journal.h"
#include "work.h"

/* The most urgent open step: the one that binds first. */
static const struct flow_step *
most_urgent(struct work *w)
{
	const struct flow_step *best = NULL;

	for (size_t i = 0; i < w->flow.step_count; i++) {
		const struct flow_step *s = &w->flow.steps[i];

		if (s->state == STATE_OPEN && (best == NULL ||
		    work_step(w, s)->binds_at < work_step(w, best)->binds_at))
			best = s;
	}
	return best;
}

/* Risk to people goes before everything else, and what a closed case still
 * awaits, its survey, is in nobody's way: it may never come. */
static int
rank(const struct work *w)
{
	if (w->flow.status != CASE_OPEN)
		return 2;
	return w->risk == NULL || strcmp(w->risk, "people") != 0;
}

static void
put_case(struct work *w, struct json *j)
{
	const struct flow_step *next = most_urgent(w);

	json_array(j, "cases");
	json_object(j, NULL);
	json_int(j, "case_id", w->case_id);
	json_text(j, "kind", flow_process(w->flow.kind)->name);
	json_text(j, "status", flow_status_name(w->flow.status));
	json_text(j, "customer", w->customer);
	json_text(j, "customer_type",
	    w->flow.distributor ? "distributor" : "end");
	json_text(j, "language", w->language);
	json_some_text(j, "pilot", w->pilot);
	json_some_text(j, "expert", w->expert);
	json_some_text(j, "technician", w->technician);
	json_some_text(j, "channel", w->channel);
	json_some_text(j, "contact", w->contact);
	json_some_text(j, "risk", w->risk);
	json_int(j, "opened_at", w->flow.opened_at);
	json_text(j, "opened_by", w->opened_by);
	if (w->flow.status != CASE_OPEN)
		json_int(j, "closed_at", w->flow.closed_at);
	json_some_text(j, "outcome", w->outcome);
	json_some_int(j, "satisfaction", w->satisfaction);
	json_some_int(j, "dissatisfaction", w->dissatisfaction);
	json_some_text(j, "nature", w->nature);
	json_some_int(j, "criticality", w->criticality);
	json_some_text(j, "sought", w->sought);
	json_some_int(j, "recall", w->recall);
	json_some_int(j, "renewed", w->renewed);
	json_int(j, "items", (int64_t)w->flow.item_count);
	if (next != NULL) {
		json_int(j, "next_step", next->id);
		json_int(j, "next_rank", rank(w));
		json_int(j, "next_at", work_step(w, next)->binds_at);
	}
	json_end_object(j);
	json_end_array(j);
	if (!w->is_new || w->description == NULL)
		return;
	json_array(j, "description");
	json_object(j, NULL);
	json_int(j, "case_id", w->case_id);
	json_text(j, "description", w->description);
	json_end_object(j);
	json_end_array(j);
}

static void
put_items(struct work *w, struct json *j)
{
	json_array(j, "item");
	for (size_t i = 0; i < w->flow.item_count; i++) {
		const struct flow_item *it = &w->flow.items[i];
		const struct work_item *wi = work_item(w, it->item);

		if (!it->changed)
			continue;
		work_note_place(w, it);
		json_object(j, NULL);
		json_int(j, "case_id", w->case_id);
		json_int(j, "item", it->item);
		json_int(j, "unit_id", w->units[wi->unit].unit_id);
		json_text(j, "warranty", wi->warranty);
		json_some_text(j, "warranty_until", wi->warranty_until);
		json_text(j, "warranty_reason", wi->warranty_reason);
		json_some_text(j, "sold_on", wi->sold_on);
		json_int(j, "owed", it->owed);
		json_some_int(j, "owed_at", it->owed ? it->owed_at : 0);
		if (wi->invoiced >= 0)
			json_int(j, "invoiced", wi->invoiced);
		if (wi->replacement != 0)
			json_int(j, "replacement",
			    w->units[wi->replacement - 1].unit_id);
		json_some_text(j, "flag", wi->flag);
		json_end_object(j);
	}
	json_end_array(j);
}

static void
put_units(struct work *w, struct json *j)
{
	json_array(j, "unit_state");
	for (size_t i = 0; i < w->unit_count; i++) {
		const struct work_unit *u = &w->units[i];

		if (!u->changed)
			continue;
		json_object(j, NULL);
		json_int(j, "unit_id", u->unit_id);
		json_text(j, "reference", u->reference);
		json_some_text(j, "serial", u->serial);
		json_some_text(j, "lot", u->lot);
		json_some_text(j, "holder", u->holder);
		json_text(j, "place", u->place);
		json_some_text(j, "direction", u->direction);
		json_some_text(j, "bound_for", u->bound_for);
		json_some_text(j, "proof_on", u->proof_on);
		json_some_text(j, "warranty_until", u->warranty_until);
		json_some_text(j, "warranty_reason", u->warranty_reason);
		json_end_object(j);
	}
	json_end_array(j);
}

static void
put_runs(struct work *w, struct json *j)
{
	json_array(j, "procedure");
	for (size_t i = 0; i < w->flow.run_count; i++) {
		const struct flow_run *r = &w->flow.runs[i];

		if (!r->changed)
			continue;
		json_object(j, NULL);
		json_int(j, "case_id", w->case_id);
		json_int(j, "run", r->run);
		json_text(j, "procedure", flow_process(r->procedure)->name);
		json_some_int(j, "item", r->item);
		json_some_text(j, "items", r->items);
		json_int(j, "started_at", r->started_at);
		json_some_int(j, "ended_at", r->ended_at);
		json_some_text(j, "why", r->why);
		json_end_object(j);
	}
	json_end_array(j);
}

static void
put_step(struct work *w, struct json *j, const struct flow_step *s)
{
	const struct work_step *ws = work_step(w, s);

	json_object(j, NULL);
	json_int(j, "case_id", w->case_id);
	json_int(j, "step_id", s->id);
	json_text(j, "process", flow_process(s->process)->name);
	json_text(j, "step", flow_step_name(s->rule->step));
	json_some_int(j, "run", s->run);
	json_some_int(j, "item", s->item);
	json_text(j, "owner", ws->owner);
	json_some_text(j, "owner_site", ws->owner_site);
	json_some_text(j, "owner_person", ws->owner_person);
	json_some_text(j, "who", ws->who);
	json_text(j, "state", flow_state_name(s->state));
	json_int(j, "born", s->born);
	json_int(j, "holds", !s->rule->loose);
	json_int(j, "since", s->since);
	json_some_text(j, "rule", ws->rule);
	json_some_text(j, "region", ws->region);
	json_some_int(j, "due_at", ws->due_at);
	json_some_int(j, "limit_from", ws->limit_at != 0 ? ws->limit_from : 0);
	json_some_int(j, "limit_at", ws->limit_at);
	json_int(j, "rank", rank(w));
	json_int(j, "binds_at", ws->binds_at);
	json_some_int(j, "appointment", s->appointment);
	if (s->state != STATE_OPEN)
		json_int(j, "done_at", s->done_at);
	json_some_text(j, "outcome", flow_outcome_name(s->outcome));
	json_end_object(j);
}

static void
put_steps(struct work *w, struct json *j)
{
	bool ranked_anew = !w->is_new && (w->flow.status == CASE_OPEN) !=
	    (w->was == CASE_OPEN);

	json_array(j, "step");
	for (size_t i = 0; i < w->flow.step_count; i++)
		if (w->flow.steps[i].changed || (ranked_anew &&
		    w->flow.steps[i].state == STATE_OPEN))
			put_step(w, j, &w->flow.steps[i]);
	json_end_array(j);
}

/* What was said at the opening is the description. */
static void
put_said(struct work *w, struct json *j)
{
	if (w->is_new || w->act->text == NULL)
		return;
	json_array(j, "said");
	json_object(j, NULL);
	json_int(j, "seq", journal_next(w->s));
	json_int(j, "case_id", w->case_id);
	json_text(j, "words", w->act->text);
	json_end_object(j);
	json_end_array(j);
}

void
work_write_rows(struct work *w, struct json *j)
{
	static const char *const more[MORE_COUNT] = {
		[MORE_LOOKUP] = "lookup", [MORE_LINK] = "link",
		[MORE_STOCK] = "stock_move", [MORE_ATTACHMENT] = "attachment",
		[MORE_FINDING] = "finding", [MORE_INCIDENT] = "incident",
		[MORE_RECALL_UNIT] = "recall_unit",
	};

	put_case(w, j);
	put_said(w, j);
	put_items(w, j);
	put_units(w, j);
	put_runs(w, j);
	put_steps(w, j);
	for (size_t i = 0; i < MORE_COUNT; i++) {
		if (w->more[i].out.len == 0)
			continue;
		json_end_array(&w->more[i]);
		json_raw(j, more[i], json_str(&w->more[i]));
	}
}
