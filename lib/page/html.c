/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "base/text.h"
#include "html.h"

void
html_text(struct buf *b, const char *text)
{
	struct buf safe = { 0 };
	size_t len;

	for (;; text += len + 1) {
		len = strcspn(text, "\n");
		text_escape_bytes(&safe, text, len);
		if (text[len] == '\0')
			break;
		buf_char(&safe, '\n');
	}
	text_html(b, buf_str(&safe));
	buf_free(&safe);
}
