/* SPDX-License-Identifier: ISC */
#ifndef BASE_TIME_H
#define BASE_TIME_H

#include <stdbool.h>
#include <stdint.h>

/* Civil time of a zone. Month and day count from 1, weekday 0 is Sunday. */
struct civil {
	int	year, month, day;
	int	hour, minute, second;
	int	weekday;
	int	offset;		/* seconds east of Greenwich */
};

/* Of the calendars that are shipped, and of what names no other. */
#define TIME_ZONE	"Europe/Paris"

/* The present, or what CASE_NOW says (strict; in TIME_ZONE unless it has an
 * offset; the process ends with exit 2 when it is malformed). The one clock of
 * the whole library. CASE_NOW is read once, the real clock at each call: a
 * command that waits for its input must not act in the past. */
int64_t	 time_now(void);
bool	 time_is_fixed(void);		/* CASE_NOW is set */

/* `zone` is a name of the zone database; one that is not known is taken for
 * UTC. The zone of the process plays no part. A local time that occurs twice is
 * the first one, one that never occurs is moved on by the gap. */
void	 time_civil(int64_t at, const char *zone, struct civil *civil);
int64_t	 time_from_civil(const struct civil *civil, const char *zone);
bool	 time_zone_known(const char *zone);

/* Days since 1970-01-01 of a proleptic Gregorian date, and back. */
int64_t	 time_days(int year, int month, int day);
void	 time_date(int64_t days, int *year, int *month, int *day);
bool	 time_date_valid(int year, int month, int day);
int	 time_month_days(int year, int month);
int	 time_weekday(int64_t days);		/* 0 is Sunday */

/* Strict: 2026-04-30, 2026-04-30T14:05[:06][Z|+02:00], now, -2h, -3d, -15m,
 * -1w; a date alone is its midnight. Days and weeks keep the time of day, also
 * across a change of clocks. `day_only` (may be NULL) tells whether it was a
 * date alone. False, nothing written, when it is none of these. */
bool	 time_parse(const char *text, const char *zone, int64_t now,
	    int64_t *at, bool *day_only);
/* "2d", "15m", "8h", "1w" after now; strict, days and weeks as above. */
bool	 time_parse_ahead(const char *text, const char *zone, int64_t now,
	    int64_t *at);
/* "2026-04-30" into days since the epoch; strict. */
bool	 time_parse_date(const char *text, int64_t *days);

/* RFC 3339 with the zone's offset: 2026-04-30T14:05:00+02:00. 32 bytes. */
const char *time_format(int64_t at, const char *zone, char *text);
/* For people: "Thu 30 Apr 2026 14:05", in the language of the `person` at the
 * terminal or in English. 40 bytes. */
const char *time_format_person(int64_t at, const char *zone, bool person,
	    char *text);
/* 2026-04-30; 16 bytes. */
const char *time_format_date(int64_t days, char *text);

#endif
