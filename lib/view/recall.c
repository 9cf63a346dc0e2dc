/* SPDX-License-Identifier: ISC */
#include "view/recall.h"

static void
each(const struct recall_view *v, struct query *q)
{
	bind_int(q, ":recall", v->recall);
	while (query_row(q))
		v->fn(q, v->arg);
}

/* Titles are in the language of the file, else in any. The rate is of those who
 * were told, and not that it does not concern them. */
#define FIGURES "count(u.recall) AS affected, " \
	"count(iif(bucket = 'unknown_holder', 1, NULL)) AS unknown_holder, " \
	"count(iif(bucket = 'to_notify', 1, NULL)) AS to_notify, " \
	"count(iif(bucket = 'notified', 1, NULL)) AS notified, " \
	"count(iif(bucket = 'answered', 1, NULL)) AS answered, " \
	"count(iif(bucket = 'remedied', 1, NULL)) AS remedied, " \
	"count(iif(bucket = 'disposed', 1, NULL)) AS disposed, " \
	"count(iif(bucket = 'unreachable', 1, NULL)) AS unreachable, " \
	"count(iif(bucket = 'taken_out', 1, NULL)) AS taken_out, " \
	"count(iif(level = 'manufacturer', 1, NULL)) AS manufacturer, " \
	"count(iif(level = 'distributor', 1, NULL)) AS distributor, " \
	"count(iif(level = 'consumer', 1, NULL)) AS consumer, " \
	"count(iif(level = 'unknown', 1, NULL)) AS unknown, " \
	"count(iif(bucket <> 'taken_out', told_at, NULL)) AS told, " \
	"count(iif(bucket <> 'taken_out' AND told_at IS NOT NULL, " \
	"answered_at, NULL)) AS answers, " \
	"count(DISTINCT u.customer) AS customers "

void
recall_each(const struct recall_view *v)
{
	each(v, store_query(v->s, "SELECT *, affected AS units, "
	    "json_object('affected', affected, 'unknown_holder', "
	    "unknown_holder, 'to_notify', to_notify, 'notified', notified, "
	    "'answered', answered, 'remedied', remedied, 'disposed', disposed, "
	    "'unreachable', unreachable, 'taken_out', taken_out) AS buckets, "
	    "json_object('manufacturer', manufacturer, 'distributor', "
	    "distributor, 'consumer', consumer, 'unknown', unknown) AS levels, "
	    "CAST(round(1.0 * answers / nullif(told, 0), 3) AS TEXT) "
	    "AS response_rate FROM (SELECT r.recall, "
	    "(SELECT title FROM recall_text AS t WHERE t.recall = r.recall "
	    "ORDER BY language <> ifnull((SELECT value FROM setting "
	    "WHERE name = 'language'), 'fr') LIMIT 1) AS title, r.issued_at, "
	    "r.series AS \"select\", r.cause, r.pilot, r.remedies, "
	    FIGURES "FROM recall AS r LEFT JOIN recall_unit AS u "
	    "USING (recall) WHERE r.recall = :recall OR :recall = 0 "
	    "GROUP BY r.recall ORDER BY r.recall)"));
}

void
recall_each_unit(const struct recall_view *v)
{
	each(v, store_query(v->s, "SELECT recall, reference, serial, bucket, "
	    "since, level, customer, case_id AS \"case\", item, told_at, "
	    "answered_at, remedied_at FROM recall_unit "
	    "WHERE recall = :recall OR :recall = 0 "
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
	    "ON c.code = u.customer WHERE (recall = :recall OR :recall = 0) "
	    "AND u.customer IS NOT NULL GROUP BY u.recall, u.customer "
	    "ORDER BY u.recall, u.customer"));
}
