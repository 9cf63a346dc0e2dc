/* SPDX-License-Identifier: ISC */
/*
 * The calendar against counting minutes: what libc's clock shows at each minute
 * of 900 days decides whether it is open, without any of the library's code.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/time.h"
#include "rules/calendar.h"

#define FIRST	INT64_C(1735689600)	/* 2025-01-01T00:00Z */

enum {
	MINUTES = 900 * 1440,
	INSTANTS = 1500,
	WINDOWS = 3
};

struct region {
	const char	*zone;
	const char	*hours;
	/* The same by weekday, for the counting: minutes of the day. */
	struct {
		const char	*weekdays;	/* "1111100": Monday first */
		int		 from, to;
	} window[WINDOWS];
};

/* Edges inside an hour that the clock shows twice are a matter of definition
 * and tested by themselves. */
static const struct region regions[] = {
	{ "Europe/Paris", "Mon-Fri 08:00-18:00",
	    { { "1111100", 480, 1080 } } },
	{ "Europe/Paris", "Mon-Fri 08:00-12:15 13:30-18:00; Sat 09:00-12:00",
	    { { "1111100", 480, 735 }, { "1111100", 810, 1080 },
	    { "0000010", 540, 720 } } },
	{ "Europe/Paris", "Mon-Sun 00:00-06:00 22:00-24:00",
	    { { "1111111", 0, 360 }, { "1111111", 1320, 1440 } } },
	{ "Europe/Paris", "Sun 01:00-03:00", { { "0000001", 60, 180 } } },
	{ "America/New_York", "Mon-Sun 00:00-24:00",
	    { { "1111111", 0, 1440 } } },
	{ "Australia/Lord_Howe", "Sat,Sun 01:00-02:00 03:00-24:00",
	    { { "0000011", 60, 120 }, { "0000011", 180, 1440 } } },
	{ "America/Santiago", "Mon-Sat 09:00-24:00; Sun 00:00-12:00",
	    { { "1111110", 540, 1440 }, { "0000001", 0, 720 } } },
	{ "Africa/Cairo", "Thu,Fri 00:00-05:00 20:00-24:00",
	    { { "0001100", 0, 300 }, { "0001100", 1200, 1440 } } },
};
enum { REGIONS = sizeof(regions) / sizeof(*regions) };

/* A few closed days, two of them on changes of clocks of Paris. */
static const char *const closed[] = {
	"2025-03-30", "2025-05-01", "2025-12-25", "2026-01-01", "2026-05-14",
	"2026-10-25", "2026-10-26",
};
enum { CLOSED = sizeof(closed) / sizeof(*closed) };

struct minutes {
	struct calendar	*calendar;
	bool		*open;
	int32_t		*day;		/* of each minute, by the clock */
	bool		*works;		/* that day has hours */
};

static bool
is_closed_day(const struct tm *tm)
{
	char text[11];
	int i;

	strftime(text, sizeof(text), "%Y-%m-%d", tm);
	for (i = 0; i < CLOSED; i++)
		if (strcmp(text, closed[i]) == 0)
			return true;
	return false;
}

static void
look(const struct region *r, struct minutes *m, int i, const struct tm *tm)
{
	int minute = tm->tm_hour * 60 + tm->tm_min, w;
	int weekday = (tm->tm_wday + 6) % 7;

	m->day[i] = tm->tm_year * 366 + tm->tm_yday;
	m->open[i] = m->works[i] = false;
	if (is_closed_day(tm))
		return;
	for (w = 0; w < WINDOWS && r->window[w].weekdays != NULL; w++) {
		if (r->window[w].weekdays[weekday] != '1')
			continue;
		m->works[i] = true;
		if (minute >= r->window[w].from && minute < r->window[w].to)
			m->open[i] = true;
	}
}

static void
prepare(const struct region *r, struct minutes *m)
{
	const char *why;
	struct tm tm;
	time_t at;
	int i;

	setenv("TZ", r->zone, 1);
	tzset();
	m->calendar = calendar_open("XX", r->zone, r->hours, &why);
	assert_non_null(m->calendar);
	for (i = 0; i < CLOSED; i++)
		calendar_add_closed(m->calendar, time_days(atoi(closed[i]),
		    atoi(closed[i] + 5), atoi(closed[i] + 8)), "closed");
	m->open = malloc(MINUTES * sizeof(*m->open));
	m->works = malloc(MINUTES * sizeof(*m->works));
	m->day = malloc(MINUTES * sizeof(*m->day));
	for (i = 0; i < MINUTES; i++) {
		at = (time_t)(FIRST + i * 60);
		localtime_r(&at, &tm);
		look(r, m, i, &tm);
	}
	/* The library must do without what the process is set to. */
	setenv("TZ", "Pacific/Apia", 1);
	tzset();
}

static int
prepare_all(void **state)
{
	struct minutes *m = calloc(REGIONS, sizeof(*m));
	int r;

	for (r = 0; r < REGIONS; r++)
		prepare(&regions[r], &m[r]);
	*state = m;
	return 0;
}

static int
dispose_all(void **state)
{
	struct minutes *m = *state;
	int r;

	for (r = 0; r < REGIONS; r++) {
		calendar_close(m[r].calendar);
		free(m[r].open);
		free(m[r].works);
		free(m[r].day);
	}
	free(m);
	return 0;
}

/* The end of the minute in which the last one needed passes. */
static int
count_working(const struct minutes *m, int from, int minutes)
{
	int i;

	for (i = from; minutes > 0; i++) {
		assert_in_range(i, 0, MINUTES - 1);
		minutes -= m->open[i];
	}
	return i;
}

/* The end of the last open minute on the n-th day that works. */
static int
count_days(const struct minutes *m, int from, int n)
{
	int i = from, end = -1;

	while (n >= 0) {
		for (; i < MINUTES - 1; i++) {
			if (m->open[i])
				end = i + 1;
			if (m->day[i] != m->day[i + 1])
				break;
		}
		assert_in_range(i, 0, MINUTES - 2);
		n--;
		/* To the next day that works. */
		for (i++; n >= 0 && i < MINUTES && !m->works[i]; i++)
			;
	}
	return end;
}

static uint64_t
next(uint64_t *seed)
{
	*seed = *seed * UINT64_C(6364136223846793005) + 1442695040888963407U;
	return *seed >> 33;
}

/* Half of them anywhere, half around the changes of Paris and New York. */
static int
some_minute(uint64_t *seed)
{
	static const int64_t changes[] = {
		1743296400, 1761440400, 1774746000, 1792890000, 1741503600,
		1762063200, 1772953200, 1793512800,
	};
	uint64_t n = next(seed);

	if (n % 2 == 0)
		return (int)(next(seed) % (MINUTES - 240 * 1440));
	return (int)((changes[n / 2 % 8] - FIRST) / 60 - 2880 +
	    (int64_t)(next(seed) % 4320));
}

static void
working_hours_by_counting(void **state)
{
	struct minutes *m = *state;
	uint64_t seed = 1;
	int r, i, from, n, expected;
	int64_t at;

	for (r = 0; r < REGIONS; r++) {
		for (i = 0; i < INSTANTS; i++) {
			from = some_minute(&seed);
			n = 1 + (int)(next(&seed) % 30);
			expected = count_working(&m[r], from, n * 60);
			at = calendar_due(m[r].calendar, FIRST + from * 60,
			    (struct due){ n, DUE_WORKING_HOURS });
			if (at != FIRST + expected * 60)
				fail_msg("%s, %s: %jd + %d wh: %jd, counted "
				    "%jd", regions[r].zone, regions[r].hours,
				    (intmax_t)(FIRST + from * 60), n,
				    (intmax_t)at,
				    (intmax_t)(FIRST + expected * 60));
		}
	}
}

static void
business_days_by_counting(void **state)
{
	struct minutes *m = *state;
	uint64_t seed = 2;
	int r, i, from, n, expected;
	int64_t at;

	for (r = 0; r < REGIONS; r++) {
		for (i = 0; i < INSTANTS; i++) {
			from = some_minute(&seed);
			n = 1 + (int)(next(&seed) % 16);
			expected = count_days(&m[r], from, n);
			at = calendar_due(m[r].calendar, FIRST + from * 60,
			    (struct due){ n, DUE_BUSINESS_DAYS });
			if (at != FIRST + expected * 60)
				fail_msg("%s, %s: %jd + %d bd: %jd, counted "
				    "%jd", regions[r].zone, regions[r].hours,
				    (intmax_t)(FIRST + from * 60), n,
				    (intmax_t)at,
				    (intmax_t)(FIRST + expected * 60));
		}
	}
}

static void
every_minute_is_open_or_closed(void **state)
{
	struct minutes *m = *state;
	int r, i;
	const char *why;

	for (r = 0; r < REGIONS; r++) {
		for (i = 0; i < MINUTES; i++) {
			why = NULL;
			if (calendar_is_open(m[r].calendar, FIRST + i * 60,
			    &why) != m[r].open[i])
				fail_msg("%s, %s: %jd", regions[r].zone,
				    regions[r].hours,
				    (intmax_t)(FIRST + i * 60));
			assert_int_equal(why == NULL, m[r].open[i]);
		}
	}
}

/* What an explanation has said so far. */
struct told {
	const struct minutes	*minutes;
	enum due_unit		 unit;
	int64_t			 at;
	int64_t			 counted;
	int			 day;
};

static void
listen(const struct calendar_span *span, void *arg)
{
	struct told *t = arg;
	int first = (int)((span->start - FIRST) / 60), i;
	int last = (int)((span->end - FIRST) / 60);

	assert_int_equal(span->start, t->at);
	assert_true(span->end > span->start);
	assert_true(*span->reason != '\0');
	t->at = span->end;
	if (span->counted)
		t->counted += span->end - span->start;
	for (i = first; t->unit == DUE_WORKING_HOURS && i < last; i++)
		assert_int_equal(t->minutes->open[i], span->counted);
	if (t->unit != DUE_BUSINESS_DAYS)
		return;
	for (i = first; i < last; i++)
		assert_int_equal(t->minutes->day[i], t->minutes->day[first]);
	assert_int_equal(span->day, span->counted ? ++t->day : 0);
	if (span->start > FIRST && t->day > 0)
		assert_int_equal(t->minutes->works[first], span->counted);
}

static void
explanations_add_up(void **state)
{
	struct minutes *m = *state;
	struct told t;
	uint64_t seed = 3;
	struct due due;
	int r, i;
	int64_t from, at;

	for (r = 0; r < REGIONS; r++) {
		for (i = 0; i < INSTANTS; i++) {
			from = FIRST + some_minute(&seed) * 60;
			due.n = 1 + (int)(next(&seed) % 30);
			due.unit = i % 2 == 0 ? DUE_WORKING_HOURS :
			    DUE_BUSINESS_DAYS;
			t = (struct told){ &m[r], due.unit, from, 0, 0 };
			at = calendar_explain(m[r].calendar, from, due, listen,
			    &t);
			assert_int_equal(at, calendar_due(m[r].calendar, from,
			    due));
			assert_int_equal(t.at, at);
			if (due.unit == DUE_WORKING_HOURS)
				assert_int_equal(t.counted, due.n * 3600);
			else
				assert_int_equal(t.day, due.n);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(working_hours_by_counting),
		cmocka_unit_test(business_days_by_counting),
		cmocka_unit_test(every_minute_is_open_or_closed),
		cmocka_unit_test(explanations_add_up),
	};

	return cmocka_run_group_tests(tests, prepare_all, dispose_all);
}
