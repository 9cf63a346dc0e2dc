/* SPDX-License-Identifier: ISC */
#ifndef TELL_MIME_H
#define TELL_MIME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/*
 * A mail as RFC 5322 and MIME (RFC 2045, 2047, 2231) want it: lines of at most
 * 76 characters of ASCII, ended by LF as sendmail takes them.
 */
struct mime_file {
	const char	*type;		/* "application/pdf"; NULL: unknown */
	const char	*name;
	const void	*data;
	size_t		 len;
};

/* Texts are UTF-8 and borrowed; names may be NULL or empty. */
struct mime_mail {
	const char	*from_name, *from;
	const char	*to_name, *to;
	const char	*subject;
	const char	*message_id;	/* without < > */
	const char	*references;	/* the same, blanks between; or NULL */
	const char	*language;
	int64_t		 date;
	const char	*zone;
	const char	*text;
	const char	*html;		/* the same; or NULL */
	const struct mime_file *files;
	size_t		 file_count;
};

/* Appends the mail; the same one always gives the same bytes. False, with a
 * reason, when something does not belong into the head of a mail: an address
 * that is none, or a line break in a name or in the subject. */
bool	 mime_write(const struct mime_mail *mail, struct buf *out,
	    const char **why);

/* The type of a file by the end of its name; NULL when it is not known. */
const char *mime_type(const char *name);

#endif
