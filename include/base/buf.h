/* SPDX-License-Identifier: ISC */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdarg.h>
#include <stddef.h>

/* A growing byte string; all zero is the empty one. */
struct buf {
	char	*data;
	size_t	 len;
	size_t	 size;
};

void	 buf_add(struct buf *b, const void *data, size_t len);
void	 buf_char(struct buf *b, char c);
void	 buf_text(struct buf *b, const char *text);
void	 buf_printf(struct buf *b, const char *fmt, ...)
	    __attribute__((__format__(__printf__, 2, 3)));
void	 buf_vprintf(struct buf *b, const char *fmt, va_list ap)
	    __attribute__((__format__(__printf__, 2, 0)));

/* The content, ended by NUL; borrowed until the next change. Never NULL. */
const char *buf_str(struct buf *b);

void	 buf_clear(struct buf *b);		/* empties, keeps the memory */
void	 buf_free(struct buf *b);

#endif
