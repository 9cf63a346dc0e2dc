/* SPDX-License-Identifier: ISC */
#ifndef RULES_CALENDAR_H
#define RULES_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

/* Service hours of a region: windows per weekday, closed days, time zone. All
 * times are seconds since the epoch. */
struct calendar;

enum due_unit {
	DUE_NONE,		/* no due time */
	DUE_MINUTES,		/* round the clock */
	DUE_HOURS,		/* round the clock */
	DUE_WORKING_HOURS,	/* inside the windows only */
	DUE_BUSINESS_DAYS	/* end of the hours, n-th following open day */
};

struct due {
	int		n;
	enum due_unit	unit;
};

/* "15 min", "4 h", "4 wh", "10 bd", "none"; the blank may be missing, the
 * number is 1 to 9999. False, nothing written, when it is none of these. */
bool	 due_parse(const char *text, struct due *due);
/* The same in words; the buffer holds at least 24 bytes. */
const char *due_format(struct due due, char *text);

/* A calendar without closed days. `hours` as in "Mon-Fri 08:00-18:00; Sat
 * 09:00-12:00 13:00-17:00", up to 24:00, at most eight windows a day. NULL and
 * `why` (static) set when zone or hours are wrong. */
struct calendar *calendar_open(const char *region, const char *zone,
	    const char *hours, const char **why);
void	 calendar_close(struct calendar *c);

/* Adds what is shipped for the region: the public holidays of FR, FR-AM. False
 * when nothing is shipped for it. */
bool	 calendar_add_shipped(struct calendar *c);
/* A closed day of its own, in days since 1970-01-01; it goes before a shipped
 * one, and a second one on a day replaces the first. The name is copied. */
void	 calendar_add_closed(struct calendar *c, int64_t days,
	    const char *name);

const char *calendar_zone(const struct calendar *c);

/* When something due `due` after `from` is due, or -1 if ten years pass without
 * an open day; `from` itself for DUE_NONE. Working time is time that really
 * passed inside the windows: a window over a change of clocks is an hour longer
 * or shorter. A window's edge that the clock shows twice is the first one. */
int64_t	 calendar_due(const struct calendar *c, int64_t from, struct due due);

/* The end of the service hours on the civil day of `at`, or of the next open
 * day when that one is closed. */
int64_t	 calendar_day_end(const struct calendar *c, int64_t at);

/* Is `at` inside the service hours? If not, `why` (when not NULL) says so:
 * "closed hours", "Sunday", the feast by its name; borrowed. */
bool	 calendar_is_open(const struct calendar *c, int64_t at,
	    const char **why);

/* Each interval from `from` to the due time, in order and without gaps, none
 * longer than a day of the region unless the clock runs round. Counted ones add
 * up to the time allowed, or are numbered to the number of days allowed: `day`
 * is 0 for the day of the event or a closed day. The reason is what
 * calendar_is_open() says, or "service hours", "round the clock", "day of the
 * event", "open day". Answers as calendar_due(); for -1 fn is not called. */
struct calendar_span {
	int64_t		 start;
	int64_t		 end;
	bool		 counted;
	int		 day;
	const char	*reason;	/* borrowed during the call */
};
typedef void calendar_span_fn(const struct calendar_span *span, void *arg);
int64_t	 calendar_explain(const struct calendar *c, int64_t from,
	    struct due due, calendar_span_fn *fn, void *arg);

#endif
