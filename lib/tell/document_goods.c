/* SPDX-License-Identifier: ISC */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/time.h"
#include "document_case.h"
#include "tell/words.h"

/* Papers that travel with goods. */

/* Is the item to be sent to us at the customer's, or on its way? */
static const char *
not_returned(const struct document_case *c, const struct document_item *it)
{
	const struct document_step *back = document_newest(c, STEP_RETURN,
	    it->item);

	if (document_open_step(c, STEP_QUOTE, it->item))
		return "the quote comes first; case-order quote makes it";
	if (document_open_step(c, STEP_ORDER, it->item))
		return "the purchase order comes first; case-order order "
		    "records it";
	if (document_open_step(c, STEP_SLIP, it->item) ||
	    document_open_step(c, STEP_RETURN, it->item))
		return NULL;
	if (document_open_step(c, STEP_RECEIVE, it->item) && back != NULL &&
	    back->state == STATE_DONE)
		return NULL;
	if (document_done_step(c, STEP_RECEIVE, it->item))
		return "it has arrived already";
	if (document_newest(c, STEP_DOSSIER, it->item) != NULL)
		return "it is collected for expertise; print its dossier";
	return "nothing is to be returned; case-triage starts an exchange or "
	    "a repair";
}

/* The site to which the returned unit goes. */
static const char *
return_site(const struct document_case *c, const struct document_item *it)
{
	const struct document_step *s = document_newest(c, STEP_SLIP,
	    it->item);
	bool repair = s != NULL && strcmp(s->process,
	    flow_process(PROC_REPAIR)->name) == 0;

	return it->sites[repair ? SITE_REPAIR : SITE_LOGISTICS];
}

/* When the unit has to have left; before the slip is recorded as sent, as if
 * that were now. */
static int64_t
return_due(const struct document_case *c, const struct document_item *it)
{
	const struct document_step *back = document_newest(c, STEP_RETURN,
	    it->item), *slip = document_newest(c, STEP_SLIP, it->item);
	enum process p = PROC_EXCHANGE;
	struct due due;

	if (back != NULL && back->state == STATE_OPEN)
		return back->due_at;
	if (slip == NULL || slip->state != STATE_OPEN)
		return 0;
	flow_procedure_parse(slip->process, &p);
	due = office_due(c->office, p, flow_rule(p, STEP_RETURN), c->kind);
	return due.unit == DUE_NONE ? 0 :
	    calendar_due(office_calendar(c->office, NULL), time_now(), due);
}

/* The country is left out where both are in the same one. */
static void
put_ways(struct json_object *facts, struct json_object *from,
    struct json_object *to)
{
	const char *a = fact_get_text(from, "country");
	const char *b = fact_get_text(to, "country");
	bool same = a == NULL || b == NULL || strcmp(a, b) == 0;

	fact_text(facts, "from_country", same ? NULL : a);
	fact_text(facts, "to_country", same ? NULL : b);
	fact_put(facts, "from", from);
	fact_put(facts, "to", to);
}

/* The cases of a sheet: their numbers, in clear and in the barcode. */
static void
add_case(struct document_sheet *sheet, const struct document_case *c)
{
	struct json_object *cases = fact_get(sheet->facts, "cases");
	const char *numbers = fact_get_text(sheet->facts, "number");
	struct json_object *facts = document_case_facts(c);

	fact_take(sheet->facts, "number", numbers == NULL ?
	    mem_printf("%" PRId64, c->case_id) :
	    mem_printf("%s, %" PRId64, numbers, c->case_id));
	buf_printf(&sheet->code, "%s%" PRId64,
	    sheet->code.len > 0 ? "\n" : "", c->case_id);
	json_object_array_add(cases, facts);
}

/* The earliest time counts for all that goes into one parcel. */
static void
put_due(struct document_sheet *sheet, const struct document_case *c,
    int64_t due)
{
	int64_t was = json_object_get_int64(fact_get(sheet->facts, "due_at"));

	if (due == 0 || (was != 0 && was <= due))
		return;
	fact_number(sheet->facts, "due_at", due);
	fact_take(sheet->facts, "due", words_day(due, office_zone(c->office),
	    c->language));
}

/* Takes the items that go where the first of `from` goes; the rest is for
 * another sheet. Answers that place, NULL when none is left. */
typedef const char *goal_fn(const struct document_case *c,
	    const struct document_item *it);

static const char *
same_goal(struct document_case *c, const bool *fit, bool *over, goal_fn *goal)
{
	const char *site = NULL;

	for (size_t i = 0; i < c->item_count; i++) {
		const char *to = fit[i] && !over[i] ?
		    goal(c, &c->items[i]) : NULL;

		if (site == NULL)
			site = to;
		c->items[i].taken = to != NULL && strcmp(to, site) == 0;
		over[i] |= c->items[i].taken;
	}
	return site;
}

static void
fill_slip(struct document *d, struct document_case *c, const char *site)
{
	bool ours = c->kind == KIND_RECALL, fresh;
	char *key = mem_printf("%s\n%s\n%s\n%d", c->customer, site,
	    c->language, ours);
	struct document_sheet *sheet = document_sheet(d, c, "return-slip",
	    key, &fresh);

	if (fresh) {
		put_ways(sheet->facts, document_customer(c->office,
		    c->customer), document_site(c->office, site));
		fact_text(sheet->facts, "number", NULL);
		fact_put(sheet->facts, "cases", json_object_new_array());
		fact_text(sheet->facts, "due", NULL);
		fact_bool(sheet->facts, "paid_by_us", ours);
	}
	for (size_t i = 0; i < c->item_count; i++)
		if (c->items[i].taken)
			put_due(sheet, c, return_due(c, &c->items[i]));
	add_case(sheet, c);
	free(key);
}

bool
document_make_slip(struct document *d, struct document_case *c,
    struct buf *why)
{
	bool *fit, *over;
	const char *site;

	if (!document_take(c, not_returned, why))
		return false;
	fit = mem_zero(c->item_count, sizeof(*fit));
	over = mem_zero(c->item_count, sizeof(*over));
	for (size_t i = 0; i < c->item_count; i++)
		fit[i] = c->items[i].taken;
	while ((site = same_goal(c, fit, over, return_site)) != NULL)
		fill_slip(d, c, site);
	free(fit);
	free(over);
	return true;
}
