/* SPDX-License-Identifier: ISC */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "rules/number.h"
#include "work.h"

static char *
text(struct work *w, struct query *q, int column)
{
	return arena_text(&w->texts, query_text(q, column));
}

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
	struct query *q = store_query(w->s, "SELECT kind, status, customer, "
	    "customer_type, language, pilot, expert, technician, channel, "
	    "contact, risk, opened_at, opened_by, closed_at, outcome, "
	    "satisfaction, dissatisfaction, nature, criticality, sought, recall, "
	    "renewed FROM cases WHERE case_id = :case");

	bind_int(q, ":case", w->case_id);
	if (!query_row(q))
		return false;
	fits(w, flow_kind_parse(query_text(q, 0), &w->flow.kind) &&
	    flow_status_parse(query_text(q, 1), &w->flow.status));
	w->customer = text(w, q, 2);
	w->flow.distributor = strcmp(query_text(q, 3), "distributor") == 0;
	w->was = w->flow.status;
	w->language = text(w, q, 4);
	w->pilot = text(w, q, 5);
	w->was_pilot = w->pilot;
	w->expert = text(w, q, 6);
	w->flow.has_expert = w->expert != NULL;
	w->technician = text(w, q, 7);
	w->channel = text(w, q, 8);
	w->contact = text(w, q, 9);
	w->risk = text(w, q, 10);
	w->flow.opened_at = query_int(q, 11);
	w->opened_by = text(w, q, 12);
	w->flow.closed_at = query_int(q, 13);
	w->outcome = text(w, q, 14);
	w->satisfaction = query_int(q, 15);
	w->dissatisfaction = query_int(q, 16);
	w->nature = text(w, q, 17);
	w->criticality = query_int(q, 18);
	w->sought = text(w, q, 19);
	w->recall = query_int(q, 20);
	w->renewed = query_int(q, 21);
	query_done(q);
	return true;
}

static size_t
add_unit(struct work *w)
{
	w->units = mem_array(w->units, w->unit_count + 1, sizeof(*w->units));
	w->units[w->unit_count] = (struct work_unit){ 0 };
	return w->unit_count++;
}

size_t
work_read_unit(struct work *w, int64_t unit_id)
{
	struct query *q;
	struct work_unit *u;
	size_t i;

	for (i = 0; i < w->unit_count; i++)
		if (w->units[i].unit_id == unit_id)
			return i;
	i = add_unit(w);
	u = &w->units[i];
	q = store_query(w->s, "SELECT reference, serial, lot, holder, place, "
	    "direction, bound_for, warranty_until, warranty_reason, proof_on "
	    "FROM unit_state WHERE unit_id = :unit");
	bind_int(q, ":unit", unit_id);
	u->unit_id = unit_id;
	u->place = "unknown";
	if (!query_row(q))
		return i;
	u->reference = text(w, q, 0);
	u->serial = text(w, q, 1);
	u->lot = text(w, q, 2);
	u->holder = text(w, q, 3);
	u->place = text(w, q, 4);
	u->direction = text(w, q, 5);
	u->bound_for = text(w, q, 6);
	u->warranty_until = text(w, q, 7);
	u->warranty_reason = text(w, q, 8);
	u->proof_on = text(w, q, 9);
	query_done(q);
	return i;
}

/* The next id that no unit has, in the file or in this act. */
static int64_t
next_unit_id(struct work *w)
{
	if (w->next_unit == 0)
		w->next_unit = query_int_or(store_query(w->s,
		    "SELECT max(unit_id) FROM unit_state"), 0);
	return ++w->next_unit;
}

size_t
work_new_unit(struct work *w, const char *reference, const char *serial)
{
	int64_t id = next_unit_id(w);
	size_t i = add_unit(w);
	struct work_unit *u = &w->units[i];

	u->unit_id = id;
	u->reference = arena_text(&w->texts, reference);
	u->serial = arena_text(&w->texts, serial);
	u->holder = w->customer;
	u->place = "customer";
	u->changed = true;
	return i;
}

size_t
work_find_unit(struct work *w, const char *reference, const char *serial)
{
	struct query *q;
	struct work_unit *u;
	int64_t id = 0;
	size_t i;

	for (i = 0; i < w->unit_count; i++) {
		u = &w->units[i];
		if (serial != NULL && u->serial != NULL &&
		    strcmp(u->reference, reference) == 0 &&
		    strcasecmp(u->serial, serial) == 0)
			return i;
	}
	if (serial != NULL) {
		q = store_query(w->s, "SELECT unit_id FROM unit_state "
		    "WHERE serial = :serial COLLATE NOCASE "
		    "AND reference = :reference");
		bind_text(q, ":serial", serial);
		bind_text(q, ":reference", reference);
		id = query_int_or(q, 0);
	}
	if (id != 0)
		return work_read_unit(w, id);
	return work_new_unit(w, reference, serial);
}

struct work_item *
work_item(struct work *w, int item)
{
	return &w->items[item - 1];
}

struct work_unit *
work_unit(struct work *w, int item)
{
	return &w->units[work_item(w, item)->unit];
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

void
work_place_item(struct work *w, int item)
{
	struct flow_item *it = &w->flow.items[item - 1];
	const struct work_unit *u = work_unit(w, item);

	it->ours = u->holder == NULL;
	it->site = NULL;
	if (strcmp(u->place, "customer") == 0)
		it->place = PLACE_CUSTOMER;
	else if (strcmp(u->place, "scrapped") == 0)
		it->place = PLACE_SCRAPPED;
	else if (strcmp(u->place, "unknown") == 0)
		it->place = PLACE_UNKNOWN;
	else if (strcmp(u->place, "carrier") == 0) {
		it->place = strcmp(u->direction, "us") == 0 ? PLACE_TO_US :
		    PLACE_TO_CUSTOMER;
		it->site = u->bound_for;
	} else {
		it->place = PLACE_SITE;
		it->site = u->place;
	}
}

/* Sites and range of the item's product. */
static void
read_product(struct work *w, struct flow_item *it)
{
	const char *reference = work_unit(w, it->item)->reference;
	struct query *q;

	/* The same as the item before, as often as not. */
	if (it->item > 1 &&
	    strcmp(work_unit(w, it->item - 1)->reference, reference) == 0) {
		memcpy(it->sites, it[-1].sites, sizeof(it->sites));
		work_item(w, it->item)->range =
		    work_item(w, it->item - 1)->range;
		return;
	}
	q = store_query(w->s, "SELECT logistics, plant, repair, "
	    "expertise, range FROM products WHERE reference = :reference");
	bind_text(q, ":reference", reference);
	if (!query_row(q))
		return;
	for (int i = 0; i < SITE_ROLES; i++)
		it->sites[i] = text(w, q, i);
	work_item(w, it->item)->range = text(w, q, 4);
	query_done(q);
}

int
work_add_item(struct work *w, size_t unit)
{
	struct flow_item *it = flow_add_item(&w->flow);
	struct work_item *wi;

	if (w->flow.item_count > w->item_room) {
		w->item_room = w->flow.item_count * 2;
		w->items = mem_array(w->items, w->item_room, sizeof(*w->items));
	}
	wi = work_item(w, it->item);
	*wi = (struct work_item){ .unit = unit, .invoiced = -1 };
	work_place_item(w, it->item);
	read_product(w, it);
	return it->item;
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

		wi->warranty = text(w, q, 1);
		it->known = strcmp(wi->warranty, "unknown") != 0;
		it->pays = strcmp(wi->warranty, "out") == 0;
		wi->warranty_until = text(w, q, 2);
		wi->warranty_reason = text(w, q, 3);
		wi->sold_on = text(w, q, 4);
		it->owed = query_int(q, 5) != 0;
		it->owed_at = query_int(q, 6);
		wi->invoiced = query_null(q, 7) ? -1 : (int)query_int(q, 7);
		it->replaced = !query_null(q, 8);
		if (it->replaced)
			wi->replacement = work_read_unit(w,
			    query_int(q, 8)) + 1;
		wi->flag = text(w, q, 9);
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
		ws->owner = text(w, q, 9);
		ws->owner_site = text(w, q, 10);
		ws->owner_person = text(w, q, 11);
		ws->who = text(w, q, 12);
		ws->rule = text(w, q, 13);
		ws->region = text(w, q, 14);
		ws->due_at = query_int(q, 15);
		ws->limit_from = query_int(q, 16);
		ws->limit_at = query_int(q, 17);
		ws->binds_at = query_int(q, 18);
		if (ws->rule != NULL && strcmp(ws->rule, "given") == 0)
			s->given = ws->due_at;
	}
}

static struct work *
begin(struct act *act)
{
	struct work *w = mem_zero(1, sizeof(*w));

	w->act = act;
	w->s = office_store(act->office);
	json_object(&w->data, NULL);
	return w;
}

struct work *
work_open(struct act *act, int64_t case_id)
{
	struct work *w = begin(act);

	w->case_id = case_id;
	if (!read_case(w))
		store_refuse(w->s, "no such case");
	read_items(w);
	read_runs(w);
	read_steps(w);
	if (store_ok(w->s))
		return w;
	work_close(w);
	return NULL;
}

struct work *
work_new(struct act *act)
{
	struct work *w = begin(act);
	int64_t last = query_int_or(store_query(w->s,
	    "SELECT max(case_id) FROM cases"), 0);

	w->case_id = number_make(last == 0 ? NUMBER_FIRST_SERIAL :
	    last / 10 + 1);
	w->is_new = true;
	return w;
}

void
work_close(struct work *w)
{
	if (w == NULL)
		return;
	flow_free(&w->flow);
	arena_free(&w->texts);
	json_free(&w->data);
	for (size_t i = 0; i < MORE_COUNT; i++)
		json_free(&w->more[i]);
	for (size_t i = 0; i < w->list_count; i++)
		free(w->lists[i]);
	free(w->lists);
	free(w->moves);
	free(w->units);
	free(w->items);
	free(w->steps);
	free(w);
}
