/* SPDX-License-Identifier: ISC */
#ifndef BASE_ZONE_H
#define BASE_ZONE_H

#include <stdbool.h>
#include <stdint.h>

/*
 * A zone of the zone database, whatever the zone of the process is. A wall
 * clock's reading is given as the seconds since the epoch that it would be at
 * Greenwich: `local`.
 */
struct zone;

/* Read at first use and kept until the process ends; NULL when the database
 * has no such zone. "UTC" is known even without a database. */
const struct zone *zone_find(const char *name);

/* Seconds east of Greenwich at that instant. */
int	 zone_offset(const struct zone *z, int64_t at);

/* When the clock shows `local`: the first time if it does so twice; if it never
 * does, the reading is moved on by the gap. */
int64_t	 zone_from_local(const struct zone *z, int64_t local);

/* The first instant at which the clock shows `local` or more: in a gap the
 * instant of the change. */
int64_t	 zone_reaches(const struct zone *z, int64_t local);

/*
 * The rule at the end of a zone's data, for all years that its table of changes
 * does not reach: "CET-1CEST,M3.5.0,M10.5.0/3" (POSIX TZ, RFC 8536).
 */
struct zone_day {
	enum { ZONE_DAY_WEEKDAY, ZONE_DAY_JULIAN, ZONE_DAY_COUNTED } kind;
	int	month, week, weekday;	/* week 5 is the last one */
	int	day;			/* of the year */
	int	seconds;		/* after midnight; may be negative */
};

struct zone_rule {
	int		 standard;	/* seconds east */
	int		 summer;	/* the same when there is none */
	struct zone_day	 start, end;	/* of summer time */
};

/* False when the text is not such a rule. */
bool	 zone_rule_parse(const char *text, struct zone_rule *rule);
int	 zone_rule_offset(const struct zone_rule *rule, int64_t at);

#endif
