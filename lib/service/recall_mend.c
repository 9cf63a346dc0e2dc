/* SPDX-License-Identifier: ISC */
#include <stdlib.h>

#include "base/mem.h"
#include "recall_case.h"

/* A unit under a recall that is exchanged, or repaired for the same cause, in a
 * case of its own: there is nothing left to ask its customer for. */

/* Has this act exchanged it, or mended it for a cause yet to be compared? */
static bool
is_exchanged(const struct flow_item *it)
{
	return it->changed && it->replaced && !it->owed;
}

static bool
is_repaired(const struct work *w, int item)
{
	const struct flow_run *r = flow_goods_run(&w->flow, item);
	const struct flow_step *fix = r == NULL ? NULL :
	    flow_latest(&w->flow, r->run, STEP_FIX, item);

	return fix != NULL && fix->changed && fix->state == STATE_DONE &&
	    fix->outcome == OUTCOME_REPAIRED;
}

static bool
same_cause(struct work *w, int item, int64_t recall)
{
	struct query *q = store_query(w->s, "SELECT 1 FROM finding "
	    "JOIN recall USING (cause) WHERE case_id = :case AND item = :item "
	    "AND recall = :recall");

	bind_int(q, ":case", w->case_id);
	bind_int(q, ":item", item);
	bind_int(q, ":recall", recall);
	return query_int_or(q, 0) != 0;
}

/* What the recall's own case is about to do with it goes on there. */
static bool
is_still_asked(const struct work *w, int item)
{
	const struct flow_run *r = flow_goods_run(&w->flow, item);

	return r == NULL || !flow_under_way(&w->flow, r);
}

static void
mend(struct work *w, const struct recall_row *row)
{
	struct act quiet = *w->act;
	struct work *other;

	quiet.told = quiet.warned = (struct buf){ 0 };
	quiet.text = NULL;
	other = work_open(&quiet, row->case_id);
	if (other == NULL)
		return;
	if (quiet.at < other->flow.opened_at)
		quiet.at = other->flow.opened_at;
	if (is_still_asked(other, row->item)) {
		if (other->flow.status == CASE_OPEN)
			flow_withdraw(&other->flow, row->item,
			    &(struct flow_act){ .at = quiet.at });
		work_item(other, row->item)->mended = true;
		work_link(other, w->case_id);
		work_note_links(other, &w->case_id, 1);
		work_note_items(other, (const int[]){ row->item, 0 });
		work_commit(other, "remedied");
	}
	work_close(other);
	buf_free(&quiet.told);
	buf_free(&quiet.warned);
}

static void
look_at(struct work *w, int item, int64_t recall)
{
	const struct work_unit *u = work_unit(w, item);
	struct recall_name name = { recall, u->reference, u->serial };
	struct recall_row row;

	if (!recall_row_find(w->s, &name, &w->texts, &row) ||
	    row.case_id == 0 || row.bucket == RECALL_REMEDIED ||
	    row.bucket == RECALL_TAKEN_OUT)
		return;
	if (is_exchanged(&w->flow.items[item - 1]) ||
	    same_cause(w, item, recall))
		mend(w, &row);
}

static int64_t *
list_recalls(struct store *s, size_t *count)
{
	struct query *q = store_query(s,
	    "SELECT recall FROM recall ORDER BY recall");
	int64_t *recalls = NULL;

	*count = 0;
	while (query_row(q)) {
		recalls = mem_array(recalls, *count + 1, sizeof(*recalls));
		recalls[(*count)++] = query_int(q, 0);
	}
	return recalls;
}

void
work_mend_recalls(struct work *w)
{
	int64_t *recalls = NULL;
	size_t count = 0;
	bool listed = false;

	if (w->recall != 0)
		return;
	for (size_t i = 0; i < w->flow.item_count && store_ok(w->s); i++) {
		if (!is_exchanged(&w->flow.items[i]) &&
		    !is_repaired(w, (int)i + 1))
			continue;
		if (!listed)
			recalls = list_recalls(w->s, &count);
		listed = true;
		for (size_t n = 0; n < count && store_ok(w->s); n++)
			look_at(w, (int)i + 1, recalls[n]);
	}
	free(recalls);
}
