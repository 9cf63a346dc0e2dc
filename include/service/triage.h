/* SPDX-License-Identifier: ISC */
#ifndef SERVICE_TRIAGE_H
#define SERVICE_TRIAGE_H

#include "rules/flow.h"
#include "service/act.h"

/* What is decided; absent is NULL, 0 or false. */
struct triage_request {
	const enum process *procedures;
	size_t		 count;
	bool		 none;		/* nothing is to be done */
	bool		 instead;	/* of the procedure under way */
	const char	*sold_on;	/* YYYY-MM-DD: settles the warranty */
	bool		 no_proof;
	const char	*goodwill;
	const char	*owner;		/* of a correction */
	int64_t		 until;		/* it is due */
};

struct classify_request {
	const char	*nature;
	int		 criticality;	/* 1-4 */
	int		 dissatisfaction;	/* 1-5 */
	const char	*sought;
};

void	 triage_case(struct act *act, const struct target *target,
	    const struct triage_request *request);
void	 triage_classify(struct act *act, int64_t case_id,
	    const struct classify_request *request);

#endif
