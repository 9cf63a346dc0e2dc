/* SPDX-License-Identifier: ISC */
#include <sqlite3.h>

#include "base/buf.h"

#include "../../lib/view/list_way.h"
#include "store_file.h"

/* What each list walks through: of the history only what asks for it. What is
 * looked up for the rows is always searched for; what a list asks for besides
 * is found once. */
static const struct {
	const char	*scans;		/* all of them, in order */
	const char	*search;	/* how it begins; NULL: with a scan */
	bool		 sorts;		/* what it found, when not told how */
} ways[WAYS] = {
	[WAY_PLAIN] = { "SCAN c USING INDEX cases_urgent;", NULL, false },
	[WAY_OPEN] = { "SCAN c USING INDEX cases_urgent;", NULL, false },
	[WAY_CLOSED] = { "SCAN c;", NULL, false },
	[WAY_ALL] = { "SCAN c;", NULL, true },
	[WAY_CUSTOMER] = { "", "cases USING COVERING INDEX cases_customer (customer=?)", true },
	[WAY_SERIAL] = { "SCAN chosen;",
	    "unit_state USING COVERING INDEX unit_state_serial (serial=?)", true },
	[WAY_OWED] = { "SCAN item USING INDEX item_owed;SCAN chosen;", NULL, true },
	[WAY_FIND] = { "SCAN chosen;", "cases USING INTEGER PRIMARY KEY (rowid=?)", true },
	[WAY_WORDS] = { "SCAN customers;SCAN description;"
	    "SCAN recall_text;SCAN said;SCAN chosen;", NULL, true },
	[WAY_STEP] = { "", "s USING INDEX step_open (step=? AND rank=? AND binds_at<?)", false },
	[WAY_ROLE] = { "", "s USING INDEX step_open (step=? AND rank=? AND binds_at<?)", false },
	[WAY_WHO] = { "", "s USING INDEX step_who (who=? AND binds_at<?)", true },
	[WAY_ME] = { "", "s USING INDEX step_who (who=? AND binds_at<?)", true },
	[WAY_DUE] = { "", "s USING INDEX step_due (binds_at<?)", true },
	[WAY_STEP_CUSTOMER] = { "", "cases USING COVERING INDEX cases_customer (customer=?)", true },
	[WAY_STEP_SERIAL] = { "SCAN chosen;",
	    "unit_state USING COVERING INDEX unit_state_serial (serial=?)", true },
};

struct plan {
	struct buf	 scans;		/* of the walk itself */
	char		*search;	/* the first one */
	bool		 sorts;
	struct buf	 repeated;	/* scans of what is done for each row */
};

enum part { WALK, ONCE, EACH };

/* To which part a row of the plan belongs: that of its parent, unless it begins
 * a new one. */
static enum part
part_of(const char *row, enum part parent)
{
	if (parent == WALK && strncmp(row, "LIST SUBQUERY", 13) == 0)
		return ONCE;
	if (strncmp(row, "CORRELATED", 10) == 0)
		return EACH;
	return parent;
}

static void
add_row(struct plan *plan, enum part part, const char *row)
{
	if (strncmp(row, "SCAN ", 5) == 0 && part != ONCE)
		buf_printf(part == EACH ? &plan->repeated : &plan->scans,
		    "%s;", row);
	if (part != WALK)
		return;
	if (strncmp(row, "SEARCH ", 7) == 0 && plan->search == NULL)
		plan->search = mem_text(row + 7);
	plan->sorts |= strstr(row, "TEMP B-TREE FOR ORDER BY") != NULL ||
	    strstr(row, "PART OF ORDER BY") != NULL;
}

/* Stands in for the store's own function: it is not run. */
static void
says(sqlite3_context *context, int n, sqlite3_value **values)
{
	(void)context;
	(void)n;
	(void)values;
}

/* The statement as SQLite would go about it; nothing need be bound. */
static void
read_plan(const struct place *p, const char *statement, struct plan *plan)
{
	char *sql = mem_printf("EXPLAIN QUERY PLAN %s", statement);
	enum part parts[4096] = { WALK };	/* by the row's id */
	sqlite3_stmt *stmt;
	sqlite3 *db;

	assert_int_equal(sqlite3_open(p->db, &db), SQLITE_OK);
	assert_int_equal(sqlite3_create_function(db, "says", 2, SQLITE_UTF8 |
	    SQLITE_DETERMINISTIC, NULL, says, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL),
	    SQLITE_OK);
	while (sqlite3_step(stmt) == SQLITE_ROW) {
		const char *row = (const char *)sqlite3_column_text(stmt, 3);
		int id = sqlite3_column_int(stmt, 0);

		assert_in_range(id, 1, 4095);
		parts[id] = part_of(row, parts[sqlite3_column_int(stmt, 1)]);
		add_row(plan, parts[id], row);
	}
	sqlite3_finalize(stmt);
	sqlite3_close(db);
	free(sql);
}

static void
check(const struct place *p, enum list_way way, bool sorted)
{
	const char *statement = list_statement(way, sorted);
	struct plan plan = { 0 };

	if (statement == NULL)
		return;
	read_plan(p, statement, &plan);
	assert_string_equal(buf_str(&plan.scans), ways[way].scans);
	assert_string_equal(buf_str(&plan.repeated), "");
	if (ways[way].search != NULL)
		assert_string_equal(plan.search, ways[way].search);
	assert_int_equal(plan.sorts, sorted || ways[way].sorts);
	buf_free(&plan.scans);
	buf_free(&plan.repeated);
	free(plan.search);
}

static void
lists_walk_indexes(void **state)
{
	const struct place *p = *state;

	make(p);
	for (int way = 0; way < WAYS; way++) {
		check(p, (enum list_way)way, false);
		check(p, (enum list_way)way, true);
	}
}

/* A way without a statement would be found out by whoever asks for it. */
static void
every_way_has_a_statement(void **state)
{
	(void)state;
	for (int way = 0; way < WAYS; way++) {
		bool never_sorted = way == WAY_PLAIN || way == WAY_FIND ||
		    way == WAY_WORDS || way == WAY_ROLE;

		assert_int_equal(list_statement((enum list_way)way, false) !=
		    NULL, way != WAY_ALL);
		assert_int_equal(list_statement((enum list_way)way, true) !=
		    NULL, !never_sorted);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(lists_walk_indexes,
		    place_setup, place_teardown),
		cmocka_unit_test(every_way_has_a_statement),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
