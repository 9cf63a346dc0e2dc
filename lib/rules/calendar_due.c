/* SPDX-License-Identifier: ISC */
#include "base/local.h"
#include "calendar_days.h"

/* Computing and explaining are one walk, so that they cannot disagree. */
/* Why a span is counted or not. */
static const char closed_hours[] = LOCAL_WORD("span", "closed hours");
static const char service_hours[] = LOCAL_WORD("span", "service hours");
static const char day_of_the_event[] = LOCAL_WORD("span", "day of the event");
static const char open_day[] = LOCAL_WORD("span", "open day");
static const char round_the_clock[] = LOCAL_WORD("span", "round the clock");

struct walk {
	const struct calendar	*calendar;
	int64_t			 at;	/* how far it has come */
	calendar_span_fn	*fn;	/* may be NULL */
	void			*arg;
};

static void
pass(struct walk *w, struct calendar_span span)
{
	if (span.end <= w->at)
		return;
	span.start = w->at;
	if (w->fn != NULL)
		w->fn(&span, w->arg);
	w->at = span.end;
}

static void
skip(struct walk *w, int64_t end, const char *reason)
{
	pass(w, (struct calendar_span){ .end = end, .reason = reason });
}

static void
count(struct walk *w, int64_t end, int day, const char *reason)
{
	pass(w, (struct calendar_span){ .end = end, .counted = true, .day = day,
	    .reason = reason });
}

/* Takes up to `left` seconds from the windows of an open day; answers what is
 * still left. */
static int64_t
work_day(struct walk *w, int64_t days, int64_t left)
{
	const struct service_hours *hours = calendar_hours(w->calendar, days);
	int64_t end, from;
	size_t i;

	for (i = 0; i < hours->count && left > 0; i++) {
		end = calendar_at(w->calendar, days, hours->window[i].end);
		if (end <= w->at)
			continue;
		skip(w, calendar_at(w->calendar, days, hours->window[i].start),
		    closed_hours);
		from = w->at;
		count(w, end < from + left ? end : from + left, 0,
		    service_hours);
		left -= w->at - from;
	}
	return left;
}

static int64_t
working_time(struct walk *w, int64_t left)
{
	int64_t days = calendar_day(w->calendar, w->at), before;
	const char *closed;
	int idle;

	for (idle = 0; idle <= TEN_YEARS; idle++, days++) {
		closed = calendar_closed(w->calendar, days);
		before = left;
		if (closed == NULL)
			left = work_day(w, days, left);
		if (left == 0)
			return w->at;
		if (left < before)
			idle = 0;
		skip(w, calendar_at(w->calendar, days + 1, 0),
		    closed != NULL ? closed : closed_hours);
	}
	return -1;
}

static int64_t
business_days(struct walk *w, int n)
{
	int64_t days = calendar_day(w->calendar, w->at), open;
	int day;

	skip(w, calendar_at(w->calendar, days + 1, 0), day_of_the_event);
	for (day = 1; day <= n; day++) {
		open = ++days;
		if (!calendar_next_open(w->calendar, &open))
			return -1;
		for (; days < open; days++)
			skip(w, calendar_at(w->calendar, days + 1, 0),
			    calendar_closed(w->calendar, days));
		count(w, day < n ? calendar_at(w->calendar, days + 1, 0) :
		    calendar_closing(w->calendar, days), day, open_day);
	}
	return w->at;
}

static int64_t
walk(struct walk *w, struct due due)
{
	if (due.n <= 0)
		return w->at;
	switch (due.unit) {
	case DUE_NONE:
		break;
	case DUE_MINUTES:
		count(w, w->at + due.n * INT64_C(60), 0, round_the_clock);
		break;
	case DUE_HOURS:
		count(w, w->at + due.n * INT64_C(3600), 0, round_the_clock);
		break;
	case DUE_WORKING_HOURS:
		return working_time(w, due.n * INT64_C(3600));
	case DUE_BUSINESS_DAYS:
		return business_days(w, due.n);
	}
	return w->at;
}

int64_t
calendar_due(const struct calendar *c, int64_t from, struct due due)
{
	struct walk w = { .calendar = c, .at = from };

	return walk(&w, due);
}

int64_t
calendar_explain(const struct calendar *c, int64_t from, struct due due,
    calendar_span_fn *fn, void *arg)
{
	struct walk w = { c, from, fn, arg };

	/* Ten years of days that lead nowhere would explain nothing. */
	if (calendar_due(c, from, due) == -1)
		return -1;
	return walk(&w, due);
}
