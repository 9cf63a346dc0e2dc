/* SPDX-License-Identifier: ISC */
#ifndef PAGE_REQUEST_H
#define PAGE_REQUEST_H

#include <stdbool.h>
#include <stddef.h>

#include "words.h"

enum method { METHOD_GET, METHOD_HEAD, METHOD_POST, METHOD_OTHER };

/* What of the environment is looked at; copies, never NULL. */
struct request {
	enum method	 method;
	char		*path;		/* PATH_INFO */
	char		*type;		/* CONTENT_TYPE */
	char		*length;	/* CONTENT_LENGTH */
	char		*folder;	/* CASE_PUBLISHED */
	enum language	 language;	/* of HTTP_ACCEPT_LANGUAGE */
};

void	 request_take(struct request *r);
void	 request_free(struct request *r);

enum request_body {
	REQUEST_READ,
	REQUEST_NO_LENGTH, REQUEST_TOO_LONG, REQUEST_SHORT
};

/* Reads the body, no more than `most` bytes, into `data`, to free. */
enum request_body request_read(const struct request *r, size_t most,
	    char **data, size_t *len);
/* Is it a form as browsers send it? */
bool	 request_is_form(const struct request *r);

#endif
