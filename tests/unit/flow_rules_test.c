/* SPDX-License-Identifier: ISC */

/* The rules for all procedures: beginning, giving up, ending. */
#include "flow_story.h"

static void
a_distributor_takes_no_expertise(void **state)
{
	static const enum process kinds[] = { KIND_FAULT, KIND_EXPERTISE,
	    KIND_COMPLAINT };
	struct play p;

	(void)state;
	for (size_t i = 0; i < COUNT(kinds); i++) {
		play_open(&p, kinds[i], 1);
		happens(&p, DONE(ASSIGN, 0));
		p.c.distributor = true;
		refused(&p, STARTED(EXPERTISE, 1), "end customers only");
		happens(&p, STARTED(REPAIR, 1));
		refused(&p, STARTED_INSTEAD(EXPERTISE, 1),
		    "end customers only");
		p.c.distributor = false;
		happens(&p, STARTED_INSTEAD(EXPERTISE, 1));
		play_end(&p);
	}
}

static void
each_kind_takes_its_procedures(void **state)
{
	static const uint64_t takes[KIND_COUNT] = {
		[KIND_FAULT] = AFTER(PROC_EXCHANGE) | AFTER(PROC_REPAIR) |
		    AFTER(PROC_ADVICE) | AFTER(PROC_EXPERTISE),
		[KIND_EMERGENCY] = AFTER(PROC_ADVICE) | AFTER(PROC_PARTS) |
		    AFTER(PROC_INTERVENTION) | AFTER(PROC_EXCHANGE) |
		    AFTER(PROC_REPAIR),
		[KIND_EXPERTISE] = AFTER(PROC_EXCHANGE) | AFTER(PROC_REPAIR) |
		    AFTER(PROC_ADVICE) | AFTER(PROC_EXPERTISE),
		[KIND_COMPLAINT] = AFTER(PROC_EXCHANGE) | AFTER(PROC_REPAIR) |
		    AFTER(PROC_EXPERTISE) | AFTER(PROC_ADVICE) |
		    AFTER(PROC_CORRECTION),
		[KIND_RECALL] = AFTER(PROC_EXCHANGE) | AFTER(PROC_REPAIR) |
		    AFTER(PROC_REFUND),
	};
	struct play p, q;

	(void)state;
	for (int kind = 0; kind < KIND_COUNT; kind++)
		for (int i = KIND_COUNT; i < PROCESS_COUNT; i++) {
			struct deal start = { .deed = START, .item = 1,
			    .procedure = (enum process)i };

			play_open(&p, (enum process)kind, 1);
			q = play_copy(&p);
			if ((takes[kind] & AFTER(i)) != 0)
				happens(&q, start);
			else
				refused(&q, start, "takes no");
			play_end(&q);
			play_end(&p);
		}
}

static void
goods_procedures_exclude_one_another(void **state)
{
	struct play p;

	(void)state;
	play_decided(&p, 1);
	happens(&p, STARTED(REPAIR, 1));
	refused(&p, STARTED(REPAIR, 1), "is under way for item 1 already");
	refused(&p, STARTED(EXCHANGE, 1), "--instead");
	happens(&p, STARTED_INSTEAD(EXCHANGE, 1));
	opens(&p, 1, "request (pilot), slip (pilot)");
	assert_int_equal(p.c.runs[0].ended_at, p.at);
	happens(&p, DONE(REQUEST, 1));
	happens(&p, DONE(REPLACEMENT, 1));
	/* Not once the replacement was shipped. */
	refused(&p, STARTED_INSTEAD(REPAIR, 1), "replacement of item 1 was");
	refused(&p, ACT(STOP, 1), "the replacement of item 1 was shipped");
	happens(&p, WAIVED(SLIP, 1));
	happens(&p, WAIVED(RETURN, 1));
	refused(&p, STARTED(REPAIR, 1), "the replacement of item 1 was");
	refused(&p, ACT(STOP, 1), "no procedure is under way");
	play_end(&p);
}

/* What is no goods step stays: the report is owed whatever comes after. */
static void
a_report_outlives_its_expertise(void **state)
{
	struct play p;

	(void)state;
	play_decided(&p, 1);
	happens(&p, STARTED(EXPERTISE, 1));
	happens(&p, DONE(DOSSIER, 1));
	happens(&p, DONE(PICKUP, 1));
	happens(&p, DONE_AS(ANALYSE, 1, RETURN));
	happens(&p, STARTED_INSTEAD(REPAIR, 1));
	opens(&p, 1, "report (desk), request (pilot), receive (repair)");
	happens(&p, DONE(REPORT, 1));
	opens(&p, 1, "request (pilot), receive (repair), survey (customer)");
	play_end(&p);
}

static void
the_warranty_is_settled_first(void **state)
{
	struct play p;

	(void)state;
	play_decided(&p, 1);
	item_of(&p, 1)->known = false;
	refused(&p, STARTED(EXCHANGE, 1), "warranty of item 1 is not known");
	refused(&p, STARTED(REPAIR, 1), "warranty of item 1 is not known");
	happens(&p, STARTED(ADVICE, 1));
	happens(&p, STARTED(EXPERTISE, 1));
	play_end(&p);
}

static void
a_product_names_its_sites(void **state)
{
	struct play p;

	(void)state;
	play_decided(&p, 1);
	item_of(&p, 1)->sites[SITE_REPAIR] = NULL;
	refused(&p, STARTED(REPAIR, 1), "names no repair centre");
	happens(&p, STARTED(EXCHANGE, 1));
	item_of(&p, 1)->sites[SITE_LOGISTICS] = NULL;
	happens(&p, ACT(STOP, 1));
	refused(&p, DONE(RECEIVE, 1), "give --from SITE");
	happens(&p, ARRIVED(1, "ELS"));
	is_at(&p, 1, PLACE_SITE, "ELS");
	play_end(&p);
}

static void
goodwill_drops_quote_and_order(void **state)
{
	struct play p;

	(void)state;
	play_decided(&p, 2);
	item_of(&p, 1)->pays = item_of(&p, 2)->pays = true;
	happens(&p, STARTED(REPAIR, 1));
	happens(&p, ACT(WARRANT, 1));
	opens(&p, 1, "request (pilot), slip (pilot)");
	happens(&p, STARTED(EXCHANGE, 2));
	happens(&p, ACT(WARRANT, 2));
	opens(&p, 2, "request (pilot), slip (pilot)");
	play_end(&p);
}

static void
declining_a_quote_leaves_advice(void **state)
{
	struct play p;

	(void)state;
	play_decided(&p, 1);
	item_of(&p, 1)->pays = true;
	happens(&p, STARTED(ADVICE, 1));
	happens(&p, STARTED(REPAIR, 1));
	happens(&p, ACT(DECLINE, 1));
	opens(&p, 1, "advise (pilot)");
	refused(&p, ACT(DECLINE, 1), "no step 'order' is open");
	play_end(&p);
}

static void
answers_while_a_procedure_asks(void **state)
{
	static const enum outcome gone[] = { OUTCOME_DISPOSED,
	    OUTCOME_SOLD_ON, OUTCOME_NOT_FOUND };
	struct play p;

	(void)state;
	play_open(&p, KIND_RECALL, 2);
	happens(&p, DONE(NOTIFY, 0));
	happens(&p, STARTED(EXCHANGE, 1));
	happens(&p, DONE(RECEIVE, 2));
	for (size_t i = 0; i < COUNT(gone); i++) {
		struct deal d = { .deed = COMPLETE, .step = STEP_RESPOND,
		    .outcome = gone[i], .item = 1 };

		refused(&p, d, "exchange asks for item 1");
		d.item = 2;
		refused(&p, d, "item 2 is with us");
	}
	happens(&p, DONE_AS(RESPOND, 1, HELD));
	happens(&p, DONE_AS(RESPOND, 2, HELD));
	play_end(&p);
}

static void
an_added_item_gets_its_intake(void **state)
{
	struct play p;

	(void)state;
	play_decided(&p, 1);
	happens(&p, ACT(ADD, 0));
	opens(&p, 2, "triage (pilot)");
	opens(&p, 1, "none");
	play_end(&p);
	play_open(&p, KIND_COMPLAINT, 0);
	happens(&p, DONE(ASSIGN, 0));
	happens(&p, ACT(ADD, 0));
	opens(&p, 1, "classify (pilot), triage (pilot)");
	play_end(&p);
	/* Told of the new one only: the first has nothing to say again. */
	play_open(&p, KIND_RECALL, 2);
	happens(&p, DONE(NOTIFY, 0));
	happens(&p, WAIVED(RESPOND, 1));
	happens(&p, ACT(ADD, 0));
	opens(&p, 2, "respond (customer), notify (desk)");
	opens(&p, 3, "notify (desk)");
	happens(&p, DONE(NOTIFY, 0));
	opens(&p, 1, "none");
	opens(&p, 3, "respond (customer)");
	play_end(&p);
}

static void
a_question_holds_nothing(void **state)
{
	struct play p;

	(void)state;
	play_decided(&p, 1);
	happens(&p, ACT(ASK, 0));
	happens(&p, ACT(ASK, 0));
	opens(&p, 0, "close (pilot), answer (customer)");
	refused(&p, DONE(ANSWER, 1), "no step 'answer'");
	happens(&p, DONE(ANSWER, 0));
	happens(&p, ACT(ASK, 0));
	happens(&p, ACT(CLOSE, 0));
	opens(&p, 0, "none");
	play_end(&p);
}

static void
close_is_withdrawn(void **state)
{
	struct play p;

	(void)state;
	play_decided(&p, 1);
	opens(&p, 0, "close (pilot)");
	happens(&p, STARTED(EXCHANGE, 1));
	opens(&p, 0, "request (pilot), slip (pilot)");
	refused(&p, ACT(CLOSE, 0), "open are: request (pilot), slip (pilot)");
	play_end(&p);
}

static void
cancelling_is_refused_while_units_are_about(void **state)
{
	struct play p;

	(void)state;
	play_decided(&p, 2);
	happens(&p, STARTED(EXCHANGE, 1));
	happens(&p, DONE(REQUEST, 1));
	happens(&p, DONE(REPLACEMENT, 1));
	refused(&p, ACT(CANCEL, 0), "the customer owes item 1");
	happens(&p, DONE(SLIP, 1));
	happens(&p, WAIVED(RETURN, 1));
	happens(&p, STARTED(REPAIR, 2));
	happens(&p, DONE(SLIP, 2));
	happens(&p, DONE(RETURN, 2));
	refused(&p, ACT(CANCEL, 0), "item 2 is on its way to us");
	happens(&p, DONE(RECEIVE, 2));
	refused(&p, ACT(CANCEL, 0), "item 2 is at REP");
	happens(&p, DONE(REQUEST, 2));
	happens(&p, DONE_AS(FIX, 2, REPAIRED));
	happens(&p, DONE(SEND_BACK, 2));
	happens(&p, ACT(CANCEL, 0));
	opens(&p, 0, "none");
	is_at(&p, 2, PLACE_CUSTOMER, NULL);
	refused(&p, ACT(CANCEL, 0), "the case is not open");
	play_end(&p);
}

/* What cancelling dropped of the intake comes back, and follows assign. */
static void
cancelled_and_reopened(void **state)
{
	struct play p;

	(void)state;
	play_open(&p, KIND_FAULT, 2);
	refused(&p, ACT(REOPEN, 1), "the case is open");
	happens(&p, ACT(CANCEL, 0));
	opens(&p, 0, "none");
	happens(&p, ACT(REOPEN, 1));
	opens(&p, 0, "assign (contact)");
	happens(&p, DONE(ASSIGN, 0));
	opens(&p, 2, "triage (pilot)");
	happens(&p, DONE(TRIAGE, 1));
	happens(&p, STARTED(EXCHANGE, 1));
	happens(&p, ACT(CANCEL, 0));
	happens(&p, ACT(REOPEN, 1));
	/* The procedure does not: triage says what is done now. */
	opens(&p, 1, "triage (pilot)");
	opens(&p, 2, "triage (pilot)");
	play_end(&p);
}

static void
closed_and_reopened(void **state)
{
	struct play p;

	(void)state;
	play_decided(&p, 2);
	happens(&p, ACT(CLOSE, 0));
	refused(&p, ACT(CLOSE, 0), "the case is not open");
	happens(&p, ACT(REOPEN, 2));
	opens(&p, 1, "none");
	opens(&p, 2, "triage (pilot)");
	play_end(&p);
	play_open(&p, KIND_COMPLAINT, 0);
	happens(&p, DONE(ASSIGN, 0));
	happens(&p, DONE(CLASSIFY, 0));
	happens(&p, DONE(ACKNOWLEDGE, 0));
	happens(&p, DONE(SOLVE, 0));
	happens(&p, ACT(CLOSE, 0));
	happens(&p, ACT(REOPEN, 0));
	opens(&p, 0, "classify (pilot)");
	play_end(&p);
}

/* Told late is possible; before what it depends on is not. */
static void
nothing_happens_before_its_ground(void **state)
{
	struct play p;
	int64_t shipped;

	(void)state;
	play_decided(&p, 1);
	happens(&p, STARTED(EXCHANGE, 1));
	happens(&p, DONE(SLIP, 1));
	shipped = p.at;
	happens(&p, DONE(REQUEST, 1));
	p.at = shipped - 11;
	refused(&p, DONE(RETURN, 1), "before what it depends on");
	refused(&p, WAIVED(RETURN, 1), "before it was open");
	p.at = shipped - 10;
	happens(&p, DONE(RETURN, 1));
	assert_int_equal(flow_open_step(&p.c, STEP_RECEIVE, 1)->since,
	    shipped);
	p.at = shipped + 90;
	happens(&p, ACT(STOP, 1));
	happens(&p, DONE(RECEIVE, 1));
	happens(&p, DONE(TRIAGE, 1));
	happens(&p, DONE(SEND_BACK, 1));
	p.at -= 20;
	refused(&p, DONE(RECEIVE, 1), "before it was moved last");
	refused(&p, ACT(CLOSE, 0), "before its last step was done");
	refused(&p, ACT(CANCEL, 0), "before what was done");
	p.at = 0;
	refused(&p, DONE(RECEIVE, 1), "before the case was opened");
	p.at = shipped + 200;
	happens(&p, ACT(CLOSE, 0));
	p.at -= 11;
	refused(&p, ACT(REOPEN, 1), "before it was closed");
	play_end(&p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_distributor_takes_no_expertise),
		cmocka_unit_test(each_kind_takes_its_procedures),
		cmocka_unit_test(goods_procedures_exclude_one_another),
		cmocka_unit_test(a_report_outlives_its_expertise),
		cmocka_unit_test(the_warranty_is_settled_first),
		cmocka_unit_test(a_product_names_its_sites),
		cmocka_unit_test(goodwill_drops_quote_and_order),
		cmocka_unit_test(declining_a_quote_leaves_advice),
		cmocka_unit_test(answers_while_a_procedure_asks),
		cmocka_unit_test(an_added_item_gets_its_intake),
		cmocka_unit_test(a_question_holds_nothing),
		cmocka_unit_test(close_is_withdrawn),
		cmocka_unit_test(cancelling_is_refused_while_units_are_about),
		cmocka_unit_test(cancelled_and_reopened),
		cmocka_unit_test(closed_and_reopened),
		cmocka_unit_test(nothing_happens_before_its_ground),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
