/* SPDX-License-Identifier: ISC */
#ifndef SERVICE_PEOPLE_H
#define SERVICE_PEOPLE_H

#include "work.h"

/* Who may do what. For the acts of this folder. */

bool	 people_has_role(struct work *w, const char *person, const char *role);
/* Does the person know every range of the case's items? */
bool	 people_skilled(struct work *w, const char *person);
/* May the person be answerable for the case? Refuses if not. */
bool	 people_may_answer(struct work *w, const char *person);
/* By skill for the ranges of the case, then by load; NULL: nobody has the
 * role, which the second refuses. `rather_not`, or NULL, if there is nobody
 * else. */
const char *people_fittest(struct work *w, const char *role,
	    const char *rather_not);
const char *people_best(struct work *w, const char *role);
/* Who takes an emergency when nobody is on duty; says so. NULL: the desk. */
const char *people_fallback(struct work *w);

#endif
