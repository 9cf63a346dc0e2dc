/* SPDX-License-Identifier: ISC */
#ifndef TELL_BARCODE_H
#define TELL_BARCODE_H

#include <stdbool.h>

#include "base/buf.h"

/* QR codes; false, and nothing added, when there is too much text for one. */

/* An <svg> element with the quiet zone that scanners want. */
bool	 barcode_svg(const char *text, struct buf *out);
/* Lines of half blocks, dark on white paper, two modules high; the quiet zone
 * is for the text around it. At most so many columns. */
bool	 barcode_text(const char *text, int columns, struct buf *out);

#endif
