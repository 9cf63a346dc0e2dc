/* SPDX-License-Identifier: ISC */
#ifndef SERVICE_ASSIGN_H
#define SERVICE_ASSIGN_H

#include "service/act.h"

enum assign_role { ASSIGN_PILOT, ASSIGN_EXPERT, ASSIGN_TECHNICIAN };

/* Names who answers for the case, an expert beside him or the technician who
 * goes on site. `person` NULL: by skill, then by load. */
void	 assign_case(struct act *act, int64_t case_id, enum assign_role role,
	    const char *person);

#endif
