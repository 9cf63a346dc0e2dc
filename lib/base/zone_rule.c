/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "base/time.h"
#include "base/zone.h"

#define DAY	86400
#define HOUR	3600

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
take(const char **p, char c)
{
	if (**p != c)
		return false;
	(*p)++;
	return true;
}

static bool
number(const char **p, int min, int max, int *n)
{
	if (!is_digit(**p))
		return false;
	for (*n = 0; is_digit(**p); (*p)++)
		if ((*n = *n * 10 + (**p - '0')) > max)
			return false;
	return *n >= min;
}

/* "CET" or "<+03>"; only its extent matters. */
static bool
abbreviation(const char **p)
{
	size_t len;

	if (take(p, '<')) {
		*p += strcspn(*p, ">");
		return take(p, '>');
	}
	len = strspn(*p, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz");
	*p += len;
	return len >= 3;
}

/* [+-]hh[:mm[:ss]]; up to a week, as the database uses it for days. */
static bool
clock_time(const char **p, int *seconds)
{
	int sign, h, m = 0, s = 0;

	sign = take(p, '-') ? -1 : 1;
	if (sign > 0)
		take(p, '+');
	if (!number(p, 0, 167, &h))
		return false;
	if (take(p, ':') && !number(p, 0, 59, &m))
		return false;
	if (take(p, ':') && !number(p, 0, 59, &s))
		return false;
	*seconds = sign * (h * HOUR + m * 60 + s);
	return true;
}

static bool
change(const char **p, struct zone_day *d)
{
	*d = (struct zone_day){ .seconds = 2 * HOUR };
	if (!take(p, ','))
		return false;
	if (take(p, 'M')) {
		d->kind = ZONE_DAY_WEEKDAY;
		if (!number(p, 1, 12, &d->month) || !take(p, '.') ||
		    !number(p, 1, 5, &d->week) || !take(p, '.') ||
		    !number(p, 0, 6, &d->weekday))
			return false;
	} else if (take(p, 'J')) {
		d->kind = ZONE_DAY_JULIAN;
		if (!number(p, 1, 365, &d->day))
			return false;
	} else {
		d->kind = ZONE_DAY_COUNTED;
		if (!number(p, 0, 365, &d->day))
			return false;
	}
	return !take(p, '/') || clock_time(p, &d->seconds);
}

bool
zone_rule_parse(const char *text, struct zone_rule *rule)
{
	const char *p = text;
	int west;

	*rule = (struct zone_rule){ 0 };
	if (!abbreviation(&p) || !clock_time(&p, &west))
		return false;
	rule->standard = rule->summer = -west;
	if (*p == '\0')
		return true;
	if (!abbreviation(&p))
		return false;
	rule->summer = rule->standard + HOUR;
	if (*p != ',') {
		if (!clock_time(&p, &west))
			return false;
		rule->summer = -west;
	}
	return change(&p, &rule->start) && change(&p, &rule->end) &&
	    *p == '\0';
}

/* The n-th such weekday of the month, the last one for week 5. */
static int64_t
weekday_of(const struct zone_day *d, int year)
{
	int64_t first = time_days(year, d->month, 1);
	int day;

	day = (d->weekday - time_weekday(first) + 7) % 7 + (d->week - 1) * 7;
	while (day >= time_month_days(year, d->month))
		day -= 7;
	return first + day;
}

/* The wall clock's reading at which the change is made. */
static int64_t
change_in(const struct zone_day *d, int year)
{
	int64_t days = time_days(year, 1, 1);

	switch (d->kind) {
	case ZONE_DAY_WEEKDAY:
		days = weekday_of(d, year);
		break;
	case ZONE_DAY_JULIAN:	/* 29 February is not counted */
		days += d->day - 1;
		if (d->day >= 60 && time_month_days(year, 2) == 29)
			days++;
		break;
	case ZONE_DAY_COUNTED:
		days += d->day;
		break;
	}
	return days * DAY + d->seconds;
}

int
zone_rule_offset(const struct zone_rule *rule, int64_t at)
{
	int64_t local = at + rule->standard, start, end;
	int year, month, day;
	bool summer;

	if (rule->summer == rule->standard)
		return rule->standard;
	local -= (local % DAY + DAY) % DAY;
	time_date(local / DAY, &year, &month, &day);
	start = change_in(&rule->start, year) - rule->standard;
	end = change_in(&rule->end, year) - rule->summer;
	/* South of the equator summer lasts over the turn of the year. */
	if (start < end)
		summer = at >= start && at < end;
	else
		summer = at >= start || at < end;
	return summer ? rule->summer : rule->standard;
}
