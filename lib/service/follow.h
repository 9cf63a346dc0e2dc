/* SPDX-License-Identifier: ISC */
#ifndef SERVICE_FOLLOW_PRIVATE_H
#define SERVICE_FOLLOW_PRIVATE_H

#include "survey.h"
#include "work.h"

/* What a page shows of steps, from the table in follow_table.c. */
bool	 follow_shows_done(const struct flow_step *s);
bool	 follow_shows_open(const struct flow_step *s);
bool	 follow_shows_ahead(const struct flow_step *s);

/* Goes on with the case as it usually goes, so that its further steps are what
 * follows; as far as nobody has anything to decide. */
void	 follow_play(struct flow_case *c);

#endif
