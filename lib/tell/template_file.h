/* SPDX-License-Identifier: ISC */
#ifndef TELL_TEMPLATE_FILE_H
#define TELL_TEMPLATE_FILE_H

#include "tell/template.h"

/* The text of a template: a file of the site, else the shipped one. */
struct template_file {
	const char	*name;		/* for messages */
	const char	*text;
	char		*path, *own;	/* NULL: it is the shipped one */
};

/* False when there is none, and, with the reason added to `why`, when a file
 * cannot be used. To be freed in any case. */
bool	 template_file_read(struct template_file *f,
	    const struct template_set *set, const char *name, struct buf *why);
void	 template_file_free(struct template_file *f);

#endif
