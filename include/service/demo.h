/* SPDX-License-Identifier: ISC */
#ifndef SERVICE_DEMO_H
#define SERVICE_DEMO_H

#include "store/store.h"

/* Outside a transaction: loads the master data of an invented manufacturer,
 * with whoever runs this on its staff as `me`. Again, it changes nothing. */
void	 demo_load(struct store *s);

#endif
