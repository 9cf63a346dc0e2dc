/* SPDX-License-Identifier: ISC */
#include <stdlib.h>

#include "base/local.h"
#include "base/mem.h"
#include "base/time.h"
#include "calendar_days.h"
#include "rules/holidays.h"

enum { DAY = 86400 };

struct calendar *
calendar_open(const char *region, const char *zone, const char *hours,
    const char **why)
{
	struct service_hours week[7];
	const struct zone *z = zone_find(zone);
	struct calendar *c;
	int day;

	*why = z == NULL ? local_text("no such time zone") :
	    calendar_parse_hours(hours, week);
	if (*why != NULL)
		return NULL;
	c = mem_zero(1, sizeof(*c));
	c->region = mem_text(region);
	c->zone_name = mem_text(zone);
	c->zone = z;
	for (day = 0; day < 7; day++)
		c->hours[day] = week[day];
	return c;
}

void
calendar_close(struct calendar *c)
{
	size_t i;

	if (c == NULL)
		return;
	for (i = 0; i < c->closed_count; i++)
		free(c->closed[i].name);
	free(c->closed);
	free(c->zone_name);
	free(c->region);
	free(c);
}

bool
calendar_add_shipped(struct calendar *c)
{
	c->shipped = holidays_shipped(c->region);
	return c->shipped;
}

/* The place of the first closed day that is not before. */
static size_t
place_of(const struct calendar *c, int64_t days)
{
	size_t low = 0, high = c->closed_count, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (c->closed[middle].days < days)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

void
calendar_add_closed(struct calendar *c, int64_t days, const char *name)
{
	size_t i = place_of(c, days), last;

	if (name == NULL || *name == '\0')
		name = LOCAL_WORD("span", "closed day");
	if (i < c->closed_count && c->closed[i].days == days) {
		free(c->closed[i].name);
		c->closed[i].name = mem_text(name);
		return;
	}
	c->closed = mem_array(c->closed, c->closed_count + 1,
	    sizeof(*c->closed));
	for (last = c->closed_count++; last > i; last--)
		c->closed[last] = c->closed[last - 1];
	c->closed[i] = (struct closed_day){ days, mem_text(name) };
}

const char *
calendar_zone(const struct calendar *c)
{
	return c->zone_name;
}

const char *
calendar_closed(const struct calendar *c, int64_t days)
{
	static const char *const weekdays[] = {
		LOCAL_WORD("span", "Sunday"), LOCAL_WORD("span", "Monday"),
		LOCAL_WORD("span", "Tuesday"), LOCAL_WORD("span", "Wednesday"),
		LOCAL_WORD("span", "Thursday"), LOCAL_WORD("span", "Friday"),
		LOCAL_WORD("span", "Saturday"),
	};
	size_t i = place_of(c, days);
	const char *feast = NULL;

	if (i < c->closed_count && c->closed[i].days == days)
		return c->closed[i].name;
	if (c->shipped)
		feast = holidays_name(c->region, days);
	if (feast == NULL && calendar_hours(c, days)->count == 0)
		return weekdays[time_weekday(days)];
	return feast;
}

const struct service_hours *
calendar_hours(const struct calendar *c, int64_t days)
{
	return &c->hours[time_weekday(days)];
}

int64_t
calendar_day(const struct calendar *c, int64_t at)
{
	int64_t local = at + zone_offset(c->zone, at);

	return local / DAY - (local % DAY < 0);
}

int64_t
calendar_at(const struct calendar *c, int64_t days, int minute)
{
	return zone_reaches(c->zone, days * DAY + minute * 60);
}

int64_t
calendar_closing(const struct calendar *c, int64_t days)
{
	const struct service_hours *hours = calendar_hours(c, days);

	return calendar_at(c, days, hours->window[hours->count - 1].end);
}

bool
calendar_next_open(const struct calendar *c, int64_t *days)
{
	int64_t last = *days + TEN_YEARS;

	for (; *days <= last; (*days)++)
		if (calendar_closed(c, *days) == NULL)
			return true;
	return false;
}

int64_t
calendar_day_end(const struct calendar *c, int64_t at)
{
	int64_t days = calendar_day(c, at);

	return calendar_next_open(c, &days) ? calendar_closing(c, days) : -1;
}

bool
calendar_is_open(const struct calendar *c, int64_t at, const char **why)
{
	int64_t days = calendar_day(c, at);
	const struct service_hours *hours = calendar_hours(c, days);
	const char *closed = calendar_closed(c, days);
	bool open = false;
	size_t i;

	for (i = 0; closed == NULL && i < hours->count && !open; i++)
		open = at >= calendar_at(c, days, hours->window[i].start) &&
		    at < calendar_at(c, days, hours->window[i].end);
	if (why != NULL && !open)
		*why = closed != NULL ? closed : "closed hours";
	return open;
}
