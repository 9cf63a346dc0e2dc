/* SPDX-License-Identifier: ISC */
#ifndef JOURNAL_CONTENT_H
#define JOURNAL_CONTENT_H

#include <stddef.h>

#include "store/store.h"

/* Bytes kept with the journal, by their SHA-256 in hexadecimal; the same bytes
 * are kept once and never changed. */
#define CONTENT_DIGEST	65		/* with its NUL */

/* Keeps bytes, and says by what digest. How many may be kept is for the act to
 * say; the engine takes a thousand million. */
void	 content_put(struct store *s, const void *data, size_t len,
	    char digest[CONTENT_DIGEST]);

/* The bytes, for the caller to free; NULL when the store failed, which it does
 * when they are not there or not what they were. */
void	*content_get(struct store *s, const char *digest, size_t *len);

#endif
