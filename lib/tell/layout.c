/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "tell/layout.h"

#define FOOT	2		/* lines for the number of the page */
#define HEAD	2		/* and for what it goes on with */
#define GAP	4		/* columns between a picture and words */
#define BELOW	2		/* lines under it */
#define MOST_WHOLE	24	/* lines of a paragraph that stays together */

struct lines {
	char	**line;
	size_t	  count, size;
	const struct lines *beside;	/* a picture, at the right of these */
	size_t	  beside_from;
	int	  beside_columns;
};

static void
add(struct lines *l, struct buf *b)
{
	while (b->len > 0 && b->data[b->len - 1] == ' ')
		b->len--;
	if (l->count == l->size) {
		l->size = l->size * 2 + 64;
		l->line = mem_array(l->line, l->size, sizeof(*l->line));
	}
	l->line[l->count++] = mem_text(buf_str(b));
	buf_clear(b);
}

static void
forget(struct lines *l)
{
	while (l->count > 0)
		free(l->line[--l->count]);
	free(l->line);
}

/* How far lines are indented that go on with this one: like it, or behind the
 * dash or number that it begins with. */
static int
hanging(const char *line, size_t len)
{
	static const char *const marks[] = { "- ", "– ", "• ", "☐ " };
	size_t blank = 0, digits = 0;

	while (blank < len && line[blank] == ' ')
		blank++;
	line += blank;
	len -= blank;
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (len > strlen(marks[i]) &&
		    memcmp(line, marks[i], strlen(marks[i])) == 0)
			return (int)blank + 2;
	while (digits < len && line[digits] >= '0' && line[digits] <= '9')
		digits++;
	if (digits > 0 && len > digits + 1 && line[digits] == '.' &&
	    line[digits + 1] == ' ')
		return (int)(blank + digits) + 2;
	return (int)blank;
}

/* As many bytes as go on the line: up to its last blank, or what fits of a word
 * that is too long. */
static size_t
fitting(const char *text, size_t len, int room)
{
	size_t at = 0, blank = 0;
	uint32_t character;
	int used = 0;

	while (at < len) {
		size_t size = text_decode(text + at, len - at, &character);

		used += size > 0 ? text_character_width(character) : 1;
		if (used > room)
			break;
		if (text[at] == ' ')
			blank = at;
		at += size > 0 ? size : 1;
	}
	if (at == len || text[at] == ' ')
		return at;
	return blank > 0 ? blank : at > 0 ? at : 1;
}

/* What is left of the line that comes next beside a picture. */
static int
room_of(const struct lines *l)
{
	if (l->beside == NULL ||
	    l->count >= l->beside_from + l->beside->count)
		return LAYOUT_COLUMNS;
	return LAYOUT_COLUMNS - l->beside_columns - GAP;
}

static void
break_line(const char *line, size_t len, struct lines *l)
{
	int indent = hanging(line, len);
	size_t blank = (size_t)strspn(line, " "), n;
	struct buf b = { 0 };

	/* What is indented so far has no room for words. */
	if (blank > LAYOUT_COLUMNS / 2)
		blank = 0;
	if (indent > LAYOUT_COLUMNS / 2)
		indent = 0;
	buf_printf(&b, "%*s", (int)blank, "");
	line += blank;
	len -= blank;
	do {
		n = fitting(line, len, room_of(l) - text_width(buf_str(&b)));
		buf_add(&b, line, n);
		add(l, &b);
		line += n;
		len -= n;
		for (; len > 0 && *line == ' '; len--)
			line++;
		buf_printf(&b, "%*s", indent, "");
	} while (len > 0);
	buf_free(&b);
}

/* A narrow space would be a column of its own, and fonts of printers have
 * none. */
static char *
widen(const char *text)
{
	struct buf b = { 0 };

	for (; *text != '\0'; text++)
		if (strncmp(text, "\u202f", 3) == 0) {
			buf_text(&b, "\u00a0");
			text += 2;
		} else
			buf_char(&b, *text);
	buf_str(&b);
	return b.data;
}

/* Narrow pictures stand beside what follows, others by themselves. */
static void
begin_picture(struct lines *l, const struct lines *picture)
{
	struct buf b = { 0 };
	int wide = picture->count == 0 ? 0 : text_width(picture->line[0]);

	if (wide > LAYOUT_COLUMNS / 2 || l->beside != NULL) {
		for (size_t i = 0; i < picture->count; i++) {
			buf_text(&b, picture->line[i]);
			add(l, &b);
		}
	} else if (wide > 0) {
		l->beside = picture;
		l->beside_from = l->count;
		l->beside_columns = wide;
	}
	buf_free(&b);
}

static void
end_picture(struct lines *l)
{
	struct buf b = { 0 };
	char **line;

	if (l->beside == NULL)
		return;
	while (l->count < l->beside_from + l->beside->count - BELOW)
		add(l, &b);
	for (size_t i = 0; i < l->beside->count - BELOW; i++) {
		line = &l->line[l->beside_from + i];
		buf_printf(&b, "%s%*s%s", *line, LAYOUT_COLUMNS -
		    l->beside_columns - text_width(*line), "",
		    l->beside->line[i]);
		while (b.data[b.len - 1] == ' ')
			b.len--;
		free(*line);
		*line = mem_text(buf_str(&b));
		buf_clear(&b);
	}
	buf_free(&b);
}

static void
break_lines(const char *text, const struct lines *picture, struct lines *l)
{
	char *wide = widen(text);
	const char *line = wide;
	size_t len;

	for (; *line != '\0'; line += len + (line[len] == '\n')) {
		len = strcspn(line, "\n");
		if (len > 0 && memchr(line, LAYOUT_PICTURE, len) != NULL) {
			begin_picture(l, picture);
			continue;
		}
		if (len == 0 && (l->count == 0 ||
		    l->line[l->count - 1][0] == '\0'))
			continue;	/* one empty line is enough */
		break_line(line, len, l);
	}
	while (l->count > 0 && l->line[l->count - 1][0] == '\0')
		free(l->line[--l->count]);
	end_picture(l);
	free(wide);
}

/* The lines up to the next empty one. */
static size_t
paragraph(const struct lines *l, size_t from)
{
	size_t n = 0;

	while (from + n < l->count && l->line[from + n][0] != '\0')
		n++;
	return n;
}

/* Of a paragraph that does not fit, a page takes no line without those that
 * are indented below it. */
static size_t
tear(const struct lines *l, size_t from, size_t room)
{
	size_t at = from + room;

	while (at > from + room / 2 && l->line[at][0] == ' ')
		at--;
	return at > from + room / 2 ? at : from + room;
}

/* Where the page ends that begins with that line. */
static size_t
page_end(const struct lines *l, size_t from, size_t room)
{
	size_t at = from, n;

	while (at < l->count) {
		n = paragraph(l, at);
		if (at + n - from > room) {
			if (at == from || n > MOST_WHOLE)
				return tear(l, from, room);
			return at;
		}
		at += n;
		while (at < l->count && l->line[at][0] == '\0')
			at++;
	}
	return at;
}

static size_t
count_pages(const struct lines *l)
{
	size_t pages = 0, at = 0;

	for (; at < l->count; pages++)
		at = page_end(l, at, LAYOUT_LINES - FOOT -
		    (pages > 0 ? HEAD : 0));
	return pages;
}

static void
put_page(const struct lines *l, size_t from, size_t to, size_t room,
    struct buf *out)
{
	while (to > from && l->line[to - 1][0] == '\0')
		to--;
	for (size_t i = from; i < from + room; i++)
		buf_printf(out, "%s\n", i < to ? l->line[i] : "");
}

static void
put_pages(const struct lines *l, size_t pages, const char *head,
    struct buf *out)
{
	size_t at = 0, end, room;

	for (size_t page = 1; page <= pages; page++) {
		if (page > 1)
			buf_printf(out, "\f%s\n\n", head);
		room = LAYOUT_LINES - FOOT - (page > 1 ? HEAD : 0);
		end = page_end(l, at, room);
		put_page(l, at, end, room, out);
		buf_printf(out, "\n%*zu/%zu\n", LAYOUT_COLUMNS / 2, page,
		    pages);
		at = end;
	}
}

/* The lines of a picture as they are: those of other texts end in no blank. */
static void
read_picture(const char *picture, struct lines *l)
{
	struct buf b = { 0 };

	for (; *picture != '\0'; picture += picture[0] == '\n') {
		size_t len = strcspn(picture, "\n");

		buf_add(&b, picture, len);
		buf_char(&b, '\n');
		add(l, &b);
		l->line[l->count - 1][len] = '\0';
		picture += len;
	}
	for (int i = 0; i < BELOW && l->count > 0; i++)
		add(l, &b);
	buf_free(&b);
}

void
layout_text(const char *text, const char *picture, const char *head,
    struct buf *out)
{
	struct lines l = { 0 }, drawn = { 0 };

	if (picture != NULL)
		read_picture(picture, &drawn);
	break_lines(text, &drawn, &l);
	if (l.count <= LAYOUT_LINES)
		for (size_t i = 0; i < l.count; i++)
			buf_printf(out, "%s\n", l.line[i]);
	else
		put_pages(&l, count_pages(&l), head, out);
	forget(&l);
	forget(&drawn);
}
