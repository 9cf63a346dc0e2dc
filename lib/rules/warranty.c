/* SPDX-License-Identifier: ISC */
#include <assert.h>
#include <stddef.h>

#include "base/time.h"
#include "rules/warranty.h"

static const char *const names[] = {
	[WARRANTY_UNKNOWN] = "unknown",
	[WARRANTY_IN] = "in",
	[WARRANTY_OUT] = "out",
	[WARRANTY_GOODWILL] = "goodwill",
};

const char *
warranty_name(enum warranty warranty)
{
	return names[warranty];
}

int64_t
warranty_add_months(int64_t days, int months)
{
	int year, month, day, last;

	assert(months >= 0);
	time_date(days, &year, &month, &day);
	month += months - 1;
	year += month / 12;
	month = month % 12 + 1;
	last = time_month_days(year, month);
	return time_days(year, month, day < last ? day : last);
}

static int64_t
last_day(const struct warranty_terms *terms)
{
	if (terms->until != WARRANTY_NO_DAY)
		return terms->until;
	if (terms->sold_on == WARRANTY_NO_DAY || terms->months < 0)
		return WARRANTY_NO_DAY;
	return warranty_add_months(terms->sold_on, terms->months);
}

/* Without goodwill. */
static enum warranty
state(const struct warranty_terms *terms, int64_t until, int64_t requested)
{
	if (until != WARRANTY_NO_DAY)
		return requested <= until ? WARRANTY_IN : WARRANTY_OUT;
	return terms->no_proof ? WARRANTY_OUT : WARRANTY_UNKNOWN;
}

static void
explain(const struct warranty_terms *terms, int64_t until, int64_t requested,
    struct buf *reason)
{
	char day[16];

	if (until == WARRANTY_NO_DAY) {
		buf_text(reason, terms->no_proof ?
		    "no proof of the date of purchase" :
		    terms->sold_on == WARRANTY_NO_DAY ? "no sale date" :
		    "no warranty period for the product");
		return;
	}
	buf_printf(reason, "%s %s: ", requested <= until ? "through" :
	    "ended on", time_format_date(until, day));
	if (terms->until != WARRANTY_NO_DAY)
		buf_text(reason, "the unit's own end date");
	else
		buf_printf(reason, "sold on %s, %d month%s",
		    time_format_date(terms->sold_on, day), terms->months,
		    terms->months == 1 ? "" : "s");
	buf_printf(reason, "; requested on %s",
	    time_format_date(requested, day));
}

enum warranty
warranty_decide(const struct warranty_terms *terms, int64_t requested,
    int64_t *until, struct buf *reason)
{
	int64_t last = last_day(terms);
	enum warranty warranty = state(terms, last, requested);

	if (until != NULL)
		*until = last;
	if (warranty != WARRANTY_IN && terms->goodwill != NULL) {
		warranty = WARRANTY_GOODWILL;
		if (reason != NULL)
			buf_printf(reason, "goodwill: %s; ", terms->goodwill);
	}
	if (reason != NULL)
		explain(terms, last, requested, reason);
	return warranty;
}

bool
warranty_is_paid(enum warranty warranty)
{
	return warranty == WARRANTY_OUT;
}

int64_t
warranty_extend(int64_t until, int64_t from, int months)
{
	int64_t least = warranty_add_months(from, months);

	/* WARRANTY_NO_DAY lies before every day. */
	return until > least ? until : least;
}
