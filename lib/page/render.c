/* SPDX-License-Identifier: ISC */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/embed.h"
#include "html.h"
#include "base/time.h"
#include "render.h"
#include "tell/words.h"

#define FEW		6	/* units that stand before the documents */
#define MOST		500	/* that are listed */

extern const struct embedded page_style[];

const char *
render_style(size_t *len)
{
	*len = page_style[0].len;
	return page_style[0].text;
}

static void
put_head(struct buf *out, enum language language, const char *title,
    bool wrong, const char *company)
{
	size_t len;
	const char *style = render_style(&len);

	buf_printf(out, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n"
	    "<meta charset=\"utf-8\">\n"
	    "<meta name=\"viewport\" content=\"width=device-width, "
	    "initial-scale=1\">\n"
	    "<meta name=\"format-detection\" content=\"telephone=no\">\n"
	    "<meta name=\"color-scheme\" content=\"light dark\">\n"
	    "<title>%s%s", word(WORD_LANGUAGE, language),
	    wrong ? word(WORD_ERROR, language) : "", title);
	if (company != NULL) {
		buf_text(out, " – ");
		html_text(out, company);
	}
	buf_text(out, "</title>\n<style>");
	buf_add(out, style, len);
	buf_text(out, "</style>\n</head>\n<body>\n");
}

void
render_plain(struct buf *out, enum language language, enum word title,
    enum word hint)
{
	put_head(out, language, word(title, language), false, NULL);
	buf_printf(out, "<div class=\"columns\">\n<main class=\"plain\">\n"
	    "<h1>%s</h1>\n<p>%s</p>\n</main>\n</div>\n</body>\n</html>\n",
	    word(title, language), word(hint, language));
}

/* "1 to 3" or "5", after a comma but for the first. */
static void
put_range(struct page *p, int64_t from, int64_t to, bool first)
{
	char low[24], high[24];

	snprintf(low, sizeof(low), "%" PRId64, from);
	snprintf(high, sizeof(high), "%" PRId64, to);
	buf_text(p->out, first ? "" : ", ");
	if (to > from + 1)
		word_with(p->out, WORD_RANGE, p->language, low, high);
	else
		buf_printf(p->out, to > from ? "%s, %s" : "%s", low, high);
}

void
render_units(struct page *p, const struct fact_item *const *items,
    size_t count)
{
	struct buf *out = p->out, numbers = { 0 };
	size_t i, from;

	p->out = &numbers;
	for (i = 0; i < count; i++) {
		for (from = i; i + 1 < count &&
		    items[i + 1]->item == items[i]->item + 1; i++)
			;
		put_range(p, items[from]->item, items[i]->item, from == 0);
	}
	p->out = out;
	word_with(out, count > 1 ? WORD_UNITS : WORD_UNIT, p->language,
	    buf_str(&numbers), NULL);
	buf_free(&numbers);
	if (count == 1 && items[0]->name != NULL) {
		buf_text(out, word(WORD_COLON, p->language));
		html_text(out, items[0]->name);
	}
}

void
render_date(struct page *p, enum word which, int64_t at)
{
	const char *language = word(WORD_LANGUAGE, p->language);
	const char *zone = p->facts->zone;
	char *text, exact[32];
	struct buf b = { 0 };

	text = p->facts->kind == KIND_EMERGENCY ?
	    words_time(at, zone, language) : words_day(at, zone, language);
	buf_printf(&b, "<time datetime=\"%s\">%s</time>",
	    time_format(at, zone, exact), text);
	if (which == WORD_COUNT)
		buf_text(p->out, buf_str(&b));
	else
		word_with(p->out, which, p->language, buf_str(&b), NULL);
	buf_free(&b);
	free(text);
}

const struct step_words *
render_words(const struct facts *f, const struct fact_step *s)
{
	return words_step(f->kind == KIND_RECALL && s->step == STEP_RETURN ?
	    KIND_RECALL : s->process, s->step);
}

void
render_call(struct page *p, const char *number)
{
	buf_text(p->out, "<a href=\"tel:");
	for (const char *c = number; *c != '\0'; c++)
		if ((*c >= '0' && *c <= '9') || (*c == '+' && c == number))
			buf_char(p->out, *c);
	buf_text(p->out, "\">");
	html_text(p->out, number);
	buf_text(p->out, "</a>");
}

static void
put_top(struct page *p)
{
	static const struct {
		enum word	 word;
		const char	*class;
	} status[] = {
		[FACT_IS_OPEN] = { WORD_OPEN, "open" },
		[FACT_IS_CLOSED] = { WORD_CLOSED, "closed" },
		[FACT_IS_CANCELLED] = { WORD_CANCELLED, "cancelled" },
	};
	const struct facts *f = p->facts;

	if (f->company != NULL) {
		buf_text(p->out, "<header class=\"top\"><p>");
		html_text(p->out, f->company);
		buf_text(p->out, "</p></header>\n");
	}
	buf_printf(p->out, "<div class=\"columns\">\n<main>\n"
	    "<p class=\"kind\">%s</p>\n<h1>%s\u00a0%" PRId64 "</h1>\n"
	    "<p class=\"status\"><b class=\"%s\">%s</b> ",
	    word_kind(f->kind, p->language), word(WORD_CASE, p->language),
	    f->case_id, status[f->status].class,
	    word(status[f->status].word, p->language));
	render_date(p, WORD_OPENED, f->opened_at);
	buf_text(p->out, "</p>\n");
}

static void
put_part(struct page *p, enum word what, const char *text)
{
	struct buf part = { 0 };

	if (text == NULL)
		return;
	html_text(&part, text);
	word_with(p->out, what, p->language, buf_str(&part), NULL);
	buf_free(&part);
}

/* Numbered as elsewhere on the page, when there are several. */
static void
put_products(struct page *p)
{
	const struct facts *f = p->facts;
	const char *list = f->item_count > 1 ? "ol" : "ul";
	char rest[24];

	if (f->item_count == 0)
		return;
	buf_printf(p->out, "<section aria-labelledby=\"products\">\n"
	    "<h2 id=\"products\">%s</h2>\n<%s class=\"products\">\n",
	    word(f->item_count > 1 ? WORD_PRODUCTS : WORD_PRODUCT,
	    p->language), list);
	for (size_t i = 0; i < f->item_count && i < MOST; i++) {
		buf_text(p->out, "<li");
		if (f->item_count > 1)
			buf_printf(p->out, " value=\"%" PRId64 "\"",
			    f->items[i].item);
		buf_char(p->out, '>');
		put_part(p, WORD_NAME, f->items[i].name);
		put_part(p, WORD_REFERENCE, f->items[i].reference);
		put_part(p, WORD_SERIAL, f->items[i].serial);
		buf_text(p->out, "</li>\n");
	}
	buf_printf(p->out, "</%s>\n", list);
	if (f->item_count > MOST) {
		snprintf(rest, sizeof(rest), "%zu", f->item_count - MOST);
		buf_text(p->out, "<p class=\"hint\">");
		word_with(p->out, WORD_AND_MORE, p->language, rest, NULL);
		buf_text(p->out, "</p>\n");
	}
	buf_text(p->out, "</section>\n");
}

static void
put_documents(struct page *p)
{
	const struct facts *f = p->facts;
	const char *title;

	if (f->document_count == 0)
		return;
	buf_printf(p->out, "<section aria-labelledby=\"documents\">\n"
	    "<h2 id=\"documents\">%s</h2>\n<ul class=\"documents\" role=\"list\">\n",
	    word(WORD_DOCUMENTS, p->language));
	for (size_t i = 0; i < f->document_count; i++) {
		title = word_document(f->documents[i], p->language);
		if (title != NULL)
			buf_printf(p->out, "<li><a href=\"%s/%s\">%s</a></li>"
			    "\n", p->token, f->documents[i], title);
	}
	buf_printf(p->out, "</ul>\n<p class=\"hint\">%s</p>\n</section>\n",
	    word(WORD_DOCUMENTS_HINT, p->language));
}

static void
put_number(struct page *p, enum word what, const char *number)
{
	if (number == NULL)
		return;
	buf_printf(p->out, "<dt>%s</dt><dd>", word(what, p->language));
	render_call(p, number);
	buf_text(p->out, "</dd>\n");
}

static void
put_contact(struct page *p)
{
	const struct facts *f = p->facts;
	struct buf number = { 0 };

	buf_printf(&number, "<b>%" PRId64 "</b>", f->case_id);
	buf_printf(p->out, "<section aria-labelledby=\"contact\">\n"
	    "<h2 id=\"contact\">%s</h2>\n<p>", word(WORD_CONTACT,
	    p->language));
	word_with(p->out, WORD_CONTACT_HINT, p->language, buf_str(&number),
	    NULL);
	buf_text(p->out, "</p>\n");
	if (f->national != NULL || f->abroad != NULL) {
		buf_text(p->out, "<dl>\n");
		put_number(p, WORD_NATIONAL, f->national);
		put_number(p, WORD_ABROAD, f->abroad);
		buf_text(p->out, "</dl>\n");
	}
	buf_text(p->out, "</section>\n");
	buf_free(&number);
}

static void
put_foot(struct page *p)
{
	buf_text(p->out, "<footer>\n<p>");
	render_date(p, WORD_READ_ON, p->now);
	buf_printf(p->out, ".</p>\n<p>%s", word(WORD_LINK, p->language));
	if (p->found->expires_at != 0) {
		buf_char(p->out, ' ');
		render_date(p, WORD_LINK_UNTIL, p->found->expires_at);
	}
	buf_text(p->out, "</p>\n</footer>\n</body>\n</html>\n");
}

static bool
is_wrong(const struct page *p)
{
	return p->given != NULL && p->survey == RENDER_ASK;
}

void
render_page(struct page *p)
{
	struct buf title = { 0 };

	buf_printf(&title, "%s\u00a0%" PRId64, word(WORD_CASE, p->language),
	    p->facts->case_id);
	put_head(p->out, p->language, buf_str(&title), is_wrong(p),
	    p->facts->company);
	buf_free(&title);
	put_top(p);
	if (p->survey != RENDER_ASK)
		render_form(p);
	render_acts(p);
	if (p->survey == RENDER_ASK)
		render_form(p);
	if (p->facts->step_count > 0)
		render_way(p);
	buf_printf(p->out, "</main>\n<aside aria-label=\"%s\">\n",
	    word(WORD_SUMMARY, p->language));
	if (p->facts->item_count <= FEW)
		put_products(p);
	put_documents(p);
	put_contact(p);
	if (p->facts->item_count > FEW)
		put_products(p);
	buf_text(p->out, "</aside>\n</div>\n");
	put_foot(p);
}
