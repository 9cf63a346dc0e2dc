/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "rules/natural.h"

/* The more digits, the greater the number, and the greater its head. */
static void
length(struct buf *key, size_t n)
{
	for (; n >= 9; n -= 9)
		buf_char(key, '9');
	buf_char(key, (char)('0' + n));
}

/* Not toupper(3): the order must not depend on the locale. */
static char
upper(char c)
{
	return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

void
natural_key(struct buf *key, const char *text)
{
	size_t n;

	while (*text != '\0') {
		if (*text < '0' || *text > '9') {
			buf_char(key, upper(*text++));
			continue;
		}
		text += strspn(text, "0");
		n = strspn(text, "0123456789");
		length(key, n);
		buf_add(key, text, n);
		text += n;
	}
}
