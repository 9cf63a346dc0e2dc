/* SPDX-License-Identifier: ISC */
#ifndef STORE_KEY_H
#define STORE_KEY_H

#include <stdint.h>

#include "store/store.h"

/* -k KEY: a request is made once. `request` is the operands and options as they
 * were given; both inside the transaction that makes it. */

/* What the same request was answered, 0 when the key is new. Refuses a key that
 * was used for another request. */
int64_t	 key_answer(struct store *s, const char *key, const char *request);
void	 key_keep(struct store *s, const char *key, const char *request,
	    int64_t answer);

#endif
