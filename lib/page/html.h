/* SPDX-License-Identifier: ISC */
#ifndef PAGE_HTML_H
#define PAGE_HTML_H

#include "base/buf.h"

/* Appends a text of the case. Lines stay lines; controls and characters that
 * change the direction of writing are made visible, so that no text can pass
 * for another. */
void	 html_text(struct buf *b, const char *text);

#endif
