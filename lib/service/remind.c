/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/mem.h"
#include "base/time.h"
#include "journal/journal.h"
#include "service/outbox.h"
#include "service/remind.h"
#include "service/setting.h"

#define DAY	(24 * 60 * 60)

enum level { LEVEL_OWNER = 1, LEVEL_PILOT, LEVEL_SUPERVISOR };

/* A step somebody is to be reminded of, and who. */
struct entry {
	enum outbox_type type;
	const char	*code;
	int64_t		 case_id, step_id;
	const char	*step;
	int		 item;		/* 0: of the case */
	const char	*unit;		/* or NULL */
	int64_t		 binds_at;
	int64_t		 due_at;	/* 0: none */
	bool		 late;
	enum level	 level;
};

struct reminding {
	struct office	*office;
	struct store	*s;
	struct arena	 texts;
	int64_t		 now;
	const char	*supervisor;
	struct entry	*entries;
	size_t		 count;
};

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

static void
give(struct reminding *r, const struct entry *e)
{
	struct query *q = store_query(r->s, "INSERT INTO reminder (case_id, "
	    "step_id, binds_at, level, given_at) VALUES (:case, :step, :binds, "
	    ":level, :now)");

	bind_int(q, ":case", e->case_id);
	bind_int(q, ":step", e->step_id);
	bind_int(q, ":binds", e->binds_at);
	bind_int(q, ":level", e->level);
	bind_int(q, ":now", r->now);
	query_run(q);
}

/* Each level that has come and was not given yet. */
static void
consider(struct reminding *r, struct entry *e, const char *pilot)
{
	const struct calendar *desk = office_calendar(r->office, NULL);
	const char *owner = e->code;
	enum outbox_type type = e->type;
	int64_t last;

	e->late = e->binds_at < r->now;
	e->level = LEVEL_OWNER;
	if (owner != NULL && type != OUTBOX_CUSTOMER && !is_given(r, e)) {
		add(r, e);
		give(r, e);
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
		give(r, e);
	}
	last = calendar_due(desk, e->binds_at,
	    (struct due){ 1, DUE_BUSINESS_DAYS });
	e->code = r->supervisor;
	e->level = LEVEL_SUPERVISOR;
	if (last < r->now && e->code != NULL && !is_given(r, e)) {
		add(r, e);
		give(r, e);
	}
}

/* A row of either query below; `pilot` is its last column. */
static struct entry
read_entry(struct reminding *r, struct query *q)
{
	bool staff = !query_null(q, 6), site = !query_null(q, 7);

	return (struct entry){
		.case_id = query_int(q, 0), .step_id = query_int(q, 1),
		.step = arena_text(&r->texts, query_text(q, 2)),
		.item = (int)query_int(q, 3),
		.binds_at = query_int(q, 4), .due_at = query_int(q, 5),
		.type = staff ? OUTBOX_STAFF : site ? OUTBOX_SITE :
		    OUTBOX_CUSTOMER,
		.code = arena_text(&r->texts, query_text(q, staff ? 6 :
		    site ? 7 : 8)),
		.unit = arena_text(&r->texts, query_text(q, 9)),
	};
}

#define COLUMNS \
	"SELECT s.case_id, s.step_id, s.step, s.item, s.binds_at, s.due_at, " \
	"s.owner_person, s.owner_site, " \
	"CASE WHEN s.owner = 'customer' THEN c.customer END, " \
	"(SELECT u.reference || ifnull(':' || u.serial, '') FROM item AS i " \
	"JOIN unit_state AS u USING (unit_id) WHERE i.case_id = s.case_id " \
	"AND i.item = s.item), c.pilot " \
	"FROM step AS s JOIN cases AS c USING (case_id) "

/* What is due by then; each row is read before the next is considered. */
static void
collect_due(struct reminding *r, int64_t until)
{
	struct query *q = store_query(r->s, COLUMNS "WHERE s.state = 'open' "
	    "AND s.binds_at <= :until ORDER BY s.binds_at, s.case_id, "
	    "s.step_id");

	bind_int(q, ":until", until);
	while (query_row(q)) {
		struct entry e = read_entry(r, q);
		const char *pilot = arena_text(&r->texts, query_text(q, 10));

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

/* Customers are chased for what is due by then, or has no due time and is as
 * old as the interval; who was chased lately is left in peace. */
static void
collect_chased(struct reminding *r, int64_t until)
{
	int64_t interval = setting_number(r->s, "chase.days", 5) * DAY;
	struct query *q = store_query(r->s, COLUMNS "LEFT JOIN chased AS h "
	    "ON h.customer = c.customer WHERE s.state = 'open' "
	    "AND s.step IN (SELECT value FROM json_each(:chased)) "
	    "AND s.owner = 'customer' AND (s.binds_at <= :until OR "
	    "(s.due_at IS NULL AND s.since <= :old)) "
	    "AND ifnull(h.chased_at, 0) <= :old "
	    "ORDER BY s.binds_at, s.case_id, s.step_id");
	struct json chased = { 0 };

	put_chased(&chased);
	bind_text(q, ":chased", json_str(&chased));
	json_free(&chased);
	bind_int(q, ":until", until);
	bind_int(q, ":old", r->now - interval);
	while (query_row(q)) {
		struct entry e = read_entry(r, q);

		e.late = e.binds_at < r->now;
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

static bool
same_recipient(const struct entry *a, const struct entry *b)
{
	return a->type == b->type && strcmp(a->code, b->code) == 0;
}

static void
put_entry(struct json *j, const struct entry *e)
{
	json_object(j, NULL);
	json_text(j, "step", e->step);
	json_int(j, "case", e->case_id);
	if (e->due_at != 0)
		json_int(j, "due_at", e->due_at);
	json_bool(j, "late", e->late);
	if (e->item != 0) {
		json_array(j, "items");
		json_int(j, NULL, e->item);
		json_end_array(j);
	}
	if (e->unit != NULL)
		json_text(j, "units", e->unit);
	json_end_object(j);
}

static void
note_chased(struct reminding *r, const char *customer)
{
	struct query *q = store_query(r->s, "REPLACE INTO chased (customer, "
	    "chased_at) VALUES (:customer, :now)");

	bind_text(q, ":customer", customer);
	bind_int(q, ":now", r->now);
	query_run(q);
}

/* One message for all that one recipient is reminded of. */
static void
write_digest(struct reminding *r, struct outbox *box, struct json *rows,
    const struct entry *from, size_t n)
{
	struct outbox_recipient to;
	struct json facts = { 0 };

	if (!outbox_find(r->s, from->type, from->code, &to))
		return;
	json_object(&facts, NULL);
	json_int(&facts, "count", (int64_t)n);
	json_array(&facts, "steps");
	for (size_t i = 0; i < n; i++)
		put_entry(&facts, &from[i]);
	json_end_array(&facts);
	json_end_object(&facts);
	outbox_put(box, rows, &(struct outbox_message){
		.kind = from->type == OUTBOX_CUSTOMER ? OUTBOX_CHASE :
		    OUTBOX_REMINDER,
		.rank = OUTBOX_AFTER, .to = &to, .facts = json_str(&facts),
	});
	if (from->type == OUTBOX_CUSTOMER)
		note_chased(r, from->code);
	json_free(&facts);
	outbox_forget(&to);
}

/* Everything as one event. */
static void
queue(struct reminding *r)
{
	struct outbox box;
	struct json rows = { 0 };
	size_t from, to;

	outbox_begin(&box, r->s);
	json_object(&rows, NULL);
	json_array(&rows, "outbox");
	for (from = 0; from < r->count; from = to) {
		for (to = from + 1; to < r->count && same_recipient(
		    &r->entries[from], &r->entries[to]); to++)
			;
		write_digest(r, &box, &rows, &r->entries[from], to - from);
	}
	json_end_array(&rows);
	json_end_object(&rows);
	if (box.n > 0)
		journal_append(r->s, &(struct journal_event){
			.verb = "remind", .happened_at = r->now,
			.rows = json_str(&rows) });
	json_free(&rows);
}

void
remind_all(struct office *o, int64_t within, remind_fn *told, void *arg)
{
	struct reminding r = { .office = o, .s = office_store(o),
	    .now = time_now() };

	r.supervisor = arena_text(&r.texts, setting_get(r.s, "supervisor"));
	collect_due(&r, r.now + within);
	collect_chased(&r, r.now + within);
	if (r.count > 0)
		qsort(r.entries, r.count, sizeof(*r.entries), by_recipient);
	for (size_t i = 0; i < r.count; i++) {
		const struct entry *e = &r.entries[i];

		told(&(struct remind_line){
			.type = outbox_type_name(e->type), .recipient = e->code,
			.case_id = e->case_id, .step = e->step,
			.due_at = e->due_at, .late = e->late }, arg);
	}
	if (r.count > 0)
		queue(&r);
	arena_free(&r.texts);
	free(r.entries);
}
