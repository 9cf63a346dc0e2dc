/* SPDX-License-Identifier: ISC */
#ifndef TELL_MESSAGE_PRIVATE_H
#define TELL_MESSAGE_PRIVATE_H

#include <json-c/json.h>

#include "tell/message.h"
#include "tell/mime.h"

/* Everything that the templates speak of, in the language of the message; to
 * put. `facts` are those of the message. */
struct json_object *message_facts(struct office *o, const struct message *m,
	    struct json_object *facts);

#define MESSAGE_FILES	2		/* at most go with a message */

struct message_files {
	struct mime_file files[MESSAGE_FILES];
	char		*names[MESSAGE_FILES];
	struct buf	 pages[MESSAGE_FILES];
	size_t		 count;
};

/* The papers that belong to a message of that kind; false, with the reason
 * added to `why`, when one cannot be made. To free in any case. */
bool	 message_attach(struct office *o, const struct message *m,
	    struct json_object *facts, struct message_files *files,
	    struct buf *why);
void	 message_files_free(struct message_files *files);

/* The text as a page of HTML: paragraphs; lists, whose lines begin with a dash
 * or a number; what is indented as a quotation. A line that is an address of
 * `site` (may be NULL) can be followed. */
void	 message_html(const char *title, const char *text,
	    const char *language, const char *site, struct buf *out);

#endif
