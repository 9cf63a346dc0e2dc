/* SPDX-License-Identifier: ISC */
#ifndef RULES_WARRANTY_H
#define RULES_WARRANTY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

/* Days count from 1970-01-01, as time_days() does; none known: */
#define WARRANTY_NO_DAY		INT64_MIN

enum warranty {
	WARRANTY_UNKNOWN,
	WARRANTY_IN,
	WARRANTY_OUT,
	WARRANTY_GOODWILL	/* not in, and granted all the same */
};

/* "unknown", "in", "out", "goodwill": words of the table item. */
const char *warranty_name(enum warranty warranty);

/* What is known of a unit. */
struct warranty_terms {
	int64_t		 sold_on;	/* or WARRANTY_NO_DAY */
	int		 months;	/* of the product; below 0: not known */
	int64_t		 until;		/* the unit's own last day, which goes
					 * before; or WARRANTY_NO_DAY */
	bool		 no_proof;	/* asked for, and there is none */
	const char	*goodwill;	/* why it was granted, or NULL */
};

/* Decides for the day of the request; the last day counts. `until` gets the
 * last day or WARRANTY_NO_DAY, the reason in words is added to `reason`; both
 * may be NULL. */
enum warranty warranty_decide(const struct warranty_terms *terms,
	    int64_t requested, int64_t *until, struct buf *reason);

/* True when the customer pays: out and without goodwill. Unknown must be
 * settled first. */
bool	 warranty_is_paid(enum warranty warranty);

/* The last day of a replacement, or of a unit that was repaired: what is left
 * of the old warranty, and at least so many months from that day. */
int64_t	 warranty_extend(int64_t until, int64_t from, int months);

/* The same day so many months later, or the last one of a shorter month. */
int64_t	 warranty_add_months(int64_t days, int months);

#endif
