/* SPDX-License-Identifier: ISC */
#ifndef SERVICE_DECIDE_H
#define SERVICE_DECIDE_H

#include "service/triage.h"
#include "work.h"

/* Settles the warranty and starts procedures on items ({ 0 }: on the case): the
 * part that triage and an immediate solution share. */
void	 decide_items(struct work *w, const int *items,
	    const struct triage_request *request);

/* Refuses what is not for a closed case, or lies outside its time. */
bool	 decide_in_time(struct work *w);

#endif
