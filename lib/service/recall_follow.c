/* SPDX-License-Identifier: ISC */
#include "recall_case.h"

/* In which bucket a unit is follows from the steps of its item, and from
 * nothing else: whatever act changed them. */

/* Is the customer served, and the unit no danger any more? */
static bool
remedied(const struct flow_case *c, int item)
{
	const struct flow_item *it = &c->items[item - 1];
	const struct flow_run *r = flow_goods_run(c, item);
	const struct flow_step *s;

	if (r == NULL)
		return false;
	switch (r->procedure) {
	case PROC_EXCHANGE:
		return it->replaced && !it->owed;
	case PROC_REPAIR:
		s = flow_latest(c, r->run, STEP_FIX, item);
		return s != NULL && s->state == STATE_DONE &&
		    (s->outcome == OUTCOME_REPAIRED ||
		    s->outcome == OUTCOME_NO_FAULT_FOUND);
	case PROC_REFUND:
		s = flow_latest(c, r->run, STEP_REFUND, item);
		return s != NULL && s->state == STATE_DONE;
	default:
		return false;
	}
}

/* The notice after which the customer was asked to respond. */
static const struct flow_step *
notice_before(const struct flow_case *c, const struct flow_step *respond)
{
	for (int id = respond->id - 1; id > 0; id--) {
		const struct flow_step *s = &c->steps[id - 1];

		if (s->rule->step == STEP_NOTIFY)
			return s;
	}
	return NULL;
}

static enum recall_bucket
asked(const struct flow_case *c, const struct flow_step *respond)
{
	const struct flow_step *notify = notice_before(c, respond);

	return notify != NULL && notify->state == STATE_DONE ? RECALL_NOTIFIED :
	    RECALL_UNREACHABLE;
}

static enum recall_bucket
answered(const struct flow_case *c, const struct flow_step *respond)
{
	switch (respond->outcome) {
	case OUTCOME_DISPOSED:
		return RECALL_DISPOSED;
	case OUTCOME_NOT_FOUND:
		return RECALL_UNREACHABLE;
	case OUTCOME_SOLD_ON:
		return RECALL_UNKNOWN_HOLDER;
	default:
		return c->items[respond->item - 1].place == PLACE_SCRAPPED ?
		    RECALL_DISPOSED : RECALL_ANSWERED;
	}
}

/* Whom no notice gets to stays unreachable until one does. */
static enum recall_bucket
to_notify(const struct work *w, const struct recall_row *row)
{
	const struct flow_step *notify = flow_latest(&w->flow, 0, STEP_NOTIFY,
	    0);
	bool lost = w->unreachable || (w->was == CASE_OPEN &&
	    row->bucket == RECALL_UNREACHABLE);

	return lost || (notify != NULL && notify->state == STATE_DROPPED) ?
	    RECALL_UNREACHABLE : RECALL_TO_NOTIFY;
}

/* A remedy that was started is one that was answered for, whatever else was
 * said. */
static bool
is_under_way(const struct flow_case *c, int item)
{
	const struct flow_run *r = flow_goods_run(c, item);

	return r != NULL && flow_under_way(c, r);
}

/* What is remedied stays so, also when that was done in another case, and what
 * was taken out, whatever is done with it afterwards. */
static enum recall_bucket
bucket_of(struct work *w, const struct recall_row *row)
{
	const struct flow_case *c = &w->flow;
	const struct flow_step *respond = flow_latest(c, 0, STEP_RESPOND,
	    row->item);

	if (row->bucket == RECALL_REMEDIED || work_item(w, row->item)->mended)
		return RECALL_REMEDIED;
	if (row->bucket == RECALL_TAKEN_OUT ||
	    work_item(w, row->item)->taken_out)
		return RECALL_TAKEN_OUT;
	if (remedied(c, row->item))
		return RECALL_REMEDIED;
	if (is_under_way(c, row->item))
		return RECALL_ANSWERED;
	if (respond == NULL)
		return to_notify(w, row);
	if (respond->state == STATE_OPEN)
		return asked(c, respond);
	return respond->state == STATE_DONE ? answered(c, respond) :
	    RECALL_UNREACHABLE;
}

/* Nobody knows where it is any more. */
static void
forget_holder(struct recall_row *row)
{
	row->level = "unknown";
	row->customer = NULL;
	row->case_id = 0;
	row->item = 0;
}

/* When he was told and when he answered, whatever the bucket; true: it is news.
 * Nobody is told of what was withdrawn before. */
static bool
note_times(const struct work *w, struct recall_row *row)
{
	const struct flow_step *respond = flow_latest(&w->flow, 0,
	    STEP_RESPOND, row->item);
	int64_t told = row->told_at, answered = row->answered_at;

	if (respond == NULL || respond->state == STATE_DROPPED)
		return false;
	if (told == 0 && asked(&w->flow, respond) == RECALL_NOTIFIED)
		row->told_at = notice_before(&w->flow, respond)->done_at;
	if (respond->state == STATE_DONE)
		row->answered_at = respond->done_at;
	return row->told_at != told || row->answered_at != answered;
}

static void
move(const struct work *w, struct recall_row *row, enum recall_bucket bucket)
{
	row->bucket = bucket;
	row->since = w->act->at;
	row->remedied_at = bucket == RECALL_REMEDIED ? w->act->at : 0;
	if (bucket == RECALL_UNKNOWN_HOLDER)
		forget_holder(row);
}

void
work_follow_recall(struct work *w)
{
	struct query *q;
	struct recall_row row;

	if (w->recall == 0 || w->is_new)
		return;
	q = store_query(w->s, "SELECT " RECALL_COLUMNS " FROM recall_unit "
	    "WHERE case_id = :case ORDER BY item");
	bind_int(q, ":case", w->case_id);
	while (query_row(q)) {
		enum recall_bucket bucket;
		bool news;

		recall_row_read(q, &row);
		bucket = bucket_of(w, &row);
		news = note_times(w, &row);
		if (bucket != row.bucket)
			move(w, &row, bucket);
		else if (!news)
			continue;
		recall_row_write(work_rows(w, MORE_RECALL_UNIT), &row);
	}
}
