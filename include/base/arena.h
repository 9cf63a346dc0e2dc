/* SPDX-License-Identifier: ISC */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

/* Texts that live and go together; all zero is the empty one. */
struct arena {
	struct arena_piece *last;
};

char	*arena_text(struct arena *a, const char *text);	/* NULL stays NULL */
char	*arena_printf(struct arena *a, const char *fmt, ...)
	    __attribute__((__format__(__printf__, 2, 3)));
void	 arena_free(struct arena *a);

#endif
