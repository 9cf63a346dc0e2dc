/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "base/time.h"
#include "rules/holidays.h"

struct feast {
	int		 month, day;	/* month 0: days after Easter Sunday */
	bool		 everywhere;	/* else in Alsace and Moselle only */
	const char	*name;
};

/* Fixed dates first: they give the name when two feasts meet. */
static const struct feast feasts[HOLIDAYS_MAX] = {
	{  1,  1, true,  "Jour de l'an" },
	{  5,  1, true,  "Fête du Travail" },
	{  5,  8, true,  "Victoire 1945" },
	{  7, 14, true,  "Fête nationale" },
	{  8, 15, true,  "Assomption" },
	{ 11,  1, true,  "Toussaint" },
	{ 11, 11, true,  "Armistice 1918" },
	{ 12, 25, true,  "Noël" },
	{ 12, 26, false, "Deuxième jour de Noël" },
	{  0, -2, false, "Vendredi saint" },
	{  0,  1, true,  "Lundi de Pâques" },
	{  0, 39, true,  "Ascension" },
	{  0, 50, true,  "Lundi de Pentecôte" },
};

static bool
is_alsatian(const char *region)
{
	return strcmp(region, "FR-AM") == 0;
}

bool
holidays_shipped(const char *region)
{
	return strcmp(region, "FR") == 0 || is_alsatian(region);
}

/* Meeus, Jones and Butcher; the letters are those of the published method. */
int64_t
holidays_easter(int year)
{
	int a = year % 19, b = year / 100, c = year % 100;
	int d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
	int h = (19 * a + b - d - g + 15) % 30;
	int i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
	int m = (a + 11 * h + 22 * l) / 451;
	int n = h + l - 7 * m + 114;

	return time_days(year, n / 31, n % 31 + 1);
}

static int64_t
feast_in(const struct feast *f, int year, int64_t easter)
{
	return f->month > 0 ? time_days(year, f->month, f->day) :
	    easter + f->day;
}

/* Behind those of the same day. */
static void
insert(struct holiday *list, size_t count, struct holiday new)
{
	for (; count > 0 && list[count - 1].days > new.days; count--)
		list[count] = list[count - 1];
	list[count] = new;
}

size_t
holidays_of_year(const char *region, int year,
    struct holiday list[HOLIDAYS_MAX])
{
	int64_t easter = holidays_easter(year);
	const struct feast *f;
	size_t count = 0;

	if (!holidays_shipped(region))
		return 0;
	for (f = feasts; f < feasts + HOLIDAYS_MAX; f++)
		if (f->everywhere || is_alsatian(region))
			insert(list, count++, (struct holiday){
			    feast_in(f, year, easter), f->name });
	return count;
}

const char *
holidays_name(const char *region, int64_t days)
{
	struct holiday list[HOLIDAYS_MAX];
	int year, month, day;
	size_t count, i;

	time_date(days, &year, &month, &day);
	count = holidays_of_year(region, year, list);
	for (i = 0; i < count; i++)
		if (list[i].days == days)
			return list[i].name;
	return NULL;
}
