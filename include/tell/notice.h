/* SPDX-License-Identifier: ISC */
#ifndef TELL_NOTICE_H
#define TELL_NOTICE_H

#include <json-c/json.h>

#include "store/store.h"
#include "tell/message.h"

/* What the notice of a recall says; the first two do nothing for a message of
 * another kind. */

/* Leaves out the units that were taken out of the recall, or remedied, since it
 * was queued. */
void	 notice_prune(struct store *s, const struct message *m,
	    struct json_object *facts);

/* Adds what the recall says in the language of the message. */
void	 notice_put(struct store *s, const struct message *m,
	    struct json_object *facts, struct json_object *made);

/* The same without the products, for a case; false when it is of no recall. */
bool	 notice_put_texts(struct store *s, int64_t case_id,
	    const char *language, struct json_object *made);

#endif
