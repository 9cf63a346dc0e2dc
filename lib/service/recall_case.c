/* SPDX-License-Identifier: ISC */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/time.h"
#include "recall_case.h"
#include "rules/warranty.h"

const char *const recall_languages[RECALL_LANGUAGES + 1] = { "fr", "en", NULL };

bool
recall_exists(struct store *s, int64_t recall)
{
	struct query *q = store_query(s,
	    "SELECT 1 FROM recall WHERE recall = :recall");

	bind_int(q, ":recall", recall);
	if (query_int_or(q, 0) != 0)
		return true;
	store_refuse(s, "there is no recall %" PRId64, recall);
	return false;
}

bool
recall_frame_read(struct store *s, int64_t recall, struct recall_frame *frame)
{
	struct query *q;

	*frame = (struct recall_frame){ .recall = recall };
	if (!recall_exists(s, recall))
		return false;
	q = store_query(s, "SELECT pilot, remedies FROM recall "
	    "WHERE recall = :recall");
	bind_int(q, ":recall", recall);
	if (!query_row(q))
		return false;
	frame->pilot = arena_text(&frame->texts, query_text(q, 0));
	frame->remedies = arena_text(&frame->texts, query_text(q, 1));
	query_done(q);
	q = store_query(s, "SELECT language, title FROM recall_text "
	    "WHERE recall = :recall");
	bind_int(q, ":recall", recall);
	while (query_row(q))
		for (size_t i = 0; i < RECALL_LANGUAGES; i++)
			if (strcmp(recall_languages[i], query_text(q, 0)) == 0)
				frame->titles[i] = arena_text(&frame->texts,
				    query_text(q, 1));
	return store_ok(s);
}

void
recall_frame_free(struct recall_frame *frame)
{
	free(frame->reference);
	arena_free(&frame->texts);
	*frame = (struct recall_frame){ 0 };
}

/* The customer's language, or another if the recall has no words in it. */
static void
choose_language(struct work *w, const struct recall_frame *frame)
{
	const char *own = w->language;

	w->language = NULL;
	for (size_t i = 0; i < RECALL_LANGUAGES; i++) {
		if (frame->titles[i] == NULL ||
		    (w->language != NULL &&
		    strcmp(recall_languages[i], own) != 0))
			continue;
		w->language = recall_languages[i];
		w->description = frame->titles[i];
	}
}

static int64_t
open_already(struct store *s, int64_t recall, const char *customer)
{
	struct query *q = store_query(s, "SELECT case_id FROM cases "
	    "WHERE recall = :recall AND customer = :customer "
	    "AND status = 'open' ORDER BY case_id LIMIT 1");

	bind_int(q, ":recall", recall);
	bind_text(q, ":customer", customer);
	return query_int_or(q, 0);
}

struct work *
recall_case_begin(struct act *act, const struct recall_frame *frame,
    const char *customer, bool may_join)
{
	int64_t joined = may_join ? open_already(office_store(act->office),
	    frame->recall, customer) : 0;
	struct work *w;

	if (joined != 0)
		return work_open(act, joined);
	w = work_new(act);
	w->flow.kind = KIND_RECALL;
	w->flow.opened_at = act->at;
	/* In a drill it may be nobody. */
	w->opened_by = act->by != NULL ? act->by : "";
	w->recall = frame->recall;
	w->pilot = frame->pilot;
	if (!work_take_customer(w, customer)) {
		work_close(w);
		return NULL;
	}
	choose_language(w, frame);
	return w;
}

static int
months_of(struct store *s, struct recall_frame *frame, const char *reference)
{
	struct query *q;

	if (frame->reference != NULL &&
	    strcmp(frame->reference, reference) == 0)
		return frame->months;
	free(frame->reference);
	frame->reference = mem_text(reference);
	q = store_query(s, "SELECT warranty_months FROM products "
	    "WHERE reference = :reference");
	bind_text(q, ":reference", reference);
	frame->months = (int)query_int_or(q, -1);
	return frame->months;
}

/* Free, whatever the warranty; its end is noted for what replaces the unit. */
static void
warrant(struct work *w, struct recall_frame *frame, int item,
    const struct recall_found *found)
{
	struct work_item *wi = work_item(w, item);
	struct flow_item *it = &w->flow.items[item - 1];
	struct warranty_terms t = { .sold_on = WARRANTY_NO_DAY,
	    .until = WARRANTY_NO_DAY };
	int64_t until = WARRANTY_NO_DAY;
	char text[16];

	t.months = months_of(w->s, frame, found->reference);
	if (found->sold_on != NULL)
		time_parse_date(found->sold_on, &t.sold_on);
	if (found->warranty_until != NULL)
		time_parse_date(found->warranty_until, &t.until);
	warranty_decide(&t, 0, &until, NULL);
	if (until != WARRANTY_NO_DAY)
		wi->warranty_until = arena_text(&w->texts,
		    time_format_date(until, text));
	wi->sold_on = arena_text(&w->texts, found->sold_on);
	wi->warranty = "recall";
	wi->warranty_reason = arena_printf(&w->texts, "recall %" PRId64,
	    frame->recall);
	it->known = true;
	it->pays = false;
}

/* Here, or on its way to us, as a customer's. */
static bool
is_with_us(const struct work_unit *u)
{
	static const char *const away[] = { "customer", "scrapped",
	    "unknown" };

	for (size_t i = 0; i < sizeof(away) / sizeof(away[0]); i++)
		if (strcmp(u->place, away[i]) == 0)
			return false;
	return u->holder != NULL && (u->direction == NULL ||
	    strcmp(u->direction, "us") == 0);
}

/* Whoever is asked now has the unit; or it is his, if it is with us. */
static size_t
take_unit(struct work *w, const struct recall_found *found)
{
	size_t unit = found->unit_id == 0 ?
	    work_new_unit(w, found->reference, found->serial) :
	    work_read_unit(w, found->unit_id);
	struct work_unit *u = &w->units[unit];

	if (found->unit_id == 0)
		u->lot = arena_text(&w->texts, found->lot);
	if (is_with_us(u)) {
		u->changed |= strcmp(u->holder, w->customer) != 0;
		u->holder = w->customer;
	} else if (u->holder == NULL || strcmp(u->holder, w->customer) != 0 ||
	    strcmp(u->place, "unknown") == 0)
		work_give_unit(w, unit);
	return unit;
}

/* Other cases under which the unit is have to know. */
static void
link_open_cases(struct work *w, int64_t unit_id)
{
	struct query *q = store_query(w->s, "SELECT DISTINCT case_id FROM item "
	    "JOIN cases USING (case_id) WHERE unit_id = :unit "
	    "AND status = 'open' AND case_id <> :case");

	bind_int(q, ":unit", unit_id);
	bind_int(q, ":case", w->case_id);
	while (query_row(q))
		work_link(w, query_int(q, 0));
}

void
recall_case_add(struct work *w, struct recall_frame *frame,
    const struct recall_found *found)
{
	int item = work_add_item(w, take_unit(w, found));

	warrant(w, frame, item, found);
	if (found->unit_id != 0)
		link_open_cases(w, found->unit_id);
	if (!w->is_new)
		flow_ask_intake(&w->flow, item, w->act->at);
	recall_row_write(work_rows(w, MORE_RECALL_UNIT),
	    &(struct recall_row){
		.recall = frame->recall, .reference = found->reference,
		.serial_key = found->serial_key, .serial = found->serial,
		.bucket = RECALL_TO_NOTIFY, .since = w->act->at,
		.added_at = found->added_at,
		.level = w->flow.distributor ? "distributor" : "consumer",
		.customer = w->customer, .case_id = w->case_id, .item = item,
	});
}

/* The items that came with this act. */
static void
note_added(struct work *w)
{
	struct target_item items[1] = { { 0, NULL } };
	const int *all = work_named(w,
	    &(struct target){ w->case_id, items, 1 });
	size_t first = 0;

	while (first < w->flow.item_count && !w->flow.items[first].changed)
		first++;
	work_note_items(w, all + first);
}

bool
recall_case_end(struct work *w, struct recall_frame *frame)
{
	struct store *s = w->s;

	json_text(&w->data, "kind", flow_process(KIND_RECALL)->name);
	json_text(&w->data, "customer", w->customer);
	json_int(&w->data, "recall", frame->recall);
	if (!w->is_new)
		note_added(w);
	work_commit(w, w->is_new ? "open" : "add");
	work_close(w);
	return store_ok(s);
}
