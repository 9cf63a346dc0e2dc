/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/mem.h"
#include "base/time.h"
#include "remind_private.h"
#include "service/remind.h"
#include "service/report.h"
#include "service/setting.h"

#define DAY	(24 * 60 * 60)

static void
add(struct reminding *r, const struct entry *e)
{
	if (e->code == NULL)
		return;
	r->entries = mem_array(r->entries, r->count + 1, sizeof(*e));
	r->entries[r->count++] = *e;
}

static bool
is_given(struct reminding *r, const struct entry *e)
{
	struct query *q = store_query(r->s, "SELECT 1 FROM reminder "
	    "WHERE case_id = :case AND step_id = :step AND binds_at = :binds "
	    "AND level = :level");

	bind_int(q, ":case", e->case_id);
	bind_int(q, ":step", e->step_id);
	bind_int(q, ":binds", e->binds_at);
	bind_int(q, ":level", e->level);
	return query_int_or(q, 0) != 0;
}

void
remind_give(struct reminding *r, const struct entry *e)
{
	struct query *q;

	if (r->look)
		return;
	q = store_query(r->s, "INSERT INTO reminder (case_id, "
	    "step_id, binds_at, level, times, given_at) VALUES (:case, :step, "
	    ":binds, :level, 1, :now) ON CONFLICT DO UPDATE "
	    "SET times = times + 1, given_at = excluded.given_at");
	bind_int(q, ":case", e->case_id);
	bind_int(q, ":step", e->step_id);
	bind_int(q, ":binds", e->binds_at);
	bind_int(q, ":level", e->level);
	bind_int(q, ":now", r->now);
	query_run(q);
}

/* Has it been overdue for so long that the supervisor is told? What holds
 * nothing up is not for him. */
static bool
is_grave(struct reminding *r, const struct entry *e)
{
	const struct calendar *desk = office_calendar(r->office, NULL);
	struct due after = e->urgent ? r->urgent : r->usual;
	int64_t last;

	if (!e->holds || after.unit == DUE_NONE)
		return false;
	last = calendar_due(desk, e->binds_at, after);
	return last != -1 && last < r->now;
}

/* Each level that has come and was not given yet. */
static void
consider(struct reminding *r, struct entry *e, const char *pilot)
{
	const char *owner = e->code;
	enum outbox_type type = e->type;

	e->level = LEVEL_OWNER;
	if (owner != NULL && type != OUTBOX_CUSTOMER && !is_given(r, e)) {
		add(r, e);
		remind_give(r, e);
	}
	if (!e->late)
		return;
	e->type = OUTBOX_STAFF;
	e->code = pilot;
	e->level = LEVEL_PILOT;
	if (pilot != NULL && !is_given(r, e)) {
		/* Who owes it has been told already. */
		if (type != OUTBOX_STAFF || owner == NULL ||
		    strcmp(owner, pilot) != 0)
			add(r, e);
		remind_give(r, e);
	}
	e->code = r->supervisor;
	e->level = LEVEL_SUPERVISOR;
	if (e->code != NULL && !is_given(r, e) && is_grave(r, e)) {
		add(r, e);
		remind_give(r, e);
	}
}

/* Minutes and hours are counted round the clock: nobody waits for a morning. */
static bool
is_urgent(const char *rule)
{
	struct due due;

	return rule != NULL && due_parse(rule, &due) &&
	    (due.unit == DUE_MINUTES || due.unit == DUE_HOURS);
}

/* A row of either query below; `pilot` is its last column. */
static struct entry
read_entry(struct reminding *r, struct query *q)
{
	bool staff = !query_null(q, 8), site = !query_null(q, 9);

	return (struct entry){
		.case_id = query_int(q, 0), .step_id = query_int(q, 1),
		.step = arena_text(&r->texts, query_text(q, 2)),
		.item = (int)query_int(q, 3),
		.binds_at = query_int(q, 4),
		.bound = !query_null(q, 5) || !query_null(q, 6),
		.limit = !query_null(q, 6) && (query_null(q, 5) ||
		    query_int(q, 6) < query_int(q, 5)),
		.urgent = is_urgent(query_text(q, 7)),
		.late = query_int(q, 4) < r->now,
		.type = staff ? OUTBOX_STAFF : site ? OUTBOX_SITE :
		    OUTBOX_CUSTOMER,
		.code = arena_text(&r->texts, query_text(q, staff ? 8 :
		    site ? 9 : 10)),
		.unit = arena_text(&r->texts, query_text(q, 11)),
		.holds = query_int(q, 12) != 0,
	};
}

/* Cases are looked up from steps: the other way round would be all of them. */
#define COLUMNS \
	"SELECT s.case_id, s.step_id, s.step, s.item, s.binds_at, s.due_at, " \
	"s.limit_at, s.rule, s.owner_person, s.owner_site, " \
	"CASE WHEN s.owner = 'customer' THEN c.customer END, " \
	"(SELECT u.reference || ifnull(':' || u.serial, '') FROM item AS i " \
	"JOIN unit_state AS u USING (unit_id) WHERE i.case_id = s.case_id " \
	"AND i.item = s.item), s.holds, c.pilot "
#define STEPS(index) \
	"FROM step AS s INDEXED BY " index \
	" CROSS JOIN cases AS c USING (case_id) "

/* What is due by then; each row is read before the next is considered. What a
 * closed case still awaits, the survey, is nobody's but the customer's. */
static void
collect_due(struct reminding *r, int64_t until)
{
	struct query *q = store_query(r->s, COLUMNS STEPS("step_due")
	    "WHERE s.state = 'open' AND s.rank < 2 AND s.binds_at <= :until "
	    "ORDER BY s.binds_at, s.case_id, s.step_id");

	bind_int(q, ":until", until);
	while (query_row(q)) {
		struct entry e = read_entry(r, q);
		const char *pilot = arena_text(&r->texts, query_text(q, 13));

		if (e.urgent || !r->only_urgent)
			consider(r, &e, pilot);
	}
}

/* The steps that the workflow has customers chased for, by name. */
static void
put_chased(struct json *j)
{
	json_array(j, NULL);
	for (enum process p = 0; p < PROCESS_COUNT; p++) {
		const struct flow_process *process = flow_process(p);

		for (size_t i = 0; i < process->count; i++)
			if (process->rules[i].chased)
				json_text(j, NULL,
				    flow_step_name(process->rules[i].step));
	}
	json_end_array(j);
}

/* The midnight before which something happened that is `days` days old today:
 * the time of day at which cron comes plays no part. */
static int64_t
days_ago(struct reminding *r, int64_t days)
{
	const char *zone = office_zone(r->office);
	struct civil c;

	time_civil(r->now, zone, &c);
	time_date(time_days(c.year, c.month, c.day) - days + 1, &c.year,
	    &c.month, &c.day);
	c.hour = c.minute = c.second = 0;
	return time_from_civil(&c, zone);
}

/* Who was chased lately is left in peace, and a survey is asked for a few times
 * only, as long as it can be answered. */
#define MAY_BE_CHASED \
	"AND s.owner = 'customer' " \
	"AND s.step IN (SELECT value FROM json_each(:chased)) " \
	"AND ifnull((SELECT chased_at FROM chased AS h " \
	"WHERE h.customer = c.customer), 0) < :before " \
	"AND (s.step <> :survey OR s.binds_at > :dead AND " \
	"(c.status = 'open' OR c.closed_at > :dead) AND ifnull((SELECT times " \
	"FROM reminder AS g WHERE g.case_id = s.case_id " \
	"AND g.step_id = s.step_id AND g.binds_at = s.binds_at " \
	"AND g.level = 0), 0) < :most) "

/* Customers are chased for what is due by then, or has no due time and is as
 * old as the interval. */
static void
collect_chased(struct reminding *r, int64_t until)
{
	int64_t days = setting_number(r->s, "chase.days", 5);
	struct query *q = store_query(r->s, COLUMNS STEPS("step_due")
	    "WHERE s.state = 'open' AND s.rank < 2 "
	    "AND s.binds_at <= :until " MAY_BE_CHASED
	    "UNION ALL " COLUMNS STEPS("step_open")
	    "WHERE s.state = 'open' AND s.step = :survey AND s.rank = 2 "
	    "AND s.binds_at > :dead AND s.binds_at <= :until " MAY_BE_CHASED
	    "UNION ALL " COLUMNS STEPS("step_undated")
	    "WHERE s.state = 'open' AND s.due_at IS NULL "
	    "AND s.since < :before AND s.binds_at > :until " MAY_BE_CHASED
	    "ORDER BY 5, 1, 2");
	struct json chased = { 0 };

	put_chased(&chased);
	bind_text(q, ":chased", json_str(&chased));
	json_free(&chased);
	bind_int(q, ":until", until);
	/* However it is set, not twice on a day. */
	bind_int(q, ":before", days_ago(r, days > 1 ? days : 1));
	bind_text(q, ":survey", flow_step_name(STEP_SURVEY));
	bind_int(q, ":most", setting_number(r->s, "chase.survey", 2));
	bind_int(q, ":dead", r->now - REPORT_SURVEY_DAYS * DAY);
	while (query_row(q)) {
		struct entry e = read_entry(r, q);

		e.level = LEVEL_CUSTOMER;
		add(r, &e);
	}
}

static int
by_recipient(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	int order = (int)x->type - (int)y->type;

	if (order == 0)
		order = strcmp(x->code, y->code);
	if (order == 0)
		order = (x->binds_at > y->binds_at) -
		    (x->binds_at < y->binds_at);
	if (order == 0)
		order = (x->case_id > y->case_id) - (x->case_id < y->case_id);
	return order != 0 ? order : (x->step_id > y->step_id) -
	    (x->step_id < y->step_id);
}

static struct due
due_setting(struct store *s, const char *name)
{
	struct due due = { 0, DUE_NONE };
	const char *text = setting_get(s, name);

	if (text != NULL)
		due_parse(text, &due);
	return due;
}

static void
tell(const struct entry *e, remind_fn *told, void *arg)
{
	told(&(struct remind_line){
		.type = outbox_type_name(e->type), .recipient = e->code,
		.case_id = e->case_id, .step = e->step,
		.due_at = e->bound ? e->binds_at : 0, .limit = e->limit,
		.late = e->late
	}, arg);
}

/* Whom the setting names, else who has the role at the desk; one without a site
 * counts as the desk's. NULL: nobody. */
static const char *
supervisor(struct reminding *r)
{
	const char *code = arena_text(&r->texts,
	    setting_get(r->s, "supervisor"));
	struct query *q;

	if (code != NULL)
		return code;
	q = store_query(r->s, "SELECT code FROM staff "
	    "WHERE instr(' ' || roles || ' ', ' supervisor ') > 0 "
	    "AND ifnull(site, :desk) IS :desk "
	    "ORDER BY site IS NULL, code LIMIT 1");
	bind_text(q, ":desk", office_desk(r->office));
	if (!query_row(q))
		return NULL;
	code = arena_text(&r->texts, query_text(q, 0));
	query_done(q);
	return code;
}

void
remind_all(struct office *o, const struct remind_span *span, remind_fn *told,
    void *arg)
{
	struct store *s = office_store(o);
	struct reminding r = { .office = o, .s = s, .now = time_now(),
	    .only_urgent = span->urgent, .look = span->look };

	r.supervisor = supervisor(&r);
	r.usual = due_setting(s, "supervisor.after");
	r.urgent = due_setting(s, "supervisor.urgent");
	collect_due(&r, r.now + span->within);
	if (!span->urgent)
		collect_chased(&r, r.now + span->within);
	if (r.count > 0)
		qsort(r.entries, r.count, sizeof(*r.entries), by_recipient);
	for (size_t i = 0; i < r.count; i++)
		tell(&r.entries[i], told, arg);
	if (r.count > 0 && !span->look)
		remind_queue(&r);
	arena_free(&r.texts);
	free(r.entries);
}
