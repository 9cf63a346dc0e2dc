/* SPDX-License-Identifier: ISC */
#ifndef TELL_LAYOUT_H
#define TELL_LAYOUT_H

#include "base/buf.h"

/* A sheet of A4 at ten characters an inch and six lines an inch, with the
 * margins that printers want. */
#define LAYOUT_COLUMNS	76
#define LAYOUT_LINES	60

/* Stands for the picture, on a line of its own. */
#define LAYOUT_PICTURE	'\001'

/* Appends the text as it prints: long lines broken at blanks and indented like
 * their beginning, pages ended by form feeds so that no paragraph is torn that
 * fits on one. When there are several, each has its number below, and all but
 * the first have `head` above. Lines of `picture` (NULL: none) that are narrow
 * stand to the right of the text behind their place. */
void	 layout_text(const char *text, const char *picture, const char *head,
	    struct buf *out);

#endif
