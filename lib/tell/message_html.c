/* SPDX-License-Identifier: ISC */
#include <stdbool.h>
#include <string.h>

#include "base/text.h"
#include "message_private.h"

/* What a line of the text belongs to; what is open until another begins. */
enum block {
	BLOCK_NONE, BLOCK_HEADING, BLOCK_PARAGRAPH, BLOCK_DASHES,
	BLOCK_NUMBERS, BLOCK_QUOTE
};

static const struct {
	const char	*open, *close;
} tags[] = {
	[BLOCK_NONE] = { "", "" },
	[BLOCK_HEADING] = { "<h1 style=\"font-size: 1.4em\">", "</h1>\n" },
	[BLOCK_PARAGRAPH] = { "<p>", "</p>\n" },
	[BLOCK_DASHES] = { "<ul>\n<li>", "</li>\n</ul>\n" },
	[BLOCK_NUMBERS] = { "<ol>\n<li>", "</li>\n</ol>\n" },
	[BLOCK_QUOTE] = { "<blockquote>", "</blockquote>\n" },
};

struct page {
	struct buf	*out;
	const char	*site;
	enum block	 block;
	bool		 blank;		/* an empty line came before */
};

static void
put_line(struct page *p, const char *text, size_t len)
{
	size_t site = p->site != NULL ? strlen(p->site) : 0;
	bool link = site > 0 && len > site && text[site] == '/' &&
	    memcmp(p->site, text, site) == 0 &&
	    memchr(text, ' ', len) == NULL;

	if (link) {
		buf_text(p->out, "<a href=\"");
		text_html_part(p->out, text, len);
		buf_text(p->out, "\">");
	}
	text_html_part(p->out, text, len);
	if (link)
		buf_text(p->out, "</a>");
}

/* What begins with the line, and where its words do; BLOCK_QUOTE also for what
 * goes on in an item of a list. */
static enum block
kind_of(const char **text, const char *end)
{
	static const char *const dashes[] = { "- ", "\xe2\x80\x93 " };
	const char *at = *text;
	size_t blanks, digits;

	blanks = strspn(at, " ");
	at += blanks;
	for (size_t i = 0; i < sizeof(dashes) / sizeof(dashes[0]); i++)
		if (blanks == 2 && strncmp(at, dashes[i],
		    strlen(dashes[i])) == 0) {
			*text = at + strlen(dashes[i]);
			return BLOCK_DASHES;
		}
	digits = strspn(at, "0123456789");
	if (blanks == 0 && digits > 0 && digits < 3 && end - at > 3 &&
	    at[digits] == '.' && at[digits + 1] == ' ') {
		*text = at + digits + 2;
		return BLOCK_NUMBERS;
	}
	if (blanks >= 3) {
		*text = at;
		return BLOCK_QUOTE;
	}
	return BLOCK_PARAGRAPH;
}

static void
begin(struct page *p, enum block block)
{
	bool list = block == BLOCK_DASHES || block == BLOCK_NUMBERS;

	if (list && p->block == block) {
		buf_text(p->out, "</li>\n<li>");
		return;
	}
	buf_text(p->out, tags[p->block].close);
	buf_text(p->out, tags[block].open);
	p->block = block;
}

/* Is the next line nothing but "===", as it stands under a heading? */
static const char *
underline(const char *end)
{
	const char *next = *end == '\n' ? end + 1 : end;
	size_t len = strspn(next, "=");

	return len >= 3 && (next[len] == '\n' || next[len] == '\0') ?
	    next + len : NULL;
}

/* Answers its end, behind the line that is under it. */
static const char *
add_line(struct page *p, const char *text)
{
	bool list = p->block == BLOCK_DASHES || p->block == BLOCK_NUMBERS;
	const char *end = text + strcspn(text, "\n"), *under;
	enum block block;

	if (text[strspn(text, " ")] == '\n' || text == end) {
		p->blank = true;
		return end;
	}
	under = underline(end);
	block = under != NULL ? BLOCK_HEADING : kind_of(&text, end);
	if (block == BLOCK_QUOTE && list && !p->blank)
		buf_text(p->out, p->block == BLOCK_NUMBERS ? "\n" : "<br>\n");
	else if (block == BLOCK_QUOTE && p->block == BLOCK_QUOTE)
		buf_text(p->out, p->blank ? "<br>\n<br>\n" : "<br>\n");
	else if (block == BLOCK_PARAGRAPH && p->block == block && !p->blank)
		buf_char(p->out, '\n');
	else
		begin(p, block);
	put_line(p, text, (size_t)(end - text));
	p->blank = false;
	return under != NULL ? under : end;
}

void
message_html(const char *title, const char *text, const char *language,
    const char *site, struct buf *out)
{
	struct page p = { .out = out, .site = site };
	const char *end;

	buf_printf(out, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n"
	    "<meta charset=\"utf-8\">\n<title>", language);
	text_html(out, title);
	buf_text(out, "</title>\n</head>\n<body style=\"max-width: 42em; "
	    "font: 1em/1.4 sans-serif\">\n");
	for (; *text != '\0'; text = *end == '\n' ? end + 1 : end)
		end = add_line(&p, text);
	buf_text(out, tags[p.block].close);
	buf_text(out, "</body>\n</html>\n");
}
