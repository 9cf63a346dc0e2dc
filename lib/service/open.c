/* SPDX-License-Identifier: ISC */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/local.h"
#include "base/mem.h"
#include "base/time.h"
#include "people.h"
#include "recall_answer.h"
#include "request.h"
#include "service/duty.h"
#include "service/open.h"
#include "unit.h"

/* More than that on one case is a slip of the finger. */
#define MOST_UNITS	10000

static void
add_item(struct work *w, const struct unit_name *name,
    const struct open_request *request)
{
	size_t unit = work_find_unit(w, name->reference, name->serial);
	struct work_unit *u = &w->units[unit];
	struct unit_proof proof = { .sold_on = request->sold_on };
	int item = work_item_of(w, unit);

	if (item != 0) {
		store_refuse(w->s, "%s:%s is item %d of the case already",
		    u->reference, u->serial, item);
		return;
	}
	/* Who reports a unit has it, unless a case under way knows better. */
	if (!unit_announce(w, u) && (u->holder == NULL ||
	    strcmp(u->holder, w->customer) != 0 ||
	    strcmp(u->place, "customer") != 0))
		work_give_unit(w, unit);
	item = work_add_item(w, unit);
	unit_warrant(w, item, &proof);
}

/* The units of the request, by name; the customer may follow from the first. */
static struct unit_name *
name_units(struct work *w, const struct open_request *request, size_t *count)
{
	size_t n = request->unit_count + request->serial_count;
	struct unit_name *names = mem_zero(n, sizeof(*names));
	size_t i;

	for (i = 0; i < request->unit_count && store_ok(w->s); i++)
		if (unit_parse(w, request->units[i], &names[i]))
			unit_check(w, &names[i], request->new_unit);
	for (size_t k = 0; k < request->serial_count && store_ok(w->s); k++)
		unit_by_serial(w, request->serials[k], &names[i++]);
	*count = n;
	return names;
}

static void
add_items(struct work *w, const struct open_request *request,
    const struct unit_name *names, size_t count)
{
	int copies = request->quantity > 0 ? request->quantity : 1;

	for (size_t i = 0; i < count; i++) {
		if (copies > 1 && names[i].serial != NULL)
			store_refuse(w->s, "a quantity is for units without a "
			    "serial number; %s:%s is one unit",
			    names[i].reference, names[i].serial);
		for (int k = 0; k < copies && store_ok(w->s); k++)
			add_item(w, &names[i], request);
	}
}

/* The customer is said, or is who bought the first unit. */
static void
find_customer(struct work *w, const struct open_request *request,
    const struct unit_name *names, size_t count)
{
	const char *customer = request->customer;

	for (size_t i = 0; customer == NULL && i < count; i++)
		customer = unit_customer(w, &names[i]);
	if (!store_ok(w->s))
		return;
	if (customer == NULL)
		store_refuse(w->s, "whose is it? nothing says the customer; "
		    "give --customer CODE");
	else
		work_take_customer(w, customer);
}

static void
describe(struct work *w, const struct open_request *request)
{
	struct json *j = &w->data;

	json_text(j, "kind", flow_process(w->flow.kind)->name);
	json_text(j, "customer", w->customer);
	json_array(j, "units");
	for (size_t i = 0; i < w->flow.item_count; i++) {
		const struct work_unit *u = &w->units[w->items[i].unit];

		json_object(j, NULL);
		json_text(j, "reference", u->reference);
		json_text(j, "serial", u->serial);
		json_end_object(j);
	}
	json_end_array(j);
	if (w->channel != NULL)
		json_text(j, "channel", w->channel);
	if (w->risk != NULL)
		json_text(j, "risk", w->risk);
	work_incident(w, request->incident);
	work_note_links(w, request->links, request->link_count);
}

/* The answerable person, when one is known from the start. */
static void
assign(struct work *w, const struct open_request *request)
{
	const char *range = w->flow.item_count > 0 ? w->items[0].range : NULL;
	struct act *act = w->act;
	const char *person = request->pilot;

	if (person != NULL && !people_may_answer(w, person))
		return;
	if (person == NULL && w->flow.kind == KIND_EMERGENCY &&
	    !duty_in_hours(act->office, act->at)) {
		person = duty_person(act->office, act->at, range, NULL,
		    &w->texts);
		if (person == NULL)
			person = people_fallback(w);
	}
	if (person == NULL)
		return;
	w->pilot = arena_text(&w->texts, person);
	json_text(&w->data, "pilot", w->pilot);
	work_settle(w);
	work_take(w, flow_complete(&w->flow, STEP_ASSIGN, 0,
	    &(struct flow_act){ .at = act->at }));
}

static void
check(struct work *w, const struct open_request *request, size_t units)
{
	int64_t sold;

	if (w->act->at > time_now())
		store_refuse(w->s, "it cannot have happened in the future");
	if (w->flow.kind == KIND_EXPERTISE && w->flow.distributor)
		store_refuse(w->s, "an expertise is for end customers only; "
		    "%s is a distributor", w->customer);
	if (units == 0 && w->flow.kind != KIND_COMPLAINT &&
	    w->flow.kind != KIND_EMERGENCY)
		store_refuse(w->s, "which unit? give --unit REF[:SERIAL] or "
		    "--serial SERIAL");
	if (request->sold_on != NULL &&
	    time_parse_date(request->sold_on, &sold) &&
	    sold > unit_day(w, w->act->at))
		store_refuse(w->s, "%s: it cannot have been sold after the "
		    "request", request->sold_on);
	if (units * (request->quantity > 0 ? (size_t)request->quantity : 1) >
	    MOST_UNITS)
		store_refuse(w->s, "more than %d units on one case",
		    MOST_UNITS);
}

static void
link_cases(struct work *w, const struct open_request *request)
{
	for (size_t i = 0; i < request->link_count; i++)
		work_link(w, request->links[i]);
}

/* Everything but the commit. */
static void
fill(struct work *w, const struct open_request *request)
{
	size_t count;
	struct unit_name *names = name_units(w, request, &count);

	find_customer(w, request, names, count);
	check(w, request, count);
	if (store_ok(w->s))
		add_items(w, request, names, count);
	free(names);
}

/* Units of a recall whose holder nobody knew: it is this customer. */
static void
hand_on(struct work *w, const struct recall_row *rows, size_t count)
{
	for (size_t i = 0; i < count && store_ok(w->s); i++) {
		int64_t number = recall_hand_on(w->act,
		    &(struct recall_handing){ .rows = &rows[i], .count = 1,
		    .customer = w->customer, .link = w->case_id });

		if (number != 0)
			buf_printf(&w->act->warned, local_text("%" PRId64 ": "
			    "%s is asked for %s:%s in case %" PRId64 "\n"),
			    w->case_id, w->customer, rows[i].reference,
			    rows[i].serial, number);
	}
}

int64_t
open_case(struct act *act, struct open_request *request)
{
	struct recall_row *recalled;
	struct work *w;
	size_t count;
	int64_t number = request_known(office_store(act->office),
	    request->key, &request->request);

	if (number != 0 || !store_ok(office_store(act->office)))
		return number;
	w = work_new(act);
	w->flow.kind = request->kind;
	w->flow.opened_at = act->at;
	w->opened_by = act->by;
	w->channel = request->channel;
	w->contact = request->contact;
	w->risk = request->risk;
	w->description = act->text;
	fill(w, request);
	describe(w, request);
	link_cases(w, request);
	if (store_ok(w->s))
		assign(w, request);
	recalled = recall_announce(w, 0, &count);
	work_commit(w, "open");
	request_answer(w->s, request->key, &request->request, w->case_id);
	hand_on(w, recalled, count);
	number = store_ok(w->s) ? w->case_id : 0;
	free(recalled);
	work_close(w);
	return number;
}

/* What a new item of an open case asks of somebody. */
static void
ask_intake(struct work *w, size_t from)
{
	if (w->flow.kind != KIND_COMPLAINT)
		return;
	for (size_t i = from; i < w->flow.item_count; i++)
		flow_ask_triage(&w->flow, (int)i + 1, w->act->at);
}

void
open_add(struct act *act, int64_t case_id, struct open_request *request)
{
	struct store *s = office_store(act->office);
	struct recall_row *recalled;
	struct unit_name *names;
	size_t count, from;
	struct work *w;

	/* Another case in the answer is another request, and refused. */
	if (request_known(s, request->key, &request->request) != 0 ||
	    (w = work_open(act, case_id)) == NULL)
		return;
	if (w->flow.kind == KIND_RECALL)
		store_refuse(w->s, "units come into a recall with "
		    "recall-issue --expand or --buyers");
	if (w->flow.status != CASE_OPEN)
		store_refuse(w->s, "the case is not open; case-close --reopen "
		    "opens it");
	if (act->at < w->flow.opened_at)
		store_refuse(w->s, "it cannot have happened before the case "
		    "was opened");
	from = w->flow.item_count;
	names = name_units(w, request, &count);
	check(w, request, count + from);
	if (store_ok(w->s))
		add_items(w, request, names, count);
	free(names);
	json_int(&w->data, "from", (int64_t)from + 1);
	describe(w, request);
	ask_intake(w, from);
	recalled = recall_announce(w, from, &count);
	work_commit(w, "add");
	request_answer(s, request->key, &request->request, case_id);
	hand_on(w, recalled, count);
	free(recalled);
	work_close(w);
}
