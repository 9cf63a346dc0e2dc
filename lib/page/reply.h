/* SPDX-License-Identifier: ISC */
#ifndef PAGE_REPLY_H
#define PAGE_REPLY_H

#include <stdint.h>

#include "base/buf.h"
#include "request.h"

struct reply {
	int		 status;
	enum language	 language;
	struct buf	 body;
	char		 document[64];	/* its file's name; "": a page */
	char		 location[48];	/* "": nowhere else */
	const char	*allow;		/* methods; NULL: says nothing */
};

/* The answer to the request. What those who run the server should know is
 * added to `why`; it names no link. */
void	 reply_make(struct reply *reply, const struct request *r, int64_t now,
	    struct buf *why);
/* That there is none for now. */
void	 reply_unavailable(struct reply *reply, const struct request *r);

/* As a CGI program prints it, for HEAD without the body. */
void	 reply_write(const struct reply *reply, const struct request *r,
	    struct buf *out);
void	 reply_free(struct reply *reply);

#endif
