/* SPDX-License-Identifier: ISC */
#include <stdlib.h>

#include "base/mem.h"
#include "render.h"

/* The same step of several items, if it is due at the same time. */
struct act {
	const struct fact_step *step;
	const struct fact_item **items;
	size_t		 count;
};

struct acts {
	struct act	*list;
	size_t		 count;
};

static bool
yours(const struct fact_step *s)
{
	return s->owner == OWNER_CUSTOMER;
}

static bool
same(const struct fact_step *a, const struct fact_step *b)
{
	return a->step == b->step && a->process == b->process &&
	    a->owner == b->owner && a->due_at == b->due_at &&
	    a->limit_at == b->limit_at && a->limit_binds == b->limit_binds;
}

static const struct fact_item *
item_of(const struct facts *f, int64_t item)
{
	/* They are numbered from 1 on, as a rule without a gap. */
	if (item >= 1 && (uint64_t)item <= f->item_count &&
	    f->items[item - 1].item == item)
		return &f->items[item - 1];
	for (size_t i = 0; i < f->item_count; i++)
		if (f->items[i].item == item)
			return &f->items[i];
	return NULL;
}

static void
add(struct acts *acts, const struct facts *f, const struct fact_step *s)
{
	const struct fact_item *item = item_of(f, s->item);
	struct act *a = acts->list;

	while (a < acts->list + acts->count && !same(a->step, s))
		a++;
	if (a == acts->list + acts->count) {
		a->step = s;
		acts->count++;
	}
	if (item == NULL)
		return;
	/* Grown by doubling: at each power of two. */
	if ((a->count & (a->count - 1)) == 0)
		a->items = mem_array(a->items, a->count * 2 + 1,
		    sizeof(*a->items));
	a->items[a->count++] = item;
}

/* The open steps of the customer, or those of all others. */
static struct acts
collect(struct page *p, bool of_customer)
{
	const struct facts *f = p->facts;
	struct acts acts = { 0 };
	const struct fact_step *s;

	acts.list = mem_zero(f->step_count, sizeof(*acts.list));
	for (size_t i = 0; i < f->step_count; i++) {
		s = &f->steps[i];
		if (s->state != FACT_OPEN || yours(s) != of_customer)
			continue;
		if (s->step == STEP_SURVEY && p->survey != RENDER_ASK)
			continue;
		add(&acts, f, s);
	}
	return acts;
}

static void
acts_free(struct acts *acts)
{
	for (size_t i = 0; i < acts->count; i++)
		free(acts->list[i].items);
	free(acts->list);
}

/* When it is not for all of them. */
static void
put_units(struct page *p, const struct act *a)
{
	if (a->count == 0 || a->count == p->facts->item_count)
		return;
	buf_text(p->out, "<p class=\"for\">");
	render_units(p, a->items, a->count);
	buf_text(p->out, "</p>\n");
}

/* The time that binds; and the limit of the whole where that is another one. */
static void
put_when(struct page *p, const struct fact_step *s)
{
	int64_t at = s->limit_binds ? s->limit_at : s->due_at;
	bool late = at != 0 && at < p->now;

	if (at != 0) {
		buf_printf(p->out, "<p class=\"when%s\">", late ? " late" : "");
		render_date(p, yours(s) ? (late ? WORD_LATE_YOU : WORD_BY) :
		    (late ? WORD_LATE_WE : WORD_PROMISED), at);
		buf_text(p->out, "</p>\n");
	}
	if (s->limit_at == 0)
		return;
	buf_text(p->out, "<p class=\"limit\">");
	if (s->limit_binds)
		buf_text(p->out, word(WORD_WHOLE_BINDS, p->language));
	else
		render_date(p, WORD_WHOLE, s->limit_at);
	buf_text(p->out, "</p>\n");
}

/* The documents that an act needs. An order needs the quote, which holds prices
 * and is not on the page. */
static const struct {
	enum step	 step;
	const char	*document;
} needs[] = {
	{ STEP_RETURN, "return-slip" },
	{ STEP_RETURN, "label" },
	{ STEP_BOOK, "dossier" },
	{ STEP_BOOK, "identification-sheet" },
	{ STEP_RESPOND, "recall-notice" },
	{ STEP_SURVEY, "report" },
};

static void
put_needs(struct page *p, enum step step)
{
	bool any = step == STEP_SURVEY;

	if (any)
		buf_printf(p->out, "<p class=\"needs\"><a class=\"button\" "
		    "href=\"#survey\">%s</a>",
		    word(WORD_SURVEY_GO, p->language));
	for (size_t i = 0; i < sizeof(needs) / sizeof(needs[0]); i++) {
		if (needs[i].step != step ||
		    !facts_has_document(p->facts, needs[i].document))
			continue;
		buf_printf(p->out, "%s<a class=\"button%s\" href=\"%s/%s\">%s"
		    "</a>", any ? " " : "<p class=\"needs\">",
		    any ? " second" : "", p->token,
		    needs[i].document, word_document(needs[i].document,
		    p->language));
		any = true;
	}
	buf_text(p->out, any ? "</p>\n" : "");
}

static void
put_yours(struct page *p, const struct act *a)
{
	const struct step_words *w = render_words(p->facts, a->step);

	buf_printf(p->out, "<li>\n<h3>%s</h3>\n", w->open.in[p->language]);
	put_units(p, a);
	put_when(p, a->step);
	if (w->how.in[p->language] != NULL)
		buf_printf(p->out, "<p>%s</p>\n", w->how.in[p->language]);
	put_needs(p, a->step->step);
	buf_text(p->out, "</li>\n");
}

static void
put_ours(struct page *p, const struct act *a)
{
	buf_printf(p->out, "<li>\n<p class=\"act\">%s</p>\n",
	    render_words(p->facts, a->step)->open.in[p->language]);
	put_units(p, a);
	put_when(p, a->step);
	buf_text(p->out, "</li>\n");
}

static void
put_end(struct page *p)
{
	const struct facts *f = p->facts;

	if (f->status == FACT_IS_OPEN || f->closed_at == 0)
		return;
	buf_text(p->out, "<p>");
	render_date(p, f->status == FACT_IS_CLOSED ? WORD_CLOSED_ON :
	    WORD_CANCELLED_ON, f->closed_at);
	buf_text(p->out, "</p>\n");
}

static enum word
title(const struct page *p, const struct acts *yours_now)
{
	if (yours_now->count > 0)
		return WORD_YOUR_TURN;
	return p->facts->status == FACT_IS_OPEN ? WORD_NOTHING :
	    WORD_NOTHING_MORE;
}

/* It may be in use until all is settled. */
static bool
dangerous(const struct facts *f)
{
	return f->kind == KIND_RECALL && f->status == FACT_IS_OPEN;
}

static void
put_urgent(struct page *p)
{
	const struct facts *f = p->facts;

	if (f->kind != KIND_EMERGENCY || f->status != FACT_IS_OPEN ||
	    f->national == NULL)
		return;
	buf_printf(p->out, "<p class=\"urgent\">%s ",
	    word(WORD_URGENT, p->language));
	render_call(p, f->national);
	buf_text(p->out, "</p>\n");
}

void
render_acts(struct page *p)
{
	struct acts yours_now = collect(p, true), ours = collect(p, false);

	if (dangerous(p->facts))
		buf_printf(p->out, "<p class=\"danger\">%s</p>\n",
		    word(WORD_DANGER, p->language));
	buf_printf(p->out, "<section class=\"card turn%s\" "
	    "aria-labelledby=\"turn\">\n<h2 id=\"turn\">%s</h2>\n",
	    yours_now.count > 0 ? " yours" : "",
	    word(title(p, &yours_now), p->language));
	put_end(p);
	if (yours_now.count > 0) {
		buf_text(p->out, "<ul role=\"list\">\n");
		for (size_t i = 0; i < yours_now.count; i++)
			put_yours(p, &yours_now.list[i]);
		buf_text(p->out, "</ul>\n");
	}
	if (ours.count > 0) {
		buf_printf(p->out, "<h3 class=\"ours\">%s</h3>\n"
		    "<ul class=\"ours\" role=\"list\">\n",
		    word(WORD_OUR_TURN, p->language));
		for (size_t i = 0; i < ours.count; i++)
			put_ours(p, &ours.list[i]);
		buf_text(p->out, "</ul>\n");
	}
	put_urgent(p);
	buf_text(p->out, "</section>\n");
	acts_free(&yours_now);
	acts_free(&ours);
}
