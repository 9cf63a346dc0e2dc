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
text_html(struct buf *b, const char *text)
{
	size_t plain;

	for (;;) {
		plain = strcspn(text, "&<>\"'");
		buf_add(b, text, plain);
		text += plain;
		if (*text == '\0')
			return;
		buf_text(b, entity(*text++));
	}
}
