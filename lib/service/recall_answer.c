/* SPDX-License-Identifier: ISC */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "recall_answer.h"
#include "service/master.h"

/* What comes back: who has the units now, and what the customers want. */

/* The unit as it is on its way to another case; texts in the arena. */
static void
find_again(struct store *s, const struct recall_row *row, struct arena *texts,
    struct recall_found *f)
{
	struct query *q = store_query(s, "SELECT u.lot, u.sold_on, "
	    "u.warranty_until, (SELECT unit_id FROM unit_state AS t "
	    "WHERE t.serial = :serial COLLATE NOCASE "
	    "AND t.reference = :reference) FROM (SELECT 1) "
	    "LEFT JOIN units AS u ON u.reference = :reference "
	    "AND u.serial_key = :key AND u.serial = :serial");

	*f = (struct recall_found){ .reference = row->reference,
	    .serial_key = row->serial_key, .serial = row->serial,
	    .added_at = row->added_at };
	bind_text(q, ":reference", row->reference);
	bind_text(q, ":key", row->serial_key);
	bind_text(q, ":serial", row->serial);
	if (!query_row(q))
		return;
	f->lot = arena_text(texts, query_text(q, 0));
	f->sold_on = arena_text(texts, query_text(q, 1));
	f->warranty_until = arena_text(texts, query_text(q, 2));
	f->unit_id = query_int(q, 3);
	query_done(q);
}

int64_t
recall_hand_on(struct act *act, const struct recall_handing *h)
{
	struct store *s = office_store(act->office);
	int64_t number = 0;
	struct recall_frame frame;
	struct arena texts = { 0 };
	struct work *w = NULL;
	struct act quiet = *act;

	quiet.told = (struct buf){ 0 };
	quiet.text = NULL;
	if (recall_frame_read(s, h->rows[0].recall, &frame))
		w = recall_case_begin(&quiet, &frame, h->customer, true);
	for (size_t i = 0; w != NULL && i < h->count; i++) {
		struct recall_found f;

		find_again(s, &h->rows[i], &texts, &f);
		recall_case_add(w, &frame, &f);
	}
	if (w != NULL && h->link != 0) {
		work_link(w, h->link);
		work_note_links(w, &h->link, 1);
	}
	if (w != NULL) {
		number = w->case_id;
		recall_case_end(w, &frame);
	}
	act->warned = quiet.warned;
	buf_free(&quiet.told);
	recall_frame_free(&frame);
	arena_free(&texts);
	return store_ok(s) ? number : 0;
}

static void
say(struct work *w, const struct recall_row *row)
{
	if (row->customer == NULL)
		flow_warn(&w->flow, "%s:%s is under recall %" PRId64
		    ", and nobody knew who has it", row->reference,
		    row->serial, row->recall);
	else if (row->case_id != 0)
		flow_warn(&w->flow, "%s:%s is under recall %" PRId64
		    ", asked of %s in case %" PRId64 "/%d", row->reference,
		    row->serial, row->recall, row->customer, row->case_id,
		    row->item);
	else
		flow_warn(&w->flow, "%s:%s is under recall %" PRId64,
		    row->reference, row->serial, row->recall);
}

/* Whoever comes with a unit that was given up has it. */
static bool
is_lost(const struct work *w, const struct recall_row *row)
{
	return row->customer == NULL ||
	    (strcmp(row->customer, w->customer) != 0 &&
	    (row->bucket == RECALL_UNREACHABLE ||
	    row->bucket == RECALL_DISPOSED));
}

/* Cases that the new one is linked with, each once. */
struct linked {
	int64_t		*cases;
	size_t		 count;
};

static void
link_once(struct work *w, struct linked *l, int64_t case_id)
{
	for (size_t i = 0; i < l->count; i++)
		if (l->cases[i] == case_id)
			return;
	l->cases = mem_array(l->cases, l->count + 1, sizeof(*l->cases));
	l->cases[l->count++] = case_id;
	work_link(w, case_id);
}

struct recall_row *
recall_announce(struct work *w, size_t from, size_t *count)
{
	struct recall_row *lost = NULL, *rows;
	struct linked linked = { 0 };
	size_t of_unit;

	*count = 0;
	for (size_t i = from; i < w->flow.item_count; i++) {
		const struct work_unit *u = work_unit(w, (int)i + 1);
		struct recall_name name = { 0, u->reference, u->serial };

		rows = recall_rows_find(w->s, &name, &w->texts, &of_unit);
		for (size_t n = 0; n < of_unit; n++) {
			say(w, &rows[n]);
			if (rows[n].case_id != 0)
				link_once(w, &linked, rows[n].case_id);
			if (!is_lost(w, &rows[n]))
				continue;
			lost = mem_array(lost, *count + 1, sizeof(*lost));
			lost[(*count)++] = rows[n];
		}
		free(rows);
	}
	free(linked.cases);
	return lost;
}

/* The customer's own answer needs to be his: sold on to himself is not. */
static void
check_buyer(struct work *w, const char *customer)
{
	if (master_require(w->s, MASTER_CUSTOMERS, customer) &&
	    strcmp(customer, w->customer) == 0)
		store_refuse(w->s, "%s is who sold it", customer);
}

bool
recall_may_answer(struct work *w, const struct report_request *request)
{
	if (request->outcome == OUTCOME_SOLD_ON && request->to == NULL &&
	    w->act->text == NULL)
		store_refuse(w->s, "sold on to whom? give --to CUSTOMER, or "
		    "say it with -m");
	if (request->to != NULL)
		check_buyer(w, request->to);
	return store_ok(w->s);
}

static bool
choose(struct work *w, const struct recall_frame *frame,
    const struct report_request *request, enum process *remedy)
{
	const char *word;
	size_t len;

	*remedy = request->remedy;
	if (request->has_remedy) {
		if (text_has_word(frame->remedies,
		    flow_process(*remedy)->name))
			return true;
		store_refuse(w->s, "the recall does not offer %s; it offers: "
		    "%s", flow_process(*remedy)->name, frame->remedies);
		return false;
	}
	word = text_word(frame->remedies, &len);
	if (word == NULL || text_word(word + len, &len) != NULL) {
		store_refuse(w->s, "which remedy? give --remedy: %s",
		    frame->remedies);
		return false;
	}
	return flow_procedure_parse(word, remedy);
}

bool
recall_choose(struct work *w, const struct report_request *request,
    enum process *remedy)
{
	struct recall_frame frame;
	bool chosen = recall_frame_read(w->s, w->recall, &frame) &&
	    choose(w, &frame, request, remedy);

	if (chosen)
		json_text(&w->data, "remedy", flow_process(*remedy)->name);
	recall_frame_free(&frame);
	return chosen;
}

bool
recall_remedy(struct work *w, int item, enum process remedy)
{
	const struct flow_run *r = flow_goods_run(&w->flow, item);
	struct flow_act act = { .at = w->act->at };

	/* It may have been started when the unit came before. */
	if (r != NULL && r->procedure == remedy && flow_under_way(&w->flow, r))
		return true;
	if (!work_take(w, flow_start(&w->flow, remedy, item, &act)))
		return false;
	work_warn_others(w, item);
	/* If the unit came before, nobody has to decide any more. */
	return flow_open_step(&w->flow, STEP_TRIAGE, item) == NULL ||
	    work_take(w, flow_complete(&w->flow, STEP_TRIAGE, item, &act));
}

struct recall_row *
recall_rows_of(struct work *w, const int *items, size_t *count)
{
	struct recall_row *rows = NULL;

	*count = 0;
	for (; *items != 0; items++) {
		struct query *q = store_query(w->s, "SELECT " RECALL_COLUMNS
		    " FROM recall_unit WHERE case_id = :case AND item = :item");

		bind_int(q, ":case", w->case_id);
		bind_int(q, ":item", *items);
		if (!query_row(q))
			continue;
		rows = mem_array(rows, *count + 1, sizeof(*rows));
		recall_row_read(q, &rows[*count]);
		recall_row_keep(&w->texts, &rows[(*count)++]);
		query_done(q);
	}
	return rows;
}
