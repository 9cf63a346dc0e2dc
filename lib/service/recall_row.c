/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "base/mem.h"
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

static void
bind_name(struct query *q, const struct recall_name *name)
{
	struct buf key = { 0 };

	natural_key(&key, name->serial);
	bind_text(q, ":reference", name->reference);
	bind_text(q, ":key", buf_str(&key));
	bind_text(q, ":serial", name->serial);
	buf_free(&key);
}

bool
recall_row_find(struct store *s, const struct recall_name *name,
    struct arena *texts, struct recall_row *row)
{
	struct query *q;

	if (name->serial == NULL)
		return false;
	q = store_query(s, "SELECT " RECALL_COLUMNS " FROM recall_unit "
	    "WHERE recall = :recall AND reference = :reference "
	    "AND serial_key = :key ORDER BY serial <> :serial LIMIT 1");
	bind_name(q, name);
	bind_int(q, ":recall", name->recall);
	if (!query_row(q))
		return false;
	recall_row_read(q, row);
	recall_row_keep(texts, row);
	query_done(q);
	return true;
}

/* The recalls are few, and each finds the unit by its key. */
struct recall_row *
recall_rows_find(struct store *s, const struct recall_name *name,
    struct arena *texts, size_t *count)
{
	struct recall_row *rows = NULL, row;
	bool exact = false;
	struct query *q;

	*count = 0;
	if (name->serial == NULL)
		return NULL;
	q = store_query(s, "SELECT u.recall, u.reference, u.serial_key, "
	    "u.serial, u.bucket, u.since, u.level, u.customer, u.case_id, "
	    "u.item, u.told_at, u.answered_at, u.remedied_at, u.added_at "
	    "FROM recall AS r CROSS JOIN recall_unit AS u USING (recall) "
	    "WHERE u.reference = :reference AND u.serial_key = :key "
	    "AND u.bucket NOT IN ('remedied', 'taken_out') "
	    "ORDER BY u.serial <> :serial, r.recall, u.serial");
	bind_name(q, name);
	while (query_row(q)) {
		recall_row_read(q, &row);
		exact |= strcmp(row.serial, name->serial) == 0;
		/* Where it stands as it is written, its look-alikes are other
		 * units; else one of them is meant. */
		if (strcmp(row.serial, name->serial) != 0 && (exact ||
		    (*count > 0 && rows[*count - 1].recall == row.recall)))
			continue;
		recall_row_keep(texts, &row);
		rows = mem_array(rows, *count + 1, sizeof(*rows));
		rows[(*count)++] = row;
	}
	return rows;
}
