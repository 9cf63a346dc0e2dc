/* SPDX-License-Identifier: ISC */
#ifndef TELL_MIME_CODE_H
#define TELL_MIME_CODE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* Codings of MIME, for mime.c only. All append. */

/* RFC 2045: lines of 76 characters. */
void	 mime_base64(struct buf *out, const void *data, size_t len);
void	 mime_quoted_printable(struct buf *out, const char *text);

/* A header of free text, folded: as it stands where that reads back as it is,
 * in encoded words (RFC 2047) elsewhere. */
void	 mime_header(struct buf *out, const char *name, const char *text);
/* The same of an address with a name. */
void	 mime_mailbox(struct buf *out, const char *name, const char *who,
	    const char *address);
/* "; name=value" on lines of its own (RFC 2231 where needed). */
void	 mime_parameter(struct buf *out, const char *name, const char *value);

#endif
