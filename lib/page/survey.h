/* SPDX-License-Identifier: ISC */
#ifndef PAGE_SURVEY_H
#define PAGE_SURVEY_H

#include <stdbool.h>

#include "extract.h"
#include "words.h"

#define SURVEY_TEXT	2000	/* characters, at most */
#define SURVEY_BODY	32768	/* bytes of a request, at most */

/* What came with a POST. */
struct survey {
	char		*nonce, *text;	/* to free; NULL: none */
	int		 degree;	/* 0: none */
	bool		 readable;	/* the text is UTF-8 */
	bool		 fits;		/* and not too long */
};

/* False when this is no form of ours. */
bool	 survey_parse(struct survey *v, const char *body, size_t len);
void	 survey_free(struct survey *v);

/* Is the answer in the spool? */
bool	 survey_answered(const char *folder, const struct found *f);

enum survey_end {
	SURVEY_KEPT,
	SURVEY_SECOND,		/* another one was there before */
	SURVEY_FAILED		/* the reason is added to `why` */
};

/* Puts the answer into the spool, for good and in one piece. */
enum survey_end survey_keep(const char *folder, const struct wanted *w,
	    const struct found *f, const struct survey *v,
	    enum language language, int64_t now, struct buf *why);

#endif
