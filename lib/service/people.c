/* SPDX-License-Identifier: ISC */

#include "people.h"
#include "service/master.h"
#include "service/setting.h"

bool
people_has_role(struct work *w, const char *person, const char *role)
{
	struct query *q = store_query(w->s, "SELECT instr(' ' || roles || ' ', "
	    "' ' || :role || ' ') > 0 FROM staff WHERE code = :code");

	bind_text(q, ":code", person);
	bind_text(q, ":role", role);
	return query_int_or(q, 0) != 0;
}

/* The ranges of the case's items as a JSON array, each once or more. */
static void
ranges(struct work *w, struct json *j)
{
	json_array(j, NULL);
	for (size_t i = 0; i < w->flow.item_count; i++)
		if (w->items[i].range != NULL)
			json_text(j, NULL, w->items[i].range);
	json_end_array(j);
}

bool
people_skilled(struct work *w, const char *person)
{
	struct json j = { 0 };
	struct query *q = store_query(w->s, "SELECT NOT EXISTS (SELECT 1 "
	    "FROM json_each(:ranges) WHERE instr(' ' || skills || ' ', "
	    "' ' || value || ' ') = 0) OR skills = '*' "
	    "FROM staff WHERE code = :code");
	bool skilled;

	ranges(w, &j);
	bind_text(q, ":ranges", json_str(&j));
	bind_text(q, ":code", person);
	skilled = query_int_or(q, 0) != 0;
	json_free(&j);
	return skilled;
}

bool
people_may_answer(struct work *w, const char *person)
{
	if (!master_require(w->s, MASTER_STAFF, person))
		return false;
	if (w->flow.kind != KIND_EXPERTISE ||
	    people_has_role(w, person, "expert"))
		return true;
	store_refuse(w->s, "%s is not an expert; an expertise is assigned to "
	    "one, case-assign --auto finds him", person);
	return false;
}

/* Beyond a thousand open steps nobody has more to do than another: counting
 * on would only take time. */
const char *
people_fittest(struct work *w, const char *role, const char *rather_not)
{
	struct json j = { 0 };
	struct query *q = store_query(w->s, "SELECT code, skills = '*' OR "
	    "NOT EXISTS (SELECT 1 FROM json_each(:ranges) "
	    "WHERE instr(' ' || skills || ' ', ' ' || value || ' ') = 0) AS fit "
	    "FROM staff WHERE instr(' ' || roles || ' ', "
	    "' ' || :role || ' ') > 0 ORDER BY code IS :not, fit DESC, "
	    "(SELECT count(*) FROM (SELECT 1 FROM step WHERE who = code "
	    "AND state = 'open' LIMIT 1000)), code LIMIT 1");
	const char *person = NULL;

	ranges(w, &j);
	bind_text(q, ":ranges", json_str(&j));
	bind_text(q, ":role", role);
	bind_text(q, ":not", rather_not);
	if (query_row(q)) {
		person = work_text(w, q, 0);
		query_done(q);
	}
	json_free(&j);
	return person;
}

const char *
people_best(struct work *w, const char *role)
{
	const char *person = people_fittest(w, role, NULL);

	if (person == NULL)
		store_refuse(w->s, "nobody has the role '%s'; see case-load "
		    "staff", role);
	return person;
}

const char *
people_fallback(struct work *w)
{
	const char *person = arena_text(&w->texts,
	    setting_get(w->s, "duty.fallback"));

	if (person != NULL)
		flow_warn(&w->flow, "nobody is on duty at that time; "
		    "%s takes it as the fallback", person);
	else
		flow_warn(&w->flow, "nobody is on duty at that time "
		    "and no duty.fallback is set; it waits for the desk");
	json_bool(&w->data, "duty_gap", true);
	return person;
}
