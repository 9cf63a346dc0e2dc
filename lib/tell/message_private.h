/* SPDX-License-Identifier: ISC */
#ifndef TELL_MESSAGE_PRIVATE_H
#define TELL_MESSAGE_PRIVATE_H

#include <json-c/json.h>

#include "tell/document.h"
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

/* Puts the document among them, the names of its cases in its own. */
bool	 message_files_add(struct message_files *files, struct document *d,
	    enum document_kind kind, const char *language, const char *names,
	    struct buf *why);

/* The units that facts list, in words. */
struct json_object *message_items(struct json_object *items,
	    const char *language);

/* Slips: the facts of them all, to put; NULL when they are damaged. */
struct json_object *message_slip_join(const struct message *rows,
	    size_t count);
/* As message_attach(); leaves in the facts what is still to be returned. */
bool	 message_slip_attach(struct office *o, const struct message *m,
	    struct json_object *facts, struct message_files *files,
	    struct buf *why);
/* Adds what a template says of several cases; nothing for other kinds. */
void	 message_slip_facts(struct office *o, const struct message *m,
	    struct json_object *facts, struct json_object *made);

/* The text as a page of HTML: headings, under which a line of "=" stands;
 * paragraphs; lists, whose lines begin with a dash or a number; what is
 * indented as a quotation. A line that is an address of `site` (may be NULL)
 * can be followed. */
void	 message_html(const char *title, const char *text,
	    const char *language, const char *site, struct buf *out);

#endif
