/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "journal/journal.h"
#include "work.h"

/* Row images leave out what is absent. */
static void
put_text(struct json *j, const char *key, const char *value)
{
	if (value != NULL)
		json_text(j, key, value);
}

/* For columns in which 0 is none. */
static void
put_int(struct json *j, const char *key, int64_t value)
{
	if (value != 0)
		json_int(j, key, value);
}

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

/* Risk to people goes before everything else. */
static int
rank(const struct work *w)
{
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
	put_text(j, "pilot", w->pilot);
	put_text(j, "expert", w->expert);
	put_text(j, "technician", w->technician);
	put_text(j, "channel", w->channel);
	put_text(j, "contact", w->contact);
	put_text(j, "risk", w->risk);
	json_int(j, "opened_at", w->flow.opened_at);
	json_text(j, "opened_by", w->opened_by);
	if (w->flow.status != CASE_OPEN)
		json_int(j, "closed_at", w->flow.closed_at);
	put_text(j, "outcome", w->outcome);
	put_int(j, "satisfaction", w->satisfaction);
	put_int(j, "dissatisfaction", w->dissatisfaction);
	put_text(j, "nature", w->nature);
	put_int(j, "criticality", w->criticality);
	put_text(j, "sought", w->sought);
	put_int(j, "recall", w->recall);
	put_int(j, "renewed", w->renewed);
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
		put_text(j, "warranty_until", wi->warranty_until);
		json_text(j, "warranty_reason", wi->warranty_reason);
		put_text(j, "sold_on", wi->sold_on);
		json_int(j, "owed", it->owed);
		put_int(j, "owed_at", it->owed ? it->owed_at : 0);
		if (wi->invoiced >= 0)
			json_int(j, "invoiced", wi->invoiced);
		if (wi->replacement != 0)
			json_int(j, "replacement",
			    w->units[wi->replacement - 1].unit_id);
		put_text(j, "flag", wi->flag);
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
		put_text(j, "serial", u->serial);
		put_text(j, "lot", u->lot);
		put_text(j, "holder", u->holder);
		json_text(j, "place", u->place);
		put_text(j, "direction", u->direction);
		put_text(j, "bound_for", u->bound_for);
		put_text(j, "proof_on", u->proof_on);
		put_text(j, "warranty_until", u->warranty_until);
		put_text(j, "warranty_reason", u->warranty_reason);
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
		put_int(j, "item", r->item);
		put_text(j, "items", r->items);
		json_int(j, "started_at", r->started_at);
		put_int(j, "ended_at", r->ended_at);
		put_text(j, "why", r->why);
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
	put_int(j, "run", s->run);
	put_int(j, "item", s->item);
	json_text(j, "owner", ws->owner);
	put_text(j, "owner_site", ws->owner_site);
	put_text(j, "owner_person", ws->owner_person);
	put_text(j, "who", ws->who);
	json_text(j, "state", flow_state_name(s->state));
	json_int(j, "born", s->born);
	json_int(j, "holds", !s->rule->loose);
	json_int(j, "since", s->since);
	put_text(j, "rule", ws->rule);
	put_text(j, "region", ws->region);
	put_int(j, "due_at", ws->due_at);
	put_int(j, "limit_from", ws->limit_at != 0 ? ws->limit_from : 0);
	put_int(j, "limit_at", ws->limit_at);
	json_int(j, "rank", rank(w));
	json_int(j, "binds_at", ws->binds_at);
	put_int(j, "appointment", s->appointment);
	if (s->state != STATE_OPEN)
		json_int(j, "done_at", s->done_at);
	put_text(j, "outcome", flow_outcome_name(s->outcome));
	json_end_object(j);
}

static void
put_steps(struct work *w, struct json *j)
{
	json_array(j, "step");
	for (size_t i = 0; i < w->flow.step_count; i++)
		if (w->flow.steps[i].changed)
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
