/* SPDX-License-Identifier: ISC */
#include <inttypes.h>
#include <string.h>

#include "base/mem.h"
#include "work.h"

/* Rows are found by their numbers: a file in which one is missing, or that
 * another program wrote to, must not lead beyond them. */
static bool
fits(struct work *w, bool good)
{
	if (!good)
		store_break(w->s, "case %" PRId64 " is damaged; case-audit "
		    "rebuild says where", w->case_id);
	return good;
}

static bool
read_case(struct work *w)
{
	/* What the customer is counts as it is known today. */
	struct query *q = store_query(w->s, "SELECT kind, status, customer, "
	    "ifnull((SELECT type FROM customers WHERE code = customer), "
	    "customer_type), language, pilot, expert, technician, channel, "
	    "contact, risk, opened_at, opened_by, closed_at, outcome, "
	    "satisfaction, dissatisfaction, nature, criticality, sought, recall, "
	    "renewed FROM cases WHERE case_id = :case");

	bind_int(q, ":case", w->case_id);
	if (!query_row(q))
		return false;
	fits(w, flow_kind_parse(query_text(q, 0), &w->flow.kind) &&
	    flow_status_parse(query_text(q, 1), &w->flow.status));
	w->customer = work_text(w, q, 2);
	w->flow.distributor = strcmp(query_text(q, 3), "distributor") == 0;
	w->was = w->flow.status;
	w->language = work_text(w, q, 4);
	w->pilot = work_text(w, q, 5);
	w->was_pilot = w->pilot;
	w->expert = work_text(w, q, 6);
	w->flow.has_expert = w->expert != NULL;
	w->technician = work_text(w, q, 7);
	w->channel = work_text(w, q, 8);
	w->contact = work_text(w, q, 9);
	w->risk = work_text(w, q, 10);
	w->flow.opened_at = query_int(q, 11);
	w->opened_by = work_text(w, q, 12);
	w->flow.closed_at = query_int(q, 13);
	w->outcome = work_text(w, q, 14);
	w->satisfaction = query_int(q, 15);
	w->dissatisfaction = query_int(q, 16);
	w->nature = work_text(w, q, 17);
	w->criticality = query_int(q, 18);
	w->sought = work_text(w, q, 19);
	w->recall = query_int(q, 20);
	w->renewed = query_int(q, 21);
	query_done(q);
	return true;
}

struct work_step *
work_step(struct work *w, const struct flow_step *s)
{
	size_t was = w->step_room;

	if (w->flow.step_count > was) {
		w->step_room = w->flow.step_count * 2;
		w->steps = mem_array(w->steps, w->step_room, sizeof(*w->steps));
		memset(w->steps + was, 0,
		    (w->step_room - was) * sizeof(*w->steps));
	}
	return &w->steps[s->id - 1];
}

static void
read_items(struct work *w)
{
	struct query *q = store_query(w->s, "SELECT unit_id, warranty, "
	    "warranty_until, warranty_reason, sold_on, owed, owed_at, invoiced, "
	    "replacement, flag, item FROM item WHERE case_id = :case "
	    "ORDER BY item");

	bind_int(q, ":case", w->case_id);
	while (query_row(q)) {
		int item = work_add_item(w,
		    work_read_unit(w, query_int(q, 0)));
		struct flow_item *it = &w->flow.items[item - 1];
		struct work_item *wi = work_item(w, item);

		wi->warranty = work_text(w, q, 1);
		it->known = strcmp(wi->warranty, "unknown") != 0;
		it->pays = strcmp(wi->warranty, "out") == 0;
		wi->warranty_until = work_text(w, q, 2);
		wi->warranty_reason = work_text(w, q, 3);
		wi->sold_on = work_text(w, q, 4);
		it->owed = query_int(q, 5) != 0;
		it->owed_at = query_int(q, 6);
		wi->invoiced = query_null(q, 7) ? -1 : (int)query_int(q, 7);
		it->replaced = !query_null(q, 8);
		if (it->replaced)
			wi->replacement = work_read_unit(w,
			    query_int(q, 8)) + 1;
		wi->flag = work_text(w, q, 9);
		it->changed = false;
		if (!fits(w, item == query_int(q, 10)))
			return;
	}
}

/* Of the case, or the case itself? */
static bool
is_item(const struct work *w, int64_t item)
{
	return item >= 0 && item <= (int64_t)w->flow.item_count;
}

static void
read_runs(struct work *w)
{
	struct query *q = store_query(w->s, "SELECT procedure, item, items, "
	    "started_at, ended_at, why, run FROM procedure "
	    "WHERE case_id = :case ORDER BY run");
	enum process procedure;
	struct flow_run *r;

	bind_int(q, ":case", w->case_id);
	while (query_row(q)) {
		if (!fits(w, flow_procedure_parse(query_text(q, 0),
		    &procedure) && is_item(w, query_int(q, 1))))
			return;
		r = flow_add_run(&w->flow, procedure, (int)query_int(q, 1));
		r->items = mem_text(query_text(q, 2));
		r->started_at = query_int(q, 3);
		r->ended_at = query_int(q, 4);
		r->why = mem_text(query_text(q, 5));
		r->changed = false;
		if (!fits(w, r->run == query_int(q, 6)))
			return;
	}
}

/* Is it the next one, of a run and an item that there are, and does the
 * process have it? Columns 1 and 2 are run and item, 19 is step_id. */
static bool
is_step(const struct work *w, struct query *q, enum step step)
{
	const struct flow_case *c = &w->flow;
	int64_t run = query_int(q, 1);

	return query_int(q, 19) == (int64_t)c->step_count + 1 &&
	    is_item(w, query_int(q, 2)) && run >= 0 &&
	    run <= (int64_t)c->run_count &&
	    flow_rule(run == 0 ? c->kind : c->runs[run - 1].procedure,
	    step) != NULL;
}

static void
read_steps(struct work *w)
{
	struct query *q = store_query(w->s, "SELECT step, run, item, state, "
	    "born, since, appointment, done_at, outcome, owner, owner_site, "
	    "owner_person, who, rule, region, due_at, limit_from, limit_at, "
	    "binds_at, step_id FROM step WHERE case_id = :case ORDER BY step_id");
	enum step step;
	struct flow_step *s;
	struct work_step *ws;

	bind_int(q, ":case", w->case_id);
	while (query_row(q)) {
		if (!fits(w, flow_step_parse(query_text(q, 0), &step) &&
		    is_step(w, q, step)))
			return;
		s = flow_add_step(&w->flow, step, (int)query_int(q, 1),
		    (int)query_int(q, 2));
		flow_state_parse(query_text(q, 3), &s->state);
		s->born = query_int(q, 4) != 0;
		s->since = query_int(q, 5);
		s->appointment = query_int(q, 6);
		s->done_at = query_int(q, 7);
		if (!query_null(q, 8))
			flow_outcome_parse(query_text(q, 8), &s->outcome);
		s->changed = false;
		ws = work_step(w, s);
		ws->owner = work_text(w, q, 9);
		ws->owner_site = work_text(w, q, 10);
		ws->owner_person = work_text(w, q, 11);
		ws->who = work_text(w, q, 12);
		ws->rule = work_text(w, q, 13);
		ws->region = work_text(w, q, 14);
		ws->due_at = query_int(q, 15);
		ws->limit_from = query_int(q, 16);
		ws->limit_at = query_int(q, 17);
		ws->binds_at = query_int(q, 18);
		if (ws->rule != NULL && strcmp(ws->rule, "given") == 0)
			s->given = ws->due_at;
	}
}

void
work_read(struct work *w)
{
	if (!read_case(w))
		store_refuse(w->s, "no such case");
	read_items(w);
	read_runs(w);
	read_steps(w);
}
