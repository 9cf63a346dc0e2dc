/* SPDX-License-Identifier: ISC */
#ifndef SERVICE_UNIT_H
#define SERVICE_UNIT_H

#include "work.h"

/* Units as people name them, and their warranty. For the acts of this
 * folder. */

struct unit_name {
	const char	*reference;
	const char	*serial;	/* or NULL */
};

/* "REF" or "REF:SERIAL"; false after a refusal. */
bool	 unit_parse(struct work *w, const char *text, struct unit_name *name);
/* Checks the pair against what is known: the reference must be a product, the
 * serial not one of another reference unless `new_unit`. */
bool	 unit_check(struct work *w, const struct unit_name *name,
	    bool new_unit);
/* The one unit of that serial; refused when there is none, or several. */
bool	 unit_by_serial(struct work *w, const char *serial,
	    struct unit_name *name);
/* Who has it, by the cases it was in, else who bought it; NULL: nobody knows,
 * or it is ours. */
const char *unit_customer(struct work *w, const struct unit_name *name);

/* Says so when another open case is about the unit; true when one is. */
bool	 unit_announce(struct work *w, const struct work_unit *u);

/* What a person says of the warranty; all NULL or false: nothing. */
struct unit_proof {
	const char	*sold_on;	/* YYYY-MM-DD */
	bool		 no_proof;
	const char	*goodwill;
};

/* Decides the warranty of an item for the day of the request. */
void	 unit_warrant(struct work *w, int item, const struct unit_proof *proof);
/* The civil day of a time at the desk, since 1970-01-01. */
int64_t	 unit_day(struct work *w, int64_t at);

#endif
