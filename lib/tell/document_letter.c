/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "base/local.h"
#include "base/mem.h"
#include "base/money.h"
#include "base/time.h"
#include "document_case.h"
#include "tell/words.h"

/* Letters to the customer. */

static void
take_named(struct document_case *c)
{
	for (size_t i = 0; i < c->item_count; i++)
		c->items[i].taken = c->items[i].named;
}

bool
document_make_acknowledgement(struct document *d, struct document_case *c,
    struct buf *why)
{
	const struct document_event *e = document_event(c, "acknowledge", 0);
	const struct document_step *solve = document_newest(c, STEP_SOLVE, 0);
	struct json_object *facts;

	if (c->kind != KIND_COMPLAINT) {
		buf_text(why, local_text("it is no complaint; only these are "
		    "acknowledged"));
		return false;
	}
	take_named(c);
	facts = document_letter(d, c, "acknowledgement")->facts;
	fact_text(facts, "words", e == NULL ? NULL : e->text);
	fact_take(facts, "solved_by", solve == NULL || solve->due_at == 0 ||
	    solve->state != STATE_OPEN ? NULL : words_day(solve->due_at,
	    office_zone(c->office), c->language));
	return true;
}

static const char *
not_quoted(const struct document_case *c, const struct document_item *it)
{
	if (document_event(c, "quote", it->item) != NULL)
		return NULL;
	if (document_open_step(c, STEP_QUOTE, it->item))
		return local_text("no quote was made yet; case-order quote "
		    "makes one");
	return local_text("no quote is asked for: that is for repairs out of "
	    "warranty");
}

static void
put_amount(struct json_object *facts, const struct document_case *c,
    struct json_object *data)
{
	const char *amount = fact_get_text(data, "amount");
	const char *currency = fact_get_text(data, "currency");
	int64_t cents;

	fact_take(facts, "amount", amount == NULL || currency == NULL ||
	    !money_parse(amount, &cents) ? NULL :
	    words_amount(cents, currency, c->language));
}

static void
put_day(struct json_object *facts, const char *name,
    const struct document_case *c, const char *when)
{
	const char *zone = office_zone(c->office);
	int64_t at;

	fact_take(facts, name, when == NULL ||
	    !time_parse(when, zone, 0, &at, NULL) ? NULL :
	    words_day(at, zone, c->language));
}

/* The purchase order that answers it, if it has come. */
static const char *
ordered(const struct document_case *c, const struct document_event *quote)
{
	const struct document_event *e = document_event(c, "order", 0);

	return e == NULL || e->at < quote->at ? NULL :
	    fact_get_text(e->data, "order");
}

/* A later quote replaces the one before: each item is in its newest. */
bool
document_make_quote(struct document *d, struct document_case *c,
    struct buf *why)
{
	const struct document_event **newest, *e;
	struct json_object *facts;
	bool any;

	if (!document_take(c, not_quoted, why))
		return false;
	newest = mem_zero(c->item_count, sizeof(*newest));
	for (size_t i = 0; i < c->item_count; i++)
		if (c->items[i].taken)
			newest[i] = document_event(c, "quote",
			    c->items[i].item);
	for (size_t n = 0; n < c->event_count; n++) {
		e = &c->events[n];
		any = false;
		for (size_t i = 0; i < c->item_count; i++)
			any |= c->items[i].taken = newest[i] == e;
		if (!any)
			continue;
		facts = document_letter(d, c, "quote")->facts;
		put_amount(facts, c, e->data);
		put_day(facts, "valid_until", c,
		    fact_get_text(e->data, "valid_until"));
		fact_take(facts, "quoted", document_event_date(c, e));
		fact_text(facts, "order", ordered(c, e));
		fact_text(facts, "words", e->text);
	}
	free(newest);
	return true;
}

/* Was the advice for one of the items that were named? */
static bool
for_named(const struct document_case *c, const struct document_event *e)
{
	for (size_t i = 0; i < c->item_count; i++)
		if (c->items[i].named &&
		    document_event_has(e, c->items[i].item))
			return true;
	return c->whole;
}

bool
document_make_advice(struct document *d, struct document_case *c,
    struct buf *why)
{
	struct json_object *list = json_object_new_array(), *one;

	for (size_t n = 0; n < c->event_count; n++) {
		const struct document_event *e = &c->events[n];

		if (strcmp(e->verb, "advise") != 0 || !for_named(c, e))
			continue;
		one = json_object_new_object();
		fact_take(one, "given", document_event_date(c, e));
		fact_text(one, "words", e->text);
		json_object_array_add(list, one);
	}
	if (json_object_array_length(list) == 0) {
		buf_text(why, local_text("no advice was given yet; case-report "
		    "advise records it"));
		json_object_put(list);
		return false;
	}
	take_named(c);
	fact_put(document_letter(d, c, "advice")->facts, "advices", list);
	return true;
}

/* What the customer may want to read of a step that is done. */
static bool
worth_telling(enum step step)
{
	switch (step) {
	case STEP_SOLVE: case STEP_REPLACEMENT: case STEP_FIX:
	case STEP_SEND_BACK: case STEP_REPORT: case STEP_ADVISE:
	case STEP_PARTS: case STEP_INTERVENE: case STEP_CORRECT:
	case STEP_VERIFY: case STEP_REFUND:
		return true;
	case STEP_ASSIGN: case STEP_TRIAGE: case STEP_CLASSIFY:
	case STEP_ACKNOWLEDGE: case STEP_NOTIFY: case STEP_RESPOND:
	case STEP_CLOSE: case STEP_ANSWER: case STEP_QUOTE: case STEP_ORDER:
	case STEP_REQUEST: case STEP_SLIP: case STEP_RETURN:
	case STEP_RECEIVE: case STEP_FORWARD: case STEP_ANALYSE:
	case STEP_DOSSIER: case STEP_BOOK: case STEP_PICKUP:
	case STEP_DELIVER: case STEP_SURVEY: case STEP_DISPATCH:
	case STEP_ARRIVE: case STEP_COUNT:
		break;
	}
	return false;
}

/* The same done on one day for several items is told once. */
static bool
told_before(const struct document_case *c, size_t n, char *const *dates)
{
	for (size_t i = 0; i < n; i++)
		if (dates[i] != NULL && c->steps[i].step == c->steps[n].step &&
		    strcmp(dates[i], dates[n]) == 0)
			return true;
	return false;
}

static struct json_object *
what_was_done(const struct document_case *c)
{
	struct json_object *list = json_object_new_array(), *one;
	char **dates = mem_zero(c->step_count + 1, sizeof(*dates));

	for (size_t i = 0; i < c->step_count; i++) {
		const struct document_step *s = &c->steps[i];

		if (s->state != STATE_DONE || s->born ||
		    !worth_telling(s->step))
			continue;
		dates[i] = words_date(s->done_at, office_zone(c->office),
		    c->language);
		if (told_before(c, i, dates))
			continue;
		one = json_object_new_object();
		fact_text(one, "what", words_find(WORDS_STEP,
		    flow_step_name(s->step), c->language));
		fact_text(one, "when", dates[i]);
		json_object_array_add(list, one);
	}
	for (size_t i = 0; i < c->step_count; i++)
		free(dates[i]);
	free(dates);
	return list;
}

bool
document_make_closing(struct document *d, struct document_case *c,
    struct buf *why)
{
	struct json_object *facts, *list;

	if (c->status != CASE_CLOSED) {
		buf_text(why, c->status == CASE_OPEN ?
		    "it is still open; case-close closes it" :
		    "it was cancelled, not closed");
		return false;
	}
	take_named(c);
	facts = document_letter(d, c, "closing")->facts;
	list = what_was_done(c);
	fact_bool(facts, "has_done", json_object_array_length(list) > 0);
	fact_put(facts, "done", list);
	return true;
}
