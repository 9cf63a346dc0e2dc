/* SPDX-License-Identifier: ISC */
/*
 * Prints what the calendars say, for comparison with other programs:
 * calendar holidays REGION FIRST LAST	feasts of the years, "2026-05-01 name"
 * calendar days REGION FIRST LAST N	from noon of each day of the years, N
 *					business days: "2026-04-30 SECONDS"
 * calendar due REGION ZONE HOURS	lines "SECONDS DUE", answered by SECONDS
 */
#include <err.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "rules/calendar.h"
#include "rules/holidays.h"

static int
number(const char *text)
{
	const char *error;
	int n = (int)strtonum(text, 1, 9999, &error);

	if (error != NULL)
		errx(2, "%s: %s", text, error);
	return n;
}

static struct calendar *
shipped(const char *region, const char *zone, const char *hours)
{
	const char *why;
	struct calendar *c = calendar_open(region, zone, hours, &why);

	if (c == NULL)
		errx(2, "%s", why);
	if (!calendar_add_shipped(c))
		errx(2, "%s: not shipped", region);
	return c;
}

static void
print_holidays(const char *region, int first, int last)
{
	struct holiday list[HOLIDAYS_MAX];
	char text[16];
	size_t count, i;

	for (; first <= last; first++) {
		count = holidays_of_year(region, first, list);
		for (i = 0; i < count; i++)
			printf("%s %s\n", time_format_date(list[i].days, text),
			    list[i].name);
	}
}

static void
print_days(const char *region, int first, int last, int n)
{
	struct calendar *c = shipped(region, "Europe/Paris",
	    "Mon-Fri 08:00-18:00");
	int64_t days = time_days(first, 1, 1);
	char text[16];

	for (; days < time_days(last + 1, 1, 1); days++)
		printf("%s %" PRId64 "\n", time_format_date(days, text),
		    calendar_due(c, days * 86400 + 43200,
		    (struct due){ n, DUE_BUSINESS_DAYS }));
	calendar_close(c);
}

static void
answer(const char *region, const char *zone, const char *hours)
{
	struct calendar *c = shipped(region, zone, hours);
	char line[128], *rest;
	struct due due;
	int64_t from;

	while (fgets(line, sizeof(line), stdin) != NULL) {
		line[strcspn(line, "\n")] = '\0';
		from = strtoll(line, &rest, 10);
		if (*rest != ' ' || !due_parse(rest + 1, &due))
			errx(2, "not understood: %s", line);
		printf("%" PRId64 "\n", calendar_due(c, from, due));
	}
	calendar_close(c);
}

int
main(int argc, char **argv)
{
	if (argc == 5 && strcmp(argv[1], "holidays") == 0)
		print_holidays(argv[2], number(argv[3]), number(argv[4]));
	else if (argc == 6 && strcmp(argv[1], "days") == 0)
		print_days(argv[2], number(argv[3]), number(argv[4]),
		    number(argv[5]));
	else if (argc == 5 && strcmp(argv[1], "due") == 0)
		answer(argv[2], argv[3], argv[4]);
	else
		errx(2, "see the head of the source");
	return 0;
}
