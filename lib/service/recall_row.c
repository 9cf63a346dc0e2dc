/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "recall_row.h"
#include "rules/natural.h"

/* Rows of recall_unit: written, read, found. */

static const char *const buckets[RECALL_BUCKETS] = {
	[RECALL_UNKNOWN_HOLDER] = "unknown_holder",
	[RECALL_TO_NOTIFY] = "to_notify", [RECALL_NOTIFIED] = "notified",
	[RECALL_ANSWERED] = "answered", [RECALL_REMEDIED] = "remedied",
	[RECALL_DISPOSED] = "disposed", [RECALL_UNREACHABLE] = "unreachable",
	[RECALL_TAKEN_OUT] = "taken_out",
};

const char *
recall_bucket_name(enum recall_bucket bucket)
{
	return buckets[bucket];
}

bool
recall_bucket_parse(const char *name, enum recall_bucket *bucket)
{
	for (size_t i = 0; i < RECALL_BUCKETS; i++)
		if (strcmp(buckets[i], name) == 0) {
			*bucket = (enum recall_bucket)i;
			return true;
		}
	return false;
}

void
recall_row_write(struct json *j, const struct recall_row *row)
{
	json_object(j, NULL);
	json_int(j, "recall", row->recall);
	json_text(j, "reference", row->reference);
	json_text(j, "serial_key", row->serial_key);
	json_text(j, "serial", row->serial);
	json_text(j, "bucket", buckets[row->bucket]);
	json_int(j, "since", row->since);
	json_int(j, "added_at", row->added_at != 0 ? row->added_at :
	    row->since);
	json_text(j, "level", row->level);
	json_some_text(j, "customer", row->customer);
	json_some_int(j, "case_id", row->case_id);
	json_some_int(j, "item", row->item);
	json_some_int(j, "told_at", row->told_at);
	json_some_int(j, "answered_at", row->answered_at);
	json_some_int(j, "remedied_at", row->remedied_at);
	json_end_object(j);
}

void
recall_row_read(struct query *q, struct recall_row *row)
{
	*row = (struct recall_row){
		.recall = query_int(q, 0), .reference = query_text(q, 1),
		.serial_key = query_text(q, 2), .serial = query_text(q, 3),
		.since = query_int(q, 5), .level = query_text(q, 6),
		.customer = query_text(q, 7), .case_id = query_int(q, 8),
		.item = (int)query_int(q, 9), .told_at = query_int(q, 10),
		.answered_at = query_int(q, 11),
		.remedied_at = query_int(q, 12), .added_at = query_int(q, 13),
	};
	recall_bucket_parse(query_text(q, 4), &row->bucket);
}

void
recall_row_keep(struct arena *texts, struct recall_row *row)
{
	row->reference = arena_text(texts, row->reference);
	row->serial_key = arena_text(texts, row->serial_key);
	row->serial = arena_text(texts, row->serial);
	row->level = arena_text(texts, row->level);
	row->customer = arena_text(texts, row->customer);
}

/* The recalls are few, and each finds the unit by its key. */
bool
recall_row_find(struct store *s, const struct recall_name *name,
    struct arena *texts, struct recall_row *row)
{
	struct buf key = { 0 };
	struct query *q;
	bool found;

	if (name->serial == NULL)
		return false;
	q = store_query(s, "SELECT u.recall, u.reference, u.serial_key, "
	    "u.serial, u.bucket, u.since, u.level, u.customer, u.case_id, "
	    "u.item, u.told_at, u.answered_at, u.remedied_at, u.added_at "
	    "FROM recall AS r CROSS JOIN recall_unit AS u USING (recall) "
	    "WHERE u.reference = :reference AND u.serial_key = :key "
	    "AND iif(:recall = 0, u.bucket NOT IN ('remedied', 'taken_out'), "
	    "r.recall = :recall) "
	    "ORDER BY u.serial <> :serial, r.recall DESC LIMIT 1");
	natural_key(&key, name->serial);
	bind_text(q, ":reference", name->reference);
	bind_text(q, ":key", buf_str(&key));
	bind_text(q, ":serial", name->serial);
	bind_int(q, ":recall", name->recall);
	buf_free(&key);
	found = query_row(q);
	if (found) {
		recall_row_read(q, row);
		recall_row_keep(texts, row);
		query_done(q);
	}
	return found;
}
