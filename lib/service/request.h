/* SPDX-License-Identifier: ISC */
#ifndef SERVICE_REQUEST_H
#define SERVICE_REQUEST_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "store/store.h"

/* The number that the same request was answered with before; 0 when the key is
 * new or NULL. Another request under the key is refused. */
int64_t	 request_known(struct store *s, const char *key, struct buf *request);
/* Was this very request answered under the key? */
bool	 request_same(struct store *s, const char *key, struct buf *request);
void	 request_answer(struct store *s, const char *key, struct buf *request,
	    int64_t answer);

#endif
