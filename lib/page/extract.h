/* SPDX-License-Identifier: ISC */
#ifndef PAGE_EXTRACT_H
#define PAGE_EXTRACT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "rules/token.h"

#define NONCE_DIGITS	32

/* What a path asks for. A malformed one is looked up like any other, so that
 * it costs the same, and finds nothing. */
struct wanted {
	bool		 formed;
	uint8_t		 token[TOKEN_BYTES];
	uint8_t		 hash[TOKEN_HASH];
	char		 document[48];	/* "": the page */
};

/* From PATH_INFO: /TOKEN or /TOKEN/DOCUMENT. */
void	 wanted_parse(struct wanted *w, const char *path);

struct found {
	bool		 page;		/* the link is alive */
	bool		 document;	/* and so is the document */
	struct buf	 facts;		/* JSON */
	int64_t		 expires_at;	/* 0: open ended */
	char		 nonce[NONCE_DIGITS + 1];	/* "": no survey */
	struct buf	 bytes;		/* of the document, unsealed */
};

/* False when the extract in `folder` cannot be used, with the reason added to
 * `why`, which names no link. */
bool	 extract_look(const char *folder, const struct wanted *w, int64_t now,
	    struct found *f, struct buf *why);
void	 found_free(struct found *f);

#endif
