/* SPDX-License-Identifier: ISC */
#include <inttypes.h>

#include "base/time.h"
#include "decide.h"
#include "rules/warranty.h"
#include "service/master.h"
#include "service/setting.h"
#include "service/ship.h"
#include "service/stock.h"
#include "ship_parcel.h"
#include "unit.h"

/* Takes from the stock of a site, never below zero. A store that was never
 * counted gives replacements all the same: the parcel has left. */
static void
take(struct work *w, const char *site, const struct ship_part *part,
    bool counted)
{
	int64_t have = stock_at(w->s, site, part->reference) -
	    work_taken(w, site, part->reference);
	struct buf where = { 0 };

	if (have < part->quantity && (counted ||
	    stock_at(w->s, site, part->reference) >= 0)) {
		stock_elsewhere(w->s, site, part->reference, &where);
		store_refuse(w->s, "%s: %" PRId64 " wanted, %" PRId64 " left "
		    "at %s; %s", part->reference, part->quantity,
		    have > 0 ? have : 0, site, buf_str(&where));
		buf_free(&where);
		return;
	}
	work_row_stock(w, site, part->reference, -part->quantity);
}

/* The unit that is sent: named, or another of the same reference. */
static bool
replacement_unit(struct work *w, int item, const struct ship_request *request,
    const char *text, size_t *unit)
{
	struct unit_name name = { work_unit(w, item)->reference, NULL };
	const struct work_unit *u;
	const char *holder;

	if (text != NULL && (!unit_parse(w, text, &name) ||
	    !unit_check(w, &name, request->new_unit)))
		return false;
	holder = unit_customer(w, &name);
	*unit = work_find_unit(w, name.reference, name.serial);
	u = &w->units[*unit];
	if (*unit == work_item(w, item)->unit)
		store_refuse(w->s, "%s:%s is the unit to be replaced",
		    u->reference, u->serial);
	else if (holder != NULL)
		store_refuse(w->s, "%s:%s is with %s", u->reference, u->serial,
		    holder);
	for (size_t i = 0; i < w->flow.item_count; i++)
		if (w->items[i].replacement == *unit + 1)
			store_refuse(w->s, "%s:%s is the replacement of item "
			    "%zu already", u->reference, u->serial, i + 1);
	return store_ok(w->s);
}

/* The replacement goes on with the old warranty, or some months of its own. */
static void
inherit(struct work *w, int item, struct work_unit *u)
{
	const char *old = work_item(w, item)->warranty_until;
	int months = (int)setting_number(w->s, "warranty.replacement", 3);
	int64_t until = WARRANTY_NO_DAY;
	char text[16];

	if (old != NULL)
		time_parse_date(old, &until);
	until = warranty_extend(until, unit_day(w, w->act->at), months);
	u->warranty_until = arena_text(&w->texts,
	    time_format_date(until, text));
	u->warranty_reason = arena_printf(&w->texts, "replacement of %s%s%s, "
	    "case %" PRId64, work_unit(w, item)->reference,
	    work_unit(w, item)->serial != NULL ? ":" : "",
	    work_unit(w, item)->serial != NULL ? work_unit(w, item)->serial :
	    "", w->case_id);
}

static bool
ship_replacement(struct work *w, int item, const struct ship_request *request,
    const char *text)
{
	const char *site = request->site != NULL ? request->site :
	    w->flow.items[item - 1].sites[SITE_LOGISTICS];
	struct ship_part part = { .quantity = 1 };
	struct work_unit *u;
	size_t unit;

	if (!replacement_unit(w, item, request, text, &unit))
		return false;
	u = &w->units[unit];
	u->holder = w->customer;
	u->place = "carrier";
	u->direction = "customer";
	u->bound_for = NULL;
	u->changed = true;
	inherit(w, item, u);
	work_item(w, item)->replacement = unit + 1;
	w->flow.items[item - 1].changed = true;
	part.reference = u->reference;
	take(w, site, &part, false);
	json_text(&w->data, "reference", u->reference);
	json_text(&w->data, "serial", u->serial);
	return store_ok(w->s);
}

/* Appointments change as long as the carrier has not been. */
static bool
book(struct work *w, int item, const struct ship_request *request)
{
	struct flow_step *pickup = flow_open_step(&w->flow, STEP_PICKUP, item);
	const struct flow_run *r = flow_goods_run(&w->flow, item);
	struct flow_step *s;

	if (flow_open_step(&w->flow, STEP_BOOK, item) != NULL || pickup == NULL)
		if (!work_take(w, flow_complete(&w->flow, STEP_BOOK, item,
		    &(struct flow_act){ .at = w->act->at })))
			return false;
	s = flow_latest(&w->flow, r->run, STEP_BOOK, item);
	if (unit_day(w, request->appointment) < unit_day(w, s->since)) {
		store_refuse(w->s, "the appointment lies before the dossier "
		    "was sent");
		return false;
	}
	s->appointment = request->appointment;
	s->changed = true;
	if (pickup != NULL)
		pickup->changed = true;
	return true;
}

static bool
ship_item(struct work *w, int item, const struct ship_request *request,
    const char *unit)
{
	struct flow_act act = { .at = w->act->at, .site = request->site };

	if (request->step == STEP_BOOK)
		return book(w, item, request);
	if (request->step == STEP_RECEIVE &&
	    !ship_open_parcel(w, item, request, unit, &act))
		return store_ok(w->s);
	if (request->step == STEP_RECEIVE)
		ship_note_astray(w, item, request);
	if (!work_take(w, flow_complete(&w->flow, request->step, item, &act)))
		return false;
	if (request->step == STEP_REPLACEMENT)
		ship_replacement(w, item, request, unit);
	work_row_lookup(w, item, "tracking", request->tracking);
	return store_ok(w->s);
}

static void
ship_parts(struct work *w, const struct ship_request *request)
{
	const char *site = request->site;
	struct flow_step *s = flow_open_step(&w->flow, STEP_PARTS, 0);

	if (site == NULL && s != NULL)
		site = work_step(w, s)->owner_site;
	if (!work_take(w, flow_complete(&w->flow, STEP_PARTS, 0,
	    &(struct flow_act){ .at = w->act->at })))
		return;
	json_array(&w->data, "parts");
	for (size_t i = 0; i < request->part_count && store_ok(w->s); i++) {
		struct unit_name part = { request->parts[i].reference, NULL };

		if (site == NULL)
			store_refuse(w->s, "which store? give --from SITE");
		else if (unit_check(w, &part, false))
			take(w, site, &request->parts[i], true);
		json_object(&w->data, NULL);
		json_text(&w->data, "reference", request->parts[i].reference);
		json_int(&w->data, "quantity", request->parts[i].quantity);
		json_end_object(&w->data);
	}
	json_end_array(&w->data);
	work_row_lookup(w, 0, "tracking", request->tracking);
}

/* The unit beside the item on standard input, or that of the option. */
static const char *
unit_of(const struct target *target, int item,
    const struct ship_request *request)
{
	for (size_t i = 0; i < target->count; i++)
		if (target->items[i].unit != NULL &&
		    (target->items[i].item == item ||
		    target->items[i].item == 0))
			return target->items[i].unit;
	return request->unit;
}

/* A new appointment is for items that still wait for the carrier. */
static enum step
awaited(const struct work *w, enum step step)
{
	bool waits = false;

	for (size_t i = 1; step == STEP_BOOK && i <= w->flow.item_count; i++) {
		if (flow_open_step(&w->flow, STEP_BOOK, (int)i) != NULL)
			return step;
		waits |= flow_open_step(&w->flow, STEP_PICKUP,
		    (int)i) != NULL;
	}
	return waits ? STEP_PICKUP : step;
}

static void
ship_items(struct work *w, const struct target *target,
    const struct ship_request *request)
{
	const int *items = work_items(w, target, awaited(w, request->step));
	bool named = request->unit != NULL || (target->count == 1 &&
	    target->items[0].item == 0 && target->items[0].unit != NULL);

	if (items == NULL)
		return;
	if (named && items[0] != 0 && items[1] != 0) {
		store_refuse(w->s, "one unit is named, but '%s' is open for "
		    "several items; name the item: %" PRId64 "/%d",
		    flow_step_name(request->step), w->case_id, items[0]);
		return;
	}
	work_note_items(w, items);
	for (size_t i = 0; items[i] != 0; i++)
		if (!ship_item(w, items[i], request,
		    unit_of(target, items[i], request)))
			break;
}

/* Goods that come for a closed case open it again. */
static void
reopen_for_goods(struct work *w)
{
	if (w->flow.status == CASE_OPEN)
		return;
	work_take(w, flow_reopen(&w->flow,
	    &(struct flow_act){ .at = w->act->at }));
	w->outcome = NULL;
	w->satisfaction = 0;
	json_bool(&w->data, "reopened", true);
}

static void
write_transport(struct work *w, const struct ship_request *request)
{
	const char *carrier = request->carrier;
	bool sent = request->step == STEP_REPLACEMENT ||
	    request->step == STEP_SEND_BACK || request->step == STEP_PARTS ||
	    request->step == STEP_DOSSIER;
	char text[32];

	if (carrier == NULL && sent)
		carrier = arena_text(&w->texts, setting_get(w->s, "carrier"));
	w->carrier = carrier;
	if (carrier != NULL)
		json_text(&w->data, "carrier", carrier);
	if (request->tracking != NULL)
		json_text(&w->data, "tracking", request->tracking);
	if (request->site != NULL)
		json_text(&w->data, "site", request->site);
	if (request->appointment != 0)
		json_text(&w->data, "appointment", time_format(
		    request->appointment, office_zone(w->act->office), text));
}

void
ship_step(struct act *act, const struct target *target,
    const struct ship_request *request)
{
	struct work *w = work_open(act, target->case_id);

	if (w == NULL)
		return;
	w->dock = request->site;
	w->parcel = request->unit != NULL || (target->count > 0 &&
	    target->items[0].unit != NULL);
	if (request->step == STEP_RECEIVE)
		reopen_for_goods(w);
	if (request->carrier != NULL)
		master_require_if_any(w->s, MASTER_CARRIERS, request->carrier);
	if (decide_in_time(w) && (request->site == NULL ||
	    master_require(w->s, MASTER_SITES, request->site))) {
		if (request->step == STEP_PARTS)
			ship_parts(w, request);
		else
			ship_items(w, target, request);
	}
	write_transport(w, request);
	work_commit(w, flow_step_name(request->step));
	work_close(w);
}
