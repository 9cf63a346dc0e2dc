/* SPDX-License-Identifier: ISC */
#include <inttypes.h>
#include <string.h>

#include "base/mem.h"
#include "journal/journal.h"
#include "work.h"

/* Rows of other tables that an act adds to its event. */

struct json *
work_rows(struct work *w, enum more table)
{
	struct json *j = &w->more[table];

	if (j->out.len == 0)
		json_array(j, NULL);
	return j;
}

struct json *
work_row(struct work *w, enum more table)
{
	struct json *j = work_rows(w, table);

	json_object(j, NULL);
	return j;
}

void
work_row_lookup(struct work *w, int item, const char *name, const char *value)
{
	struct json *j;

	if (value == NULL)
		return;
	j = work_row(w, MORE_LOOKUP);
	json_text(j, "value", value);
	json_int(j, "case_id", w->case_id);
	json_int(j, "item", item);
	json_text(j, "name", name);
	json_end_object(j);
}

void
work_link(struct work *w, int64_t other)
{
	struct query *q = store_query(w->s,
	    "SELECT 1 FROM cases WHERE case_id = :case");
	bool first = w->case_id < other;
	struct json *j;

	bind_int(q, ":case", other);
	if (query_int_or(q, 0) == 0 || other == w->case_id) {
		store_refuse(w->s, "there is no other case %" PRId64
		    " to link with", other);
		return;
	}
	j = work_row(w, MORE_LINK);
	json_int(j, "case_id", first ? w->case_id : other);
	json_int(j, "other", first ? other : w->case_id);
	json_end_object(j);
}

void
work_note_links(struct work *w, const int64_t *links, size_t count)
{
	if (count == 0)
		return;
	json_array(&w->data, "links");
	for (size_t i = 0; i < count; i++)
		json_int(&w->data, NULL, links[i]);
	json_end_array(&w->data);
}

void
work_incident(struct work *w, const char *harm)
{
	struct json *j;

	if (harm == NULL)
		return;
	json_text(&w->data, "incident", harm);
	j = work_row(w, MORE_INCIDENT);
	json_int(j, "case_id", w->case_id);
	json_int(j, "seq", journal_next(w->s));
	json_text(j, "harm", harm);
	json_int(j, "happened_at", w->act->at);
	json_end_object(j);
}

void
work_row_finding(struct work *w, int item, const char *cause)
{
	struct json *j = work_row(w, MORE_FINDING);

	json_text(j, "cause", cause);
	json_int(j, "case_id", w->case_id);
	json_int(j, "item", item);
	json_end_object(j);
}

void
work_row_stock(struct work *w, const char *site, const char *reference,
    int64_t quantity)
{
	struct json *j = work_row(w, MORE_STOCK);

	w->moves = mem_array(w->moves, w->move_count + 1, sizeof(*w->moves));
	w->moves[w->move_count++] = (struct work_move){
		arena_text(&w->texts, site), arena_text(&w->texts, reference),
		quantity
	};
	json_text(j, "site", site);
	json_text(j, "reference", reference);
	json_int(j, "seq", journal_next(w->s));
	json_int(j, "n", (int64_t)w->move_count);
	json_int(j, "quantity", quantity);
	json_int(j, "case_id", w->case_id);
	json_end_object(j);
}

int64_t
work_taken(struct work *w, const char *site, const char *reference)
{
	int64_t taken = 0;

	for (size_t i = 0; i < w->move_count; i++)
		if (strcmp(w->moves[i].site, site) == 0 &&
		    strcmp(w->moves[i].reference, reference) == 0)
			taken -= w->moves[i].quantity;
	return taken;
}
