/* SPDX-License-Identifier: ISC */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/local.h"
#include "base/mem.h"
#include "base/time.h"
#include "document_case.h"
#include "service/setting.h"
#include "tell/words.h"

/* Papers that travel with goods. */

/* Is the item to be sent to us at the customer's, or on its way? */
static const char *
not_returned(const struct document_case *c, const struct document_item *it)
{
	const struct document_step *back = document_newest(c, STEP_RETURN,
	    it->item);

	if (document_open_step(c, STEP_QUOTE, it->item))
		return local_text("the quote comes first; case-order quote "
		    "makes it");
	if (document_open_step(c, STEP_ORDER, it->item))
		return local_text("the purchase order comes first; case-order "
		    "order records it");
	if (document_open_step(c, STEP_SLIP, it->item) ||
	    document_open_step(c, STEP_RETURN, it->item))
		return NULL;
	if (document_open_step(c, STEP_RECEIVE, it->item) && back != NULL &&
	    back->state == STATE_DONE)
		return NULL;
	if (document_done_step(c, STEP_RECEIVE, it->item))
		return local_text("it has arrived already");
	if (document_newest(c, STEP_DOSSIER, it->item) != NULL)
		return local_text("it is collected for expertise; print its "
		    "dossier");
	return local_text("nothing is to be returned; case-triage starts an "
	    "exchange or a repair");
}

static const char *
no_slip_sent(const struct document_case *c, const struct document_item *it)
{
	return document_was_sent(c, STEP_SLIP, it->item) ? NULL :
	    not_returned(c, it);
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
put_ways(const struct document_case *c, struct json_object *facts,
    struct json_object *from, struct json_object *to)
{
	const char *a = fact_get_text(from, "country");
	const char *b = fact_get_text(to, "country");
	bool same = a == NULL || b == NULL || strcmp(a, b) == 0;

	fact_take(facts, "from_country", same ? NULL :
	    words_country(a, c->language));
	fact_take(facts, "to_country", same ? NULL :
	    words_country(b, c->language));
	fact_put(facts, "from", from);
	fact_put(facts, "to", to);
}

static void
name_cases(struct document_sheet *sheet, struct json_object *cases)
{
	size_t count = json_object_array_length(cases);
	int64_t numbers[WORDS_CASES];

	for (size_t i = 0; i < count && i < WORDS_CASES; i++)
		numbers[i] = json_object_get_int64(fact_get(
		    json_object_array_get_idx(cases, i), "number"));
	fact_take(sheet->facts, "number", words_cases(numbers, count,
	    sheet->language));
	fact_bool(sheet->facts, "several_cases", count > 1);
}

/* The cases of a sheet: their numbers, in clear and in the barcode. */
static void
add_case(struct document_sheet *sheet, const struct document_case *c)
{
	struct json_object *cases = fact_get(sheet->facts, "cases");
	struct json_object *facts = document_case_facts(c);

	buf_printf(&sheet->code, "%s%" PRId64,
	    sheet->code.len > 0 ? "\n" : "", c->case_id);
	json_object_array_add(cases, facts);
	name_cases(sheet, cases);
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

/* One sheet for all that goes from one place to one other. `goal` is the code
 * of a site, or ">" and that of the site from which it goes to the customer. */
static void
fill_parcel(struct document *d, struct document_case *c, const char *template,
    const char *goal)
{
	bool back = goal[0] == '>', ours, fresh;
	struct json_object *site = document_site(c->office, goal + back);
	struct json_object *customer = document_customer(c->office,
	    c->customer);
	struct document_sheet *sheet;
	char *key;

	ours = back || c->kind == KIND_RECALL;
	key = mem_printf("%s\n%s\n%s\n%d", c->customer, goal, c->language,
	    ours);
	sheet = document_sheet(d, c, template, key, &fresh);
	if (fresh) {
		put_ways(c, sheet->facts, back ? site : customer,
		    back ? customer : site);
		fact_text(sheet->facts, "number", NULL);
		fact_put(sheet->facts, "cases", json_object_new_array());
		fact_text(sheet->facts, "due", NULL);
		fact_bool(sheet->facts, "paid_by_us", ours);
	} else {
		json_object_put(site);
		json_object_put(customer);
	}
	for (size_t i = 0; i < c->item_count; i++)
		if (c->items[i].taken)
			put_due(sheet, c, return_due(c, &c->items[i]));
	add_case(sheet, c);
	free(key);
}

/* For each place to which items go, those that were taken are handed over. */
static void
each_goal(struct document *d, struct document_case *c, goal_fn *goal,
    const char *template, void (*fill)(struct document *d,
    struct document_case *c, const char *template, const char *goal))
{
	bool *fit = mem_zero(c->item_count, sizeof(*fit));
	bool *over = mem_zero(c->item_count, sizeof(*over));
	const char *site;

	for (size_t i = 0; i < c->item_count; i++)
		fit[i] = c->items[i].taken;
	while ((site = same_goal(c, fit, over, goal)) != NULL)
		fill(d, c, template, site);
	for (size_t i = 0; i < c->item_count; i++)
		c->items[i].taken = fit[i];
	free(fit);
	free(over);
}

bool
document_make_slip(struct document *d, struct document_case *c,
    struct buf *why)
{
	if (!document_take_again(c, not_returned, no_slip_sent, why))
		return false;
	each_goal(d, c, return_site, "return-slip", fill_parcel);
	return true;
}

/* Is the item to be collected for expertise, or on its way there? */
static const char *
not_collected(const struct document_case *c, const struct document_item *it)
{
	if (document_newest(c, STEP_DOSSIER, it->item) == NULL)
		return local_text("no expertise was started; case-triage "
		    "expertise starts one");
	if (document_open_step(c, STEP_DOSSIER, it->item) ||
	    document_open_step(c, STEP_BOOK, it->item) ||
	    document_open_step(c, STEP_PICKUP, it->item) ||
	    document_open_step(c, STEP_DELIVER, it->item))
		return NULL;
	if (document_done_step(c, STEP_DELIVER, it->item))
		return local_text("it is at the expertise centre already");
	return local_text("the expertise was given up");
}

static const char *
no_dossier_sent(const struct document_case *c, const struct document_item *it)
{
	return document_was_sent(c, STEP_DOSSIER, it->item) ? NULL :
	    not_collected(c, it);
}

static const char *
not_travelling(const struct document_case *c, const struct document_item *it)
{
	const char *reason = not_returned(c, it);
	const char *other = not_collected(c, it);

	if (reason == NULL || other == NULL ||
	    document_open_step(c, STEP_SEND_BACK, it->item))
		return NULL;
	return document_newest(c, STEP_DOSSIER, it->item) != NULL ? other :
	    reason;
}

static const char *
parcel_goal(const struct document_case *c, const struct document_item *it)
{
	if (not_returned(c, it) == NULL)
		return return_site(c, it);
	if (not_collected(c, it) == NULL)
		return it->sites[SITE_EXPERTISE];
	return it->way_back;
}

bool
document_make_label(struct document *d, struct document_case *c,
    struct buf *why)
{
	if (!document_take(c, not_travelling, why))
		return false;
	for (size_t i = 0; i < c->item_count; i++)
		c->items[i].way_back = arena_printf(&c->texts, ">%s",
		    c->items[i].place);
	each_goal(d, c, parcel_goal, "label", fill_parcel);
	return true;
}

/* What lies in a parcel, or on a bench; `goal` NULL: it goes nowhere. */
static void
identify(struct document *d, struct document_case *c,
    struct document_item *it, const char *goal)
{
	struct document_sheet *sheet = document_item_letter(d, c,
	    "identification-sheet", it);

	fact_copy(sheet->facts, it->facts);
	put_ways(c, sheet->facts, document_customer(c->office, c->customer),
	    document_site(c->office, goal == NULL || goal[0] == '>' ?
	    it->place : goal));
	if (c->item_count > 1) {
		buf_clear(&sheet->code);
		buf_text(&sheet->code, fact_get_text(it->facts,
		    "item_number"));
	}
}

/* Also of a unit that is at a site of ours. */
static const char *
not_identified(const struct document_case *c, const struct document_item *it)
{
	const char *reason = not_travelling(c, it);
	bool site = strcmp(it->place, "customer") != 0 &&
	    strcmp(it->place, "carrier") != 0 &&
	    strcmp(it->place, "scrapped") != 0 &&
	    strcmp(it->place, "unknown") != 0;

	return site ? NULL : reason;
}

bool
document_make_identification(struct document *d, struct document_case *c,
    struct buf *why)
{
	if (!document_take(c, not_identified, why))
		return false;
	for (size_t i = 0; i < c->item_count; i++)
		if (c->items[i].taken)
			identify(d, c, &c->items[i],
			    parcel_goal(c, &c->items[i]));
	return true;
}

/* The one that was asked to come; before that, the usual one. */
static struct json_object *
carrier(const struct document_case *c)
{
	struct store *s = office_store(c->office);
	const char *code = NULL;
	struct query *q;

	for (size_t i = 0; i < c->event_count; i++)
		if (strcmp(c->events[i].verb, "dossier") == 0)
			code = fact_get_text(c->events[i].data, "carrier");
	if (code == NULL)
		code = setting_get(s, "carrier");
	if (code == NULL)
		return NULL;
	q = store_query(s, "SELECT code, name, NULL, NULL, NULL, NULL, phone, "
	    "email FROM carriers WHERE code = :code");
	bind_text(q, ":code", code);
	return fact_place(q);
}

static void
put_promise(struct json_object *facts, const struct document_case *c)
{
	static const struct {
		enum step	 step;
		const char	*name;
	} promises[] = { { STEP_DELIVER, "deliver_within" },
	    { STEP_ANALYSE, "analyse_within" },
	    { STEP_REPORT, "report_within" } };

	for (size_t i = 0; i < sizeof(promises) / sizeof(promises[0]); i++)
		fact_take(facts, promises[i].name, words_due(
		    office_due(c->office, PROC_EXPERTISE, flow_rule(
		    PROC_EXPERTISE, promises[i].step), c->kind), c->language));
	fact_take(facts, "all_within", words_due(office_promise(c->office),
	    c->language));
}

/* Dates that are known by now: of the carrier's visit, and of what follows. */
static void
put_dates(struct json_object *facts, const struct document_case *c)
{
	const char *zone = office_zone(c->office);
	const struct document_step *s;

	fact_text(facts, "appointment", NULL);
	fact_text(facts, "collected", NULL);
	fact_text(facts, "limit", NULL);
	for (size_t i = 0; i < c->step_count; i++) {
		s = &c->steps[i];
		if (s->item == 0 || (size_t)s->item > c->item_count ||
		    !c->items[s->item - 1].taken)
			continue;
		if (s->step == STEP_BOOK && s->appointment != 0)
			fact_take(facts, "appointment", words_day(
			    s->appointment, zone, c->language));
		if (s->step == STEP_PICKUP && s->state == STATE_DONE)
			fact_take(facts, "collected", words_day(s->done_at,
			    zone, c->language));
		if (s->limit_at != 0)
			fact_take(facts, "limit", words_day(s->limit_at, zone,
			    c->language));
	}
}

static const char *
expertise_site(const struct document_case *c, const struct document_item *it)
{
	(void)c;
	return it->sites[SITE_EXPERTISE];
}

/* How to proceed, and a sheet for each unit. */
static void
fill_dossier(struct document *d, struct document_case *c,
    const char *template, const char *site)
{
	struct json_object *facts = document_letter(d, c, template)->facts;

	put_ways(c, facts, document_customer(c->office, c->customer),
	    document_site(c->office, site));
	fact_put(facts, "carrier", carrier(c));
	put_promise(facts, c);
	put_dates(facts, c);
	for (size_t i = 0; i < c->item_count; i++)
		if (c->items[i].taken)
			identify(d, c, &c->items[i], site);
}

bool
document_make_dossier(struct document *d, struct document_case *c,
    struct buf *why)
{
	if (!document_take_again(c, not_collected, no_dossier_sent, why))
		return false;
	each_goal(d, c, expertise_site, "dossier", fill_dossier);
	return true;
}
