/* SPDX-License-Identifier: ISC */
#ifndef SERVICE_LINK_H
#define SERVICE_LINK_H

#include <stdbool.h>
#include <stdint.h>

#include "rules/token.h"
#include "store/store.h"

/*
 * The address of the page on which the customer follows his case: the setting
 * web.url and the case's token. It is in no table and in no event: it is made
 * anew whenever it is needed, and `case-note --new-link` makes it another one.
 */

/* To free; NULL as long as web.url is not set, when the link has died (web.days
 * after closing, at `now`), and when there is no such case. */
char	*link_address(struct store *s, int64_t case_id, int64_t now);
/* The same; what is in the way is a refusal, with what to do. */
char	*link_require(struct store *s, int64_t case_id, int64_t now);

/* For many: the secret of the file; false when the store failed. */
bool	 link_secret(struct store *s, uint8_t secret[TOKEN_SECRET]);

/* How long a link lives after closing, in seconds. */
int64_t	 link_life(struct store *s);

#endif
