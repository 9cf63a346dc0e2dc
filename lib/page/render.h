/* SPDX-License-Identifier: ISC */
#ifndef PAGE_RENDER_H
#define PAGE_RENDER_H

#include "extract.h"
#include "facts.h"
#include "survey.h"

enum render_survey {
	RENDER_NO_SURVEY,
	RENDER_ASK,		/* the form */
	RENDER_THANK,		/* its answer is in */
	RENDER_SECOND,		/* this one came too late */
	RENDER_SHUT		/* an answer, and no survey is open */
};

struct page {
	struct buf	*out;
	const struct facts *facts;
	const struct found *found;
	enum language	 language;
	int64_t		 now;
	const char	*token;		/* as in the address */
	enum render_survey survey;
	const struct survey *given;	/* to be put right; NULL: nothing */
};

/* The page of a case. */
void	 render_page(struct page *p);
/* One without a case: a heading and a sentence. */
void	 render_plain(struct buf *out, enum language language,
	    enum word title, enum word hint);
/* The style of both, for its hash. */
const char *render_style(size_t *len);

/* Of the page: what the customer has to do, and what we do. */
void	 render_acts(struct page *p);
/* The way of each item, those who went the same one together. */
void	 render_way(struct page *p);
void	 render_form(struct page *p);

/* "Units 1 to 3, 5" or "Unit 4: Circuit breaker". */
void	 render_units(struct page *p, const struct fact_item *const *items,
	    size_t count);
/* The words of a step of this case. */
const struct step_words *render_words(const struct facts *f,
	    const struct fact_step *s);
/* A number to call. */
void	 render_call(struct page *p, const char *number);
/* The date in <time>; in an emergency with the time of day. `which` says what
 * about it; WORD_COUNT: nothing. */
void	 render_date(struct page *p, enum word which, int64_t at);

#endif
