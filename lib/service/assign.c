/* SPDX-License-Identifier: ISC */
#include "decide.h"
#include "people.h"
#include "service/assign.h"
#include "service/duty.h"
#include "service/master.h"

static void
assign_pilot(struct work *w, const char *person)
{
	if (person == NULL)
		person = people_best(w, w->flow.kind == KIND_EXPERTISE ?
		    "expert" : "pilot");
	else if (!people_may_answer(w, person))
		return;
	w->pilot = person;
	if (flow_open_step(&w->flow, STEP_ASSIGN, 0) == NULL)
		return;
	work_take(w, flow_complete(&w->flow, STEP_ASSIGN, 0,
	    &(struct flow_act){ .at = w->act->at }));
}

static void
assign_expert(struct work *w, const char *person)
{
	if (person == NULL)
		person = people_best(w, "expert");
	else if (master_require(w->s, MASTER_STAFF, person) &&
	    !people_has_role(w, person, "expert"))
		store_refuse(w->s, "%s is not an expert", person);
	w->expert = person;
	w->flow.has_expert = true;
}

/* On site goes who is on duty, or at work, and knows the product. A gap in the
 * roster keeps nobody from going. */
static void
check_technician(struct work *w, const char *person)
{
	struct office *o = w->act->office;
	const char *other;

	if (!master_require(w->s, MASTER_STAFF, person))
		return;
	if (!people_has_role(w, person, "technician"))
		store_refuse(w->s, "%s is not a technician", person);
	else if (!people_skilled(w, person))
		store_refuse(w->s, "%s has not the skill for the product",
		    person);
	else if (!duty_in_hours(o, w->act->at) &&
	    !duty_has(o, w->act->at, person)) {
		other = duty_person(o, w->act->at, NULL, "technician",
		    &w->texts);
		if (other != NULL)
			store_refuse(w->s, "%s is not on duty then; %s is",
			    person, other);
		else
			flow_warn(&w->flow, "no technician is on "
			    "duty then; %s goes all the same", person);
	}
}

static void
assign_technician(struct work *w, const char *person)
{
	const char *range = w->flow.item_count > 0 ? w->items[0].range : NULL;

	if (person == NULL && !duty_in_hours(w->act->office, w->act->at))
		person = duty_person(w->act->office, w->act->at, range,
		    "technician", &w->texts);
	if (person == NULL)
		person = people_best(w, "technician");
	else
		check_technician(w, person);
	w->technician = person;
	if (flow_open_step(&w->flow, STEP_DISPATCH, 0) != NULL ||
	    flow_open_step(&w->flow, STEP_ARRIVE, 0) == NULL)
		work_take(w, flow_complete(&w->flow, STEP_DISPATCH, 0,
		    &(struct flow_act){ .at = w->act->at }));
}

void
assign_case(struct act *act, int64_t case_id, enum assign_role role,
    const char *person)
{
	static const char *const verbs[] = {
		[ASSIGN_PILOT] = "assign", [ASSIGN_EXPERT] = "expert",
		[ASSIGN_TECHNICIAN] = "dispatch",
	};
	struct work *w = work_open(act, case_id);

	if (w == NULL)
		return;
	if (!decide_in_time(w))
		;
	else if (role == ASSIGN_PILOT)
		assign_pilot(w, person);
	else if (role == ASSIGN_EXPERT)
		assign_expert(w, person);
	else
		assign_technician(w, person);
	if (store_ok(w->s)) {
		w->moved = true;
		json_text(&w->data, "person", role == ASSIGN_PILOT ? w->pilot :
		    role == ASSIGN_EXPERT ? w->expert : w->technician);
	}
	work_commit(w, verbs[role]);
	work_close(w);
}
