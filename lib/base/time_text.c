/* SPDX-License-Identifier: ISC */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/local.h"
#include "base/time.h"

enum {
	FORMAT_SIZE = 32,
	PERSON_SIZE = 40,
	DATE_SIZE = 16
};

static bool
take(const char **p, char c)
{
	if (**p != c)
		return false;
	(*p)++;
	return true;
}

/* Exactly so many digits. */
static bool
digits(const char **p, int count, int max, int *n)
{
	for (*n = 0; count > 0; count--, (*p)++) {
		if (**p < '0' || **p > '9')
			return false;
		*n = *n * 10 + (**p - '0');
	}
	return *n <= max;
}

static bool
date(const char **p, struct civil *c)
{
	return digits(p, 4, 9999, &c->year) && take(p, '-') &&
	    digits(p, 2, 12, &c->month) && take(p, '-') &&
	    digits(p, 2, 31, &c->day) && c->year > 0 &&
	    time_date_valid(c->year, c->month, c->day);
}

static bool
clock_time(const char **p, struct civil *c)
{
	if (!digits(p, 2, 23, &c->hour) || !take(p, ':') ||
	    !digits(p, 2, 59, &c->minute))
		return false;
	return !take(p, ':') || digits(p, 2, 59, &c->second);
}

static bool
offset(const char **p, int *seconds)
{
	int sign, hour, minute;

	if (take(p, 'Z')) {
		*seconds = 0;
		return true;
	}
	sign = **p == '-' ? -1 : 1;
	if ((!take(p, '+') && !take(p, '-')) || !digits(p, 2, 23, &hour) ||
	    !take(p, ':') || !digits(p, 2, 59, &minute))
		return false;
	*seconds = sign * (hour * 3600 + minute * 60);
	return true;
}

/* now + sign * "3d" */
static bool
shift(const char *text, int sign, const char *zone, int64_t *at)
{
	struct civil c;
	char count[8];
	const char *error;
	size_t len = strspn(text, "0123456789");
	int64_t n, days;

	if (len == 0 || len >= sizeof(count) || strlen(text) != len + 1)
		return false;
	memcpy(count, text, len);
	count[len] = '\0';
	n = sign * strtonum(count, 0, 999999, &error);
	switch (text[len]) {
	case 'm':
		*at += n * 60;
		return error == NULL;
	case 'h':
		*at += n * 3600;
		return error == NULL;
	case 'w':
		n *= 7;
		break;
	case 'd':
		break;
	default:
		return false;
	}
	time_civil(*at, zone, &c);
	days = time_days(c.year, c.month, c.day) + n;
	time_date(days, &c.year, &c.month, &c.day);
	if (n != 0)
		*at = time_from_civil(&c, zone);
	return error == NULL;
}

static bool
point(const char *text, const char *zone, int64_t *at, bool *day_only)
{
	struct civil c = { 0 };
	const char *p = text;
	int east;

	if (!date(&p, &c))
		return false;
	*day_only = *p == '\0';
	if (!*day_only && (!take(&p, 'T') || !clock_time(&p, &c)))
		return false;
	if (*p == '\0') {
		*at = time_from_civil(&c, zone);
		return true;
	}
	if (!offset(&p, &east) || *p != '\0')
		return false;
	*at = time_from_civil(&c, "UTC") - east;
	return true;
}

bool
time_parse(const char *text, const char *zone, int64_t now, int64_t *at,
    bool *day_only)
{
	int64_t found = now;
	bool day = false, ok;

	if (*text == '-')
		ok = shift(text + 1, -1, zone, &found);
	else
		ok = strcmp(text, "now") == 0 ||
		    point(text, zone, &found, &day);
	if (!ok)
		return false;
	*at = found;
	if (day_only != NULL)
		*day_only = day;
	return true;
}

bool
time_parse_ahead(const char *text, const char *zone, int64_t now, int64_t *at)
{
	if (!shift(text, 1, zone, &now))
		return false;
	*at = now;
	return true;
}

bool
time_parse_date(const char *text, int64_t *days)
{
	struct civil c = { 0 };
	const char *p = text;

	if (!date(&p, &c) || *p != '\0')
		return false;
	*days = time_days(c.year, c.month, c.day);
	return true;
}

const char *
time_format(int64_t at, const char *zone, char *text)
{
	struct civil c;
	int east;

	time_civil(at, zone, &c);
	/* Before 1911 zones had seconds, for which RFC 3339 has no room. */
	east = abs(c.offset) / 60;
	snprintf(text, FORMAT_SIZE, "%04d-%02d-%02dT%02d:%02d:%02d%c%02d:%02d",
	    c.year, c.month, c.day, c.hour, c.minute, c.second,
	    c.offset < 0 ? '-' : '+', east / 60, east % 60);
	return text;
}

const char *
time_format_person(int64_t at, const char *zone, bool person, char *text)
{
	static const char *const weekdays[] = {
		LOCAL("Sun"), LOCAL("Mon"), LOCAL("Tue"), LOCAL("Wed"),
		LOCAL("Thu"), LOCAL("Fri"), LOCAL("Sat")
	};
	static const char *const months[] = {
		LOCAL("Jan"), LOCAL("Feb"), LOCAL("Mar"), LOCAL("Apr"),
		LOCAL("May"), LOCAL("Jun"), LOCAL("Jul"), LOCAL("Aug"),
		LOCAL("Sep"), LOCAL("Oct"), LOCAL("Nov"), LOCAL("Dec")
	};
	struct civil c;

	time_civil(at, zone, &c);
	snprintf(text, PERSON_SIZE, "%s %d %s %04d %02d:%02d",
	    local_if(person, weekdays[c.weekday]), c.day,
	    local_if(person, months[c.month - 1]), c.year, c.hour, c.minute);
	return text;
}

const char *
time_format_date(int64_t days, char *text)
{
	int year, month, day;

	time_date(days, &year, &month, &day);
	snprintf(text, DATE_SIZE, "%04d-%02d-%02d", year, month, day);
	return text;
}
