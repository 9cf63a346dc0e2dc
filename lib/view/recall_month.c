/* SPDX-License-Identifier: ISC */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/mem.h"
#include "base/time.h"
#include "rules/natural.h"
#include "view/recall.h"

/* The report of a month: figures by who has the units. */

enum level { MANUFACTURER, DISTRIBUTOR, CONSUMER, UNKNOWN, LEVELS };

static const char *const levels[LEVELS] = {
	[MANUFACTURER] = "manufacturer", [DISTRIBUTOR] = "distributor",
	[CONSUMER] = "consumer", [UNKNOWN] = "unknown",
};

/* A month of the calendar; months count from the year 0. */
struct months {
	const struct recall_period *p;
	int64_t		 issued_at;
	int		 first, count;	/* the first is that before issuing */
	struct recall_month *rows;	/* count * LEVELS */
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
row(struct months *m, int64_t at, enum level level)
{
	int i = at < m->issued_at ? 0 : month_of(m, at) - m->first + 1;

	if (i >= m->count)
		i = m->count - 1;
	return &m->rows[i * LEVELS + (int)level];
}

static enum level
level_of(const char *word)
{
	enum level i = MANUFACTURER;

	while (i < UNKNOWN && strcmp(levels[i], word) != 0)
		i++;
	return i;
}

static void
count_units(struct months *m)
{
	struct query *q = store_query(m->p->s, "SELECT level, "
	    "ifnull(remedied_at, iif(bucket = 'disposed', since, 0)) AS at, "
	    "count(*) FROM recall_unit WHERE recall = :recall "
	    "GROUP BY level, at");

	bind_int(q, ":recall", m->p->recall);
	while (query_row(q)) {
		enum level level = level_of(query_text(q, 0));

		for (int i = 0; i < m->count; i++)
			m->rows[i * LEVELS + (int)level].affected +=
			    query_int(q, 2);
		if (query_int(q, 1) != 0)
			row(m, query_int(q, 1), level)->corrected +=
			    query_int(q, 2);
	}
}

/* Whom we spoke to, and who spoke to us. */
static void
count_contacts(struct months *m)
{
	struct query *q = store_query(m->p->s, "SELECT customer_type, "
	    "e.happened_at, verb IN ('respond', 'answer') "
	    "FROM cases JOIN event AS e USING (case_id) "
	    "WHERE recall = :recall AND verb IN ('notify', 'ask', 'respond', "
	    "'answer')");

	bind_int(q, ":recall", m->p->recall);
	while (query_row(q)) {
		struct recall_month *r = row(m, query_int(q, 1),
		    strcmp(query_text(q, 0), "distributor") == 0 ?
		    DISTRIBUTOR : CONSUMER);

		if (query_int(q, 2) != 0)
			r->contacts_in++;
		else
			r->contacts_out++;
	}
}

static bool
is_recalled(struct months *m, const char *reference, const char *serial)
{
	struct query *q = store_query(m->p->s, "SELECT 1 FROM recall_unit "
	    "WHERE recall = :recall AND reference = :reference "
	    "AND serial_key = :key");
	struct buf key = { 0 };

	natural_key(&key, serial);
	bind_int(q, ":recall", m->p->recall);
	bind_text(q, ":reference", reference);
	bind_text(q, ":key", buf_str(&key));
	buf_free(&key);
	return query_int_or(q, 0) != 0;
}

/* Is a unit of the case under the recall? */
static bool
concerns(struct months *m, int64_t case_id)
{
	struct query *q = store_query(m->p->s, "SELECT reference, serial "
	    "FROM item JOIN unit_state USING (unit_id) "
	    "WHERE case_id = :case AND serial IS NOT NULL");
	bool found = false;

	bind_int(q, ":case", case_id);
	while (!found && query_row(q))
		found = is_recalled(m, query_text(q, 0), query_text(q, 1));
	query_done(q);
	return found;
}

static void
count_incidents(struct months *m)
{
	struct query *q = store_query(m->p->s, "SELECT i.case_id, i.harm, "
	    "i.happened_at, c.customer_type, c.recall FROM incident AS i "
	    "JOIN cases AS c USING (case_id)");

	while (query_row(q)) {
		struct recall_month *r;

		if (query_int(q, 4) != m->p->recall &&
		    !concerns(m, query_int(q, 0)))
			continue;
		r = row(m, query_int(q, 2), strcmp(query_text(q, 3),
		    "distributor") == 0 ? DISTRIBUTOR : CONSUMER);
		r->incidents++;
		r->injuries += strcmp(query_text(q, 1), "injury") == 0;
	}
}

/* Nobody was affected before anything was said; the figures add up. */
static void
report(struct months *m)
{
	int64_t sum[LEVELS] = { 0 };
	char name[16];

	for (int i = 0; i < m->count * LEVELS; i++) {
		struct recall_month *r = &m->rows[i];
		int month = m->first + i / LEVELS - 1;

		snprintf(name, sizeof(name), "%04d-%02d", month / 12,
		    month % 12 + 1);
		r->recall = m->p->recall;
		r->month = i < LEVELS ? "before" : name;
		r->level = levels[i % LEVELS];
		sum[i % LEVELS] += r->corrected;
		r->cumulative = sum[i % LEVELS];
		m->p->fn(r, m->p->arg);
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
	m.rows = mem_zero((size_t)m.count * LEVELS, sizeof(*m.rows));
	count_units(&m);
	count_contacts(&m);
	count_incidents(&m);
	report(&m);
	free(m.rows);
}
