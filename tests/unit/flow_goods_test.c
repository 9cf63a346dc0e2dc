/* SPDX-License-Identifier: ISC */

/* Where the goods are, whatever the procedure: none is left behind. */
#include "flow_story.h"

static void
movements_are_implied(void **state)
{
	struct play p;

	(void)state;
	play_decided(&p, 1);
	happens(&p, STARTED(EXPERTISE, 1));
	/* The manufacturer's own steps never are. */
	refused(&p, DONE(PICKUP, 1), "no step 'pickup'");
	happens(&p, DONE(DOSSIER, 1));
	happens(&p, BOOKED(1, p.at + 15));
	p.at += 20;
	happens(&p, DONE_AS(ANALYSE, 1, KEEP));
	assert_int_equal(flow_latest(&p.c, 1, STEP_PICKUP, 1)->done_at,
	    p.at - 25);
	assert_int_equal(flow_latest(&p.c, 1, STEP_DELIVER, 1)->done_at, p.at);
	is_at(&p, 1, PLACE_SITE, "EXP");
	play_end(&p);
}

static void
an_implied_pickup_has_a_time(void **state)
{
	struct play p;

	(void)state;
	play_decided(&p, 2);
	for (int i = 1; i <= 2; i++) {
		happens(&p, STARTED(EXPERTISE, i));
		happens(&p, DONE(DOSSIER, i));
	}
	refused(&p, DONE(DELIVER, 1), "no appointment is booked");
	happens(&p, DONE(PICKUP, 1));
	assert_int_equal(flow_latest(&p.c, 1, STEP_BOOK, 1)->state,
	    STATE_DONE);
	happens(&p, DONE(DELIVER, 1));
	happens(&p, BOOKED(2, LATER));
	refused(&p, DONE(DELIVER, 2), "the appointment is later");
	play_end(&p);
}

static void
orders_are_never_implied(void **state)
{
	struct play p;

	(void)state;
	play_decided(&p, 1);
	item_of(&p, 1)->pays = true;
	happens(&p, STARTED(REPAIR, 1));
	refused(&p, DONE(RETURN, 1), "open are: quote (pilot)");
	refused(&p, DONE(REQUEST, 1), "open are: quote (pilot)");
	happens(&p, DONE(QUOTE, 1));
	refused(&p, DONE(SLIP, 1), "open are: order (customer)");
	play_end(&p);
}

/* At a site, or on its way, a unit needs no slip, return, book, pickup. */
static void
what_holds_is_born_done(void **state)
{
	struct play p;

	(void)state;
	play_decided(&p, 2);
	happens(&p, DONE(RECEIVE, 1));
	happens(&p, STARTED(EXPERTISE, 1));
	opens(&p, 1, "triage (pilot), dossier (desk), deliver (carrier)");
	assert_true(flow_latest(&p.c, 1, STEP_PICKUP, 1)->born);
	happens(&p, STARTED(EXCHANGE, 2));
	happens(&p, DONE(SLIP, 2));
	happens(&p, DONE(RETURN, 2));
	happens(&p, STARTED_INSTEAD(REPAIR, 2));
	opens(&p, 2, "request (pilot), receive (repair)");
	play_end(&p);
}

static void
at_its_centre_it_is_delivered(void **state)
{
	struct play p;

	(void)state;
	play_decided(&p, 2);
	happens(&p, ARRIVED(1, "EXP"));
	happens(&p, STARTED(EXPERTISE, 1));
	happens(&p, DONE(TRIAGE, 1));
	opens(&p, 1, "dossier (desk), analyse (expertise)");
	happens(&p, ARRIVED(2, "REP"));
	happens(&p, STARTED(REPAIR, 2));
	happens(&p, DONE(TRIAGE, 2));
	happens(&p, DONE(REQUEST, 2));
	opens(&p, 2, "fix (repair)");
	play_end(&p);
}

static void
a_parcel_before_its_slip(void **state)
{
	struct play p;

	(void)state;
	play_decided(&p, 1);
	happens(&p, STARTED(EXCHANGE, 1));
	happens(&p, DONE(RECEIVE, 1));
	assert_int_equal(flow_latest(&p.c, 1, STEP_SLIP, 1)->state,
	    STATE_DROPPED);
	opens(&p, 1, "request (pilot), forward (logistics)");
	refused(&p, DONE(RECEIVE, 1), "is at LOG already");
	play_end(&p);
}

static void
a_parcel_before_its_order(void **state)
{
	struct play p;

	(void)state;
	play_decided(&p, 1);
	item_of(&p, 1)->pays = true;
	happens(&p, STARTED(EXCHANGE, 1));
	happens(&p, DONE(RECEIVE, 1));
	opens(&p, 1, "order (customer)");
	happens(&p, DONE(ORDER, 1));
	opens(&p, 1, "request (pilot), forward (logistics)");
	play_end(&p);
}

static void
a_parcel_without_a_procedure(void **state)
{
	struct play p;

	(void)state;
	play_decided(&p, 1);
	happens(&p, DONE(RECEIVE, 1));
	is_at(&p, 1, PLACE_SITE, "LOG");
	opens(&p, 1, "triage (pilot)");
	happens(&p, DONE(TRIAGE, 1));
	opens(&p, 1, "send-back (site)");
	refused(&p, WAIVED(SEND_BACK, 1), "say what becomes of the unit");
	happens(&p, WAIVED_AS(SEND_BACK, 1, HANDED_OVER));
	is_at(&p, 1, PLACE_CUSTOMER, NULL);
	/* Before assign, triage comes by itself. */
	play_end(&p);
	play_open(&p, KIND_FAULT, 1);
	happens(&p, DONE(RECEIVE, 1));
	opens(&p, 0, "assign (contact)");
	play_end(&p);
}

static void
a_parcel_after_a_waiver(void **state)
{
	struct play p;

	(void)state;
	play_decided(&p, 2);
	for (int i = 1; i <= 2; i++) {
		happens(&p, STARTED(EXCHANGE, i));
		happens(&p, DONE(REQUEST, i));
		happens(&p, DONE(SLIP, i));
		happens(&p, WAIVED(RETURN, i));
	}
	happens(&p, DONE(REPLACEMENT, 1));
	assert_false(item_of(&p, 1)->owed);
	happens(&p, DONE(RECEIVE, 1));
	opens(&p, 1, "forward (logistics)");
	/* All of it was given up: what becomes of the unit is decided anew. */
	happens(&p, WAIVED(REPLACEMENT, 2));
	happens(&p, DONE(RECEIVE, 2));
	opens(&p, 2, "triage (pilot)");
	play_end(&p);
}

static void
a_parcel_after_declining(void **state)
{
	struct play p;

	(void)state;
	play_decided(&p, 2);
	for (int i = 1; i <= 2; i++) {
		item_of(&p, i)->pays = true;
		happens(&p, STARTED(EXCHANGE, i));
	}
	happens(&p, DONE(RECEIVE, 1));
	happens(&p, ACT(DECLINE, 1));
	opens(&p, 1, "send-back (site)");
	happens(&p, ACT(DECLINE, 2));
	happens(&p, DONE(RECEIVE, 2));
	opens(&p, 2, "triage (pilot)");
	play_end(&p);
}

/* What was given up does not revive when the unit comes another way. */
static void
given_up_stays_given_up(void **state)
{
	struct play p;

	(void)state;
	play_decided(&p, 1);
	happens(&p, STARTED(EXPERTISE, 1));
	happens(&p, DONE(DOSSIER, 1));
	happens(&p, DONE(BOOK, 1));
	happens(&p, WAIVED(PICKUP, 1));
	happens(&p, ARRIVED(1, "EXP"));
	opens(&p, 1, "triage (pilot)");
	play_end(&p);
}

static void
a_parcel_for_a_closed_case(void **state)
{
	struct play p;

	(void)state;
	play_decided(&p, 1);
	happens(&p, ACT(CLOSE, 0));
	refused(&p, DONE(RECEIVE, 1), "open are: none");
	refused(&p, STARTED(EXCHANGE, 1), "the case is not open");
	p.at += 10;
	assert_true(flow_reopen(&p.c, &(struct flow_act){ .at = p.at }));
	happens(&p, DONE(RECEIVE, 1));
	opens(&p, 0, "triage (pilot)");
	play_end(&p);
}

static void
a_stray_unit_is_sent_back(void **state)
{
	struct play p;

	(void)state;
	play_decided(&p, 1);
	happens(&p, DONE(RECEIVE, 1));
	happens(&p, DONE(TRIAGE, 1));
	opens(&p, 1, "send-back (site)");
	/* Starting a procedure drops it, giving that up opens it again. */
	happens(&p, STARTED(EXCHANGE, 1));
	opens(&p, 1, "request (pilot), forward (logistics)");
	happens(&p, ACT(STOP, 1));
	opens(&p, 1, "send-back (site)");
	happens(&p, ACT(TRIAGE, 1));
	opens(&p, 1, "triage (pilot)");
	happens(&p, DONE(TRIAGE, 1));
	happens(&p, DONE(SEND_BACK, 1));
	is_at(&p, 1, PLACE_TO_CUSTOMER, NULL);
	opens(&p, 0, "close (pilot)");
	play_end(&p);
}

static void
a_unit_on_its_way_is_awaited(void **state)
{
	struct play p;

	(void)state;
	play_decided(&p, 2);
	for (int i = 1; i <= 2; i++) {
		happens(&p, STARTED(EXCHANGE, i));
		happens(&p, DONE(SLIP, i));
		happens(&p, DONE(RETURN, i));
		happens(&p, ACT(STOP, i));
		opens(&p, i, "receive (site)");
	}
	happens(&p, DONE(RECEIVE, 1));
	is_at(&p, 1, PLACE_SITE, "LOG");
	opens(&p, 1, "triage (pilot)");
	happens(&p, WAIVED(RECEIVE, 2));
	is_at(&p, 2, PLACE_UNKNOWN, NULL);
	opens(&p, 2, "none");
	play_end(&p);
}

static void
a_scrapped_unit(void **state)
{
	struct play p;

	(void)state;
	play_decided(&p, 1);
	happens(&p, DONE(RECEIVE, 1));
	happens(&p, DONE(TRIAGE, 1));
	happens(&p, WAIVED_AS(SEND_BACK, 1, SCRAPPED));
	is_at(&p, 1, PLACE_SCRAPPED, NULL);
	refused(&p, STARTED(REPAIR, 1), "is scrapped and takes no repair");
	refused(&p, STARTED(EXPERTISE, 1), "is scrapped and takes no expert");
	happens(&p, STARTED(EXCHANGE, 1));
	opens(&p, 1, "request (pilot)");
	happens(&p, DONE(REQUEST, 1));
	happens(&p, DONE(REPLACEMENT, 1));
	assert_false(item_of(&p, 1)->owed);
	opens(&p, 0, "close (pilot)");
	play_end(&p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(movements_are_implied),
		cmocka_unit_test(an_implied_pickup_has_a_time),
		cmocka_unit_test(orders_are_never_implied),
		cmocka_unit_test(what_holds_is_born_done),
		cmocka_unit_test(at_its_centre_it_is_delivered),
		cmocka_unit_test(a_parcel_before_its_slip),
		cmocka_unit_test(a_parcel_before_its_order),
		cmocka_unit_test(a_parcel_without_a_procedure),
		cmocka_unit_test(a_parcel_after_a_waiver),
		cmocka_unit_test(a_parcel_after_declining),
		cmocka_unit_test(given_up_stays_given_up),
		cmocka_unit_test(a_parcel_for_a_closed_case),
		cmocka_unit_test(a_stray_unit_is_sent_back),
		cmocka_unit_test(a_unit_on_its_way_is_awaited),
		cmocka_unit_test(a_scrapped_unit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
