/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "base/local.h"
#include "calendar_days.h"

static const char *const weekdays[] = {
	"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"
};

static void
skip_blanks(const char **p)
{
	*p += strspn(*p, " \t");
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
weekday(const char **p, int *day)
{
	for (*day = 0; *day < 7; (*day)++)
		if (strncmp(*p, weekdays[*day], 3) == 0) {
			*p += 3;
			return true;
		}
	return false;
}

static bool
two_digits(const char **p, int *n)
{
	const char *s = *p;

	if (s[0] < '0' || s[0] > '9' || s[1] < '0' || s[1] > '9')
		return false;
	*n = (s[0] - '0') * 10 + (s[1] - '0');
	*p += 2;
	return true;
}

/* 24:00 is the end of the day. */
static bool
clock_time(const char **p, int *minutes)
{
	int hour, minute;

	if (!two_digits(p, &hour) || !take(p, ':') || !two_digits(p, &minute))
		return false;
	*minutes = hour * 60 + minute;
	return minute < 60 && *minutes <= 24 * 60;
}

static const char *
windows(const char **p, struct service_hours *hours)
{
	struct window w;
	int last = 0;

	*hours = (struct service_hours){ 0 };
	while (**p >= '0' && **p <= '9') {
		if (!clock_time(p, &w.start) || !take(p, '-') ||
		    !clock_time(p, &w.end) || strchr(" \t;", **p) == NULL)
			return local_text("hours are written as 08:00-18:00");
		if (w.start >= w.end)
			return local_text("hours end before they begin");
		if (w.start < last)
			return local_text("hours overlap or are not in order");
		if (hours->count == WINDOWS_A_DAY)
			return local_text("too many hours on a day");
		hours->window[hours->count++] = w;
		last = w.end;
		skip_blanks(p);
	}
	return hours->count > 0 ? NULL :
	    local_text("hours are written as 08:00-18:00");
}

/* "Mon-Fri", "Sat", "Mon,Wed,Fri"; `days` is a set of bits. */
static bool
weekday_list(const char **p, unsigned *days)
{
	int first, last;

	*days = 0;
	do {
		if (!weekday(p, &first))
			return false;
		last = first;
		if (take(p, '-') && !weekday(p, &last))
			return false;
		for (; first != last; first = (first + 1) % 7)
			*days |= 1U << first;
		*days |= 1U << last;
	} while (take(p, ','));
	return **p == ' ' || **p == '\t';
}

static const char *
group(const char **p, struct service_hours week[7])
{
	struct service_hours hours;
	const char *why;
	unsigned days;
	int day;

	if (!weekday_list(p, &days))
		return local_text("weekdays are written as Mon-Fri or Mon,Wed");
	skip_blanks(p);
	if ((why = windows(p, &hours)) != NULL)
		return why;
	for (day = 0; day < 7; day++) {
		if ((days & 1U << day) == 0)
			continue;
		if (week[day].count > 0)
			return local_text("a weekday is given twice");
		week[day] = hours;
	}
	return NULL;
}

const char *
calendar_parse_hours(const char *text, struct service_hours week[7])
{
	const char *p = text, *why;

	memset(week, 0, 7 * sizeof(*week));
	do {
		skip_blanks(&p);
		if ((why = group(&p, week)) != NULL)
			return why;
	} while (take(&p, ';'));
	return *p == '\0' ? NULL :
	    local_text("groups of weekdays are separated by ';'");
}
