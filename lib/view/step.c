/* SPDX-License-Identifier: ISC */
#include <inttypes.h>
#include <string.h>

#include "base/time.h"
#include "rules/flow.h"
#include "service/report.h"
#include "view/step.h"

#define DAY	INT64_C(86400)

/* What a closed case still awaits is its survey, and that for some time only:
 * nobody has to write down that it is over. */
static void
expire(struct view_step *step, int64_t closed_at)
{
	int64_t last = closed_at + REPORT_SURVEY_DAYS * DAY;

	if (time_now() <= last)
		return;
	step->open = false;
	step->state = flow_state_name(STATE_DROPPED);
	step->outcome = "unanswered";
	step->done_at = last;
}

void
view_step_read(struct query *q, struct arena *texts, struct view_step *step)
{
	*step = (struct view_step){
		.case_id = query_int(q, 0),
		.step_id = (int)query_int(q, 1),
		.item = (int)query_int(q, 2),
		.items = (int)query_int(q, 3),
		.step = arena_text(texts, query_text(q, 4)),
		.process = arena_text(texts, query_text(q, 5)),
		.owner = arena_text(texts, query_text(q, 6)),
		.owner_site = arena_text(texts, query_text(q, 7)),
		.owner_person = arena_text(texts, query_text(q, 8)),
		.who = arena_text(texts, query_text(q, 9)),
		.state = arena_text(texts, query_text(q, 10)),
		.born = query_int(q, 11) != 0,
		.holds = query_int(q, 12) != 0,
		.since = query_int(q, 13),
		.rule = arena_text(texts, query_text(q, 14)),
		.region = arena_text(texts, query_text(q, 15)),
		.due_at = query_int(q, 16),
		.limit_from = query_int(q, 17),
		.limit_at = query_int(q, 18),
		.appointment = query_int(q, 19),
		.done_at = query_int(q, 20),
		.outcome = arena_text(texts, query_text(q, 21)),
	};
	step->open = strcmp(step->state, "open") == 0;
	if (step->open && !query_null(q, 22))
		expire(step, query_int(q, 22));
}

const char *
view_step_binds(const struct view_step *step)
{
	if (step->limit_at != 0 &&
	    (step->due_at == 0 || step->limit_at < step->due_at))
		return "limit";
	return step->due_at != 0 ? "due" : NULL;
}

int64_t
view_step_binds_at(const struct view_step *step)
{
	const char *binds = view_step_binds(step);

	if (binds == NULL)
		return 0;
	return strcmp(binds, "due") == 0 ? step->due_at : step->limit_at;
}

void
view_step_command(const struct view_step *step, struct buf *b)
{
	enum step known;

	if (!flow_step_parse(step->step, &known))
		return;
	buf_printf(b, "%s %" PRId64, flow_step_command(known), step->case_id);
	if (step->item != 0 && step->items > 1)
		buf_printf(b, "/%d", step->item);
}

void
view_json_text(struct json *j, const char *key, const char *value)
{
	if (value != NULL)
		json_text(j, key, value);
	else
		json_null(j, key);
}

void
view_json_time(struct json *j, const char *key, int64_t at, const char *zone)
{
	char text[32];

	view_json_text(j, key, at != 0 ? time_format(at, zone, text) : NULL);
}

void
view_json_int(struct json *j, const char *key, int64_t value)
{
	if (value != 0)
		json_int(j, key, value);
	else
		json_null(j, key);
}

static void
put_command(const struct view_step *step, struct json *j)
{
	struct buf b = { 0 };

	if (step->open)
		view_step_command(step, &b);
	view_json_text(j, "command", step->open ? buf_str(&b) : NULL);
	buf_free(&b);
}

void
view_step_json(const struct view_step *step, const char *zone, struct json *j,
    const char *key)
{
	json_object(j, key);
	json_text(j, "step", step->step);
	json_text(j, "procedure", step->process);
	view_json_int(j, "item", step->item);
	json_text(j, "owner", step->owner);
	view_json_text(j, "owner_site", step->owner_site);
	json_text(j, "state", step->state);
	view_json_time(j, "due_at", step->due_at, zone);
	view_json_time(j, "limit_at", step->limit_at, zone);
	view_json_time(j, "done_at", step->done_at, zone);
	put_command(step, j);
	view_json_text(j, "owner_person", step->owner_person);
	view_json_time(j, "since", step->since, zone);
	view_json_text(j, "outcome", step->outcome);
	json_bool(j, "holds", step->holds);
	view_json_text(j, "binds", view_step_binds(step));
	json_end_object(j);
}
