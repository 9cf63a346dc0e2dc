/* SPDX-License-Identifier: ISC */
#ifndef SERVICE_RECALL_TELL_H
#define SERVICE_RECALL_TELL_H

#include "work.h"

/* What the customer of a recall is told. For the acts of this folder. */

/* Name and brand of what the units are, as "products". */
void	 recall_put_products(struct work *w, struct json *j);

/* Was he told of any unit of the case? */
bool	 recall_is_told(const struct work *w);

#endif
