/* SPDX-License-Identifier: ISC */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/mem.h"

struct arena_piece {
	struct arena_piece *before;
	char		 text[];
};

char *
arena_text(struct arena *a, const char *text)
{
	struct arena_piece *piece;
	size_t size;

	if (text == NULL)
		return NULL;
	size = strlen(text) + 1;
	piece = mem_alloc(sizeof(*piece) + size);
	memcpy(piece->text, text, size);
	piece->before = a->last;
	a->last = piece;
	return piece->text;
}

char *
arena_printf(struct arena *a, const char *fmt, ...)
{
	struct buf b = { 0 };
	char *text;
	va_list ap;

	va_start(ap, fmt);
	buf_vprintf(&b, fmt, ap);
	va_end(ap);
	text = arena_text(a, buf_str(&b));
	buf_free(&b);
	return text;
}

void
arena_free(struct arena *a)
{
	struct arena_piece *before;

	for (; a->last != NULL; a->last = before) {
		before = a->last->before;
		free(a->last);
	}
}
