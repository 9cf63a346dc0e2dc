/* SPDX-License-Identifier: ISC */
#ifndef RULES_CALENDAR_DAYS_H
#define RULES_CALENDAR_DAYS_H

#include <stddef.h>

#include "base/zone.h"
#include "rules/calendar.h"

/* What the parts of the calendar share and nobody else sees. Days count from
 * 1970-01-01. */
enum {
	WINDOWS_A_DAY = 8,
	TEN_YEARS = 3653	/* days without an open one that end a search */
};

struct window {
	int	start, end;		/* minutes after midnight */
};

struct service_hours {
	struct window	window[WINDOWS_A_DAY];
	size_t		count;
};

struct closed_day {
	int64_t	 days;
	char	*name;
};

struct calendar {
	char			*region;
	char			*zone_name;
	const struct zone	*zone;
	struct service_hours	 hours[7];	/* by weekday, 0 is Sunday */
	bool			 shipped;	/* with the region's holidays */
	struct closed_day	*closed;	/* ascending */
	size_t			 closed_count;
};

/* "Mon-Fri 08:00-18:00; Sat 09:00-12:00" into hours of the week. NULL when all
 * is well, else why not. */
const char *calendar_parse_hours(const char *text,
	    struct service_hours week[7]);

/* Why that day is closed: the feast, else the weekday; NULL when it is open. */
const char *calendar_closed(const struct calendar *c, int64_t days);

/* The hours on an open day. */
const struct service_hours *calendar_hours(const struct calendar *c,
	    int64_t days);

/* The civil day of an instant, and the instant at which the clock reaches a
 * minute of a day (1440 is the next midnight). */
int64_t	 calendar_day(const struct calendar *c, int64_t at);
int64_t	 calendar_at(const struct calendar *c, int64_t days, int minute);

/* The end of the last window of an open day. */
int64_t	 calendar_closing(const struct calendar *c, int64_t days);

/* Moves to the first open day from that one on. False if there is none within
 * ten years. */
bool	 calendar_next_open(const struct calendar *c, int64_t *days);

#endif
