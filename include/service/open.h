/* SPDX-License-Identifier: ISC */
#ifndef SERVICE_OPEN_H
#define SERVICE_OPEN_H

#include "rules/flow.h"
#include "service/act.h"

/* What a case is opened with, or items are added with; absent is NULL or 0. */
struct open_request {
	enum process	 kind;
	const char	*customer;
	const char	*const *units;		/* REF or REF:SERIAL */
	size_t		 unit_count;
	const char	*const *serials;	/* alone: the rest is known */
	size_t		 serial_count;
	int		 quantity;		/* without serials; 0: one */
	const char	*sold_on;		/* YYYY-MM-DD */
	const char	*channel, *contact, *risk, *pilot;
	const char	*incident;		/* whom or what it harmed */
	bool		 new_unit;		/* known elsewhere, and yet */
	const int64_t	*links;
	size_t		 link_count;
	const char	*key;			/* the same one creates once */
	struct buf	 request;		/* what the key stands for */
};

/* Inside a transaction; the number, or 0 after a refusal. */
int64_t	 open_case(struct act *act, struct open_request *request);
/* Adds items to an open case. */
void	 open_add(struct act *act, int64_t case_id,
	    struct open_request *request);

#endif
