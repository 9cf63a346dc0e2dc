/* SPDX-License-Identifier: ISC */
/*
 * Random streams of acts on a few cases at once, as many hands would make them,
 * sensible or not. After each: what was refused has changed nothing, every unit
 * is in one place, the state of a case fits its steps. In the end the journal
 * verifies, and replaying it gives the same tables to the byte.
 */
#include <stdlib.h>
#include <string.h>

#include "service/assign.h"
#include "service/close.h"
#include "service/note.h"
#include "service/open.h"
#include "service/order.h"
#include "service/report.h"
#include "service/ship.h"
#include "service/triage.h"
#include "service/waive.h"
#include "stream.h"

#define BEGINNING	INT64_C(1767600000)	/* 2026-01-05T08:00Z */
#define CASES		40			/* at once; then new ones */

static const char master[] =
    "INSERT INTO sites (code, name, kind, region) VALUES "
    "('DESK', 'd', 'desk', 'FR'), ('LOG', 'l', 'logistics', 'FR'), "
    "('LOG2', 'l', 'logistics', 'FR'), ('PLANT', 'p', 'plant', 'FR'), "
    "('REP', 'r', 'repair', 'FR'), ('EXP', 'e', 'expertise', 'FR-AM');"
    "INSERT INTO customers (code, name, type) VALUES ('END', 'e', 'end'), "
    "('DIST', 'd', 'distributor');"
    "INSERT INTO products (reference, name, range, warranty_months, "
    "logistics, plant, repair, expertise) VALUES "
    "('A', 'a', 'ra', 24, 'LOG', 'PLANT', 'REP', 'EXP'), "
    "('B', 'b', 'rb', 12, 'LOG2', 'PLANT', 'REP', 'EXP');"
    "INSERT INTO staff (code, name, roles, skills, site) VALUES "
    "('ANNE', 'a', 'desk pilot', '*', 'DESK'), "
    "('PAUL', 'p', 'pilot expert', 'ra', 'DESK'), "
    "('TECH', 't', 'technician', '*', 'DESK'), "
    "('QUAL', 'q', 'quality', '*', 'DESK');"
    "INSERT INTO stock (site, reference, quantity, counted_at, counted_seq) "
    "VALUES ('LOG', 'A', 60, 0, 0), ('LOG2', 'B', 20, 0, 0);"
    "INSERT INTO setting (name, value) VALUES ('desk', 'DESK');";

struct stream {
	struct store	*s;
	struct office	*office;
	struct act	 act;
	uint64_t	 seed;
	int64_t		 cases[CASES];
	int64_t		 target;	/* the case in hand */
	int		 done, refused, serial;
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
open_one(struct stream *t)
{
	static const char *const refs[] = { "A", "B" };
	char units[3][24];
	const char *list[3];
	int n;
	struct open_request r = { .units = list, .unit_count = roll(t, 4),
	    .customer = roll(t, 4) == 0 ? "DIST" : "END" };

	r.kind = roll(t, KIND_RECALL);
	r.risk = r.kind == KIND_EMERGENCY ? "people" : NULL;
	r.sold_on = roll(t, 3) == 0 ? "2020-01-01" :
	    roll(t, 2) == 0 ? "2025-12-01" : NULL;
	r.pilot = roll(t, 2) == 0 ? "PAUL" : NULL;
	for (size_t i = 0; i < r.unit_count; i++) {
		/* Now and then a unit that another case has as well. */
		n = roll(t, 4) == 0 && t->serial > 0 ?
		    t->serial - (int)roll(t, 12) : ++t->serial;
		snprintf(units[i], sizeof(units[i]), "%s:S%d",
		    refs[n % 2 == 0], n > 0 ? n : 1);
		list[i] = units[i];
	}
	t->cases[roll(t, CASES)] = open_case(&t->act, &r);
}

static void
triage(struct stream *t, const struct target *target)
{
	enum process procedures[2] = {
		PROC_EXCHANGE + roll(t, 8), PROC_EXCHANGE + roll(t, 8)
	};
	struct triage_request r = { .procedures = procedures,
	    .count = 1 + (roll(t, 6) == 0), .instead = roll(t, 4) == 0,
	    .goodwill = roll(t, 5) == 0 ? "kind" : NULL,
	    .no_proof = roll(t, 5) == 0 };
	struct classify_request c = { "technical", 2, 3, "money back" };

	if (roll(t, 4) == 0)
		triage_classify(&t->act, target->case_id, &c);
	else {
		if (roll(t, 5) == 0)
			r.count = 0, r.none = true;
		r.owner = procedures[0] == PROC_CORRECTION ? "ANNE" : NULL;
		triage_case(&t->act, target, &r);
	}
}

static void
ship(struct stream *t, const struct target *target, enum step step)
{
	struct ship_part part = { "A", 1 };
	char unit[24];
	struct ship_request r = { .step = step, .parts = &part,
	    .part_count = 1, .instead = roll(t, 3) == 0 };

	r.site = roll(t, 6) == 0 ? "LOG2" : step == STEP_PARTS ? "LOG" : NULL;
	r.appointment = t->act.at + 86400 * (int64_t)roll(t, 4);
	snprintf(unit, sizeof(unit), "A:R%d", roll(t, 4) == 0 ?
	    (int)roll(t, 30) : ++t->serial);
	r.unit = (step == STEP_REPLACEMENT && roll(t, 2) == 0) ||
	    (step == STEP_RECEIVE && roll(t, 5) == 0) ? unit : NULL;
	ship_step(&t->act, target, &r);
}

static void
report(struct stream *t, const struct target *target, enum step step)
{
	struct report_request r = { .step = step, .degree = 3,
	    .outcome = roll(t, OUTCOME_NOT_EFFECTIVE + 1),
	    .why = "w", .missed = "m", .change = "c" };
	const enum outcome *words;

	/* Mostly a word that fits. */
	for (enum process p = 0; p < PROCESS_COUNT && roll(t, 8) != 0; p++) {
		words = flow_rule(p, step) == NULL ? NULL :
		    flow_outcomes(p, step);
		r.outcome = words == NULL ? OUTCOME_NONE :
		    words[roll(t, 2)];
		if (words != NULL || flow_rule(p, step) != NULL)
			break;
	}
	report_step(&t->act, target, &r);
}

/* The command that would complete the step. */
static void
complete(struct stream *t, const struct target *target, enum step step)
{
	const char *command = flow_step_command(step);
	struct quote_request quote = { 1000, "EUR", t->act.at + 864000 };
	struct note_request answer = { .kind = NOTE_ANSWER };
	struct close_request end = { .satisfaction = 4 };

	if (strncmp(command, "case-ship", 9) == 0)
		ship(t, target, step);
	else if (strncmp(command, "case-report", 11) == 0)
		report(t, target, step);
	else if (step == STEP_QUOTE)
		order_quote(&t->act, target, &quote);
	else if (step == STEP_ORDER)
		order_take(&t->act, target, "PO1");
	else if (step == STEP_DISPATCH)
		assign_case(&t->act, target->case_id, ASSIGN_TECHNICIAN,
		    "TECH");
	else if (step == STEP_ASSIGN)
		assign_case(&t->act, target->case_id, ASSIGN_PILOT, "PAUL");
	else if (step == STEP_ANSWER)
		note_case(&t->act, target, &answer);
	else if (step == STEP_CLOSE)
		close_case(&t->act, target->case_id, &end);
	else
		triage(t, target);
}

/* Some step that is open, or any. */
static enum step
some_step(struct stream *t)
{
	struct query *q = store_query(t->s, "SELECT step FROM step "
	    "WHERE case_id = :case AND state = 'open' "
	    "ORDER BY step_id * :salt % 7 LIMIT 1");
	enum step step = roll(t, STEP_COUNT);

	bind_int(q, ":case", t->target);
	bind_int(q, ":salt", roll(t, 7));
	if (roll(t, 6) != 0 && query_row(q))
		flow_step_parse(query_text(q, 0), &step);
	query_done(q);
	return step;
}

static void
act_on(struct stream *t, const struct target *target)
{
	struct waive_request w = { .step = some_step(t), .outcome =
	    roll(t, 2) == 0 ? OUTCOME_HANDED_OVER : OUTCOME_SCRAPPED };
	struct note_request ask_customer = { .kind = NOTE_ASK };

	if (w.step != STEP_SEND_BACK)
		w.outcome = OUTCOME_NONE;
	switch (roll(t, 16)) {
	case 0:
		waive_step(&t->act, target, &w);
		break;
	case 1:
		order_decline(&t->act, target);
		break;
	case 2:
		triage(t, target);
		break;
	case 3:
		ship(t, target, STEP_RECEIVE);
		break;
	case 4:
		if (roll(t, 3) == 0)
			close_cancel(&t->act, target->case_id);
		else
			close_reopen(&t->act, target);
		break;
	case 5:
		note_case(&t->act, target, &ask_customer);
		break;
	default:
		complete(t, target, some_step(t));
	}
}

static void
one_act(struct stream *t)
{
	struct target_item items[1] = { { .item = (int)roll(t, 3) } };
	struct target target = { 0, items, 1 };

	t->act.at += (int64_t)roll(t, 7200);
	t->target = target.case_id = t->cases[roll(t, CASES)];
	if (target.case_id == 0 || roll(t, 12) == 0)
		open_one(t);
	else
		act_on(t, &target);
}

/* What holds whatever was done. Each query answers how often it does not. */
static const char *const never[] = {
	/* One place each, and a carrier always knows where to. */
	"SELECT count(*) FROM unit_state WHERE (place = 'carrier') <> "
	"(direction IS NOT NULL) OR (place NOT IN ('customer', 'carrier', "
	"'scrapped', 'unknown') AND place NOT IN (SELECT code FROM sites))",
	/* Owed: replaced, and not at a site of ours. */
	"SELECT count(*) FROM item JOIN unit_state USING (unit_id) WHERE owed "
	"AND (replacement IS NULL OR place IN (SELECT code FROM sites))",
	/* No unit of the customer is left behind at a site of ours, or on its
	 * way there, whichever case sees to it. */
	"SELECT count(*) FROM unit_state AS u WHERE holder IS NOT NULL AND "
	"(place IN (SELECT code FROM sites) OR direction = 'us') AND EXISTS "
	"(SELECT 1 FROM item JOIN cases USING (case_id) WHERE unit_id = "
	"u.unit_id AND status = 'open') AND NOT EXISTS (SELECT 1 FROM item AS "
	"i JOIN step AS s USING (case_id) WHERE i.unit_id = u.unit_id AND "
	"state = 'open' AND ((step = 'assign' AND direction IS NULL) OR "
	"(s.item = i.item AND iif(direction IS NULL, step IN ('triage', "
	"'send-back') OR process IN ('exchange', 'repair', 'expertise'), "
	"step IN ('receive', 'deliver')))))",
	/* It is sent back by one case, and by none while another decides. */
	"SELECT count(*) FROM unit_state AS u WHERE 1 < (SELECT count(*) FROM "
	"item AS i JOIN step AS s USING (case_id) WHERE i.unit_id = u.unit_id "
	"AND s.item = i.item AND state = 'open' AND step = 'send-back' AND "
	"run IS NULL)",
	"SELECT count(*) FROM unit_state AS u WHERE holder IS NOT NULL AND "
	"EXISTS (SELECT 1 FROM item AS i JOIN step AS s USING (case_id) WHERE "
	"i.unit_id = u.unit_id AND s.item = i.item AND state = 'open' AND step "
	"= 'send-back' AND run IS NULL) AND EXISTS (SELECT 1 FROM item AS i "
	"JOIN step AS s USING (case_id) WHERE i.unit_id = u.unit_id AND s.item "
	"= i.item AND state = 'open' AND (step = 'triage' OR (run IS NOT NULL "
	"AND process IN ('exchange', 'repair', 'expertise') AND step NOT IN "
	"('report', 'survey'))))",
	/* It is awaited by the case itself just once. */
	"SELECT count(*) FROM unit_state AS u WHERE EXISTS (SELECT 1 FROM item "
	"AS i JOIN step AS s USING (case_id) WHERE i.unit_id = u.unit_id AND "
	"s.item = i.item AND state = 'open' AND step = 'receive' AND run IS "
	"NULL) AND 1 < (SELECT count(*) FROM item AS i JOIN step AS s USING "
	"(case_id) WHERE i.unit_id = u.unit_id AND s.item = i.item AND state = "
	"'open' AND step = 'receive')",
	/* Closed or cancelled: nothing is open but a survey. */
	"SELECT count(*) FROM cases JOIN step USING (case_id) "
	"WHERE status <> 'open' AND state = 'open' AND step <> 'survey'",
	/* Open: somebody owes something. */
	"SELECT count(*) FROM cases AS c WHERE status = 'open' AND NOT EXISTS "
	"(SELECT 1 FROM step AS s WHERE s.case_id = c.case_id "
	"AND state = 'open')",
	/* To be closed: nothing that holds the case is open, and else. */
	"SELECT count(*) FROM cases AS c WHERE status = 'open' AND (EXISTS "
	"(SELECT 1 FROM step AS s WHERE s.case_id = c.case_id AND state = "
	"'open' AND step = 'close')) = (EXISTS (SELECT 1 FROM step AS s WHERE "
	"s.case_id = c.case_id AND state = 'open' AND holds AND step <> "
	"'close'))",
	/* The most urgent step is noted with the case. */
	"SELECT count(*) FROM cases AS c LEFT JOIN step AS s ON s.case_id = "
	"c.case_id AND s.step_id = c.next_step WHERE next_at IS NOT (SELECT "
	"min(binds_at) FROM step AS o WHERE o.case_id = c.case_id AND state = "
	"'open') OR (next_step IS NOT NULL AND (s.state <> 'open' OR "
	"s.binds_at <> next_at))",
	/* Time runs forwards; but an acknowledgement is due from the opening,
	 * and the day of an appointment may be over when it is noted. */
	"SELECT count(*) FROM step WHERE done_at < since OR (due_at < since "
	"AND step <> 'acknowledge' AND rule IS NOT 'appointment')",
	/* Stock is never below zero. */
	"SELECT count(*) FROM stock AS k WHERE quantity + (SELECT "
	"coalesce(sum(m.quantity), 0) FROM stock_move AS m WHERE m.site = "
	"k.site AND m.reference = k.reference) < 0",
};

static void
check(struct stream *t)
{
	for (size_t i = 0; i < sizeof(never) / sizeof(never[0]); i++)
		if (ask(t, never[i]) != 0)
			fail_msg("case %lld, act %d: %s",
			    (long long)t->target, t->done + t->refused,
			    never[i]);
}

static void
act_once(void *arg)
{
	one_act(arg);
}

static void
step_forward(struct stream *t)
{
	if (!stream_try(&t->act, act_once, t)) {
		t->refused++;
		return;
	}
	t->done++;
	store_begin(t->s);
	if (t->done % 32 == 0 || getenv("CASE_SOAK") != NULL)
		check(t);
	store_drop(t->s);
}

/* Where a list of what a role owes looks, there is all that it owes. */
static void
check_owners(struct stream *t)
{
	struct query *q;
	enum owner owner;
	enum step step;
	int rows = 0;

	store_begin(t->s);
	q = store_query(t->s, "SELECT DISTINCT owner, step FROM step");
	while (query_row(q)) {
		rows++;
		assert_true(flow_owner_parse(query_text(q, 0), &owner));
		assert_true(flow_step_parse(query_text(q, 1), &step));
		if ((flow_steps_of(owner) & AFTER(step)) == 0)
			fail_msg("%s owes %s", query_text(q, 0),
			    query_text(q, 1));
	}
	assert_true(rows > 30);
	store_drop(t->s);
}

static void
run(uint64_t seed, int acts)
{
	struct stream_file file;
	struct stream t = { .seed = seed * UINT64_C(0x9e3779b97f4a7c15) };

	t.s = stream_make(&file, master);
	t.office = office_open(t.s);
	t.act = (struct act){ .office = t.office, .by = "ANNE", .text = "x",
	    .at = BEGINNING };
	while (t.done + t.refused < acts)
		step_forward(&t);
	/* A stream of refusals only would prove nothing. */
	assert_true(t.done > acts / 4);
	check_owners(&t);
	office_close(t.office);
	buf_free(&t.act.told);
	buf_free(&t.act.warned);
	store_close(t.s);
	stream_prove(&file);
}

static void
streams(void **state)
{
	const char *soak = getenv("CASE_SOAK");
	uint64_t seeds = soak != NULL ? 20 : 1;

	(void)state;
	for (uint64_t seed = 1; seed <= seeds; seed++)
		run(seed, 10000);
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
