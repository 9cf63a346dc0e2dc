/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "base/text.h"

/* The bytes that the first one announces; 0 when it cannot be a first one. */
static size_t
announced(unsigned char first, uint32_t *bits)
{
	if (first < 0x80) {
		*bits = first;
		return 1;
	}
	if (first >= 0xc2 && first <= 0xdf) {
		*bits = first & 0x1fu;
		return 2;
	}
	if (first >= 0xe0 && first <= 0xef) {
		*bits = first & 0x0fu;
		return 3;
	}
	if (first >= 0xf0 && first <= 0xf4) {
		*bits = first & 0x07u;
		return 4;
	}
	return 0;
}

size_t
text_decode(const char *text, size_t len, uint32_t *character)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	uint32_t value;
	size_t i, n;

	if (len == 0)
		return 0;
	n = announced((unsigned char)text[0], &value);
	if (n == 0 || n > len)
		return 0;
	for (i = 1; i < n; i++) {
		unsigned char c = (unsigned char)text[i];

		if ((c & 0xc0) != 0x80)
			return 0;
		value = value << 6 | (c & 0x3fu);
	}
	if (value < least[n] || value > 0x10ffff ||
	    (value >= 0xd800 && value <= 0xdfff))
		return 0;
	*character = value;
	return n;
}

bool
text_valid(const char *text, size_t len)
{
	uint32_t character;
	size_t n;

	for (; len > 0; text += n, len -= n) {
		n = text_decode(text, len, &character);
		if (n == 0 || character == 0)
			return false;
	}
	return true;
}

static void
escape(struct buf *b, uint32_t character)
{
	switch (character) {
	case '\t':
		buf_text(b, "\\t");
		break;
	case '\n':
		buf_text(b, "\\n");
		break;
	case '\r':
		buf_text(b, "\\r");
		break;
	default:
		if (character < 0x80)
			buf_printf(b, "\\x%02x", character);
		else
			buf_printf(b, "\\u%04x", character);
	}
}

void
text_escape_bytes(struct buf *b, const char *text, size_t len)
{
	const char *run = text, *end = text + len;
	uint32_t character;
	size_t n;

	while (text < end) {
		n = text_decode(text, (size_t)(end - text), &character);
		if (n > 0 && !text_character_unsafe(character)) {
			text += n;
			continue;
		}
		buf_add(b, run, (size_t)(text - run));
		if (n == 0)
			buf_printf(b, "\\x%02x", (unsigned char)*text);
		else
			escape(b, character);
		text += n > 0 ? n : 1;
		run = text;
	}
	buf_add(b, run, (size_t)(end - run));
}

void
text_escape(struct buf *b, const char *text)
{
	text_escape_bytes(b, text, strlen(text));
}

int
text_width_part(const char *text, size_t len)
{
	uint32_t character;
	int width = 0;

	for (size_t n; len > 0; text += n, len -= n) {
		n = text_decode(text, len, &character);
		width += n > 0 ? text_character_width(character) : 1;
		n += n == 0;
	}
	return width;
}

int
text_width(const char *text)
{
	return text_width_part(text, strlen(text));
}

bool
text_same(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

const char *
text_word(const char *words, size_t *len)
{
	words += strspn(words, " ");
	*len = strcspn(words, " ");
	return *len > 0 ? words : NULL;
}

const char *
text_item(const char **list, size_t *len)
{
	const char *item = *list;

	if (item == NULL)
		return NULL;
	item += strspn(item, " ");
	*len = strcspn(item, ",");
	*list = item[*len] == ',' ? item + *len + 1 : NULL;
	while (*len > 0 && item[*len - 1] == ' ')
		(*len)--;
	return item;
}

bool
text_has_word(const char *words, const char *word)
{
	size_t len;

	while ((words = text_word(words, &len)) != NULL) {
		if (strlen(word) == len && memcmp(words, word, len) == 0)
			return true;
		words += len;
	}
	return false;
}
