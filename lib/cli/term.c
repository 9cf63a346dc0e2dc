/* SPDX-License-Identifier: ISC */
#include <sys/ioctl.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "cli/out.h"
#include "term.h"

enum {
	GAP = 2,	/* blanks between columns; one is between words */
	ROOM = 32,	/* in which words can go on below each other */
	DEEPER = 4	/* begins what did not find room */
};

bool
term_is_dumb(void)
{
	const char *term = getenv("TERM");

	return term == NULL || *term == '\0' || strcmp(term, "dumb") == 0;
}

int
term_columns(void)
{
	struct winsize size;

	return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

/* The bytes of the next character, or of the next change of colour; `width` is
 * what it takes on the terminal. */
static size_t
next(const char *text, size_t len, int *width)
{
	uint32_t character;
	size_t n;

	if (*text == '\033') {
		*width = 0;
		for (n = 1; n < len && text[n - 1] != 'm'; n++)
			;
		return n;
	}
	n = text_decode(text, len, &character);
	*width = n > 0 ? text_character_width(character) : 1;
	return n > 0 ? n : 1;
}

static int
width_of(const char *text, size_t len)
{
	int width, sum = 0;

	for (size_t n; len > 0; text += n, len -= n, sum += width)
		n = next(text, len, &width);
	return sum;
}

/* Where the last column that is on the terminal begins, in bytes, and on the
 * screen. */
static size_t
last_column(const char *line, size_t len, int columns, int *start)
{
	size_t at, n, last = 0;
	int width, sum = 0, blanks = GAP;

	for (at = 0; at < len && sum < columns; at += n, sum += width) {
		n = next(line + at, len - at, &width);
		if (line[at] != ' ' && blanks >= GAP) {
			last = at;
			*start = sum;
		}
		if (width > 0)
			blanks = line[at] == ' ' ? blanks + 1 : 0;
	}
	return last;
}

/* The bytes that find room, up to a blank; all if there is none. */
static size_t
whole_words(const char *text, size_t len, int room)
{
	size_t at, n, words = 0;
	int width, sum = 0;

	for (at = 0; at < len; at += n, sum += width) {
		n = next(text + at, len - at, &width);
		if (text[at] == ' ' && at > 0 && text[at - 1] != ' ')
			words = at;
		if (sum + width > room && words > 0)
			return words;
	}
	return len;
}

/* Text that begins in column `from` goes on in column `below`. */
static void
fold(const char *text, size_t len, int from, int below, int columns)
{
	size_t n;

	for (;;) {
		n = whole_words(text, len, columns - from);
		fwrite(text, 1, n, stdout);
		for (; n < len && text[n] == ' '; n++)
			;
		text += n;
		len -= n;
		if (len == 0)
			break;
		printf("\n%*s", below, "");
		from = below;
	}
	putchar('\n');
}

void
term_line(const char *line, size_t len, int columns)
{
	int start = 0, indent = (int)strspn(line, " ");
	size_t last;

	if (columns == 0 || width_of(line, len) <= columns) {
		fwrite(line, 1, len, stdout);
		putchar('\n');
		return;
	}
	last = last_column(line, len, columns, &start);
	if (start > indent && columns - start >= ROOM) {
		fwrite(line, 1, last, stdout);
		fold(line + last, len - last, start, start, columns);
	} else if (start > indent) {
		for (len -= last; last > 0 && line[last - 1] == ' '; last--)
			len++;
		fwrite(line, 1, last, stdout);
		line += last;
		last = strspn(line, " ");
		printf("\n%*s", indent + DEEPER, "");
		fold(line + last, len - last, indent + DEEPER,
		    indent + DEEPER, columns);
	} else
		fold(line, len, 0, indent + DEEPER, columns);
}

void
out_text(const char *text, size_t len)
{
	int columns = term_columns();
	const char *end;

	while (columns > 0 && (end = memchr(text, '\n', len)) != NULL) {
		term_line(text, (size_t)(end - text), columns);
		len -= (size_t)(end - text) + 1;
		text = end + 1;
	}
	fwrite(text, 1, len, stdout);
}
