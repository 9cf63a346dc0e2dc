/* SPDX-License-Identifier: ISC */
#ifndef SERVICE_ORDER_H
#define SERVICE_ORDER_H

#include "service/act.h"

struct quote_request {
	int64_t		 amount;	/* cents */
	const char	*currency;
	int64_t		 until;		/* valid through that moment */
};

/* A new quote replaces the old one as long as the order is awaited. */
void	 order_quote(struct act *act, const struct target *target,
	    const struct quote_request *request);
/* The customer's purchase order. */
void	 order_take(struct act *act, const struct target *target,
	    const char *number);
void	 order_decline(struct act *act, const struct target *target);

#endif
