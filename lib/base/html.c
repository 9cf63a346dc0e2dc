/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "base/text.h"

static const char *
entity(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	}
	return NULL;
}

void
text_html_part(struct buf *b, const char *text, size_t len)
{
	const char *end = text + len, *from = text, *as;

	for (; text < end; text++) {
		if ((as = entity(*text)) == NULL)
			continue;
		buf_add(b, from, (size_t)(text - from));
		buf_text(b, as);
		from = text + 1;
	}
	buf_add(b, from, (size_t)(end - from));
}

void
text_html(struct buf *b, const char *text)
{
	text_html_part(b, text, strlen(text));
}
