/* SPDX-License-Identifier: ISC */
#include <sys/wait.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/time.h"

#define PARIS	"Europe/Paris"
#define NOW	INT64_C(1777896300)	/* 2026-05-04T14:05:00+02:00 */

static int64_t
parse(const char *text, const char *zone)
{
	int64_t at = -1;

	if (!time_parse(text, zone, NOW, &at, NULL))
		fail_msg("not read: %s", text);
	return at;
}

/* Counted day by day over two of the calendar's periods of 400 years. */
static void
days_and_dates(void **state)
{
	int64_t days = time_days(1600, 1, 1);
	int year, month, day, y, m, d, weekday = 6;

	(void)state;
	assert_int_equal(time_days(1970, 1, 1), 0);
	assert_int_equal(time_days(2000, 3, 1), 11017);
	for (year = 1600; year < 2400; year++)
		for (month = 1; month <= 12; month++)
			for (day = 1; day <= time_month_days(year, month);
			    day++, days++, weekday = (weekday + 1) % 7) {
				assert_int_equal(time_days(year, month, day),
				    days);
				time_date(days, &y, &m, &d);
				assert_int_equal(y, year);
				assert_int_equal(m, month);
				assert_int_equal(d, day);
				assert_int_equal(time_weekday(days), weekday);
			}
	assert_int_equal(days - time_days(1600, 1, 1), 2 * 146097);
}

static void
valid_dates(void **state)
{
	(void)state;
	assert_true(time_date_valid(2024, 2, 29));
	assert_true(time_date_valid(2000, 2, 29));
	assert_false(time_date_valid(2026, 2, 29));
	assert_false(time_date_valid(2100, 2, 29));
	assert_false(time_date_valid(2026, 4, 31));
	assert_false(time_date_valid(2026, 0, 1));
	assert_false(time_date_valid(2026, 13, 1));
	assert_false(time_date_valid(2026, 1, 0));
}

static void
points_are_read(void **state)
{
	int64_t at = 0;
	bool day_only = false;

	(void)state;
	assert_int_equal(parse("2026-05-04T14:05", PARIS), NOW);
	assert_int_equal(parse("2026-05-04T14:05:00", PARIS), NOW);
	assert_int_equal(parse("2026-05-04T14:05:06", PARIS), NOW + 6);
	assert_int_equal(parse("2026-05-04T12:05Z", PARIS), NOW);
	assert_int_equal(parse("2026-05-04T12:05:00Z", PARIS), NOW);
	assert_int_equal(parse("2026-05-04T14:05+02:00", "Asia/Tokyo"), NOW);
	assert_int_equal(parse("2026-05-04T06:35:00-05:30", PARIS), NOW);
	assert_int_equal(parse("2026-05-05T02:05:00+14:00", PARIS), NOW);
	assert_int_equal(parse("1970-01-01T00:00Z", PARIS), 0);
	assert_int_equal(parse("1969-12-31T23:59:59Z", PARIS), -1);
	assert_true(time_parse("2026-05-04", PARIS, NOW, &at, &day_only));
	assert_int_equal(at, NOW - (14 * 60 + 5) * 60);
	assert_true(day_only);
	assert_true(time_parse("2026-05-04T00:00", PARIS, NOW, &at, &day_only));
	assert_false(day_only);
}

static void
changes_of_clocks_are_read(void **state)
{
	(void)state;
	assert_int_equal(parse("2026-03-29T02:30", PARIS),
	    parse("2026-03-29T03:30", PARIS));
	assert_int_equal(parse("2026-03-29T03:00", PARIS),
	    parse("2026-03-29T01:00:00Z", PARIS));
	assert_int_equal(parse("2026-10-25T02:30", PARIS),
	    parse("2026-10-25T02:30+02:00", PARIS));
	assert_int_equal(parse("2026-10-25T03:00", PARIS),
	    parse("2026-10-25T02:00Z", PARIS));
}

static void
distances_are_read(void **state)
{
	int64_t at = 0, second = parse("2026-10-25T02:30+01:00", PARIS);

	(void)state;
	assert_int_equal(parse("now", PARIS), NOW);
	assert_int_equal(parse("-15m", PARIS), NOW - 900);
	assert_int_equal(parse("-2h", PARIS), NOW - 7200);
	assert_int_equal(parse("-3d", PARIS), NOW - 3 * 86400);
	assert_int_equal(parse("-0d", PARIS), NOW);
	/* Nothing is nothing, also the second time that the clock shows it. */
	assert_true(time_parse("-0d", PARIS, second, &at, NULL));
	assert_int_equal(at, second);
	/* Back over the change to summer time: the same time of day. */
	assert_int_equal(parse("-40d", PARIS), NOW - 40 * 86400 + 3600);
	assert_int_equal(parse("-6w", PARIS), NOW - 42 * 86400 + 3600);
	assert_true(time_parse_ahead("2d", PARIS, NOW, &at));
	assert_int_equal(at, NOW + 2 * 86400);
	assert_true(time_parse_ahead("30w", PARIS, NOW, &at));
	assert_int_equal(at, NOW + 210 * 86400 + 3600);
	assert_true(time_parse_ahead("90m", PARIS, NOW, &at));
	assert_int_equal(at, NOW + 5400);
	assert_false(time_parse_ahead("-2d", PARIS, NOW, &at));
	assert_false(time_parse_ahead("2", PARIS, NOW, &at));
	assert_int_equal(at, NOW + 5400);
}

static void
other_text_is_refused(void **state)
{
	static const char *const bad[] = {
		"", " ", "today", "Now", "now ", "2026", "2026-05",
		"2026-5-4", "2026-05-4", "26-05-04", "02026-05-04",
		"2026/05/04", "2026-02-30", "2026-02-29", "2026-13-01",
		"2026-00-10", "2026-01-00", "0000-01-01", "2026-05-04 ",
		" 2026-05-04", "2026-05-04T", "2026-05-04 14:05",
		"2026-05-04t14:05", "2026-05-04T14", "2026-05-04T1405",
		"2026-05-04T24:00", "2026-05-04T23:60", "2026-05-04T23:59:60",
		"2026-05-04T14:05:", "2026-05-04T14:05:6",
		"2026-05-04T14:05:06.5", "2026-05-04T14:05z",
		"2026-05-04T14:05+2", "2026-05-04T14:05+0200",
		"2026-05-04T14:05+24:00", "2026-05-04T14:05+02:60",
		"2026-05-04T14:05Z ", "2026-05-04Z", "2026-05-04+02:00",
		"-", "-d", "-2", "2h", "+2h", "-2 h", "-2s", "-2H", "--2h",
		"-2h30m", "-1.5h", "-9999999d", "- 2h",
		"\xef\xbc\x92\xef\xbc\x90\xef\xbc\x92\xef\xbc\x96-05-04",
	};
	int64_t at = 5;
	bool day_only = true;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		if (time_parse(bad[i], PARIS, NOW, &at, &day_only))
			fail_msg("'%s' is read", bad[i]);
	assert_int_equal(at, 5);
	assert_true(day_only);
	assert_false(time_parse_date("2026-02-29", &at));
	assert_false(time_parse_date("2026-05-04T00:00", &at));
	assert_int_equal(at, 5);
	assert_true(time_parse_date("2024-02-29", &at));
	assert_int_equal(at, 19782);
}

static void
formats(void **state)
{
	char text[40];

	(void)state;
	assert_string_equal(time_format(NOW, PARIS, text),
	    "2026-05-04T14:05:00+02:00");
	assert_string_equal(time_format(NOW, "UTC", text),
	    "2026-05-04T12:05:00+00:00");
	assert_string_equal(time_format(NOW, "America/St_Johns", text),
	    "2026-05-04T09:35:00-02:30");
	assert_string_equal(time_format(-1, "UTC", text),
	    "1969-12-31T23:59:59+00:00");
	assert_string_equal(time_format_person(NOW, PARIS, false, text),
	    "Mon 4 May 2026 14:05");
	assert_string_equal(time_format_date(time_days(2026, 5, 4), text),
	    "2026-05-04");
	/* A zone nobody knows is Greenwich. */
	assert_string_equal(time_format(NOW, "Mars/Olympus", text),
	    "2026-05-04T12:05:00+00:00");
	assert_false(time_zone_known("Mars/Olympus"));
	assert_true(time_zone_known(PARIS));
}

static void
what_is_written_is_read(void **state)
{
	static const char *const zones[] = {
		PARIS, "America/St_Johns", "Pacific/Apia", "UTC"
	};
	char text[32];
	int64_t at;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(zones) / sizeof(*zones); i++)
		for (at = 0; at < INT64_C(4200000000); at += 86399 * 3)
			assert_int_equal(parse(time_format(at, zones[i], text),
			    PARIS), at);
}

static void
process_zone_plays_no_part(void **state)
{
	static const char *const process[] = {
		"UTC", "America/New_York", "Pacific/Apia", PARIS
	};
	struct civil c;
	char text[32];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(process) / sizeof(*process); i++) {
		setenv("TZ", process[i], 1);
		tzset();
		assert_int_equal(parse("2026-05-04T14:05", PARIS), NOW);
		assert_string_equal(time_format(NOW, PARIS, text),
		    "2026-05-04T14:05:00+02:00");
		time_civil(NOW, PARIS, &c);
		assert_int_equal(c.hour, 14);
		assert_int_equal(c.weekday, 1);
		assert_int_equal(c.offset, 7200);
		assert_int_equal(time_from_civil(&c, PARIS), NOW);
		assert_string_equal(getenv("TZ"), process[i]);
	}
}

/* In a process of its own, since the clock is asked for only once. */
static int
clock_under(const char *now, int64_t expected)
{
	pid_t pid = fork();
	int status;

	if (pid == 0) {
		dup2(open("/dev/null", O_WRONLY), STDERR_FILENO);
		setenv("CASE_NOW", now, 1);
		if (time_now() != expected || !time_is_fixed())
			_exit(99);
		/* Fixed is fixed. */
		_exit(time_now() == expected ? 0 : 98);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void
clock_can_be_fixed(void **state)
{
	(void)state;
	assert_int_equal(clock_under("2026-05-04T14:05:00+02:00", NOW), 0);
	assert_int_equal(clock_under("2026-05-04T14:05", NOW), 0);
	assert_int_equal(clock_under("2026-05-04", NOW - 50700), 0);
	assert_int_equal(clock_under("", NOW), 2);
	assert_int_equal(clock_under("now", NOW), 2);
	assert_int_equal(clock_under("-2h", NOW), 2);
	assert_int_equal(clock_under("1777896300", NOW), 2);
	assert_int_equal(clock_under("2026-02-30", NOW), 2);
}

static void
clock_runs(void **state)
{
	int64_t before = time(NULL), at;

	(void)state;
	unsetenv("CASE_NOW");
	at = time_now();
	assert_true(at >= before && at <= time(NULL));
	assert_false(time_is_fixed());
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_and_dates),
		cmocka_unit_test(valid_dates),
		cmocka_unit_test(points_are_read),
		cmocka_unit_test(changes_of_clocks_are_read),
		cmocka_unit_test(distances_are_read),
		cmocka_unit_test(other_text_is_refused),
		cmocka_unit_test(formats),
		cmocka_unit_test(what_is_written_is_read),
		cmocka_unit_test(process_zone_plays_no_part),
		cmocka_unit_test(clock_can_be_fixed),
		cmocka_unit_test(clock_runs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
