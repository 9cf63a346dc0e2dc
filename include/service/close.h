/* SPDX-License-Identifier: ISC */
#ifndef SERVICE_CLOSE_H
#define SERVICE_CLOSE_H

#include "service/act.h"

struct close_request {
	int		 satisfaction;	/* 1-5; 0: taken from the survey */
	const char	*outcome;	/* a word of one's own, or NULL */
	bool		 complaint;	/* opens one, linked */
};

/* act->text is what the customer said. */
void	 close_case(struct act *act, int64_t case_id,
	    const struct close_request *request);
/* act->text is the reason. */
void	 close_cancel(struct act *act, int64_t case_id);
void	 close_reopen(struct act *act, const struct target *target);

#endif
