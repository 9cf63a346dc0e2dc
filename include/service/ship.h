/* SPDX-License-Identifier: ISC */
#ifndef SERVICE_SHIP_H
#define SERVICE_SHIP_H

#include "rules/flow.h"
#include "service/act.h"

struct ship_part {
	const char	*reference;
	int64_t		 quantity;
};

/* What travels, and how; absent is NULL, 0 or false. */
struct ship_request {
	enum step	 step;
	const char	*carrier, *tracking;
	const char	*unit;		/* REF:SERIAL, shipped or arrived */
	const struct ship_part *parts;
	size_t		 part_count;
	const char	*site;		/* acts instead of the product's */
	int64_t		 appointment;	/* with the carrier */
	bool		 instead;	/* the serial was wrong: it is this */
	bool		 new_unit;	/* known under another product, yet */
};

void	 ship_step(struct act *act, const struct target *target,
	    const struct ship_request *request);

#endif
