/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "work_tell.h"

/* Tasks: who of the house owes what an event has opened, and who answers. */

/* Who of the house owes the step: the person, else the site. */
static const char *
debtor(struct work *w, const struct flow_step *s, enum outbox_type *type)
{
	const struct work_step *ws = work_step(w, s);

	if (s->rule->owner == OWNER_CUSTOMER || s->rule->owner == OWNER_CARRIER)
		return NULL;
	*type = ws->owner_person != NULL ? OUTBOX_STAFF : OUTBOX_SITE;
	return ws->owner_person != NULL ? ws->owner_person : ws->owner_site;
}

/* The one who acts knows, and so does who works at the same site. */
static bool
knows(struct telling *t, enum outbox_type type, const char *code)
{
	const char *by = t->w->act->by;

	if (by == NULL)
		return false;
	if (type == OUTBOX_STAFF)
		return strcmp(by, code) == 0;
	if (t->actor.code == NULL)
		outbox_find(t->w->s, OUTBOX_STAFF, by, &t->actor);
	return t->actor.site != NULL && strcmp(t->actor.site, code) == 0;
}

static bool
owes(struct work *w, const struct flow_step *s, const char *code)
{
	enum outbox_type type;
	const char *who;

	if (s->state != STATE_OPEN || !work_step(w, s)->fresh)
		return false;
	who = debtor(w, s, &type);
	return who != NULL && strcmp(who, code) == 0;
}

/* The step, with those of the same name and due time for other items. */
static void
put_step(struct work *w, struct json *j, size_t at, const char *code)
{
	const struct flow_step *s = &w->flow.steps[at];
	const struct work_step *ws = work_step(w, s);

	json_object(j, NULL);
	json_text(j, "step", flow_step_name(s->rule->step));
	if (ws->due_at != 0)
		json_int(j, "due_at", ws->due_at);
	if (ws->limit_at != 0)
		json_int(j, "limit_at", ws->limit_at);
	json_array(j, "items");
	for (size_t i = at; i < w->flow.step_count; i++) {
		const struct flow_step *other = &w->flow.steps[i];

		if (other->item != 0 && owes(w, other, code) &&
		    other->rule->step == s->rule->step &&
		    work_step(w, other)->binds_at == ws->binds_at) {
			json_int(j, NULL, other->item);
			work_step(w, other)->told = true;
		}
	}
	json_end_array(j);
	json_end_object(j);
	work_step(w, s)->told = true;
}

static void
put_steps(struct work *w, struct json *j, const char *code)
{
	json_array(j, "steps");
	for (size_t i = 0; i < w->flow.step_count; i++)
		if (owes(w, &w->flow.steps[i], code) &&
		    !work_step(w, &w->flow.steps[i])->told)
			put_step(w, j, i, code);
	json_end_array(j);
}

static bool
newly_answers(const struct work *w, const char *code)
{
	return w->pilot != NULL && strcmp(w->pilot, code) == 0 &&
	    (w->was_pilot == NULL || strcmp(w->was_pilot, code) != 0);
}

/* What the customer said when the case was opened. */
static void
put_description(struct work *w, struct json *j)
{
	struct query *q;

	if (w->is_new) {
		json_text(j, "description", w->description);
		return;
	}
	q = store_query(w->s, "SELECT description FROM description "
	    "WHERE case_id = :case");
	bind_int(q, ":case", w->case_id);
	if (!query_row(q))
		return;
	json_text(j, "description", query_text(q, 0));
	query_done(q);
}

static void
tell_debtor(struct telling *t, enum outbox_type type, const char *code)
{
	bool assigned = type == OUTBOX_STAFF && newly_answers(t->w, code);
	struct outbox_recipient to;
	struct json facts = { 0 };

	if (!outbox_find(t->w->s, type, code, &to))
		return;
	telling_begin(t, &facts, !assigned || !t->w->is_new);
	if (assigned)
		put_description(t->w, &facts);
	telling_put_customer(t, &facts);
	put_steps(t->w, &facts, code);
	telling_put(t, assigned ? OUTBOX_ASSIGNED : OUTBOX_TASK, &to, &facts);
	outbox_forget(&to);
}

/* Who answers for the case from now on is told in any case. */
void
telling_to_house(struct telling *t)
{
	struct work *w = t->w;

	/* One letter for each of thousands of cases would help nobody. */
	if (telling_recalls(t))
		return;
	if (w->pilot != NULL && newly_answers(w, w->pilot) &&
	    !knows(t, OUTBOX_STAFF, w->pilot))
		tell_debtor(t, OUTBOX_STAFF, w->pilot);
	for (size_t i = 0; i < w->flow.step_count; i++) {
		const struct flow_step *s = &w->flow.steps[i];
		enum outbox_type type;
		const char *code;

		if (s->state != STATE_OPEN || !work_step(w, s)->fresh ||
		    work_step(w, s)->told)
			continue;
		code = debtor(w, s, &type);
		if (code != NULL && !knows(t, type, code))
			tell_debtor(t, type, code);
	}
}
