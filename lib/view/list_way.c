/* SPDX-License-Identifier: ISC */
#include <stddef.h>

#include "list_way.h"

/*
 * Statements are literal, one for each way into the file, so that each walks an
 * index of what is open and none the history. What else is asked for is looked
 * at in the rows that come along the way.
 */
#define ROW \
	"SELECT c.case_id AS \"case\", c.kind, c.status, c.customer, " \
	"c.opened_at, c.pilot, c.items, " \
	"(SELECT name FROM customers WHERE code = c.customer) AS name, " \
	"c.risk, c.recall, c.closed_at, s.step, s.process AS procedure, " \
	"s.item, s.owner, s.who, s.since, s.due_at, s.limit_at, " \
	"CASE WHEN s.rule IS NOT NULL OR s.limit_at IS NOT NULL " \
	"THEN s.binds_at END AS due, " \
	"(SELECT u.reference || ifnull(':' || u.serial, '') " \
	"|| CASE WHEN c.items > 1 AND s.item IS NULL " \
	"THEN ' +' || (c.items - 1) ELSE '' END " \
	"FROM item AS i JOIN unit_state AS u USING (unit_id) " \
	"WHERE i.case_id = c.case_id AND i.item = ifnull(s.item, 1)) AS unit "

/* Cases by what stands elsewhere: found once, not looked for in each case. */
#define WORDS_ARE_IN \
	"(SELECT d.case_id FROM description AS d " \
	"WHERE says(:text, d.description) UNION ALL " \
	"SELECT w.case_id FROM said AS w " \
	"WHERE says(:text, w.words))"
#define WITH_UNIT(condition) \
	"(SELECT item.case_id FROM item JOIN unit_state USING (unit_id) " \
	"WHERE " condition ")"

#define CASE_IS \
	"(:status = 2 OR (c.status = 'open') = (:status = 0)) " \
	"AND (:kind IS NULL OR c.kind = :kind) " \
	"AND (:customer IS NULL OR c.customer = :customer) " \
	"AND (:recall IS NULL OR c.recall = :recall) " \
	"AND (:since IS NULL OR c.opened_at >= :since) " \
	"AND (:product IS NULL OR c.case_id IN " \
	WITH_UNIT("reference = :product") ") " \
	"AND (:serial IS NULL OR c.case_id IN " \
	WITH_UNIT("serial = :serial COLLATE NOCASE") ") " \
	"AND (:owed = 0 OR c.case_id IN " \
	"(SELECT case_id FROM item WHERE owed = 1)) " \
	"AND (:text IS NULL OR c.case_id IN " WORDS_ARE_IN ") "

#define STEP_IS(s) \
	s ".state = 'open' AND (:step IS NULL OR " s ".step = :step) " \
	"AND (:role IS NULL OR " s ".owner = :role) " \
	"AND (:who IS NULL OR " s ".who = :who) " \
	"AND (:me IS NULL OR " s ".owner_person = :me " \
	"OR " s ".owner_person IS NULL AND " s ".owner_site = :site " \
	"AND instr(' ' || :roles || ' ', ' ' || " s ".owner || ' ') > 0) " \
	"AND " s ".binds_at <= :until "

/* A survey can be answered for some time after closing, and is no more then. */
#define IS_ALIVE	"(s.rank < 2 OR c.closed_at > :dead) "

/* A case is one row, however many of its steps are what was asked for: the
 * number goes into the next command, and goes once. */
#define FIRST_OF_CASE \
	"AND NOT EXISTS (SELECT 1 FROM step AS o WHERE o.case_id = s.case_id " \
	"AND (o.binds_at, o.step_id) < (s.binds_at, s.step_id) " \
	"AND " STEP_IS("o") ") "

#define STEPS(source, where, order) \
	ROW "FROM " source " CROSS JOIN cases AS c USING (case_id) " \
	"WHERE " where STEP_IS("s") "AND " IS_ALIVE "AND " CASE_IS \
	FIRST_OF_CASE order
#define CASES(source, where, order) \
	ROW "FROM " source " LEFT JOIN step AS s ON s.case_id = c.case_id " \
	"AND s.step_id = c.next_step AND " IS_ALIVE "WHERE " where order
#define CHOSEN(cases, order) \
	"WITH chosen(case_id) AS (" cases ") " \
	CASES("chosen CROSS JOIN cases AS c USING (case_id)", CASE_IS, order)
#define STEPS_CHOSEN(cases, order) \
	"WITH chosen(case_id) AS (" cases ") " \
	STEPS("chosen CROSS JOIN step AS s USING (case_id)", "", order)

#define OF_CUSTOMER	"SELECT case_id FROM cases WHERE customer = :customer"
#define OF_SERIAL \
	"SELECT DISTINCT case_id FROM unit_state JOIN item USING (unit_id) " \
	"WHERE serial = :serial COLLATE NOCASE"
#define OF_OWED		"SELECT DISTINCT case_id FROM item WHERE owed = 1"
/* A unit by its serial alone, or with its reference as lists print it. */
#define CALLED \
	"(serial = :find COLLATE NOCASE OR serial = :found COLLATE NOCASE " \
	"AND reference = :product_found) "
#define FOUND \
	"SELECT case_id FROM cases WHERE case_id = :number " \
	"UNION SELECT case_id FROM cases WHERE recall = :called " \
	"UNION SELECT case_id FROM unit_state JOIN item USING (unit_id) " \
	"WHERE " CALLED \
	"UNION SELECT case_id FROM unit_state AS u JOIN item " \
	"ON replacement = u.unit_id WHERE " CALLED \
	"UNION SELECT case_id FROM lookup " \
	"WHERE value IN (:find, upper(:find)) " \
	"UNION SELECT case_id FROM cases " \
	"WHERE customer IN (:find, upper(:find))"
#define FOUND_WORDS \
	"SELECT case_id FROM customers CROSS JOIN cases ON customer = code " \
	"WHERE says(:words, name) " \
	"UNION SELECT case_id FROM description " \
	"WHERE says(:words, description) " \
	"UNION SELECT case_id FROM recall_text CROSS JOIN cases USING (recall) " \
	"WHERE says(:words, title) " \
	"UNION SELECT case_id FROM said " \
	"WHERE says(:words, words)"

#define LIMIT		", c.case_id LIMIT :limit"
#define BY_URGENCY	"ORDER BY c.next_rank, c.next_at" LIMIT
#define BY_STEP		"ORDER BY s.rank, s.binds_at" LIMIT
#define BY_TIME		"ORDER BY s.binds_at, s.case_id LIMIT :limit"
#define NEWEST_FIRST	"ORDER BY c.case_id DESC LIMIT :limit"
#define OPEN_FIRST \
	"ORDER BY c.status <> 'open', c.next_rank, c.next_at, " \
	"iif(c.status = 'open', 1, -1) * c.case_id LIMIT :limit"
/* As enum list_sort counts. */
#define AS_ASKED \
	"ORDER BY CASE :sort WHEN 1 THEN ifnull(s.binds_at, 1e18) " \
	"WHEN 2 THEN c.case_id WHEN 3 THEN -c.opened_at END, " \
	"CASE :sort WHEN 4 THEN name END COLLATE NOCASE" LIMIT

#define OPEN		"c.status = 'open' "
#define CLOSED		"c.status <> 'open' "

/* The index is named, so that a statement that cannot use it is an error. */
#define STEP_OPEN	"step AS s INDEXED BY step_open"
#define STEP_WHO	"step AS s INDEXED BY step_who"
#define STEP_DUE	"step AS s INDEXED BY step_due"
#define THIS_STEP	"s.step = :step AND s.rank = :rank AND "
#define ONE_STEP	"s.step = :walk AND s.rank = :rank AND "
#define THESE_STEPS	"s.step = :step AND s.rank IN (0, 1, 2) AND "
#define MINE		"s.who IN (:me, :site) AND "

static const char *const statements[WAYS][2] = {
	[WAY_PLAIN] = { CASES("cases AS c", OPEN, BY_URGENCY), NULL },
	[WAY_OPEN] = {
	    CASES("cases AS c", OPEN "AND " CASE_IS, BY_URGENCY),
	    CASES("cases AS c", OPEN "AND " CASE_IS, AS_ASKED) },
	[WAY_CLOSED] = {
	    CASES("cases AS c", CLOSED "AND " CASE_IS, NEWEST_FIRST),
	    CASES("cases AS c", CLOSED "AND " CASE_IS, AS_ASKED) },
	[WAY_ALL] = { NULL, CASES("cases AS c", CASE_IS, AS_ASKED) },
	[WAY_CUSTOMER] = { CHOSEN(OF_CUSTOMER, OPEN_FIRST), CHOSEN(OF_CUSTOMER, AS_ASKED) },
	[WAY_SERIAL] = { CHOSEN(OF_SERIAL, OPEN_FIRST), CHOSEN(OF_SERIAL, AS_ASKED) },
	[WAY_OWED] = { CHOSEN(OF_OWED, OPEN_FIRST), CHOSEN(OF_OWED, AS_ASKED) },
	[WAY_FIND] = { CHOSEN(FOUND, OPEN_FIRST), NULL },
	[WAY_WORDS] = { CHOSEN(FOUND_WORDS, OPEN_FIRST), NULL },
	[WAY_STEP] = { STEPS(STEP_OPEN, THIS_STEP, BY_TIME), STEPS(STEP_OPEN, THESE_STEPS, AS_ASKED) },
	[WAY_ROLE] = { STEPS(STEP_OPEN, ONE_STEP, BY_TIME), NULL },
	[WAY_WHO] = { STEPS(STEP_WHO, "s.who = :who AND ", BY_STEP),
	    STEPS(STEP_WHO, "s.who = :who AND ", AS_ASKED) },
	[WAY_ME] = { STEPS(STEP_WHO, MINE, BY_STEP), STEPS(STEP_WHO, MINE, AS_ASKED) },
	[WAY_DUE] = { STEPS(STEP_DUE, "s.rank < 2 AND ", BY_STEP),
	    STEPS(STEP_DUE, "s.rank < 2 AND ", AS_ASKED) },
	[WAY_STEP_CUSTOMER] = { STEPS_CHOSEN(OF_CUSTOMER, BY_STEP), STEPS_CHOSEN(OF_CUSTOMER, AS_ASKED) },
	[WAY_STEP_SERIAL] = { STEPS_CHOSEN(OF_SERIAL, BY_STEP), STEPS_CHOSEN(OF_SERIAL, AS_ASKED) },
};

const char *
list_statement(enum list_way way, bool sorted)
{
	return statements[way][sorted];
}
