/* SPDX-License-Identifier: ISC */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/time.h"
#include "tell/words.h"

#define SPACE	"\xc2\xa0"	/* that does not break */
#define NARROW	"\xe2\x80\xaf"	/* and is narrow */

static void
put_date(struct buf *b, int year, int month, int day, const char *language)
{
	static const char *const fr[] = { "janvier", "février", "mars",
	    "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
	    "novembre", "décembre" };
	static const char *const en[] = { "January", "February", "March",
	    "April", "May", "June", "July", "August", "September", "October",
	    "November", "December" };
	bool french = words_french(language);

	buf_printf(b, "%d%s" SPACE "%s" SPACE "%d", day,
	    french && day == 1 ? "er" : "",
	    (french ? fr : en)[(month + 11) % 12], year);
}

static void
put_day(struct buf *b, const struct civil *c, const char *language)
{
	static const char *const fr[] = { "dimanche", "lundi", "mardi",
	    "mercredi", "jeudi", "vendredi", "samedi" };
	static const char *const en[] = { "Sunday", "Monday", "Tuesday",
	    "Wednesday", "Thursday", "Friday", "Saturday" };

	buf_printf(b, "%s ", (words_french(language) ? fr : en)[c->weekday]);
	put_date(b, c->year, c->month, c->day, language);
}

char *
words_date(int64_t at, const char *zone, const char *language)
{
	struct buf b = { 0 };
	struct civil c;

	time_civil(at, zone, &c);
	put_date(&b, c.year, c.month, c.day, language);
	return b.data;
}

char *
words_date_text(const char *date, const char *language)
{
	struct buf b = { 0 };
	int year, month, day;
	int64_t days;

	if (!time_parse_date(date, &days))
		return mem_text(date);
	time_date(days, &year, &month, &day);
	put_date(&b, year, month, day, language);
	return b.data;
}

char *
words_day(int64_t at, const char *zone, const char *language)
{
	struct buf b = { 0 };
	struct civil c;

	time_civil(at, zone, &c);
	put_day(&b, &c, language);
	return b.data;
}

char *
words_time(int64_t at, const char *zone, const char *language)
{
	struct buf b = { 0 };
	struct civil c;

	time_civil(at, zone, &c);
	put_day(&b, &c, language);
	if (c.hour == 23 && c.minute == 59)
		return b.data;
	if (words_french(language))
		buf_printf(&b, " à %d" SPACE "h" SPACE "%02d", c.hour,
		    c.minute);
	else
		buf_printf(&b, " at %d:%02d", c.hour, c.minute);
	return b.data;
}

/* By threes, from the right. */
static void
put_number(struct buf *b, int64_t number, const char *language)
{
	char digits[24];
	size_t len;

	snprintf(digits, sizeof(digits), "%" PRId64, number);
	len = strlen(digits);
	for (size_t i = 0; i < len; i++) {
		if (i > 0 && (len - i) % 3 == 0 && digits[i - 1] != '-')
			buf_text(b, words_french(language) ? NARROW : ",");
		buf_char(b, digits[i]);
	}
}

char *
words_number(int64_t number, const char *language)
{
	struct buf b = { 0 };

	put_number(&b, number, language);
	return b.data;
}

char *
words_due(struct due due, const char *language)
{
	static const struct {
		const char	*fr, *en;
	} units[] = {
		[DUE_MINUTES] = { "minute", "minute" },
		[DUE_HOURS] = { "heure", "hour" },
		[DUE_WORKING_HOURS] = { "heure ouvrée", "working hour" },
		[DUE_BUSINESS_DAYS] = { "jour ouvré", "business day" },
	};
	const char *unit;
	struct buf b = { 0 };

	if (due.unit == DUE_NONE)
		return NULL;
	unit = words_french(language) ? units[due.unit].fr :
	    units[due.unit].en;
	put_number(&b, due.n, language);
	buf_text(&b, SPACE);
	for (; *unit != '\0'; unit++) {
		/* Both words of the French ones take the plural. */
		if (*unit == ' ' && due.n > 1 && words_french(language))
			buf_char(&b, 's');
		buf_char(&b, *unit);
	}
	if (due.n > 1)
		buf_char(&b, 's');
	return b.data;
}

char *
words_amount(int64_t cents, const char *currency, const char *language)
{
	bool french = words_french(language);
	struct buf b = { 0 };

	if (!french)
		buf_printf(&b, "%s" SPACE, currency);
	put_number(&b, cents / 100, language);
	buf_printf(&b, "%c%02d", french ? ',' : '.', (int)(cents % 100));
	if (french)
		buf_printf(&b, SPACE "%s", currency);
	return b.data;
}

char *
words_unit(const char *reference, const char *serial, const char *language)
{
	if (reference == NULL || serial == NULL)
		return mem_text(reference);
	return mem_printf("%s, %s" SPACE "%s", reference,
	    words_french(language) ? "n°" : "no.", serial);
}

char *
words_cases(const int64_t *numbers, size_t count, const char *language)
{
	bool french = words_french(language);
	const char *and = french ? "et" : "and";
	size_t named = count > WORDS_CASES ? WORDS_CASES - 1 :
	    count;
	struct buf b = { 0 };

	for (size_t i = 0; i < named; i++) {
		if (i > 0 && i + 1 == count)
			buf_printf(&b, " %s ", and);
		else if (i > 0)
			buf_text(&b, ", ");
		buf_printf(&b, "%" PRId64, numbers[i]);
	}
	if (named < count)
		buf_printf(&b, " %s %zu" SPACE "%s", and, count - named,
		    french ? "autres" : "others");
	return b.data;
}
