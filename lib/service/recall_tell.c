/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "recall_tell.h"
#include "service/setting.h"

static void
put_product(struct work *w, struct json *j, const char *reference)
{
	struct query *q = store_query(w->s, "SELECT name, brand FROM products "
	    "WHERE reference = :reference");
	const char *name = NULL, *brand = NULL;

	bind_text(q, ":reference", reference);
	if (query_row(q)) {
		name = arena_text(&w->texts, query_text(q, 0));
		brand = arena_text(&w->texts, query_text(q, 1));
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

bool
recall_is_told(const struct work *w)
{
	for (size_t i = 0; i < w->flow.step_count; i++)
		if (w->flow.steps[i].rule->step == STEP_NOTIFY &&
		    w->flow.steps[i].state == STATE_DONE)
			return true;
	return false;
}
