/* SPDX-License-Identifier: ISC */
#include <err.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"

static void *
checked(void *p)
{
	if (p == NULL)
		err(3, NULL);
	return p;
}

void *
mem_alloc(size_t size)
{
	return checked(malloc(size > 0 ? size : 1));
}

void *
mem_zero(size_t count, size_t size)
{
	return checked(calloc(count > 0 ? count : 1, size));
}

void *
mem_array(void *p, size_t count, size_t size)
{
	return checked(reallocarray(p, count > 0 ? count : 1, size));
}

char *
mem_text(const char *text)
{
	return text == NULL ? NULL : checked(strdup(text));
}

char *
mem_printf(const char *fmt, ...)
{
	struct buf b = { 0 };
	va_list ap;

	va_start(ap, fmt);
	buf_vprintf(&b, fmt, ap);
	va_end(ap);
	buf_str(&b);
	return b.data;
}
