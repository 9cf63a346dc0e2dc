/* SPDX-License-Identifier: ISC */
#ifndef SERVICE_RECALL_TELL_H
#define SERVICE_RECALL_TELL_H

#include "recall_case.h"

/* What the customer of a recall is told. For the acts of this folder. */

/* Name and brand of what the units are, as "products". */
void	 recall_put_products(struct work *w, struct json *j);

/* Who answers for a recall of so many units is told so, unless he issued it:
 * the rows "outbox" of that event. */
void	 recall_tell_pilot(struct act *act, const struct recall_frame *frame,
	    int64_t units, struct json *rows);

/* Was he told of any unit of the case? */
bool	 recall_is_told(const struct work *w);

#endif
