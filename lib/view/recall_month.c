/* SPDX-License-Identifier: ISC */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/time.h"
#include "view/recall.h"

/* The report of a month: figures by who has the units. */

/* Months of the calendar, counted from the year 0. */
struct months {
	const struct recall_period *p;
	int64_t		 issued_at;
	int		 first, count;	/* the first is that before issuing */
	struct recall_month *rows;	/* count * RECALL_LEVELS */
};

static int
month_of(const struct months *m, int64_t at)
{
	struct civil c;

	time_civil(at, m->p->zone, &c);
	return c.year * 12 + c.month - 1;
}

/* The row of a moment; what was before the issuing has rows of its own. */
static struct recall_month *
row(struct months *m, int64_t at, enum recall_level level)
{
	int i = at < m->issued_at ? 0 : month_of(m, at) - m->first + 1;

	if (i >= m->count)
		i = m->count - 1;
	return &m->rows[i * RECALL_LEVELS + (int)level];
}

static void
count_units(struct months *m)
{
	struct query *q = store_query(m->p->s, "SELECT level, added_at, "
	    "ifnull(remedied_at, iif(bucket = 'disposed', since, 0)) AS at, "
	    "count(*) FROM recall_unit WHERE recall = :recall "
	    "GROUP BY level, added_at, at");
	enum recall_level level;

	bind_int(q, ":recall", m->p->recall);
	while (query_row(q)) {
		if (!recall_level_parse(query_text(q, 0), &level))
			continue;
		row(m, query_int(q, 1), level)->affected += query_int(q, 3);
		if (query_int(q, 2) != 0)
			row(m, query_int(q, 2), level)->corrected +=
			    query_int(q, 3);
	}
}

/* Whom we wrote or spoke to in his case, and who answered. */
#define SAID "SELECT customer_type = 'distributor', e.happened_at, " \
	"verb IN ('respond', 'answer') FROM cases " \
	"JOIN event AS e USING (case_id) WHERE recall = :recall " \
	"AND (verb IN ('notify', 'ask', 'respond', 'answer') " \
	"OR verb = 'reduce' AND EXISTS (SELECT 1 FROM outbox AS o " \
	"WHERE o.seq = e.seq AND o.kind = 'taken-out'))"
/* Who was reminded, once for all his cases. */
#define CHASED "SELECT max(c.customer_type = 'distributor'), o.queued_at, 0 " \
	"FROM event AS e CROSS JOIN outbox AS o USING (seq) " \
	"CROSS JOIN json_each(o.facts, '$.steps') AS t " \
	"CROSS JOIN cases AS c ON c.case_id = t.value ->> '$.case' " \
	"WHERE e.verb = 'remind' AND e.seq > (SELECT min(seq) FROM cases " \
	"JOIN event USING (case_id) WHERE recall = :recall) " \
	"AND o.kind = 'chase' AND c.recall = :recall GROUP BY o.seq, o.n"

static void
count_contacts(struct months *m, struct query *q)
{
	bind_int(q, ":recall", m->p->recall);
	while (query_row(q)) {
		struct recall_month *r = row(m, query_int(q, 1),
		    query_int(q, 0) != 0 ? RECALL_DISTRIBUTOR :
		    RECALL_CONSUMER);

		if (query_int(q, 2) != 0)
			r->contacts_in++;
		else
			r->contacts_out++;
	}
}

static void
count_incident(const struct recall_incident *i, void *arg)
{
	struct recall_month *r = row(arg, i->happened_at, i->level);

	r->harm.incidents++;
	r->harm.injuries += i->injury;
}

static void
add(struct recall_month *sum, const struct recall_month *r)
{
	sum->affected += r->affected;
	sum->corrected += r->corrected;
	sum->cumulative += r->cumulative;
	sum->contacts_out += r->contacts_out;
	sum->contacts_in += r->contacts_in;
	sum->harm.incidents += r->harm.incidents;
	sum->harm.injuries += r->harm.injuries;
}

static void
report_month(struct months *m, int n)
{
	struct recall_month *rows = &m->rows[n * RECALL_LEVELS];
	int month = m->first + n - 1;
	struct recall_month all = { .level = "all" };
	char name[24];

	snprintf(name, sizeof(name), "%04d-%02d", month / 12, month % 12 + 1);
	for (enum recall_level l = 0; l < RECALL_LEVELS; l++) {
		rows[l].level = recall_level_name(l);
		rows[l].cumulative = rows[l].corrected;
		if (n > 0) {
			rows[l].cumulative +=
			    rows[(int)l - RECALL_LEVELS].cumulative;
			rows[l].affected +=
			    rows[(int)l - RECALL_LEVELS].affected;
		}
		add(&all, &rows[l]);
	}
	all.recall = m->p->recall;
	all.month = n == 0 ? "before" : name;
	m->p->fn(&all, m->p->arg);
	for (enum recall_level l = 0; l < RECALL_LEVELS; l++) {
		rows[l].recall = all.recall;
		rows[l].month = all.month;
		m->p->fn(&rows[l], m->p->arg);
	}
}

void
recall_each_month(const struct recall_period *p)
{
	struct months m = { .p = p };
	struct query *q = store_query(p->s,
	    "SELECT issued_at FROM recall WHERE recall = :recall");

	bind_int(q, ":recall", p->recall);
	m.issued_at = query_int_or(q, -1);
	if (m.issued_at == -1)
		return;
	m.first = month_of(&m, m.issued_at);
	m.count = month_of(&m, p->now) - m.first + 2;
	if (m.count < 2)
		m.count = 2;
	m.rows = mem_zero((size_t)m.count * RECALL_LEVELS, sizeof(*m.rows));
	count_units(&m);
	count_contacts(&m, store_query(p->s, SAID));
	count_contacts(&m, store_query(p->s, CHASED));
	recall_each_incident(p->s, p->recall, count_incident, &m);
	for (int n = 0; n < m.count; n++)
		report_month(&m, n);
	free(m.rows);
}
