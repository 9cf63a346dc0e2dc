/* SPDX-License-Identifier: ISC */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stddef.h>

/* Like malloc(3) and friends, but out of memory ends the process (exit 3). */
void	*mem_alloc(size_t size);
void	*mem_zero(size_t count, size_t size);
void	*mem_array(void *p, size_t count, size_t size);
char	*mem_text(const char *text);		/* NULL stays NULL */
char	*mem_printf(const char *fmt, ...)
	    __attribute__((__format__(__printf__, 1, 2)));

#endif
