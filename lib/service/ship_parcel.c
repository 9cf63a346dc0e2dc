/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "ship_parcel.h"
#include "unit.h"

/* What was really in a parcel that came. */

/* Another unit than the expected one came: it is an item of its own, here, and
 * somebody has to say what becomes of it. */
static bool
receive_other(struct work *w, int item, const struct unit_name *name,
    const struct flow_act *act)
{
	const char *site = act->site != NULL ? act->site :
	    flow_dock(&w->flow, item);
	size_t unit = work_find_unit(w, name->reference, name->serial);
	struct work_unit *u = &w->units[unit];
	int other;

	other = work_item_of(w, unit);
	if (other != 0) {
		store_refuse(w->s, "%s:%s is item %d; receive that one",
		    u->reference, u->serial, other);
		return false;
	}
	/* Who sends a unit has it, unless a case under way knows better. */
	if (!unit_announce(w, u))
		u->holder = w->customer;
	u->changed = true;
	other = work_add_item(w, unit);
	unit_warrant(w, other, &(struct unit_proof){ 0 });
	work_item(w, other)->flag = "unexpected";
	w->flow.items[other - 1].place = PLACE_SITE;
	w->flow.items[other - 1].site = site;
	flow_ask_triage(&w->flow, other, act->at);
	json_int(&w->data, "unexpected", other);
	json_text(&w->data, "reference", u->reference);
	json_text(&w->data, "serial", u->serial);
	if (w->flow.items[item - 1].place == PLACE_SITE)
		flow_warn(&w->flow, "%s:%s was not expected: it is item %d now",
		    u->reference, u->serial, other);
	else
		flow_warn(&w->flow, "%s:%s was not expected: it is item %d "
		    "now, and item %d is still awaited", u->reference,
		    u->serial, other, item);
	return true;
}

/* It was taken in as another unit than the expected one. That item gets the
 * unit which was recorded by mistake, and nothing is to be done with it. */
static bool
swap_units(struct work *w, int item, int other)
{
	struct flow_item *it = &w->flow.items[other - 1];
	struct work_item *wi = work_item(w, other);
	struct flow_step *triage = flow_latest(&w->flow, 0, STEP_TRIAGE, other);

	if (wi->flag == NULL || strcmp(wi->flag, "unexpected") != 0 ||
	    it->last_run != 0 || it->place != PLACE_SITE) {
		store_refuse(w->s, "%s:%s is item %d",
		    work_unit(w, other)->reference,
		    work_unit(w, other)->serial, other);
		return false;
	}
	if (triage != NULL && triage->state == STATE_OPEN)
		flow_drop(triage, w->act->at);
	it->place = PLACE_CUSTOMER;
	it->site = NULL;
	work_set_unit(w, other, work_item(w, item)->unit);
	wi->flag = "mistaken";
	json_int(&w->data, "mistaken", other);
	return true;
}

/* Nobody knew the serial; now it can be read. That of a unit that was in a case
 * before means that unit: there never was another. */
static bool
name_unit(struct work *w, int item, const struct unit_name *name)
{
	size_t unit;
	bool known = work_known_unit(w, name->reference, name->serial, &unit);
	struct work_unit *old = work_unit(w, item);

	if (known && work_item_of(w, unit) != 0) {
		store_refuse(w->s, "%s:%s is item %d", name->reference,
		    name->serial, work_item_of(w, unit));
		return false;
	}
	old->changed = true;
	if (known) {
		w->units[unit].holder = old->holder;
		w->units[unit].changed = true;
		old->holder = old->direction = old->bound_for = NULL;
		old->place = "unknown";
		work_set_unit(w, item, unit);
	} else
		old->serial = name->serial;
	json_text(&w->data, "serial", name->serial);
	return true;
}

/* This is the unit after all: the item goes on under its right name. `site` is
 * where it was taken in as another, or as it was. */
static bool
correct_unit(struct work *w, int item, const struct unit_name *name,
    const char **site)
{
	size_t unit = work_find_unit(w, name->reference, name->serial);
	int other = work_item_of(w, unit);
	const char *holder = work_unit(w, item)->holder;

	if (other != 0 && *site == NULL)
		*site = w->flow.items[other - 1].site;
	if (other != 0 && !swap_units(w, item, other))
		return false;
	/* What was recorded by mistake stays where it was. */
	work_give_unit(w, work_item(w, item)->unit);
	work_set_unit(w, item, unit);
	w->units[unit].holder = holder;
	w->units[unit].changed = true;
	json_text(&w->data, "corrected_to", name->serial);
	return true;
}

bool
ship_open_parcel(struct work *w, int item, const struct ship_request *request,
    const char *text, struct flow_act *act)
{
	struct work_unit *u = work_unit(w, item);
	struct unit_name name;

	if (text == NULL)
		return true;
	if (!unit_parse(w, text, &name) ||
	    !unit_check(w, &name, request->new_unit))
		return false;
	if (strcmp(name.reference, u->reference) == 0 && (name.serial == NULL ||
	    (u->serial != NULL && strcasecmp(name.serial, u->serial) == 0)))
		return true;
	if (u->serial == NULL && strcmp(name.reference, u->reference) == 0)
		return name_unit(w, item, &name);
	if (request->instead)
		return correct_unit(w, item, &name, &act->site);
	receive_other(w, item, &name, act);
	return false;
}

void
ship_note_astray(struct work *w, int item, const struct ship_request *request)
{
	const struct flow_item *it = &w->flow.items[item - 1];
	struct work_item *wi = work_item(w, item);

	if (it->place != PLACE_SITE || request->site == NULL ||
	    strcmp(it->site, request->site) == 0)
		return;
	if (wi->flag == NULL)
		wi->flag = "astray";
	flow_warn(&w->flow, "item %d was recorded at %s", item, it->site);
}
