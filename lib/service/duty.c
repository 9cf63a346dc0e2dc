/* SPDX-License-Identifier: ISC */
#include "service/duty.h"

bool
duty_in_hours(struct office *o, int64_t at)
{
	return calendar_is_open(office_calendar(o, NULL), at, NULL);
}

const char *
duty_person(struct office *o, int64_t at, const char *range, const char *role,
    struct arena *texts)
{
	struct query *q = store_query(office_store(o),
	    "SELECT code, skills = '*' OR :range IS NULL "
	    "OR instr(' ' || skills || ' ', ' ' || :range || ' ') > 0 AS knows "
	    "FROM duty JOIN staff ON code = duty.staff "
	    "WHERE \"from\" <= :at AND \"to\" > :at AND (:role IS NULL "
	    "OR instr(' ' || roles || ' ', ' ' || :role || ' ') > 0) "
	    "ORDER BY knows DESC, code LIMIT 1");
	const char *person = NULL;

	bind_int(q, ":at", at);
	bind_text(q, ":range", range);
	bind_text(q, ":role", role);
	if (query_row(q)) {
		person = arena_text(texts, query_text(q, 0));
		query_done(q);
	}
	return person;
}

bool
duty_has(struct office *o, int64_t at, const char *person)
{
	struct query *q = store_query(office_store(o), "SELECT 1 FROM duty "
	    "WHERE staff = :staff AND \"from\" <= :at AND \"to\" > :at");

	bind_int(q, ":at", at);
	bind_text(q, ":staff", person);
	return query_int_or(q, 0) != 0;
}
