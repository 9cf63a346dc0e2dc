/* SPDX-License-Identifier: ISC */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/local.h"
#include "base/mem.h"
#include "base/time.h"
#include "rules/flow.h"
#include "view/grid.h"
#include "view/phrase.h"
#include "view/why.h"

/* How one of the two times of a step came about. */
struct count {
	const char	*what;		/* "due", "limit" */
	const char	*rule;		/* "10 bd", "given", "appointment" */
	const char	*since;		/* what the clock started with */
	int64_t		 from;
	const char	*region;
	const char	*zone;
	int64_t		 recorded;
	int64_t		 counted;	/* what the calendar says today */
	bool		 by_days;
	struct calendar_span *spans;
	size_t		 span_count;
	struct arena	 texts;
};

static void
add_span(const struct calendar_span *span, void *arg)
{
	struct count *k = arg;
	struct calendar_span *kept;

	k->spans = mem_array(k->spans, k->span_count + 1, sizeof(*k->spans));
	kept = &k->spans[k->span_count++];
	*kept = *span;
	kept->reason = arena_text(&k->texts, span->reason);
}

static void
count(struct count *k, const struct calendar *c, struct due due)
{
	k->zone = arena_text(&k->texts, calendar_zone(c));
	k->by_days = due.unit == DUE_BUSINESS_DAYS;
	k->counted = calendar_explain(c, k->from, due, add_span, k);
}

static void
end_count(struct count *k)
{
	free(k->spans);
	arena_free(&k->texts);
}

static const struct flow_rule *
rule_of(const struct view_step *s)
{
	const struct flow_rule *rule = NULL;
	enum process p;
	enum step step;

	if (!flow_step_parse(s->step, &step))
		return NULL;
	if (flow_kind_parse(s->process, &p))
		rule = flow_rule(p, step);
	if (rule == NULL && flow_procedure_parse(s->process, &p))
		rule = flow_rule(p, step);
	return rule;
}

/* When the carrier was to come, as it was when this step was given its time. */
static int64_t
appointment_for(const struct show *v, const struct view_step *s)
{
	int64_t at = 0;

	for (size_t i = 0; i < v->step_count; i++)
		if (v->steps[i].appointment != 0 &&
		    v->steps[i].item == s->item)
			at = v->steps[i].appointment;
	return at;
}

static void
count_due(struct office *o, const struct show *v, const struct view_step *s,
    struct count *k)
{
	const struct flow_rule *rule = rule_of(s);
	const struct calendar *c;
	struct due due;

	*k = (struct count){ .what = "due", .rule = s->rule,
	    .since = LOCAL("when its clock started"), .from = s->since,
	    .region = s->region, .recorded = s->due_at,
	    .counted = s->due_at };
	if (s->rule == NULL)
		return;
	c = office_region_calendar(o, s->region);
	if (rule != NULL && rule->from == FROM_OPENING) {
		k->since = LOCAL("the opening of the case");
		k->from = v->opened_at;
	}
	if (strcmp(s->rule, "appointment") == 0) {
		k->since = LOCAL("the appointment");
		k->from = appointment_for(v, s);
		k->counted = calendar_day_end(c, k->from);
	}
	if (due_parse(s->rule, &due))
		count(k, c, due);
	else
		k->zone = arena_text(&k->texts, calendar_zone(c));
}

static void
count_limit(struct office *o, const struct view_step *s, struct count *k)
{
	struct due due = office_promise(o);
	char words[24];

	*k = (struct count){ .what = "limit", .since = LOCAL("pickup"),
	    .from = s->limit_from, .recorded = s->limit_at };
	if (s->limit_at == 0)
		return;
	k->rule = arena_text(&k->texts, due_format(due, words));
	k->region = arena_text(&k->texts, office_region(o, NULL));
	count(k, office_calendar(o, NULL), due);
}

static void
put_span(const struct calendar_span *span, const char *zone, struct json *j)
{
	json_object(j, NULL);
	view_json_time(j, "start", span->start, zone);
	view_json_time(j, "end", span->end, zone);
	json_bool(j, "counted", span->counted);
	view_json_int(j, "day", span->day);
	json_text(j, "reason", span->reason);
	json_end_object(j);
}

static void
put_count(const struct count *k, struct json *j)
{
	if (k->recorded == 0) {
		json_null(j, k->what);
		return;
	}
	json_object(j, k->what);
	view_json_time(j, "at", k->recorded, k->zone);
	json_text(j, "rule", k->rule);
	view_json_time(j, "from", k->from, k->zone);
	json_text(j, "region", k->region);
	view_json_time(j, "counted", k->counted, k->zone);
	json_array(j, "spans");
	for (size_t i = 0; i < k->span_count; i++)
		put_span(&k->spans[i], k->zone, j);
	json_end_array(j);
	json_end_object(j);
}

/* "4 h 30 min" */
static void
put_duration(struct buf *b, int64_t seconds)
{
	if (seconds >= 3600)
		buf_printf(b, "%" PRId64 " h", seconds / 3600);
	if (seconds % 3600 != 0)
		buf_printf(b, "%s%" PRId64 " min", seconds >= 3600 ? " " : "",
		    seconds / 60 % 60);
	if (seconds % 60 != 0)
		buf_printf(b, " %" PRId64 " s", seconds % 60);
}

static void
print_span(const struct count *k, const struct calendar_span *span,
    bool person, struct grid *g)
{
	char text[40];

	grid_text(g, time_format_person(span->start, k->zone, person, text),
	    GRID_PLAIN);
	grid_text(g, time_format_person(span->end, k->zone, person, text),
	    GRID_PLAIN);
	if (span->counted && k->by_days)
		buf_printf(&g->text, local_if(person, "day %d"), span->day);
	else if (span->counted)
		put_duration(&g->text, span->end - span->start);
	else
		buf_text(&g->text, "-");
	grid_take(g, span->counted ? GRID_BOLD : GRID_FAINT);
	grid_text(g, person ? local_word("span", span->reason) : span->reason,
	    span->counted ? GRID_PLAIN : GRID_FAINT);
	grid_end_row(g);
}

/* What the counted intervals come to. */
static void
print_sum(const struct count *k, bool person, struct buf *b)
{
	int64_t seconds = 0;
	int day = 0;

	for (size_t i = 0; i < k->span_count; i++) {
		if (!k->spans[i].counted)
			continue;
		seconds += k->spans[i].end - k->spans[i].start;
		day = k->spans[i].day;
	}
	buf_printf(b, "      %s", local_if(person, "counted: "));
	if (k->by_days)
		buf_printf(b, local_if(person, "%d days"), day);
	else
		put_duration(b, seconds);
	buf_char(b, '\n');
}

static void
print_changed(const struct count *k, bool person, struct buf *b)
{
	char text[40];

	if (k->counted == k->recorded)
		return;
	buf_printf(b, local_if(person, "    the calendar or the settings have "
	    "changed since: now it would be %s\n"), k->counted < 0 ?
	    local_if(person, "never") :
	    time_format_person(k->counted, k->zone, person, text));
}

static void
put_rule(struct buf *b, const char *rule, bool person)
{
	if (person)
		phrase_due(b, rule);
	else
		buf_text(b, rule);
}

static void
print_rule(const struct count *k, bool person, struct buf *b)
{
	struct buf rule = { 0 };
	char text[40];

	if (strcmp(k->rule, "given") == 0) {
		buf_text(b, local_if(person, ": the date that was given\n"));
		return;
	}
	time_format_person(k->from, k->zone, person, text);
	if (strcmp(k->rule, "appointment") == 0)
		buf_printf(b, local_if(person, ": the end of the service hours "
		    "on the day of %s, %s; hours of %s\n"), text,
		    local_if(person, k->since), k->region);
	else {
		put_rule(&rule, k->rule, person);
		buf_printf(b, local_if(person, ": %s from %s, %s; hours of "
		    "%s\n"), buf_str(&rule), text, local_if(person, k->since),
		    k->region);
		buf_free(&rule);
	}
}

static void
print_count(const struct count *k, const struct show_style *style,
    struct buf *b)
{
	struct grid g = { 0 };
	char text[40];

	if (k->recorded == 0)
		return;
	time_format_person(k->recorded, k->zone, style->person, text);
	buf_printf(b, strcmp(k->what, "due") == 0 ?
	    local_if(style->person, "  due %s") :
	    local_if(style->person, "  limit %s"), text);
	print_rule(k, style->person, b);
	for (size_t i = 0; i < k->span_count; i++)
		print_span(k, &k->spans[i], style->person, &g);
	grid_print(&g, 6, style->colour, b);
	if (k->span_count > 0)
		print_sum(k, style->person, b);
	print_changed(k, style->person, b);
}

static const char *
word(const struct show_style *style, const char *use, const char *word)
{
	return style->person ? local_word(use, word) : word;
}

static void
print_head(const struct view_step *s, const struct show_style *style,
    struct buf *b)
{
	struct buf title = { 0 };

	buf_printf(&title, "%" PRId64, s->case_id);
	if (s->item != 0)
		buf_printf(&title, "/%d", s->item);
	buf_printf(&title, "  %s, %s, %s, %s%s%s", s->step, s->process,
	    word(style, "state", s->state), word(style, "owner", s->owner),
	    s->who != NULL ? " " : "", s->who != NULL ? s->who : "");
	grid_tone(b, buf_str(&title), GRID_BOLD, style->colour);
	buf_char(b, '\n');
	buf_free(&title);
	if (view_step_binds(s) == NULL)
		buf_text(b, local_if(style->person, "  no due time: it comes "
		    "when it comes\n"));
	if (s->limit_at != 0 && s->due_at != 0)
		buf_text(b, strcmp(view_step_binds(s), "due") == 0 ?
		    local_if(style->person, "  the due time binds\n") :
		    local_if(style->person, "  the limit binds\n"));
}

/* The newest row at each item. */
static bool
is_newest(const struct show *v, size_t step)
{
	for (size_t i = step + 1; i < v->step_count; i++)
		if (v->steps[i].item == v->steps[step].item &&
		    strcmp(v->steps[i].step, v->steps[step].step) == 0)
			return false;
	return true;
}

typedef void explain_fn(const struct view_step *s, const struct count *due,
	    const struct count *limit, void *arg);

static bool
each(struct office *o, const struct show *v, const char *step, explain_fn *fn,
    void *arg)
{
	struct count due, limit;
	bool any = false;

	for (size_t i = 0; i < v->step_count; i++) {
		const struct view_step *s = &v->steps[i];

		if (strcmp(s->step, step) != 0 || !is_newest(v, i))
			continue;
		any = true;
		count_due(o, v, s, &due);
		count_limit(o, s, &limit);
		fn(s, &due, &limit, arg);
		end_count(&due);
		end_count(&limit);
	}
	if (!any)
		store_refuse(office_store(o), "there is no step '%s' so far",
		    step);
	return any;
}

struct json_sink {
	struct json	*j;
	const char	*zone;
};

static void
explain_json(const struct view_step *s, const struct count *due,
    const struct count *limit, void *arg)
{
	const struct json_sink *sink = arg;
	struct json *j = sink->j;

	json_object(j, NULL);
	json_text(j, "step", s->step);
	json_text(j, "procedure", s->process);
	view_json_int(j, "item", s->item);
	json_text(j, "state", s->state);
	view_json_time(j, "done_at", s->done_at, sink->zone);
	view_json_text(j, "binds", view_step_binds(s));
	put_count(due, j);
	put_count(limit, j);
	json_end_object(j);
}

bool
why_json(struct office *o, const struct show *v, const char *step,
    struct json *j)
{
	struct json_sink sink = { j, office_zone(o) };
	bool any;

	json_object(j, NULL);
	json_int(j, "case", v->case_id);
	json_array(j, "why");
	any = each(o, v, step, explain_json, &sink);
	json_end_array(j);
	json_end_object(j);
	return any;
}

struct text_sink {
	struct buf	*b;
	const struct show_style *style;
	bool		 any;
};

static void
explain_text(const struct view_step *s, const struct count *due,
    const struct count *limit, void *arg)
{
	struct text_sink *sink = arg;

	if (sink->any)
		buf_char(sink->b, '\n');
	sink->any = true;
	print_head(s, sink->style, sink->b);
	print_count(due, sink->style, sink->b);
	print_count(limit, sink->style, sink->b);
}

bool
why_text(struct office *o, const struct show *v, const char *step,
    const struct show_style *style, struct buf *b)
{
	struct text_sink sink = { b, style, false };

	return each(o, v, step, explain_text, &sink);
}
