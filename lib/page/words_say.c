/* SPDX-License-Identifier: ISC */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "words.h"

void
word_with(struct buf *b, enum word which, enum language language,
    const char *what, const char *more)
{
	const char *text = word(which, language), *gap;

	if ((gap = strstr(text, "{}")) != NULL) {
		buf_add(b, text, (size_t)(gap - text));
		buf_text(b, what);
		text = gap + 2;
	}
	if (more != NULL && (gap = strstr(text, "{}")) != NULL) {
		buf_add(b, text, (size_t)(gap - text));
		buf_text(b, more);
		text = gap + 2;
	}
	buf_text(b, text);
}

/* The weight of a language, 0 to 1000; what is malformed weighs nothing. */
static int
weight(const char *p)
{
	int n = 0, unit = 100;

	while (*p == ' ' || *p == '\t')
		p++;
	if (*p != ';')
		return *p == '\0' || *p == ',' ? 1000 : 0;
	for (p++; *p == ' ' || *p == '\t'; p++)
		;
	if (strncasecmp(p, "q=", 2) != 0)
		return 0;
	p += 2;
	if (*p == '1')
		return 1000;
	if (*p != '0' || p[1] != '.')
		return 0;
	for (p += 2; isdigit((unsigned char)*p) && unit > 0; p++, unit /= 10)
		n += (*p - '0') * unit;
	return n;
}

enum language
word_language(const char *accepted)
{
	int best[LANGUAGE_COUNT] = { -1, -1 }, other = -1, w;
	enum language l;
	size_t len;

	for (; *accepted != '\0'; accepted += *accepted == ',') {
		while (*accepted == ' ' || *accepted == '\t')
			accepted++;
		len = strcspn(accepted, " \t;,-");
		w = weight(accepted + strcspn(accepted, " \t;,"));
		if (len == 1 && *accepted == '*')
			other = w;
		for (l = 0; l < LANGUAGE_COUNT && len == 2; l++)
			if (strncasecmp(accepted, word(WORD_LANGUAGE, l),
			    2) == 0 && w > best[l])
				best[l] = w;
		accepted += strcspn(accepted, ",");
	}
	for (l = 0; l < LANGUAGE_COUNT; l++)
		if (best[l] == -1)
			best[l] = other > 0 ? other : 0;
	return best[ENGLISH] > best[FRENCH] ? ENGLISH : FRENCH;
}
