/* SPDX-License-Identifier: ISC */

#include "journal/audit.h"
#include "journal/journal.h"

#include "apply.h"

static void
replay(struct store *s, audit_progress *progress, void *arg)
{
	int64_t count = journal_next(s) - 1;
	struct query *q = store_query(s,
	    "SELECT seq, payload FROM event_payload ORDER BY seq");

	while (query_row(q)) {
		apply_payload(s, query_int(q, 0), query_text(q, 1));
		if (progress != NULL)
			progress(arg, query_int(q, 0), count);
	}
}

static int64_t
differences(struct store *s, const char *sql, struct audit_difference *d,
    audit_report *report, void *arg)
{
	struct query *q = store_query(s, sql);
	int64_t n = 0;

	while (query_row(q)) {
		d->row = query_text(q, 0);
		report(arg, d);
		n++;
	}
	return n;
}

int64_t
audit_rebuild(struct store *s, audit_report *report, audit_progress *progress,
    void *arg)
{
	struct audit_difference d;
	const struct apply_table *table;
	int64_t n = 0;

	store_scratch(s);
	replay(s, progress, arg);
	for (table = apply_tables; table->name != NULL; table++) {
		d.table = table->name;
		d.lost = true;
		n += differences(s, table->lost, &d, report, arg);
		d.lost = false;
		n += differences(s, table->extra, &d, report, arg);
	}
	return n;
}
