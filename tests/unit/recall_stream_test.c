/* SPDX-License-Identifier: ISC */
/*
 * Random streams of acts under a recall that is expanded twice and reduced
 * once, and under others that come and go: answers, remedies, buyers, cases
 * opened for recalled units. After each act the figures add up; now and then
 * each unit is looked at. In the end replaying the journal gives the same
 * tables.
 */
#include <stdlib.h>
#include <string.h>

#include "rules/natural.h"
#include "service/close.h"
#include "service/open.h"
#include "service/recall.h"
#include "service/report.h"
#include "service/ship.h"
#include "service/triage.h"
#include "service/waive.h"
#include "stream.h"
#include "view/recall.h"

#define BEGINNING	INT64_C(1767600000)	/* 2026-01-05T08:00Z */
#define UNITS		600
#define ACTS		10000

static const char master[] =
    "INSERT INTO sites (code, name, kind, region) VALUES "
    "('DESK', 'd', 'desk', 'FR'), ('LOG', 'l', 'logistics', 'FR'), "
    "('PLANT', 'p', 'plant', 'FR'), ('REP', 'r', 'repair', 'FR');"
    "INSERT INTO products (reference, name, brand, range, warranty_months, "
    "logistics, plant, repair) VALUES "
    "('A', 'a', 'x', 'ra', 24, 'LOG', 'PLANT', 'REP'), "
    "('B', 'b', 'x', 'rb', 12, 'LOG', 'PLANT', 'REP');"
    "INSERT INTO staff (code, name, roles, skills, site) VALUES "
    "('ANNE', 'a', 'desk pilot', '*', 'DESK');"
    "INSERT INTO causes (code, fr, en) VALUES ('WELD', 'a', 'b');"
    "INSERT INTO stock (site, reference, quantity, counted_at, counted_seq) "
    "VALUES ('LOG', 'A', 9999, 0, 0), ('LOG', 'B', 9999, 0, 0);"
    "INSERT INTO setting (name, value) VALUES ('desk', 'DESK'), "
    "('hotline.national', '0 800');";

static const char *const customers[] = { "C0", "C1", "C2", "C3", "C4", "C5",
    "C6", "C7", "D0", "D1" };
#define CUSTOMERS	(sizeof(customers) / sizeof(customers[0]))

static const enum process remedies[] = { PROC_EXCHANGE, PROC_REFUND,
    PROC_REPAIR };

struct stream {
	struct store	*s;
	struct act	 act;
	uint64_t	 seed;
	int64_t		 recall;	/* the one that is watched */
	int64_t		 last;		/* issued last, maybe the same */
	int64_t		 affected;	/* it should have */
	const char	*series;	/* of the act in hand */
	int64_t		 (*change)(struct act *act, struct recall_request *r);
	int		 done, refused, serial;
	int64_t		 most[RECALL_BUCKETS];	/* units that were in it */
};

static unsigned
roll(struct stream *t, unsigned sides)
{
	return stream_roll(&t->seed, sides);
}

static int64_t
ask(struct stream *t, const char *sql)
{
	return query_int_or(store_query(t->s, sql), 0);
}

static void
add_customers(struct stream *t)
{
	for (size_t i = 0; i < CUSTOMERS; i++) {
		struct query *q = store_query(t->s, "INSERT INTO customers "
		    "(code, name, type, language) VALUES (:code, 'n', :type, "
		    ":language)");

		bind_text(q, ":code", customers[i]);
		bind_text(q, ":type", customers[i][0] == 'D' ?
		    "distributor" : "end");
		bind_text(q, ":language", i % 3 == 0 ? "en" : "fr");
		query_run(q);
	}
}

/* S1 ... of both products, in turn; nobody knows who has every eleventh. */
static void
add_units(struct stream *t)
{
	char serial[16];

	for (int i = 1; i <= UNITS; i++) {
		struct query *q = store_query(t->s, "INSERT INTO units "
		    "(reference, serial_key, serial, customer) VALUES "
		    "(:reference, :key, :serial, :customer)");
		struct buf key = { 0 };

		snprintf(serial, sizeof(serial), "S%d", i);
		natural_key(&key, serial);
		bind_text(q, ":reference", i % 2 == 0 ? "A" : "B");
		bind_text(q, ":key", buf_str(&key));
		bind_text(q, ":serial", serial);
		bind_text(q, ":customer", i % 11 == 0 ? NULL :
		    customers[roll(t, CUSTOMERS)]);
		query_run(q);
		buf_free(&key);
	}
}

/* Some open case of a recall that has the step open, and one of its items. */
static bool
some_open(struct stream *t, const char *step, struct target *target,
    struct target_item *item)
{
	struct query *q = store_query(t->s, "SELECT case_id, item FROM step "
	    "JOIN cases USING (case_id) WHERE recall IS NOT NULL "
	    "AND state = 'open' AND step = :step "
	    "ORDER BY (case_id * 31 + ifnull(step.item, 0)) * :salt % 101 "
	    "LIMIT 1");
	bool found;

	bind_text(q, ":step", step);
	bind_int(q, ":salt", 1 + (int64_t)roll(t, 100));
	found = query_row(q);
	if (found) {
		target->case_id = query_int(q, 0);
		item->item = (int)query_int(q, 1);
		query_done(q);
	}
	return found;
}

/* Nothing to be done of that kind. */
static void
pass(struct stream *t)
{
	store_refuse(t->s, "nothing to do");
}

static void
notice(struct stream *t, struct target *target, struct target_item *item)
{
	struct report_request r = { .step = STEP_NOTIFY };

	item->item = 0;
	switch (roll(t, 4)) {
	case 0:
		report_step(&t->act, target, &r);
		break;
	case 1:
		recall_undelivered(&t->act, target->case_id);
		break;
	default:
		recall_delivered(&t->act, target->case_id);
	}
}

static void
respond(struct stream *t, struct target *target)
{
	static const enum outcome words[] = { OUTCOME_HELD, OUTCOME_HELD,
	    OUTCOME_HELD, OUTCOME_DISPOSED, OUTCOME_SOLD_ON,
	    OUTCOME_NOT_FOUND };
	struct report_request r = { .step = STEP_RESPOND,
	    .outcome = words[roll(t, 6)], .has_remedy = true };

	r.remedy = remedies[roll(t, 3)];
	if (r.outcome == OUTCOME_SOLD_ON && roll(t, 2) == 0)
		r.to = customers[roll(t, CUSTOMERS)];
	report_step(&t->act, target, &r);
}

static void
ship(struct stream *t, const struct target *target, enum step step)
{
	char unit[24];
	struct ship_request r = { .step = step };

	snprintf(unit, sizeof(unit), "A:R%d", ++t->serial);
	if (step == STEP_REPLACEMENT)
		r.unit = unit;
	ship_step(&t->act, target, &r);
}

/* The next of a remedy. */
static void
go_on(struct stream *t, struct target *target, struct target_item *item)
{
	static const enum step steps[] = { STEP_REQUEST, STEP_REPLACEMENT,
	    STEP_SLIP, STEP_RECEIVE, STEP_FORWARD, STEP_ANALYSE, STEP_FIX,
	    STEP_SEND_BACK, STEP_REFUND, STEP_TRIAGE };
	enum step step = steps[roll(t, sizeof(steps) / sizeof(steps[0]))];
	struct report_request r = { .step = step, .amount = 100,
	    .currency = "EUR" };
	struct triage_request none = { .none = true };

	if (!some_open(t, flow_step_name(step), target, item)) {
		pass(t);
		return;
	}
	r.outcome = step != STEP_FIX ? OUTCOME_NONE : roll(t, 3) == 0 ?
	    OUTCOME_NOT_REPAIRABLE : OUTCOME_REPAIRED;
	r.cause = step == STEP_FIX ? "WELD" : NULL;
	if (step == STEP_TRIAGE)
		triage_case(&t->act, target, &none);
	else if (step == STEP_FIX || step == STEP_ANALYSE ||
	    step == STEP_REFUND)
		report_step(&t->act, target, &r);
	else
		ship(t, target, step);
}

static void
give_up(struct stream *t, struct target *target, struct target_item *item)
{
	static const enum step steps[] = { STEP_NOTIFY, STEP_RESPOND,
	    STEP_RETURN, STEP_REPLACEMENT, STEP_SLIP };
	struct waive_request w = { .step = steps[roll(t, 5)] };

	if (some_open(t, flow_step_name(w.step), target, item))
		waive_step(&t->act, target, &w);
	else
		pass(t);
}

static void
cancel_or_reopen(struct stream *t, struct target *target,
    struct target_item *item)
{
	struct query *q = store_query(t->s, "SELECT case_id FROM cases "
	    "WHERE recall IS NOT NULL ORDER BY case_id * :salt % 101 LIMIT 1");

	bind_int(q, ":salt", 1 + (int64_t)roll(t, 100));
	target->case_id = query_int_or(q, 0);
	item->item = (int)roll(t, 3);
	if (roll(t, 2) == 0)
		close_cancel(&t->act, target->case_id);
	else
		close_reopen(&t->act, target);
}

/* A fault of some unit, recalled or not, by whoever has it or says so; it is
 * repaired or exchanged, for the cause of the recalls. */
static void
fault(struct stream *t, struct target *target, struct target_item *item)
{
	char unit[24];
	const char *list[] = { unit };
	int n = 1 + (int)roll(t, UNITS);
	struct open_request r = { .kind = KIND_FAULT, .units = list,
	    .unit_count = 1, .customer = customers[roll(t, CUSTOMERS)],
	    .pilot = "ANNE" };
	struct report_request fix = { .step = STEP_FIX, .cause = "WELD",
	    .outcome = OUTCOME_REPAIRED };
	struct triage_request start = { .procedures = &remedies[2], .count = 1,
	    .goodwill = "kind" };

	snprintf(unit, sizeof(unit), "%s:S%d", n % 2 == 0 ? "A" : "B", n);
	target->case_id = open_case(&t->act, &r);
	item->item = 1;
	if (!store_ok(t->s) || roll(t, 2) == 0)
		return;
	if (roll(t, 2) == 0)
		start.procedures = &remedies[0];
	triage_case(&t->act, target, &start);
	ship(t, target, STEP_REQUEST);
	if (start.procedures == &remedies[0])
		ship(t, target, STEP_REPLACEMENT);
	else {
		ship(t, target, STEP_RECEIVE);
		report_step(&t->act, target, &fix);
	}
}

static void
buyers(struct stream *t)
{
	struct recall_request r = { .recall = roll(t, 3) == 0 ? t->last :
	    t->recall };
	struct recall_buyer b[3];
	char serials[3][16];
	size_t count = 1 + roll(t, 3);

	for (size_t i = 0; i < count; i++) {
		int n = 1 + (int)roll(t, UNITS);

		snprintf(serials[i], sizeof(serials[i]), "s0%d", n);
		b[i] = (struct recall_buyer){ n % 2 == 0 ? "A" : "B",
		    serials[i], customers[roll(t, CUSTOMERS)] };
	}
	recall_buyers(&t->act, &r, b, count);
}

/* Issues, or changes `recall`. */
static int64_t
recall_series(struct stream *t, int64_t recall, const char *selection,
    int64_t (*fn)(struct act *act, struct recall_request *r))
{
	static const char *const words[NOTICE_ELEMENTS] = {
		[NOTICE_TITLE] = "t", [NOTICE_DEFECT] = "d",
		[NOTICE_HAZARD] = "fire", [NOTICE_INSTRUCTION] = "Stop, cessez",
		[NOTICE_FIND] = "f", [NOTICE_SOLD] = "s",
	};
	struct series series = { 0 };
	struct series_parse p = { 0 };
	struct recall_request r = { .recall = recall, .series = &series,
	    .remedies = remedies, .remedy_count = 3, .cause = "WELD",
	    .pilot = "ANNE", .yes = true };
	int64_t number;

	for (size_t i = 0; i < RECALL_LANGUAGES; i++)
		memcpy(r.texts[i], words, sizeof(words));
	assert_true(series_add(&series, selection, &p));
	number = fn(&t->act, &r);
	series_free(&series);
	return number;
}

/* Another recall that overlaps, or a change of one. */
static void
change_another(struct stream *t)
{
	int from = 1 + (int)roll(t, UNITS);
	char selection[64];

	snprintf(selection, sizeof(selection), "serial=S%d..S%d", from,
	    from + (int)roll(t, 20));
	switch (roll(t, 4)) {
	case 0:
		t->last = recall_series(t, 0, selection, recall_issue);
		break;
	case 1:
		if (t->last != t->recall)
			recall_series(t, t->last, selection, recall_expand);
		break;
	default:
		if (t->last != t->recall)
			recall_series(t, t->last, selection, recall_reduce);
	}
}

static void
one_act(void *arg)
{
	struct stream *t = arg;
	struct target_item items[1] = { { 0 } };
	struct target target = { 0, items, 1 };
	unsigned n = roll(t, 64);

	t->act.at += (int64_t)roll(t, 3600);
	if (n < 8 && some_open(t, "notify", &target, items))
		notice(t, &target, items);
	else if (n < 20 && some_open(t, "respond", &target, items))
		respond(t, &target);
	else if (n < 46)
		go_on(t, &target, items);
	else if (n < 50)
		give_up(t, &target, items);
	else if (n < 53)
		cancel_or_reopen(t, &target, items);
	else if (n < 57)
		fault(t, &target, items);
	else if (n < 63)
		buyers(t);
	else
		change_another(t);
}

/* What holds whatever was done. Each query answers how often it does not. */
static const char *const never[] = {
	/* The item is the customer's, in a case of the recall. */
	"SELECT count(*) FROM recall_unit AS u LEFT JOIN cases AS c "
	"USING (case_id) LEFT JOIN item AS i ON i.case_id = u.case_id "
	"AND i.item = u.item WHERE u.case_id IS NOT NULL AND (c.recall IS NOT "
	"u.recall OR c.customer IS NOT u.customer OR i.item IS NULL)",
	/* Asked, just when the customer has still to answer. */
	"SELECT count(*) FROM recall_unit AS u WHERE bucket IN ('to_notify', "
	"'notified') AND NOT EXISTS (SELECT 1 FROM step AS s "
	"WHERE s.case_id = u.case_id AND s.state = 'open' AND s.step = "
	"iif(u.bucket = 'notified', 'respond', 'notify') "
	"AND (s.item = u.item OR s.item IS NULL))",
	"SELECT count(*) FROM step AS s JOIN recall_unit AS u USING (case_id, "
	"item) WHERE s.step = 'respond' AND s.state = 'open' AND u.bucket IN "
	"('to_notify', 'unknown_holder', 'disposed', 'taken_out')",
	/* Told when, for those who were asked or answered. */
	"SELECT count(*) FROM recall_unit WHERE bucket = 'notified' "
	"AND told_at IS NULL",
	/* Disposed of: the customer said so, or it was scrapped here. */
	"SELECT count(*) FROM recall_unit AS u WHERE bucket = 'disposed' "
	"AND case_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM step AS s WHERE "
	"s.case_id = u.case_id AND s.item = u.item AND s.step = 'respond' "
	"AND s.state = 'done') AND NOT EXISTS (SELECT 1 FROM item JOIN "
	"unit_state USING (unit_id) WHERE item.case_id = u.case_id AND "
	"item.item = u.item AND place = 'scrapped')",
	/* A case that is closed leaves nobody to be asked in it. */
	"SELECT count(*) FROM recall_unit JOIN cases USING (case_id) "
	"WHERE status <> 'open' AND bucket IN ('to_notify', 'notified')",
	/* An open case of a recall waits for somebody. */
	"SELECT count(*) FROM cases AS c WHERE recall IS NOT NULL AND status = "
	"'open' AND NOT EXISTS (SELECT 1 FROM step AS s WHERE s.case_id = "
	"c.case_id AND s.state = 'open' AND s.holds)",
};

/* Nobody is told twice of the same unit: once in the notice of the case that it
 * came into. */
static const char twice[] =
    "SELECT count(*) FROM (SELECT o.case_id, i.value ->> 'item' AS item "
    "FROM outbox AS o, json_each(o.facts, '$.items') AS i "
    "WHERE o.kind = 'notice' GROUP BY 1, 2 HAVING count(*) > 1)";

static void
check_all(struct stream *t)
{
	for (size_t i = 0; i < sizeof(never) / sizeof(never[0]); i++)
		if (ask(t, never[i]) != 0)
			fail_msg("act %d: %s", t->done + t->refused, never[i]);
	assert_int_equal(ask(t, twice), 0);
}

static int64_t
sum(const struct recall_counts *c)
{
	int64_t total = 0;

	for (size_t i = 0; i < RECALL_BUCKETS; i++)
		total += c->buckets[i];
	assert_int_equal(total, c->units);
	return total;
}

static void
add_up(const struct recall_figures *f, void *arg)
{
	struct stream *t = arg;
	int64_t total = 0;

	for (size_t i = 0; i < RECALL_LEVELS; i++)
		total += sum(&f->levels[i]);
	assert_int_equal(total, sum(&f->all));
	if (f->recall != t->recall)
		return;
	assert_int_equal(total, t->affected);
	for (size_t i = 0; i < RECALL_BUCKETS; i++)
		if (f->all.buckets[i] > t->most[i])
			t->most[i] = f->all.buckets[i];
}

static void
check_sums(struct stream *t)
{
	bool all = t->done % 64 == 0 || getenv("CASE_SOAK") != NULL;

	store_begin(t->s);
	assert_true(recall_each(t->s, all ? 0 : t->recall, add_up, t) > 0);
	if (all)
		check_all(t);
	assert_true(store_ok(t->s));
	store_drop(t->s);
}

static void
change_watched(void *arg)
{
	struct stream *t = arg;

	assert_int_equal(recall_series(t, t->recall, t->series, t->change),
	    t->recall);
}

static void
issue_watched(void *arg)
{
	struct stream *t = arg;

	t->recall = t->last = recall_series(t, 0, t->series, recall_issue);
}

/* The series at some acts; how many are affected from then on. */
static void
on_schedule(struct stream *t, int act)
{
	static const struct {
		int		 act;
		const char	*series;
		int64_t		 affected;
		int64_t		 (*change)(struct act *act,
				    struct recall_request *r);
	} plan[] = {
		{ 0, "serial=S1..S200", 200, NULL },
		{ ACTS / 4, "serial=S151..S300", 300, recall_expand },
		{ ACTS / 2, "serial=S240..S330", 330, recall_reduce },
		{ ACTS * 3 / 4, "serial=S1..S400,reference=A", 350,
		    recall_expand },
	};

	for (size_t i = 0; i < sizeof(plan) / sizeof(plan[0]); i++) {
		if (plan[i].act != act)
			continue;
		t->series = plan[i].series;
		t->change = plan[i].change;
		if (!stream_try(&t->act, t->change == NULL ? issue_watched :
		    change_watched, t))
			fail_msg("%s", store_why(t->s));
		if (t->change != recall_reduce)
			t->affected = plan[i].affected;
	}
}

static void
run(uint64_t seed)
{
	struct stream_file file;
	struct stream t = { .seed = seed * UINT64_C(0x9e3779b97f4a7c15) };

	t.s = stream_make(&file, master);
	store_begin(t.s);
	add_customers(&t);
	add_units(&t);
	assert_int_equal(store_end(t.s), STORE_OK);
	t.act = (struct act){ .office = office_open(t.s), .by = "ANNE",
	    .text = "x", .at = BEGINNING };
	for (int i = 0; i < ACTS; i++) {
		on_schedule(&t, i);
		if (stream_try(&t.act, one_act, &t))
			t.done++;
		else
			t.refused++;
		check_sums(&t);
	}
	/* A stream of refusals only would prove nothing. */
	assert_true(t.done > ACTS / 4);
	for (size_t i = 0; i < RECALL_BUCKETS; i++)
		if (t.most[i] < 10)
			fail_msg("%s: %d units at most", recall_bucket_name(
			    (enum recall_bucket)i), (int)t.most[i]);
	office_close(t.act.office);
	buf_free(&t.act.told);
	buf_free(&t.act.warned);
	store_close(t.s);
	stream_prove(&file);
}

static void
streams(void **state)
{
	uint64_t seeds = getenv("CASE_SOAK") != NULL ? 20 : 1;

	(void)state;
	for (uint64_t seed = 1; seed <= seeds; seed++)
		run(seed);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(streams),
	};

	setenv("CASE_NOW", "2030-01-01T00:00:00Z", 1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
