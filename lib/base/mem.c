/* SPDX-License-Identifier: ISC */
#include <err.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
	char *text;
	va_list ap;

	va_start(ap, fmt);
	if (vasprintf(&text, fmt, ap) < 0)
		err(3, NULL);
	va_end(ap);
	return text;
}
