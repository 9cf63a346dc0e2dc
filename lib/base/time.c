/* SPDX-License-Identifier: ISC */
#include <err.h>
#include <stdlib.h>
#include <time.h>

#include "base/local.h"
#include "base/time.h"
#include "base/zone.h"

#define DAY	86400

/* The Gregorian calendar repeats after 400 years. */
#define ERA_YEARS	400
#define ERA_DAYS	146097

/* 1 March of the year 0 to 1970-01-01. */
#define EPOCH_DAYS	719468

/* Rounds towards the past, as dates before 1970 need it. */
static int64_t
floor_div(int64_t n, int64_t by)
{
	return n / by - (n % by < 0);
}

static const struct zone *
zone_or_utc(const char *name)
{
	const struct zone *z = zone_find(name);

	return z != NULL ? z : zone_find("UTC");
}

bool
time_is_fixed(void)
{
	return getenv("CASE_NOW") != NULL;
}

int64_t
time_now(void)
{
	static bool read;
	static int64_t fixed;
	const char *text = getenv("CASE_NOW");

	if (text == NULL)
		return time(NULL);
	/* A digit first: "-2h" would be measured from the clock it replaces. */
	if (!read && (*text < '0' || *text > '9' ||
	    !time_parse(text, TIME_ZONE, 0, &fixed, NULL)))
		errx(2, local_text("CASE_NOW: '%s' is not a time such as "
		    "2026-04-30T14:05:00+02:00"), text);
	read = true;
	return fixed;
}

int64_t
time_days(int year, int month, int day)
{
	int64_t era, year_of_era, day_of_year;

	/* Years that begin in March have their odd day at the end. */
	if (month <= 2)
		year--;
	era = floor_div(year, ERA_YEARS);
	year_of_era = year - era * ERA_YEARS;
	day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	return era * ERA_DAYS + year_of_era * 365 + year_of_era / 4 -
	    year_of_era / 100 + day_of_year - EPOCH_DAYS;
}

void
time_date(int64_t days, int *year, int *month, int *day)
{
	int64_t era, day_of_era, year_of_era, day_of_year, march;

	days += EPOCH_DAYS;
	era = floor_div(days, ERA_DAYS);
	day_of_era = days - era * ERA_DAYS;
	year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 -
	    day_of_era / 146096) / 365;
	day_of_year = day_of_era -
	    (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	march = (5 * day_of_year + 2) / 153;
	*day = (int)(day_of_year - (153 * march + 2) / 5 + 1);
	*month = (int)(march < 10 ? march + 3 : march - 9);
	*year = (int)(era * ERA_YEARS + year_of_era + (*month <= 2));
}

int
time_month_days(int year, int month)
{
	static const int days[] = {
		31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31
	};
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	return month == 2 && leap ? 29 : days[month - 1];
}

bool
time_date_valid(int year, int month, int day)
{
	return month >= 1 && month <= 12 && day >= 1 &&
	    day <= time_month_days(year, month);
}

int
time_weekday(int64_t days)
{
	/* 1970-01-01 was a Thursday. */
	return (int)((days % 7 + 7 + 4) % 7);
}

bool
time_zone_known(const char *zone)
{
	return zone_find(zone) != NULL;
}

void
time_civil(int64_t at, const char *zone, struct civil *civil)
{
	int offset = zone_offset(zone_or_utc(zone), at);
	int64_t days = floor_div(at + offset, DAY);
	int second = (int)(at + offset - days * DAY);

	*civil = (struct civil){
		.hour = second / 3600,
		.minute = second / 60 % 60,
		.second = second % 60,
		.weekday = time_weekday(days),
		.offset = offset,
	};
	time_date(days, &civil->year, &civil->month, &civil->day);
}

int64_t
time_from_civil(const struct civil *civil, const char *zone)
{
	int64_t days = time_days(civil->year, civil->month, civil->day);
	int64_t local = days * DAY + civil->hour * 3600 + civil->minute * 60 +
	    civil->second;

	return zone_from_local(zone_or_utc(zone), local);
}
