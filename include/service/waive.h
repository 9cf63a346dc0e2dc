/* SPDX-License-Identifier: ISC */
#ifndef SERVICE_WAIVE_H
#define SERVICE_WAIVE_H

#include "rules/flow.h"
#include "service/act.h"

struct waive_request {
	enum step	 step;
	enum outcome	 outcome;	/* of a send-back that will not be */
	bool		 invoice;	/* the owed unit is invoiced */
};

/* Gives up a step, as far as its rule allows. */
void	 waive_step(struct act *act, const struct target *target,
	    const struct waive_request *request);

#endif
