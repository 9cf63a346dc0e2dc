/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "recall_tell.h"
#include "service/outbox.h"
#include "service/setting.h"

static void
put_product(struct work *w, struct json *j, const char *reference)
{
	struct query *q = store_query(w->s, "SELECT name, brand FROM products "
	    "WHERE reference = :reference");
	const char *name = NULL, *brand = NULL;

	bind_text(q, ":reference", reference);
	if (query_row(q)) {
		name = work_text(w, q, 0);
		brand = work_text(w, q, 1);
		query_done(q);
	}
	json_object(j, NULL);
	json_text(j, "reference", reference);
	json_text(j, "name", name != NULL ? name : reference);
	if (brand == NULL)
		brand = setting_get(w->s, "brand");
	if (brand != NULL)
		json_text(j, "brand", brand);
	json_end_object(j);
}

/* Is it the first of the units of the event that is of its reference? */
static bool
is_first(const struct work *w, size_t item, size_t from)
{
	const char *reference = w->units[w->items[item].unit].reference;

	for (size_t i = from; i < item; i++)
		if (strcmp(w->units[w->items[i].unit].reference,
		    reference) == 0)
			return false;
	return true;
}

void
recall_put_products(struct work *w, struct json *j)
{
	size_t from = w->noted != NULL && w->noted[0] > 0 ?
	    (size_t)w->noted[0] - 1 : 0;

	json_array(j, "products");
	for (size_t i = from; i < w->flow.item_count; i++)
		if (is_first(w, i, from))
			put_product(w, j,
			    w->units[w->items[i].unit].reference);
	json_end_array(j);
}

/* In his language, else in any. */
static const char *
title(const struct recall_frame *frame, const char *language)
{
	const char *found = NULL;

	for (size_t i = 0; i < RECALL_LANGUAGES; i++)
		if (frame->titles[i] != NULL && (found == NULL ||
		    strcmp(recall_languages[i], language) == 0))
			found = frame->titles[i];
	return found != NULL ? found : "";
}

void
recall_tell_pilot(struct act *act, const struct recall_frame *frame,
    int64_t units, struct json *rows)
{
	struct outbox_recipient to;
	struct outbox box;
	struct json facts = { 0 };

	if (strcmp(frame->pilot, act->by) == 0 ||
	    !outbox_find(office_store(act->office), OUTBOX_STAFF, frame->pilot,
	    &to))
		return;
	json_object(&facts, NULL);
	json_int(&facts, "recall", frame->recall);
	json_text(&facts, "title", title(frame, to.language));
	json_int(&facts, "count", units);
	json_end_object(&facts);
	outbox_begin(&box, office_store(act->office));
	json_array(rows, "outbox");
	outbox_put(&box, rows, &(struct outbox_message){
		.kind = OUTBOX_RECALL, .rank = OUTBOX_USUAL, .to = &to,
		.facts = json_str(&facts),
	});
	json_end_array(rows);
	json_free(&facts);
	outbox_forget(&to);
}

bool
recall_is_told(const struct work *w)
{
	for (size_t i = 0; i < w->flow.step_count; i++)
		if (w->flow.steps[i].rule->step == STEP_NOTIFY &&
		    w->flow.steps[i].state == STATE_DONE)
			return true;
	return false;
}
