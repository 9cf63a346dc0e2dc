/* SPDX-License-Identifier: ISC */
#ifndef TELL_TEMPLATE_H
#define TELL_TEMPLATE_H

#include <stdbool.h>

#include <json-c/json.h>

#include "base/buf.h"
#include "base/embed.h"

/*
 * Templates as in Mustache: {{name}} puts a fact, escaped for the form;
 * {{{name}}} puts it as it is; {{#name}}...{{/name}} once for each of a list,
 * or if there is something; {{^name}}...{{/name}} if there is nothing; {{.}}
 * the member of a list; {{>name}} another template; {{!...}} is for the reader.
 * A section tag alone on its line leaves no empty line. In text, the lines of a
 * fact are indented like the one on which it stands.
 *
 * A name that the facts do not have is a mistake of the template, not nothing:
 * facts that are absent are null. The site's own templates are looked through
 * whole before they are used, also what these facts leave out.
 */
struct template_names {
	const char	*section;	/* NULL ends the table */
	const char	*names;		/* that facts may have there */
};
#define TEMPLATE_ANY	"*"
extern const struct template_names template_mail_names[];
extern const struct template_names template_document_names[];
bool	 template_knows(const struct template_names *names,
	    const char *section, const char *name);

struct template_set {
	const char	*folder;	/* of the site's own; NULL: none */
	bool		 html;		/* the escapes of HTML, else of text */
	const struct embedded *shipped;	/* NULL: those of mails */
	const struct template_names *names;	/* NULL: any */
};

/* Looks through all branches of a template, shipped or not. False, with the
 * first mistake as below. `facts` are an example, may be NULL. */
bool	 template_check(const struct template_set *set, const char *name,
	    struct json_object *facts, struct buf *why);

/* Renders "return-slip.fr.txt" of the folder, else the shipped one. False, with
 * "FILE:LINE: what is wrong" added to `why` and nothing to `out`, when it
 * cannot be rendered. */
bool	 template_render(const struct template_set *set, const char *name,
	    struct json_object *facts, struct buf *out, struct buf *why);

#endif
