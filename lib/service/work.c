/* SPDX-License-Identifier: ISC */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/local.h"
#include "base/mem.h"
#include "base/time.h"
#include "journal/journal.h"
#include "rules/number.h"
#include "service/master.h"
#include "work.h"

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
	work_read(w);
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

bool
work_take_customer(struct work *w, const char *code)
{
	struct query *q = store_query(w->s, "SELECT type, language "
	    "FROM customers WHERE code = :code");

	w->customer = arena_text(&w->texts, code);
	bind_text(q, ":code", code);
	if (!query_row(q))
		return master_require(w->s, MASTER_CUSTOMERS, code);
	w->flow.distributor = strcmp(query_text(q, 0), "distributor") == 0;
	w->language = work_text(w, q, 1);
	query_done(q);
	return true;
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

char *
work_text(struct work *w, struct query *q, int column)
{
	return arena_text(&w->texts, query_text(q, column));
}

bool
work_take(struct work *w, bool ok)
{
	if (!ok)
		store_refuse(w->s, "%s", buf_str(&w->flow.why));
	return ok && store_ok(w->s);
}

/* "1000423: done slip/1; opens return/1 (customer) until 2026-05-14T18:00..."
 * Nothing when no step changes. */
static void
tell(struct work *w)
{
	static const char *const verbs[] = {
		[STATE_OPEN] = LOCAL("opens"), [STATE_DONE] = LOCAL("done"),
		[STATE_WAIVED] = LOCAL("waived"),
		[STATE_DROPPED] = LOCAL("drops"),
	};
	struct buf *b = &w->act->told;
	bool first = true;
	char when[40];

	for (size_t i = 0; i < w->flow.step_count; i++) {
		const struct flow_step *s = &w->flow.steps[i];
		const struct work_step *ws = work_step(w, s);

		if (!s->changed)
			continue;
		if (first)
			buf_printf(b, local_text("%" PRId64 ":"), w->case_id);
		else
			buf_text(b, local_text(";"));
		first = false;
		buf_printf(b, " %s %s", local_text(verbs[s->state]),
		    flow_step_name(s->rule->step));
		if (s->item != 0)
			buf_printf(b, "/%d", s->item);
		if (s->state == STATE_OPEN)
			buf_printf(b, " (%s)", local_word("owner", ws->owner));
		if (s->state == STATE_OPEN && ws->due_at != 0)
			buf_printf(b, local_text(" until %s"),
			    time_format(ws->due_at,
			    office_zone(w->act->office), when));
	}
	if (!first)
		buf_char(b, '\n');
}

/* With the case, what was sent to the customer is taken to have arrived. */
static void
deliver_replacements(struct work *w)
{
	for (size_t i = 0; i < w->flow.item_count; i++) {
		struct work_unit *u;

		if (w->items[i].replacement == 0)
			continue;
		u = &w->units[w->items[i].replacement - 1];
		if (strcmp(u->place, "carrier") != 0 ||
		    strcmp(u->direction, "customer") != 0)
			continue;
		u->place = "customer";
		u->direction = NULL;
		u->changed = true;
	}
}

void
work_settle(struct work *w)
{
	work_note_others(w);
	flow_settle(&w->flow, w->act->at);
}

void
work_commit(struct work *w, const char *verb)
{
	struct json rows = { 0 };
	struct journal_event e = {
		.case_id = w->case_id, .verb = verb,
		.happened_at = w->act->at, .by = w->act->by,
		.text = w->act->text,
	};

	if (!store_ok(w->s))
		return;
	work_settle(w);
	if (w->flow.status != CASE_OPEN)
		deliver_replacements(w);
	work_fill_steps(w);
	work_follow_recall(w);
	json_object(&rows, NULL);
	if (w->flow.warning.len > 0)
		json_text(&w->data, "warning", buf_str(&w->flow.warning));
	json_end_object(&w->data);
	e.data = json_str(&w->data);
	work_write_rows(w, &rows);
	work_tell(w, verb, e.data, &rows);
	json_end_object(&rows);
	e.rows = json_str(&rows);
	journal_append(w->s, &e);
	if (w->flow.warned.len > 0)
		buf_printf(&w->act->warned, local_text("%" PRId64 ": %s\n"),
		    w->case_id, buf_str(&w->flow.warned));
	tell(w);
	json_free(&rows);
	work_mend_recalls(w);
	work_follow_units(w);
}
