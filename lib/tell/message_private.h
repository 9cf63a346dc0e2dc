/* SPDX-License-Identifier: ISC */
#ifndef TELL_MESSAGE_PRIVATE_H
#define TELL_MESSAGE_PRIVATE_H

#include <json-c/json.h>

#include "tell/message.h"

/* Everything that the templates speak of, in the language of the message; to
 * put. `facts` are those of the message. */
struct json_object *message_facts(struct office *o, const struct message *m,
	    struct json_object *facts);

/* The text as a page of HTML: paragraphs; lists, whose lines begin with a dash
 * or a number; what is indented as a quotation. A line that is an address of
 * `site` (may be NULL) can be followed. */
void	 message_html(const char *title, const char *text,
	    const char *language, const char *site, struct buf *out);

#endif
