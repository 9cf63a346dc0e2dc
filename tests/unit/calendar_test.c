/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/time.h"
#include "rules/calendar.h"

#define PARIS	"Europe/Paris"
#define OFFICE	"Mon-Fri 08:00-18:00"
#define EIGHT	"Mon 00:00-01:00 02:00-03:00 04:00-05:00 06:00-07:00 " \
    "08:00-09:00 10:00-11:00 12:00-13:00 14:00-15:00"

static struct calendar *
open_with(const char *region, const char *zone, const char *hours)
{
	const char *why;
	struct calendar *c = calendar_open(region, zone, hours, &why);

	if (c == NULL)
		fail_msg("%s, %s: %s", zone, hours, why);
	calendar_add_shipped(c);
	return c;
}

static int64_t
instant(const char *text)
{
	int64_t at = -1;

	if (!time_parse(text, PARIS, 0, &at, NULL))
		fail_msg("not a time: %s", text);
	return at;
}

static struct due
due(const char *text)
{
	struct due d = { 0, DUE_NONE };

	if (!due_parse(text, &d))
		fail_msg("not a due time: %s", text);
	return d;
}

static void
check(const struct calendar *c, const char *from, const char *after,
    const char *expected)
{
	int64_t at = calendar_due(c, instant(from), due(after));
	char text[32];

	if (at != instant(expected))
		fail_msg("%s + %s: %s, not %s", from, after,
		    time_format(at, PARIS, text), expected);
}

static void
dues_are_read_and_written(void **state)
{
	static const char *const good[] = {
		"none", "15 min", "4 h", "4 wh", "10 bd", "9999 bd", "1 min"
	};
	static const char *const bad[] = {
		"", "0 bd", "-1 h", "4", "h", "4 d", "4 H", " 4 h", "4 h ",
		"4  h", "4\th", "10000 h", "99999999999 h", "4.5 h", "none ",
		"0 none", "1 none", "+4 h", "wh 4",
	};
	struct due d = { 3, DUE_HOURS };
	char text[24];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		if (due_parse(bad[i], &d))
			fail_msg("'%s' is read", bad[i]);
	assert_int_equal(d.n, 3);
	for (i = 0; i < sizeof(good) / sizeof(*good); i++)
		assert_string_equal(due_format(due(good[i]), text), good[i]);
	assert_string_equal(due_format(due("4wh"), text), "4 wh");
	assert_int_equal(due("10 bd").n, 10);
	assert_int_equal(due("10 bd").unit, DUE_BUSINESS_DAYS);
}

/* The service's published promise, over four days of May on which France is
 * closed. */
static void
promise_of_an_expertise(void **state)
{
	struct calendar *c = open_with("FR", PARIS, OFFICE);

	(void)state;
	check(c, "2026-04-30T09:12", "2 bd", "2026-05-05T18:00");
	check(c, "2026-05-05T18:00", "9 bd", "2026-05-20T18:00");
	check(c, "2026-05-20T18:00", "4 bd", "2026-05-27T18:00");
	check(c, "2026-04-30T09:12", "15 bd", "2026-05-27T18:00");
	calendar_close(c);
}

/* The carrier and the desk keep the desk's calendar, the centre is in
 * Alsace-Moselle: the parts take longer than the whole just for the pickups
 * that bring Good Friday into the centre's nine days. */
static void
limit_binds_before_good_friday(void **state)
{
	struct calendar *fr = open_with("FR", PARIS, OFFICE);
	struct calendar *am = open_with("FR-AM", PARIS, OFFICE);
	int64_t day, pickup, end;
	int binds, m, d, y;

	(void)state;
	for (day = time_days(2026, 3, 2); day < time_days(2026, 4, 30); day++) {
		time_date(day, &y, &m, &d);
		if (time_weekday(day) == 0 || time_weekday(day) == 6)
			continue;
		pickup = day * 86400 + 36000;
		if (!calendar_is_open(fr, pickup, NULL))
			continue;
		end = calendar_due(fr, pickup, due("2 bd"));
		end = calendar_due(am, end, due("9 bd"));
		end = calendar_due(fr, end, due("4 bd"));
		binds = end > calendar_due(fr, pickup, due("15 bd"));
		assert_int_equal(binds, day >= time_days(2026, 3, 19) &&
		    day <= time_days(2026, 3, 31));
	}
	calendar_close(fr);
	calendar_close(am);
}

static void
event_day_is_day_zero(void **state)
{
	struct calendar *c = open_with("FR", PARIS, OFFICE);

	(void)state;
	check(c, "2026-05-04T00:00", "1 bd", "2026-05-05T18:00");
	check(c, "2026-05-04T23:59:59", "1 bd", "2026-05-05T18:00");
	check(c, "2026-05-02T12:00", "1 bd", "2026-05-04T18:00");
	check(c, "2026-05-07T17:00", "1 bd", "2026-05-11T18:00");
	check(c, "2026-12-24T10:00", "1 bd", "2026-12-28T18:00");
	/* The civil day is that of the region, not Greenwich's. */
	check(c, "2026-05-04T22:30Z", "1 bd", "2026-05-06T18:00");
	check(c, "2026-05-04T10:00", "none", "2026-05-04T10:00");
	calendar_close(c);
}

static void
working_hours(void **state)
{
	struct calendar *c = open_with("FR", PARIS,
	    "Mon-Thu 08:00-12:00 13:30-18:00; Fri 08:00-12:00");

	(void)state;
	check(c, "2026-05-04T09:00", "2 wh", "2026-05-04T11:00");
	check(c, "2026-05-04T11:30:10", "1 wh", "2026-05-04T14:00:10");
	/* Until the end of a window, not the beginning of the next. */
	check(c, "2026-05-04T11:00", "1 wh", "2026-05-04T12:00");
	check(c, "2026-05-04T17:00", "1 wh", "2026-05-04T18:00");
	check(c, "2026-05-04T12:00", "1 wh", "2026-05-04T14:30");
	check(c, "2026-05-04T03:00", "4 wh", "2026-05-04T12:00");
	/* Thursday 7 May, the 8th is closed, then the weekend. */
	check(c, "2026-05-07T17:30", "1 wh", "2026-05-11T08:30");
	check(c, "2026-05-15T11:00", "4 wh", "2026-05-18T11:00");
	check(c, "2026-05-15T11:00", "1 bd", "2026-05-18T18:00");
	check(c, "2026-05-20T11:00", "2 bd", "2026-05-22T12:00");
	calendar_close(c);
}

static void
round_the_clock(void **state)
{
	struct calendar *c = open_with("FR", PARIS, OFFICE);

	(void)state;
	check(c, "2026-05-01T23:50", "15 min", "2026-05-02T00:05");
	check(c, "2026-05-02T10:00", "24 h", "2026-05-03T10:00");
	check(c, "2026-03-28T10:00", "24 h", "2026-03-29T11:00");
	check(c, "2026-10-24T10:00", "24 h", "2026-10-25T09:00");
	calendar_close(c);
}

/* Summer time begins on 29 March 2026 and ends on 25 October. */
static void
windows_over_changes_of_clocks(void **state)
{
	struct calendar *all = open_with("", PARIS, "Mon-Sun 00:00-24:00");
	struct calendar *split = open_with("", PARIS,
	    "Sun 01:00-02:30 02:45-04:00");
	struct calendar *office = open_with("FR", PARIS, OFFICE);

	(void)state;
	check(all, "2026-03-29T00:00", "24 wh", "2026-03-30T01:00");
	check(all, "2026-03-29T00:00", "1 bd", "2026-03-31T00:00");
	check(all, "2026-10-25T00:00", "25 wh", "2026-10-26T00:00");
	/* In spring 01:00-02:00 and 03:00-04:00 are what there is. */
	check(split, "2026-03-29T00:00", "1 wh", "2026-03-29T03:00");
	check(split, "2026-03-29T00:00", "2 wh", "2026-03-29T04:00");
	/* In autumn the first 02:30 ends, the first 02:45 begins. */
	check(split, "2026-10-25T00:00", "2 wh", "2026-10-25T02:15+01:00");
	check(split, "2026-10-25T02:30+02:00", "1 wh",
	    "2026-10-25T02:45+01:00");
	assert_false(calendar_is_open(split,
	    instant("2026-10-25T02:35+02:00"), NULL));
	assert_true(calendar_is_open(split,
	    instant("2026-10-25T02:35+01:00"), NULL));
	check(office, "2026-03-27T17:00", "2 wh", "2026-03-30T09:00");
	check(office, "2026-10-23T17:00", "2 wh", "2026-10-26T09:00");
	check(office, "2026-03-27T17:00", "1 bd", "2026-03-30T18:00");
	calendar_close(all);
	calendar_close(split);
	calendar_close(office);
}

/* It is the time without an open day that ends a search, not the time. */
static void
many_years(void **state)
{
	struct calendar *c = open_with("", "UTC", "Mon 09:00-10:00");

	(void)state;
	check(c, "2026-05-04T00:00Z", "1044 wh", "2046-04-30T10:00Z");
	check(c, "2026-05-04T00:00Z", "1043 bd", "2046-04-30T10:00Z");
	calendar_close(c);
}

static void
before_the_epoch(void **state)
{
	struct calendar *c = open_with("FR", "UTC", OFFICE);

	(void)state;
	check(c, "1969-12-30T17:00Z", "1 bd", "1969-12-31T18:00Z");
	check(c, "1969-12-31T17:30Z", "1 wh", "1970-01-02T08:30Z");
	calendar_close(c);
}

/* Holidays are added or they are not there. */
static void
without_holidays(void **state)
{
	const char *why;
	struct calendar *c = calendar_open("FR", PARIS, OFFICE, &why);

	(void)state;
	check(c, "2026-04-30T14:05", "1 bd", "2026-05-01T18:00");
	assert_true(calendar_add_shipped(c));
	check(c, "2026-04-30T14:05", "1 bd", "2026-05-04T18:00");
	calendar_close(c);
}

static void
end_of_a_day(void **state)
{
	struct calendar *c = open_with("FR", PARIS,
	    "Mon-Thu 08:00-18:00; Fri 08:00-16:00");

	(void)state;
	assert_int_equal(calendar_day_end(c, instant("2026-05-04T23:00")),
	    instant("2026-05-04T18:00"));
	assert_int_equal(calendar_day_end(c, instant("2026-05-15")),
	    instant("2026-05-15T16:00"));
	assert_int_equal(calendar_day_end(c, instant("2026-05-08T09:00")),
	    instant("2026-05-11T18:00"));
	assert_string_equal(calendar_zone(c), PARIS);
	calendar_close(c);
}

static void
why_it_is_closed(void **state)
{
	static const struct {
		const char *at, *why;
	} when[] = {
		{ "2026-05-04T08:00", NULL },
		{ "2026-05-04T17:59:59", NULL },
		{ "2026-05-04T07:59:59", "closed hours" },
		{ "2026-05-04T18:00", "closed hours" },
		{ "2026-05-02T10:00", "Saturday" },
		{ "2026-05-03T10:00", "Sunday" },
		{ "2026-05-01T10:00", "Fête du Travail" },
		{ "2026-11-01T10:00", "Toussaint" },
		{ "2026-08-14T10:00", "Inventaire" },
		{ "2026-07-14T10:00", "Pont" },
		{ "2026-05-05T10:00", "closed day" },
	};
	struct calendar *c = open_with("FR", PARIS, OFFICE);
	const char *why;
	bool open;
	size_t i;

	(void)state;
	calendar_add_closed(c, time_days(2026, 8, 14), "Congé");
	calendar_add_closed(c, time_days(2026, 8, 14), "Inventaire");
	calendar_add_closed(c, time_days(2026, 7, 14), "Pont");
	calendar_add_closed(c, time_days(2026, 5, 5), NULL);
	for (i = 0; i < sizeof(when) / sizeof(*when); i++) {
		why = NULL;
		open = calendar_is_open(c, instant(when[i].at), &why);
		assert_int_equal(open, when[i].why == NULL);
		if (!open)
			assert_string_equal(why, when[i].why);
	}
	check(c, "2026-08-13T10:00", "1 bd", "2026-08-17T18:00");
	calendar_close(c);
	calendar_close(NULL);
}

/* Loaded days are kept in order however they come. */
static void
many_closed_days(void **state)
{
	struct calendar *c = open_with("XX", "UTC", "Mon-Sun 09:00-10:00");
	int64_t first = time_days(2026, 1, 1);
	int i;

	(void)state;
	assert_false(calendar_add_shipped(c));
	for (i = 0; i < 997; i++)
		calendar_add_closed(c, first + (int64_t)i * 331 % 997,
		    "closed");
	for (i = -1; i < 998; i++)
		assert_int_equal(calendar_is_open(c,
		    (first + i) * 86400 + 9 * 3600, NULL), i < 0 || i >= 997);
	assert_int_equal(calendar_due(c, first * 86400, due("1 bd")),
	    (first + 997) * 86400 + 10 * 3600);
	calendar_close(c);
}

static void
count_span(const struct calendar_span *span, void *arg)
{
	(void)span;
	++*(int *)arg;
}

static void
never_open(void **state)
{
	struct calendar *c = open_with("XX", "UTC", "Mon 09:00-10:00");
	int64_t from = time_days(2026, 1, 1), day;
	int spans = 0;

	(void)state;
	for (day = from; day < from + 4000; day++)
		calendar_add_closed(c, day, "closed");
	assert_int_equal(calendar_due(c, from * 86400, due("1 bd")), -1);
	assert_int_equal(calendar_due(c, from * 86400, due("1 wh")), -1);
	assert_int_equal(calendar_day_end(c, from * 86400), -1);
	assert_int_equal(calendar_explain(c, from * 86400, due("1 wh"),
	    count_span, &spans), -1);
	assert_int_equal(spans, 0);
	assert_int_equal(calendar_due(c, from * 86400, due("1 h")),
	    from * 86400 + 3600);
	/* Within ten years of its end. */
	assert_true(calendar_due(c, (from + 1000) * 86400, due("1 bd")) > 0);
	calendar_close(c);
}

static void
line(const struct calendar_span *span, void *arg)
{
	char text[32];

	buf_printf(arg, "%.16s %c%d %s\n",
	    time_format(span->start, PARIS, text),
	    span->counted ? '+' : '-', span->day, span->reason);
}

static void
explained(const char *from, const char *after, const char *expected)
{
	struct calendar *c = open_with("FR", PARIS, OFFICE);
	struct buf b = { 0 };
	char text[32];
	int64_t at;

	at = calendar_explain(c, instant(from), due(after), line, &b);
	buf_printf(&b, "%.16s\n", time_format(at, PARIS, text));
	assert_string_equal(buf_str(&b), expected);
	buf_free(&b);
	calendar_close(c);
}

static void
explanations(void **state)
{
	(void)state;
	explained("2026-04-30T14:05", "2 bd",
	    "2026-04-30T14:05 -0 day of the event\n"
	    "2026-05-01T00:00 -0 Fête du Travail\n"
	    "2026-05-02T00:00 -0 Saturday\n"
	    "2026-05-03T00:00 -0 Sunday\n"
	    "2026-05-04T00:00 +1 open day\n"
	    "2026-05-05T00:00 +2 open day\n"
	    "2026-05-05T18:00\n");
	explained("2026-04-30T14:05", "4 wh",
	    "2026-04-30T14:05 +0 service hours\n"
	    "2026-04-30T18:00 -0 closed hours\n"
	    "2026-05-01T00:00 -0 Fête du Travail\n"
	    "2026-05-02T00:00 -0 Saturday\n"
	    "2026-05-03T00:00 -0 Sunday\n"
	    "2026-05-04T00:00 -0 closed hours\n"
	    "2026-05-04T08:00 +0 service hours\n"
	    "2026-05-04T08:05\n");
	explained("2026-04-30T17:50", "15 min",
	    "2026-04-30T17:50 +0 round the clock\n"
	    "2026-04-30T18:05\n");
	explained("2026-04-30T14:05", "none", "2026-04-30T14:05\n");
}

static void
hours_are_read(void **state)
{
	static const char *const good[] = {
		"Mon-Fri 08:00-18:00",
		"Mon-Fri 08:00-18:00; Sat 09:00-12:00 13:00-17:00",
		"Mon,Wed,Fri 08:00-12:00;Tue 09:00-10:00",
		"Mon,Wed-Fri 08:00-12:00", "Sat-Mon 00:00-24:00",
		"  Mon   08:00-12:00\t12:00-13:00 ",
		EIGHT,
	};
	static const char *const bad[] = {
		"", ";", "Mon", "Mon ", "08:00-18:00", "Mon08:00-18:00",
		"mon 08:00-18:00", "Lun 08:00-18:00", "Mon-Fri 8:00-18:00",
		"Mon-Fri 08:00", "Mon-Fri 08:00-", "Mon-Fri 08:00-18:60",
		"Mon-Fri 08:00-24:01", "Mon-Fri 18:00-08:00",
		"Mon-Fri 08:00-08:00", "Mon 08:00-12:00 11:00-13:00",
		"Mon 13:00-18:00 08:00-12:00", "Mon 08:00-18:00;",
		"Mon 08:00-18:00; Mon 19:00-20:00", "Mon-Wed,Tue- 08:00-09:00",
		"Mon-Fri 08:00-18:00, Sat 09:00-12:00", "Mon 08:00-18:00x",
		"Mon-Tue 08:00-09:00; Tue-Wed 08:00-09:00", "Mon 25:00-26:00",
		EIGHT " 16:00-17:00",
	};
	const char *why;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(good) / sizeof(*good); i++)
		calendar_close(open_with("FR", PARIS, good[i]));
	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		why = NULL;
		if (calendar_open("FR", PARIS, bad[i], &why) != NULL)
			fail_msg("'%s' is read", bad[i]);
		assert_non_null(why);
	}
	assert_null(calendar_open("FR", "Paris", OFFICE, &why));
	assert_string_equal(why, "no such time zone");
}

static void
process_zone_plays_no_part(void **state)
{
	static const char *const zones[] = {
		"UTC", "America/New_York", "Pacific/Apia"
	};
	struct calendar *c = open_with("FR", PARIS, OFFICE);
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(zones) / sizeof(*zones); i++) {
		setenv("TZ", zones[i], 1);
		tzset();
		check(c, "2026-04-30T14:05", "2 bd", "2026-05-05T18:00");
		check(c, "2026-04-30T14:05", "4 wh", "2026-05-04T08:05");
		check(c, "2026-03-28T14:05", "1 wh", "2026-03-30T09:00");
		check(c, "2026-10-24T23:30", "3 h", "2026-10-25T00:30Z");
		assert_false(calendar_is_open(c, instant("2026-05-08T12:00"),
		    NULL));
	}
	calendar_close(c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dues_are_read_and_written),
		cmocka_unit_test(promise_of_an_expertise),
		cmocka_unit_test(limit_binds_before_good_friday),
		cmocka_unit_test(event_day_is_day_zero),
		cmocka_unit_test(working_hours),
		cmocka_unit_test(round_the_clock),
		cmocka_unit_test(windows_over_changes_of_clocks),
		cmocka_unit_test(many_years),
		cmocka_unit_test(before_the_epoch),
		cmocka_unit_test(without_holidays),
		cmocka_unit_test(end_of_a_day),
		cmocka_unit_test(why_it_is_closed),
		cmocka_unit_test(many_closed_days),
		cmocka_unit_test(never_open),
		cmocka_unit_test(explanations),
		cmocka_unit_test(hours_are_read),
		cmocka_unit_test(process_zone_plays_no_part),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
