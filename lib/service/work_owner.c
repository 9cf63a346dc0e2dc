/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "base/text.h"
#include "people.h"
#include "service/setting.h"
#include "work.h"

/* Later than any due time: steps without one come last in lists. */
#define FAR_AWAY	INT64_C(253402300799)

static bool
same(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static const char *
site_of_person(struct work *w, const char *person)
{
	struct query *q;
	const char *site = NULL;

	if (person == NULL)
		return office_desk(w->act->office);
	q = store_query(w->s, "SELECT site FROM staff WHERE code = :code");
	bind_text(q, ":code", person);
	if (query_row(q)) {
		site = work_text(w, q, 0);
		query_done(q);
	}
	return site != NULL ? site : office_desk(w->act->office);
}

/* Parts may be for a case without items: then from the first store there is. */
static const char *
some_logistics(struct work *w)
{
	const char *site = NULL;
	struct query *q;

	if (w->flow.item_count > 0)
		return w->flow.items[0].sites[SITE_LOGISTICS];
	q = store_query(w->s, "SELECT code FROM sites "
	    "WHERE kind = 'logistics' ORDER BY code LIMIT 1");
	if (query_row(q)) {
		site = work_text(w, q, 0);
		query_done(q);
	}
	return site;
}

static const char *
role_site(struct work *w, const struct flow_step *s)
{
	return s->item == 0 ? some_logistics(w) :
	    flow_site(&w->flow.items[s->item - 1],
	    flow_is_holders(s->rule) ? OWNER_HOLDER : s->rule->owner);
}

static void
own_by_person(struct work *w, struct work_step *ws, const char *person)
{
	ws->owner_person = person;
	ws->owner_site = site_of_person(w, person);
	ws->who = person != NULL ? person : ws->owner_site;
}

static void
own_by_site(struct work_step *ws, const char *site)
{
	ws->owner_person = NULL;
	ws->owner_site = site;
	ws->who = site;
}

/* Who was named; a correction that has to be made again is still his. */
static const char *
named_person(struct work *w, const struct flow_step *s)
{
	const char *person = work_step(w, s)->owner_person;

	for (int id = s->id - 1; person == NULL && id > 0; id--) {
		const struct flow_step *before = &w->flow.steps[id - 1];

		if (before->run == s->run && before->rule == s->rule)
			person = work_step(w, before)->owner_person;
	}
	return person != NULL ? person : w->pilot;
}

/* Who has the role, and keeps what he was told of; else the desk does it. */
static void
own_by_quality(struct work *w, const struct flow_step *s, struct work_step *ws)
{
	const struct flow_step *correct = flow_latest(&w->flow, s->run,
	    STEP_CORRECT, 0);
	const char *made = correct == NULL ? NULL :
	    work_step(w, correct)->owner_person;
	const char *person = ws->owner_person;

	if (person == NULL) {
		person = people_fittest(w, "quality", made);
		if (person != NULL && made != NULL && strcmp(person, made) == 0)
			flow_warn(&w->flow, "%s made the correction, and "
			    "nobody else has the role 'quality': let somebody "
			    "else verify it", made);
	}
	own_by_person(w, ws, person);
}

/* The site that has the unit or awaits it, in the role that it has. */
static void
own_by_holder(struct work *w, const struct flow_step *s, struct work_step *ws)
{
	const char *usual = s->rule->owner == OWNER_HOLDER ? NULL :
	    flow_site(&w->flow.items[s->item - 1], s->rule->owner);
	const char *kind;

	own_by_site(ws, role_site(w, s));
	kind = office_site_kind(w->act->office, ws->owner_site);
	if (kind != NULL && !same(ws->owner_site, usual))
		ws->owner = kind;
}

static void
fill_owner(struct work *w, const struct flow_step *s, struct work_step *ws)
{
	ws->owner = flow_owner_name(s->rule->owner);
	if (flow_is_holders(s->rule)) {
		own_by_holder(w, s, ws);
		return;
	}
	switch (s->rule->owner) {
	case OWNER_CONTACT:
		own_by_person(w, ws, w->opened_by);
		break;
	case OWNER_PILOT:
		own_by_person(w, ws, w->pilot);
		break;
	case OWNER_EXPERT:
		if (w->expert == NULL)
			ws->owner = flow_owner_name(OWNER_PILOT);
		own_by_person(w, ws, w->expert != NULL ? w->expert : w->pilot);
		break;
	case OWNER_TECHNICIAN:
		own_by_person(w, ws, w->technician);
		break;
	case OWNER_NAMED:
		own_by_person(w, ws, named_person(w, s));
		break;
	case OWNER_QUALITY:
		own_by_quality(w, s, ws);
		break;
	case OWNER_DESK:
		own_by_site(ws, office_desk(w->act->office));
		break;
	case OWNER_LOGISTICS:
	case OWNER_PLANT:
	case OWNER_REPAIR:
	case OWNER_EXPERTISE:
		own_by_site(ws, role_site(w, s));
		break;
	case OWNER_CUSTOMER:
		own_by_site(ws, NULL);
		ws->who = w->customer;
		break;
	case OWNER_CARRIER:
		own_by_site(ws, NULL);
		ws->who = arena_text(&w->texts, setting_get(w->s, "carrier"));
		break;
	case OWNER_HOLDER:
	case OWNER_COUNT:
		break;
	}
}

/* Is the promise of the expertise kept, the report being with the customer? */
static bool
is_kept(struct work *w, const struct flow_step *s)
{
	const struct flow_step *report = flow_latest(&w->flow, s->run,
	    STEP_REPORT, s->item);

	return report != NULL && report->state == STATE_DONE;
}

/* The limit goes with every open step of an expertise, from pickup until the
 * report is out. */
static void
fill_limit(struct work *w, const struct flow_step *s, struct work_step *ws)
{
	const struct flow_step *pickup;

	ws->limit_at = 0;
	if (s->process != PROC_EXPERTISE || is_kept(w, s))
		return;
	pickup = flow_latest(&w->flow, s->run, STEP_PICKUP, s->item);
	if (pickup == NULL || pickup->state != STATE_DONE ||
	    s->rule->step == STEP_PICKUP || s->rule->step == STEP_BOOK)
		return;
	ws->limit_from = pickup->done_at;
	ws->limit_at = calendar_due(office_calendar(w->act->office, NULL),
	    pickup->done_at, office_promise(w->act->office));
}

static int64_t
due_of(struct work *w, const struct flow_step *s, struct work_step *ws)
{
	struct due due = office_due(w->act->office, s->process, s->rule,
	    w->flow.kind);
	const struct calendar *c = office_region_calendar(w->act->office,
	    ws->region);
	const struct flow_step *book;
	char words[24];

	ws->rule = due.unit == DUE_NONE ? NULL :
	    arena_text(&w->texts, due_format(due, words));
	switch (s->rule->from) {
	case FROM_GIVEN:
		if (s->given == 0)
			break;
		ws->rule = "given";
		return s->given;
	case FROM_APPOINTMENT:
		book = flow_latest(&w->flow, s->run, STEP_BOOK, s->item);
		if (book == NULL || book->appointment == 0)
			break;
		ws->rule = "appointment";
		return calendar_day_end(c, book->appointment);
	case FROM_OPENING:
		return calendar_due(c, w->flow.opened_at, due);
	case FROM_PREREQUISITE:
		break;
	}
	return due.unit == DUE_NONE ? 0 : calendar_due(c, s->since, due);
}

static void
fill_step(struct work *w, struct flow_step *s, struct work_step *ws)
{
	int64_t due;

	fill_owner(w, s, ws);
	ws->region = office_region(w->act->office, ws->owner_site);
	due = due_of(w, s, ws);
	if (due < 0)
		store_refuse(w->s, "the calendar of region %s has no open day",
		    ws->region);
	ws->due_at = due;
	fill_limit(w, s, ws);
	ws->binds_at = due > 0 ? due : FAR_AWAY;
	if (ws->limit_at != 0 && ws->limit_at < ws->binds_at)
		ws->binds_at = ws->limit_at;
}

void
work_fill_steps(struct work *w)
{
	for (size_t i = 0; i < w->flow.step_count; i++) {
		struct flow_step *s = &w->flow.steps[i];
		struct work_step *ws = work_step(w, s);
		struct work_step was = *ws;

		if (was.owner != NULL && s->state != STATE_OPEN)
			continue;
		if (was.owner != NULL && !w->moved && !s->changed &&
		    (was.limit_at == 0 || !is_kept(w, s)))
			continue;
		fill_step(w, s, ws);
		ws->fresh |= was.owner == NULL || !text_same(ws->who, was.who);
		if (ws->fresh || ws->due_at != was.due_at ||
		    ws->limit_at != was.limit_at ||
		    !text_same(ws->owner_site, was.owner_site))
			s->changed = true;
	}
}
