/* SPDX-License-Identifier: ISC */
#ifndef SERVICE_STOCK_H
#define SERVICE_STOCK_H

#include <stdint.h>

#include "base/buf.h"
#include "store/store.h"

/* The last count and the movements after it; -1 when it was never counted. */
int64_t	 stock_at(struct store *s, const char *site, const char *reference);
/* "14 at LOG2, 3 at LOG3", other sites with some; "nowhere else". Appended. */
void	 stock_elsewhere(struct store *s, const char *site,
	    const char *reference, struct buf *b);

#endif
