/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/time.h"
#include "base/zone.h"

#define TOO_LONG \
    "ZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZ"

/* Half hours, quarters, a summer time that is the law's winter time, one that
 * pauses in Ramadan, two hours of summer, the date line, the southern half,
 * a change at midnight, a minute after it, and none at all. */
static const char *const zones[] = {
	"Europe/Paris", "UTC", "America/New_York", "Australia/Lord_Howe",
	"Asia/Kathmandu", "Asia/Kolkata", "Europe/Dublin", "Africa/Casablanca",
	"Antarctica/Troll", "Pacific/Apia", "Pacific/Chatham",
	"America/Santiago", "America/St_Johns", "America/Havana",
	"America/Nuuk", "Asia/Beirut", "Asia/Tehran", "Africa/Cairo",
	"Pacific/Kiritimati", "Etc/GMT+12",
};
enum { ZONES = sizeof(zones) / sizeof(*zones) };

static uint64_t
next(uint64_t *seed)
{
	*seed = *seed * UINT64_C(6364136223846793005) + 1442695040888963407U;
	return *seed >> 33;
}

/* libc's opinion; it only knows the zone of the process. */
static void
process_zone(const char *name)
{
	assert_int_equal(setenv("TZ", name, 1), 0);
	tzset();
}

static void
offsets_are_those_of_libc(void **state)
{
	uint64_t seed = 2026;
	const struct zone *z;
	struct tm tm;
	time_t at;
	int i, n;

	(void)state;
	for (i = 0; i < ZONES; i++) {
		process_zone(zones[i]);
		assert_non_null(z = zone_find(zones[i]));
		for (n = 0; n < 20000; n++) {
			/* 1902 to 2120 */
			at = (time_t)(next(&seed) * 32 % 6879600000U) -
			    2145916800;
			localtime_r(&at, &tm);
			if (zone_offset(z, at) != tm.tm_gmtoff)
				fail_msg("%s %jd: %d, libc %ld", zones[i],
				    (intmax_t)at, zone_offset(z, at),
				    tm.tm_gmtoff);
		}
	}
}

/* Every change of 1970 to 2110, to the half minute. */
static void
changes_are_those_of_libc(void **state)
{
	const struct zone *z;
	struct tm tm;
	time_t at, second;
	int i, changes = 0;

	(void)state;
	for (i = 0; i < ZONES; i++) {
		process_zone(zones[i]);
		z = zone_find(zones[i]);
		for (at = 0; at < 4417977600; at += 3600) {
			if (zone_offset(z, at) == zone_offset(z, at + 3600))
				continue;
			changes++;
			for (second = at; second < at + 3600; second += 30) {
				localtime_r(&second, &tm);
				if (zone_offset(z, second) != tm.tm_gmtoff)
					fail_msg("%s %jd", zones[i],
					    (intmax_t)second);
			}
		}
	}
	assert_true(changes > 2000);
}

/* The definition, second by second over both changes of 2026. */
static void
reaching_by_counting(void **state)
{
	static const int64_t changes[] = { 1774746000, 1792890000 };
	const struct zone *z = zone_find("Europe/Paris");
	int64_t at, local;
	size_t i;

	(void)state;
	for (i = 0; i < 2; i++) {
		at = changes[i] - 3 * 3600;
		local = at + zone_offset(z, at);
		for (; local < changes[i] + 5 * 3600; local++) {
			while (at + zone_offset(z, at) < local)
				at++;
			assert_int_equal(zone_reaches(z, local), at);
		}
	}
}

static void
gaps_and_repetitions(void **state)
{
	const struct zone *paris = zone_find("Europe/Paris");
	const struct zone *apia = zone_find("Pacific/Apia");
	int64_t spring = 1774746000, autumn = 1792890000;
	int64_t gap = time_days(2026, 3, 29) * 86400 + 9000;
	int64_t twice = time_days(2026, 10, 25) * 86400 + 9000;
	int64_t lost = time_days(2011, 12, 30) * 86400 + 43200;

	(void)state;
	/* 02:30 does not exist: 03:30, or the change itself. */
	assert_int_equal(zone_from_local(paris, gap), spring + 1800);
	assert_int_equal(zone_reaches(paris, gap), spring);
	/* 02:30 exists twice: the first. */
	assert_int_equal(zone_from_local(paris, twice), autumn - 1800);
	assert_int_equal(zone_reaches(paris, twice), autumn - 1800);
	/* Samoa had no 30 December 2011. */
	assert_int_equal(zone_from_local(apia, lost), lost + 10 * 3600);
	assert_int_equal(zone_reaches(apia, lost),
	    time_days(2011, 12, 30) * 86400 + 10 * 3600);
}

static void
local_times_come_back(void **state)
{
	uint64_t seed = 7;
	const struct zone *z;
	int64_t at, again;
	int i, n;

	(void)state;
	for (i = 0; i < ZONES; i++) {
		z = zone_find(zones[i]);
		for (n = 0; n < 20000; n++) {
			at = (int64_t)(next(&seed) * 2);
			again = zone_from_local(z, at + zone_offset(z, at));
			/* Itself, or the same reading the first time. */
			assert_true(again <= at && at - again <= 86400);
			assert_int_equal(again + zone_offset(z, again),
			    at + zone_offset(z, at));
			assert_int_equal(zone_reaches(z,
			    at + zone_offset(z, at)), again);
		}
	}
}

static void
names_are_not_paths(void **state)
{
	static const char *const bad[] = {
		"", "Europe", "Europe/", "Europe/Pariss", "europe/paris ",
		"/etc/localtime", "../zoneinfo/Europe/Paris",
		"Europe/../Europe/Paris", "/usr/share/zoneinfo/UTC", "zone.tab",
		"tzdata.zi", "CET-1CEST,M3.5.0,M10.5.0/3", ":UTC",
		"Europe Paris",
		"right/Europe/Paris", "leapseconds",
		TOO_LONG,
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		if (zone_find(bad[i]) != NULL)
			fail_msg("'%s' is taken for a zone", bad[i]);
	assert_ptr_equal(zone_find("Europe/Paris"), zone_find("Europe/Paris"));
}

static void
rules_are_read(void **state)
{
	struct zone_rule r;

	(void)state;
	assert_true(zone_rule_parse("UTC0", &r));
	assert_int_equal(zone_rule_offset(&r, 1785000000), 0);
	assert_true(zone_rule_parse("<+0545>-5:45", &r));
	assert_int_equal(r.standard, 20700);
	assert_true(zone_rule_parse("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", &r));
	assert_int_equal(r.start.seconds, -3600);
	assert_int_equal(r.summer, -3600);
	assert_true(zone_rule_parse("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0",
	    &r));
	assert_int_equal(r.summer, 39600);
	assert_int_equal(r.start.seconds, 7200);
	assert_true(zone_rule_parse("IST-2IDT,M3.4.4/26,M10.5.0", &r));
	assert_int_equal(r.start.seconds, 93600);
	assert_true(zone_rule_parse("AAA3BBB,J60/0,300/24:00:01", &r));
	assert_int_equal(r.end.seconds, 86401);
}

/* J60 is 1 March in every year, 60 is 1 March in a leap year only. */
static void
days_of_the_year(void **state)
{
	struct zone_rule julian, counted;
	int64_t march = time_days(2028, 3, 1) * 86400;

	(void)state;
	assert_true(zone_rule_parse("AAA0BBB,J60/0,J300/0", &julian));
	assert_true(zone_rule_parse("AAA0BBB,60/0,300/0", &counted));
	assert_int_equal(zone_rule_offset(&julian, march - 1), 0);
	assert_int_equal(zone_rule_offset(&julian, march), 3600);
	assert_int_equal(zone_rule_offset(&counted, march - 1), 0);
	assert_int_equal(zone_rule_offset(&counted, march), 3600);
	march = time_days(2027, 3, 1) * 86400;
	assert_int_equal(zone_rule_offset(&julian, march - 1), 0);
	assert_int_equal(zone_rule_offset(&julian, march), 3600);
	assert_int_equal(zone_rule_offset(&counted, march + 86399), 0);
	assert_int_equal(zone_rule_offset(&counted, march + 86400), 3600);
}

static void
other_text_is_no_rule(void **state)
{
	static const char *const bad[] = {
		"", "CET", "CE-1", "-1", "CET-1CEST", "CET-1CEST,M3.5.0",
		"CET-1CEST,M3.5.0,M10.5.0/3 ", "CET-1CEST,M13.5.0,M10.5.0",
		"CET-1CEST,M3.6.0,M10.5.0", "CET-1CEST,M3.5.7,M10.5.0",
		"CET-1CEST,M3.5,M10.5.0", "CET-1CEST,J0,J366", "CET-999",
		"CET-1:60", "<+03", "CET-1CEST,366,1", "CET-1,M3.5.0,M10.5.0",
	};
	struct zone_rule r;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		if (zone_rule_parse(bad[i], &r))
			fail_msg("'%s' is taken for a rule", bad[i]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(offsets_are_those_of_libc),
		cmocka_unit_test(changes_are_those_of_libc),
		cmocka_unit_test(reaching_by_counting),
		cmocka_unit_test(gaps_and_repetitions),
		cmocka_unit_test(local_times_come_back),
		cmocka_unit_test(names_are_not_paths),
		cmocka_unit_test(rules_are_read),
		cmocka_unit_test(days_of_the_year),
		cmocka_unit_test(other_text_is_no_rule),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
