/* SPDX-License-Identifier: ISC */
#include <stdio.h>
#include <string.h>

#include "base/time.h"
#include "view/recall.h"

/* Progress over time: what happened to the units, day by day. */

static int64_t *
sum_of(struct recall_day *d, const char *what)
{
	if (strcmp(what, "added") == 0)
		return &d->affected;
	if (strcmp(what, "told") == 0)
		return &d->told;
	if (strcmp(what, "answered") == 0)
		return &d->answered;
	if (strcmp(what, "remedied") == 0)
		return &d->remedied;
	return strcmp(what, "disposed") == 0 ? &d->disposed : &d->taken_out;
}

static void
name_day(int64_t at, const char *zone, char *name, size_t size)
{
	struct civil c;

	time_civil(at, zone, &c);
	snprintf(name, size, "%04d-%02d-%02d", c.year, c.month, c.day);
}

#define HAPPENED \
	"SELECT added_at AS at, 'added' AS what FROM u UNION ALL " \
	"SELECT told_at, 'told' FROM u UNION ALL " \
	"SELECT answered_at, 'answered' FROM u UNION ALL " \
	"SELECT remedied_at, 'remedied' FROM u UNION ALL " \
	"SELECT since, bucket FROM u WHERE bucket IN ('disposed', 'taken_out')"

void
recall_each_day(const struct recall_days *d)
{
	struct query *q = store_query(d->s, "WITH u AS (SELECT added_at, "
	    "told_at, answered_at, remedied_at, since, bucket "
	    "FROM recall_unit WHERE recall = :recall) "
	    "SELECT at, what, count(*) FROM (" HAPPENED ") "
	    "WHERE at IS NOT NULL GROUP BY at, what ORDER BY at");
	struct recall_day day = { .recall = d->recall };
	char name[40] = "", next[40];

	bind_int(q, ":recall", d->recall);
	while (query_row(q)) {
		name_day(query_int(q, 0), d->zone, next, sizeof(next));
		if (*name != '\0' && strcmp(name, next) != 0)
			d->fn(&day, d->arg);
		strlcpy(name, next, sizeof(name));
		day.day = name;
		*sum_of(&day, query_text(q, 1)) += query_int(q, 2);
	}
	if (*name != '\0')
		d->fn(&day, d->arg);
}
