/* SPDX-License-Identifier: ISC */
#ifndef VIEW_SHOW_PAGE_H
#define VIEW_SHOW_PAGE_H

#include "view/grid.h"
#include "view/show.h"

/* A case for people, while it is put together; for the show_*.c files only. */
struct page {
	const struct show	*v;
	const struct show_style	*style;
	struct grid		 grid;
	struct buf		*b;
	struct page_twin	*twins;		/* beside v->steps, see below */
};

/* Steps that differ in the item only are told in one line: that of the
 * first. */
struct page_twin {
	size_t	 first;		/* place of the first of them */
	size_t	 next;		/* of the next; v->step_count: no more */
};

void	 page_head(struct page *p, const char *name);
void	 page_grid(struct page *p);
/* "Thu 30 Apr 2026 14:05"; 40 bytes. */
const char *page_time(struct page *p, int64_t at, char *text);
/* Goes on with the list in the cell: ", text"; NULL adds nothing. */
void	 page_more(struct page *p, const char *text);
/* In the person's language, if a person reads: a text, a word of a table. */
const char *page_say(const struct page *p, const char *text)
	    __attribute__((__format_arg__(2)));
const char *page_word(const struct page *p, const char *use,
	    const char *word);
/* Appends a word that one types, with what it is called beside it. */
void	 page_label(struct page *p, struct buf *b, const char *use,
	    const char *word);

/* Open steps, what the customer does next, the steps that are over. */
void	 page_steps(struct page *p);

#endif
