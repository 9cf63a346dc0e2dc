/* SPDX-License-Identifier: ISC */

/* Each kind and each procedure, step by step. */
#include "flow_story.h"

static void
fault(void **state)
{
	struct play p;

	(void)state;
	play_open(&p, KIND_FAULT, 2);
	opens(&p, 0, "assign (contact)");
	refused(&p, DONE(TRIAGE, 1), "no step 'triage' is open on item 1");
	refused(&p, WAIVED(ASSIGN, 0), "cannot be waived");
	happens(&p, DONE(ASSIGN, 0));
	opens(&p, 1, "triage (pilot)");
	refused(&p, WAIVED(TRIAGE, 1), "cannot be waived");
	happens(&p, DONE(TRIAGE, 1));
	opens(&p, 1, "none");
	opens(&p, 2, "triage (pilot)");
	happens(&p, DONE(TRIAGE, 2));
	opens(&p, 0, "close (pilot)");
	happens(&p, ACT(CLOSE, 0));
	opens(&p, 0, "none");
	play_end(&p);
}

static void
emergency_without_a_unit(void **state)
{
	struct play p;

	(void)state;
	play_open(&p, KIND_EMERGENCY, 0);
	happens(&p, DONE(ASSIGN, 0));
	opens(&p, 0, "triage (pilot)");
	happens(&p, ACT(ADD, 0));
	assert_int_equal(flow_latest(&p.c, 0, STEP_TRIAGE, 0)->state,
	    STATE_DROPPED);
	opens(&p, 1, "triage (pilot)");
	refused(&p, DONE(TRIAGE, 0), "no step 'triage' is open");
	play_end(&p);
}

static void
complaint(void **state)
{
	struct play p;

	(void)state;
	play_open(&p, KIND_COMPLAINT, 1);
	happens(&p, DONE(ASSIGN, 0));
	opens(&p, 0, "classify (pilot)");
	refused(&p, WAIVED(CLASSIFY, 0), "cannot be waived");
	happens(&p, DONE(CLASSIFY, 0));
	opens(&p, 0, "acknowledge (pilot), solve (pilot)");
	refused(&p, WAIVED(SOLVE, 0), "cannot be waived");
	happens(&p, WAIVED(ACKNOWLEDGE, 0));
	/* The solution starts an exchange, which holds the case. */
	happens(&p, (struct deal){ .deed = COMPLETE, .step = STEP_SOLVE });
	opens(&p, 0, "close (pilot)");
	happens(&p, STARTED(EXCHANGE, 1));
	opens(&p, 0, "request (pilot), slip (pilot)");
	play_end(&p);
}

static void
recall_closes_by_itself(void **state)
{
	struct play p;

	(void)state;
	play_open(&p, KIND_RECALL, 3);
	opens(&p, 0, "notify (desk)");
	happens(&p, DONE(NOTIFY, 0));
	opens(&p, 0, "respond (customer)");
	happens(&p, DONE_AS(RESPOND, 1, DISPOSED));
	is_at(&p, 1, PLACE_SCRAPPED, NULL);
	happens(&p, WAIVED(RESPOND, 2));
	happens(&p, (struct deal){ .deed = COMPLETE, .step = STEP_RESPOND,
	    .item = 3, .outcome = OUTCOME_HELD, .procedure = PROC_REFUND });
	opens(&p, 0, "refund (desk)");
	refused(&p, WAIVED(REFUND, 3), "cannot be waived");
	assert_int_equal(p.c.status, CASE_OPEN);
	happens(&p, DONE(REFUND, 3));
	assert_int_equal(p.c.status, CASE_CLOSED);
	assert_int_equal(p.c.closed_at, p.at);
	play_end(&p);
}

/* Twelve contactors, three of which the customer may keep. */
static void
exchange_of_twelve(void **state)
{
	struct play p;

	(void)state;
	play_decided(&p, 12);
	for (int i = 1; i <= 12; i++)
		happens(&p, STARTED(EXCHANGE, i));
	opens(&p, 0, "request (pilot), slip (pilot)");
	for (int i = 1; i <= 12; i++) {
		happens(&p, DONE(REQUEST, i));
		opens(&p, i, "slip (pilot), replacement (logistics)");
		happens(&p, DONE(SLIP, i));
		assert_false(item_of(&p, i)->owed);
		happens(&p, DONE(REPLACEMENT, i));
		assert_true(item_of(&p, i)->owed);
		assert_int_equal(item_of(&p, i)->owed_at, p.at);
		opens(&p, i, "return (customer)");
	}
	for (int i = 10; i <= 12; i++) {
		happens(&p, WAIVED(RETURN, i));
		assert_false(item_of(&p, i)->owed);
		opens(&p, i, "none");
	}
	for (int i = 1; i <= 9; i++) {
		refused(&p, ACT(CLOSE, 0), "open are: ");
		happens(&p, DONE(RETURN, i));
		is_at(&p, i, PLACE_TO_US, "LOG");
		assert_true(item_of(&p, i)->owed);
		happens(&p, DONE(RECEIVE, i));
		is_at(&p, i, PLACE_SITE, "LOG");
		assert_false(item_of(&p, i)->owed);
		happens(&p, DONE(FORWARD, i));
		is_at(&p, i, PLACE_SITE, "PLA");
		opens(&p, i, "analyse (plant)");
		happens(&p, DONE(ANALYSE, i));
	}
	opens(&p, 0, "close (pilot)");
	play_end(&p);
}

static void
exchange_that_is_paid(void **state)
{
	struct play p;

	(void)state;
	play_decided(&p, 2);
	item_of(&p, 1)->pays = item_of(&p, 2)->pays = true;
	happens(&p, STARTED(EXCHANGE, 1));
	happens(&p, STARTED(EXCHANGE, 2));
	opens(&p, 0, "order (customer)");
	refused(&p, WAIVED(ORDER, 1), "cannot be waived");
	happens(&p, DONE(ORDER, 1));
	opens(&p, 1, "request (pilot), slip (pilot)");
	refused(&p, WAIVED(REQUEST, 1), "cannot be waived");
	happens(&p, ACT(DECLINE, 2));
	opens(&p, 2, "none");
	assert_int_equal(p.c.runs[1].ended_at, p.at);
	assert_string_equal(p.c.runs[1].why, "so");
	play_end(&p);
}

static void
exchange_waivers(void **state)
{
	struct play p;

	(void)state;
	play_decided(&p, 4);
	for (int i = 1; i <= 4; i++) {
		happens(&p, STARTED(EXCHANGE, i));
		happens(&p, DONE(REQUEST, i));
		happens(&p, WAIVED(REPLACEMENT, i));
		assert_false(item_of(&p, i)->ours);
		happens(&p, WAIVED(SLIP, i));
		opens(&p, i, "return (customer)");
	}
	happens(&p, WAIVED(RETURN, 1));
	opens(&p, 1, "none");
	is_at(&p, 1, PLACE_CUSTOMER, NULL);
	happens(&p, DONE(RETURN, 2));
	happens(&p, WAIVED(RECEIVE, 2));
	is_at(&p, 2, PLACE_UNKNOWN, NULL);
	opens(&p, 2, "none");
	/* The unit stays where it is, and goes back from there. */
	happens(&p, DONE(RECEIVE, 3));
	happens(&p, WAIVED(FORWARD, 3));
	opens(&p, 3, "send-back (site)");
	happens(&p, DONE(RECEIVE, 4));
	happens(&p, DONE(FORWARD, 4));
	happens(&p, WAIVED(ANALYSE, 4));
	opens(&p, 4, "send-back (site)");
	play_end(&p);
}

static void
repair_that_is_paid(void **state)
{
	struct play p;

	(void)state;
	play_decided(&p, 1);
	item_of(&p, 1)->pays = true;
	happens(&p, STARTED(REPAIR, 1));
	opens(&p, 1, "quote (pilot)");
	refused(&p, DONE(ORDER, 1), "no step 'order'");
	refused(&p, WAIVED(QUOTE, 1), "cannot be waived");
	happens(&p, DONE(QUOTE, 1));
	opens(&p, 1, "order (customer)");
	happens(&p, DONE(ORDER, 1));
	opens(&p, 1, "request (pilot), slip (pilot)");
	happens(&p, DONE(SLIP, 1));
	happens(&p, DONE(RETURN, 1));
	is_at(&p, 1, PLACE_TO_US, "REP");
	happens(&p, DONE(RECEIVE, 1));
	is_at(&p, 1, PLACE_SITE, "REP");
	opens(&p, 1, "request (pilot)");
	happens(&p, DONE(REQUEST, 1));
	opens(&p, 1, "fix (repair)");
	refused(&p, WAIVED(FIX, 1), "cannot be waived");
	happens(&p, DONE_AS(FIX, 1, NO_FAULT_FOUND));
	opens(&p, 1, "send-back (repair)");
	happens(&p, DONE(SEND_BACK, 1));
	is_at(&p, 1, PLACE_TO_CUSTOMER, NULL);
	opens(&p, 0, "close (pilot)");
	happens(&p, ACT(CLOSE, 0));
	is_at(&p, 1, PLACE_CUSTOMER, NULL);
	play_end(&p);
}

/* At the dock of the logistics centre it is not yet at the repair centre. */
static void
repair_by_another_dock(void **state)
{
	struct play p;

	(void)state;
	play_decided(&p, 1);
	happens(&p, STARTED(REPAIR, 1));
	happens(&p, DONE(REQUEST, 1));
	happens(&p, ARRIVED(1, "LOG"));
	is_at(&p, 1, PLACE_SITE, "LOG");
	opens(&p, 1, "receive (repair)");
	happens(&p, DONE(RECEIVE, 1));
	is_at(&p, 1, PLACE_SITE, "REP");
	opens(&p, 1, "fix (repair)");
	play_end(&p);
}

/* The unit is in the centre already: it goes to the plant from there. */
static void
not_repairable_becomes_an_exchange(void **state)
{
	struct play p;
	const struct flow_step *s;

	(void)state;
	play_decided(&p, 1);
	happens(&p, STARTED(REPAIR, 1));
	happens(&p, DONE(REQUEST, 1));
	happens(&p, DONE(SLIP, 1));
	happens(&p, DONE(RECEIVE, 1));
	happens(&p, DONE_AS(FIX, 1, NOT_REPAIRABLE));
	opens(&p, 1, "triage (pilot)");
	happens(&p, STARTED(EXCHANGE, 1));
	happens(&p, DONE(TRIAGE, 1));
	opens(&p, 1, "request (pilot), forward (logistics)");
	s = flow_latest(&p.c, 2, STEP_RECEIVE, 1);
	assert_int_equal(s->state, STATE_DONE);
	assert_true(s->born);
	happens(&p, DONE(REQUEST, 1));
	happens(&p, DONE(REPLACEMENT, 1));
	assert_false(item_of(&p, 1)->owed);
	assert_true(item_of(&p, 1)->ours);
	play_end(&p);
}

/* Waiving what brings the unit gives the request up with it. */
static void
repair_ends_as_a_whole(void **state)
{
	struct play p;

	(void)state;
	play_decided(&p, 2);
	for (int i = 1; i <= 2; i++) {
		happens(&p, STARTED(REPAIR, i));
		happens(&p, WAIVED(SLIP, i));
		opens(&p, i, "request (pilot), return (customer)");
	}
	happens(&p, WAIVED(RETURN, 1));
	opens(&p, 1, "none");
	happens(&p, DONE(RETURN, 2));
	opens(&p, 2, "request (pilot), receive (repair)");
	happens(&p, WAIVED(RECEIVE, 2));
	is_at(&p, 2, PLACE_UNKNOWN, NULL);
	opens(&p, 0, "close (pilot)");
	play_end(&p);
}

static void
expertise(void **state)
{
	struct play p;

	(void)state;
	play_open(&p, KIND_EXPERTISE, 1);
	happens(&p, DONE(ASSIGN, 0));
	happens(&p, STARTED(EXPERTISE, 1));
	happens(&p, DONE(TRIAGE, 1));
	opens(&p, 1, "dossier (desk)");
	refused(&p, WAIVED(DOSSIER, 1), "cannot be waived");
	happens(&p, DONE(DOSSIER, 1));
	opens(&p, 1, "book (customer)");
	happens(&p, WAIVED(BOOK, 1));
	opens(&p, 1, "pickup (carrier)");
	happens(&p, DONE(PICKUP, 1));
	is_at(&p, 1, PLACE_TO_US, "EXP");
	opens(&p, 1, "deliver (carrier)");
	happens(&p, DONE(DELIVER, 1));
	is_at(&p, 1, PLACE_SITE, "EXP");
	opens(&p, 1, "analyse (expertise)");
	refused(&p, WAIVED(ANALYSE, 1), "cannot be waived");
	happens(&p, DONE_AS(ANALYSE, 1, RETURN));
	opens(&p, 1, "report (desk), send-back (expertise)");
	refused(&p, WAIVED(REPORT, 1), "cannot be waived");
	happens(&p, DONE(REPORT, 1));
	opens(&p, 1, "send-back (expertise), survey (customer)");
	happens(&p, DONE(SEND_BACK, 1));
	/* The survey does not hold the case, and can come after closing. */
	opens(&p, 0, "survey (customer), close (pilot)");
	happens(&p, ACT(CLOSE, 0));
	opens(&p, 0, "survey (customer)");
	happens(&p, DONE(SURVEY, 1));
	opens(&p, 0, "none");
	play_end(&p);
}

static void
expertise_that_keeps_or_scraps(void **state)
{
	struct play p;

	(void)state;
	play_decided(&p, 2);
	for (int i = 1; i <= 2; i++) {
		happens(&p, STARTED(EXPERTISE, i));
		happens(&p, DONE(DOSSIER, i));
		happens(&p, DONE(PICKUP, i));
		happens(&p, i == 1 ? DONE_AS(ANALYSE, 1, KEEP) :
		    DONE_AS(ANALYSE, 2, SCRAP));
		opens(&p, i, "report (desk)");
		assert_true(item_of(&p, i)->ours);
	}
	is_at(&p, 1, PLACE_SITE, "EXP");
	is_at(&p, 2, PLACE_SCRAPPED, NULL);
	play_end(&p);
}

static void
expertise_waivers(void **state)
{
	struct play p;

	(void)state;
	play_decided(&p, 2);
	for (int i = 1; i <= 2; i++) {
		happens(&p, STARTED(EXPERTISE, i));
		happens(&p, DONE(DOSSIER, i));
		happens(&p, DONE(BOOK, i));
	}
	happens(&p, WAIVED(PICKUP, 1));
	opens(&p, 1, "none");
	happens(&p, DONE(PICKUP, 2));
	happens(&p, WAIVED(DELIVER, 2));
	/* It is on its way all the same. */
	opens(&p, 2, "receive (site)");
	happens(&p, DONE(RECEIVE, 2));
	is_at(&p, 2, PLACE_SITE, "EXP");
	opens(&p, 2, "triage (pilot)");
	play_end(&p);
}

static void
advice_beside_anything(void **state)
{
	struct play p;

	(void)state;
	play_decided(&p, 1);
	happens(&p, STARTED(ADVICE, 1));
	opens(&p, 1, "advise (pilot)");
	p.c.has_expert = true;
	opens(&p, 1, "advise (expert)");
	happens(&p, STARTED(REPAIR, 1));
	opens(&p, 1, "advise (expert), request (pilot), slip (pilot)");
	happens(&p, WAIVED(ADVISE, 1));
	opens(&p, 1, "request (pilot), slip (pilot)");
	happens(&p, STARTED(ADVICE, 1));
	happens(&p, DONE(ADVISE, 1));
	play_end(&p);
}

static void
advice_in_an_emergency_without_a_unit(void **state)
{
	struct play p;

	(void)state;
	play_open(&p, KIND_EMERGENCY, 0);
	happens(&p, DONE(ASSIGN, 0));
	happens(&p, STARTED(ADVICE, 0));
	happens(&p, STARTED(PARTS, 0));
	happens(&p, DONE(TRIAGE, 0));
	opens(&p, 0, "advise (pilot), parts (logistics)");
	refused(&p, WAIVED(PARTS, 0), "cannot be waived");
	refused(&p, STARTED(EXCHANGE, 0), "needs an item");
	happens(&p, DONE(ADVISE, 0));
	happens(&p, DONE(PARTS, 0));
	opens(&p, 0, "close (pilot)");
	play_end(&p);
}

/* Triage opens for the items of the intervention, and only for those. */
static void
intervention_not_running(void **state)
{
	struct play p;

	(void)state;
	play_open(&p, KIND_EMERGENCY, 3);
	happens(&p, DONE(ASSIGN, 0));
	for (int i = 1; i <= 3; i++)
		happens(&p, DONE(TRIAGE, i));
	happens(&p, STARTED(INTERVENTION, 1));
	happens(&p, STARTED(INTERVENTION, 3));
	assert_int_equal(p.c.run_count, 1);
	opens(&p, 0, "dispatch (desk)");
	refused(&p, WAIVED(DISPATCH, 0), "cannot be waived");
	happens(&p, DONE(DISPATCH, 0));
	opens(&p, 0, "arrive (technician)");
	happens(&p, WAIVED(ARRIVE, 0));
	opens(&p, 0, "intervene (technician)");
	refused(&p, WAIVED(INTERVENE, 0), "cannot be waived");
	happens(&p, DONE_AS(INTERVENE, 0, NOT_RUNNING));
	opens(&p, 1, "triage (pilot)");
	opens(&p, 2, "none");
	opens(&p, 3, "triage (pilot)");
	/* Once more, by a second one. */
	happens(&p, STARTED(INTERVENTION, 1));
	happens(&p, DONE(TRIAGE, 1));
	happens(&p, DONE(TRIAGE, 3));
	happens(&p, DONE(DISPATCH, 0));
	happens(&p, DONE(ARRIVE, 0));
	happens(&p, DONE_AS(INTERVENE, 0, RUNNING));
	opens(&p, 0, "close (pilot)");
	play_end(&p);
}

/* Started for no unit: triage of the case, or of all that were added since. */
static void
intervention_without_a_unit(void **state)
{
	struct play p;

	(void)state;
	play_open(&p, KIND_EMERGENCY, 0);
	happens(&p, DONE(ASSIGN, 0));
	happens(&p, STARTED(INTERVENTION, 0));
	happens(&p, DONE(TRIAGE, 0));
	happens(&p, DONE(DISPATCH, 0));
	happens(&p, DONE(ARRIVE, 0));
	happens(&p, DONE_AS(INTERVENE, 0, NOT_RUNNING));
	opens(&p, 0, "triage (pilot)");
	happens(&p, STARTED(INTERVENTION, 0));
	happens(&p, ACT(ADD, 0));
	happens(&p, DONE(TRIAGE, 1));
	happens(&p, DONE(DISPATCH, 0));
	happens(&p, DONE(ARRIVE, 0));
	happens(&p, DONE_AS(INTERVENE, 0, NOT_RUNNING));
	opens(&p, 1, "triage (pilot)");
	play_end(&p);
}

static void
correction_until_it_is_effective(void **state)
{
	struct play p;

	(void)state;
	play_open(&p, KIND_COMPLAINT, 0);
	happens(&p, DONE(ASSIGN, 0));
	happens(&p, DONE(CLASSIFY, 0));
	happens(&p, DONE(ACKNOWLEDGE, 0));
	happens(&p, STARTED(CORRECTION, 0));
	happens(&p, STARTED(CORRECTION, 0));
	assert_int_equal(p.c.run_count, 1);
	happens(&p, DONE(SOLVE, 0));
	opens(&p, 0, "correct (named)");
	refused(&p, WAIVED(CORRECT, 0), "cannot be waived");
	for (int i = 0; i < 2; i++) {
		happens(&p, DONE(CORRECT, 0));
		opens(&p, 0, "verify (quality)");
		refused(&p, WAIVED(VERIFY, 0), "cannot be waived");
		happens(&p, DONE_AS(VERIFY, 0, NOT_EFFECTIVE));
		opens(&p, 0, "correct (named)");
	}
	happens(&p, DONE(CORRECT, 0));
	happens(&p, DONE_AS(VERIFY, 0, EFFECTIVE));
	opens(&p, 0, "close (pilot)");
	play_end(&p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fault),
		cmocka_unit_test(emergency_without_a_unit),
		cmocka_unit_test(complaint),
		cmocka_unit_test(recall_closes_by_itself),
		cmocka_unit_test(exchange_of_twelve),
		cmocka_unit_test(exchange_that_is_paid),
		cmocka_unit_test(exchange_waivers),
		cmocka_unit_test(repair_that_is_paid),
		cmocka_unit_test(repair_by_another_dock),
		cmocka_unit_test(not_repairable_becomes_an_exchange),
		cmocka_unit_test(repair_ends_as_a_whole),
		cmocka_unit_test(expertise),
		cmocka_unit_test(expertise_that_keeps_or_scraps),
		cmocka_unit_test(expertise_waivers),
		cmocka_unit_test(advice_beside_anything),
		cmocka_unit_test(advice_in_an_emergency_without_a_unit),
		cmocka_unit_test(intervention_not_running),
		cmocka_unit_test(intervention_without_a_unit),
		cmocka_unit_test(correction_until_it_is_effective),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
