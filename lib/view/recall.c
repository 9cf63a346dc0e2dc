/* SPDX-License-Identifier: ISC */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "view/recall.h"

static const char *const levels[RECALL_LEVELS] = {
	[RECALL_MANUFACTURER] = "manufacturer",
	[RECALL_DISTRIBUTOR] = "distributor", [RECALL_CONSUMER] = "consumer",
	[RECALL_UNKNOWN] = "unknown",
};

const char *
recall_level_name(enum recall_level level)
{
	return levels[level];
}

bool
recall_level_parse(const char *name, enum recall_level *level)
{
	for (size_t i = 0; i < RECALL_LEVELS; i++)
		if (strcmp(levels[i], name) == 0) {
			*level = (enum recall_level)i;
			return true;
		}
	return false;
}

void
recall_rate(const struct recall_counts *counts, struct buf *b)
{
	int64_t thousandths;

	if (counts->told == 0)
		return;
	thousandths = (counts->answers * 1000 + counts->told / 2) /
	    counts->told;
	buf_printf(b, "%d.%03d", (int)(thousandths / 1000),
	    (int)(thousandths % 1000));
	while (b->data[b->len - 1] == '0' && b->data[b->len - 2] != '.')
		b->len--;
	buf_str(b);
}

static void
count(struct recall_counts *counts, enum recall_bucket bucket,
    struct query *q)
{
	counts->units += query_int(q, 2);
	counts->buckets[bucket] += query_int(q, 2);
	if (bucket == RECALL_TAKEN_OUT)
		return;
	counts->told += query_int(q, 3);
	counts->answers += query_int(q, 4);
}

static void
count_units(struct store *s, struct recall_figures *f)
{
	struct query *q = store_query(s, "SELECT level, bucket, count(*), "
	    "count(told_at), count(iif(told_at IS NULL, NULL, answered_at)) "
	    "FROM recall_unit WHERE recall = :recall GROUP BY level, bucket");
	enum recall_bucket bucket;
	enum recall_level level;

	bind_int(q, ":recall", f->recall);
	while (query_row(q)) {
		if (!recall_level_parse(query_text(q, 0), &level) ||
		    !recall_bucket_parse(query_text(q, 1), &bucket))
			continue;
		count(&f->levels[level], bucket, q);
		count(&f->all, bucket, q);
	}
	q = store_query(s, "SELECT count(DISTINCT customer) FROM recall_unit "
	    "WHERE recall = :recall");
	bind_int(q, ":recall", f->recall);
	f->customers = query_int_or(q, 0);
}

static void
count_incident(const struct recall_incident *i, void *arg)
{
	struct recall_figures *f = arg;
	struct recall_harm *harm = i->happened_at < f->issued_at ?
	    &f->before : &f->after;

	harm->incidents++;
	harm->injuries += i->injury;
}

/* Titles are in the language of the file, else in any. */
#define RECALLS "SELECT recall, issued_at, (SELECT title FROM recall_text AS " \
	"t WHERE t.recall = r.recall ORDER BY language <> ifnull((SELECT " \
	"value FROM setting WHERE name = 'language'), 'fr') LIMIT 1), series, " \
	"cause, remedies, pilot, issued_by FROM recall AS r "

int
recall_each(struct store *s, int64_t recall, recall_figures_fn *fn, void *arg)
{
	struct query *q = store_query(s, recall == 0 ?
	    RECALLS "ORDER BY recall" : RECALLS "WHERE recall = :recall");
	int found = 0;

	if (recall != 0)
		bind_int(q, ":recall", recall);
	for (; query_row(q); found++) {
		struct recall_figures f = {
			.recall = query_int(q, 0),
			.issued_at = query_int(q, 1),
			.title = query_text(q, 2), .series = query_text(q, 3),
			.cause = query_text(q, 4),
			.remedies = query_text(q, 5),
			.pilot = query_text(q, 6),
			.issued_by = query_text(q, 7),
		};

		count_units(s, &f);
		recall_each_incident(s, f.recall, count_incident, &f);
		fn(&f, arg);
	}
	return found;
}

void
recall_put_buckets(const struct recall_counts *counts, struct json *j,
    const char *key)
{
	json_object(j, key);
	json_int(j, "affected", counts->units);
	for (enum recall_bucket b = 0; b < RECALL_BUCKETS; b++)
		json_int(j, recall_bucket_name(b), counts->buckets[b]);
	json_end_object(j);
}

void
recall_put_levels(const struct recall_figures *f, struct json *j,
    const char *key)
{
	json_object(j, key);
	for (enum recall_level l = 0; l < RECALL_LEVELS; l++)
		recall_put_buckets(&f->levels[l], j, levels[l]);
	json_end_object(j);
}

static void
each(const struct recall_view *v, struct query *q)
{
	/* A range, so that one recall is found by its key. */
	bind_int(q, ":first", v->recall);
	bind_int(q, ":last", v->recall != 0 ? v->recall : INT64_MAX);
	while (query_row(q))
		v->fn(q, v->arg);
}

void
recall_each_unit(const struct recall_view *v)
{
	each(v, store_query(v->s, "SELECT recall, reference, serial, bucket, "
	    "since, level, customer, case_id AS \"case\", item, told_at, "
	    "answered_at, remedied_at, added_at FROM recall_unit "
	    "WHERE recall BETWEEN :first AND :last "
	    "ORDER BY recall, reference, serial_key, serial"));
}

void
recall_each_customer(const struct recall_view *v)
{
	each(v, store_query(v->s, "SELECT u.recall, u.customer, c.name, "
	    "u.level, group_concat(DISTINCT u.case_id) AS cases, "
	    "count(*) AS units, sum(bucket IN ('to_notify', 'notified', "
	    "'answered')) AS pending, min(told_at) AS told_at, "
	    "max(answered_at) AS answered_at "
	    "FROM recall_unit AS u LEFT JOIN customers AS c "
	    "ON c.code = u.customer WHERE recall BETWEEN :first AND :last "
	    "AND u.customer IS NOT NULL GROUP BY u.recall, u.customer "
	    "ORDER BY u.recall, u.customer"));
}
