/* SPDX-License-Identifier: ISC */
#ifndef SERVICE_DUTY_H
#define SERVICE_DUTY_H

#include "base/arena.h"
#include "service/office.h"

/* Who answers outside the service hours of the desk. */

/* Are these the desk's service hours? */
bool	 duty_in_hours(struct office *o, int64_t at);

/* Somebody on duty at that time who knows the range (NULL: any), in the order
 * of their codes; else anybody on duty; NULL for a gap. `role` NULL: any. */
const char *duty_person(struct office *o, int64_t at, const char *range,
	    const char *role, struct arena *texts);
/* Is this one on duty then? */
bool	 duty_has(struct office *o, int64_t at, const char *person);

#endif
