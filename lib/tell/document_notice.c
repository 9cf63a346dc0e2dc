/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "base/local.h"
#include "document_case.h"
#include "tell/notice.h"
#include "tell/words.h"

/* The notice of a recall, on paper, with a form for the answer. */

static const char *
not_recalled(const struct document_case *c, const struct document_item *it)
{
	struct query *q = store_query(office_store(c->office), "SELECT "
	    "bucket = 'taken_out' FROM recall_unit "
	    "WHERE case_id = :case AND item = :item");

	bind_int(q, ":case", c->case_id);
	bind_int(q, ":item", it->item);
	return query_int_or(q, 1) == 0 ? NULL : "it is not, or no longer, "
	    "under the recall";
}

/* He got it for a unit that somebody else is asked for by now. */
static const char *
no_notice_sent(const struct document_case *c, const struct document_item *it)
{
	struct query *q = store_query(office_store(c->office), "SELECT 1 "
	    "FROM recall_unit WHERE case_id = :case AND item = :item");

	bind_int(q, ":case", c->case_id);
	bind_int(q, ":item", it->item);
	return query_int_or(q, 0) == 0 &&
	    document_was_sent(c, STEP_NOTIFY, 0) ? NULL : not_recalled(c, it);
}

static bool
is_listed(struct json_object *products, const char *reference)
{
	for (size_t i = 0; i < json_object_array_length(products); i++)
		if (strcmp(fact_get_text(json_object_array_get_idx(products,
		    i), "reference"), reference) == 0)
			return true;
	return false;
}

/* Each product of the items once. */
static struct json_object *
products(const struct document_case *c)
{
	struct json_object *list = json_object_new_array(), *one, *item;
	const char *name, *reference;

	for (size_t i = 0; i < c->item_count; i++) {
		item = c->items[i].facts;
		reference = fact_get_text(item, "reference");
		if (!c->items[i].taken || is_listed(list, reference))
			continue;
		name = fact_get_text(item, "product");
		one = json_object_new_object();
		fact_text(one, "reference", reference);
		fact_text(one, "name", name != NULL ? name : reference);
		fact_text(one, "brand", fact_get_text(item, "brand"));
		json_object_array_add(list, one);
	}
	return list;
}

/* Until when the first of the answers is awaited. */
static int64_t
answer_due(const struct document_case *c)
{
	int64_t due = 0;

	for (size_t i = 0; i < c->step_count; i++) {
		const struct document_step *s = &c->steps[i];

		if (s->step == STEP_RESPOND && s->state == STATE_OPEN &&
		    s->due_at != 0 && (due == 0 || s->due_at < due))
			due = s->due_at;
	}
	return due;
}

bool
document_make_notice(struct document *d, struct document_case *c,
    struct buf *why)
{
	struct json_object *facts, *recall;
	int64_t due = answer_due(c);

	if (c->kind != KIND_RECALL) {
		buf_text(why, local_text("it is of no recall; recall-issue "
		    "opens such cases"));
		return false;
	}
	if (!document_take_again(c, not_recalled, no_notice_sent, why))
		return false;
	recall = json_object_new_object();
	notice_put_texts(office_store(c->office), c->case_id, c->language,
	    recall);
	facts = document_letter(d, c, "recall-notice")->facts;
	fact_put(facts, "recall", recall);
	fact_put(facts, "products", products(c));
	fact_take(facts, "answer_by", due == 0 ? NULL :
	    words_day(due, office_zone(c->office), c->language));
	return true;
}
