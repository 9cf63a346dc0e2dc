/* SPDX-License-Identifier: ISC */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "render.h"

/* Items that have come the same way, to the letter. */
struct group {
	struct buf	 html;
	size_t		 first;		/* of the items */
	const struct fact_item **items;
	size_t		 count;
};

struct way {
	const struct fact_step **steps;
	size_t		 count;
};

static const char *const classes[] = {
	[FACT_DONE] = "done", [FACT_OPEN] = "now", [FACT_AHEAD] = "ahead"
};

/* How it stands with a step, in words. */
static void
put_state(struct page *p, const struct fact_step *s)
{
	bool yours = s->owner == OWNER_CUSTOMER;
	const char *owner = word_owner(s->owner, p->language);

	switch (s->state) {
	case FACT_DONE:
		buf_printf(p->out, "<p>%s</p><p class=\"soft\">",
		    words_done(render_words(p->facts, s), s->step,
		    s->outcome, p->language));
		render_date(p, WORD_DONE, s->at);
		break;
	case FACT_OPEN:
		buf_printf(p->out, "<p class=\"soft\"><b>%s</b> ",
		    word(yours ? WORD_NOW_YOU : WORD_NOW, p->language));
		if (!yours)
			word_with(p->out, WORD_WHO, p->language, owner, NULL);
		break;
	case FACT_AHEAD:
		buf_text(p->out, "<p class=\"soft\">");
		word_with(p->out, WORD_AHEAD, p->language, owner, NULL);
		break;
	}
	buf_text(p->out, "</p>");
}

static void
put_step(struct page *p, const struct fact_step *s)
{
	bool open = s->state == FACT_OPEN;

	buf_printf(p->out, "<li class=\"%s%s\"%s><p class=\"step\">%s</p>",
	    classes[s->state],
	    open && s->owner == OWNER_CUSTOMER ? " yours" : "",
	    open ? " aria-current=\"step\"" : "",
	    render_words(p->facts, s)->name.in[p->language]);
	put_state(p, s);
	buf_text(p->out, "</li>\n");
}

/* The picture, for the eye; what it shows stands above it in words. */
static void
put_bar(struct page *p, const struct way *w)
{
	buf_text(p->out, "<div class=\"bar\" aria-hidden=\"true\">");
	for (size_t i = 0; i < w->count; i++)
		buf_printf(p->out, "<i class=\"%s\"></i>",
		    classes[w->steps[i]->state]);
	buf_text(p->out, "</div>\n");
}

static void
put_place(struct page *p, const struct way *w)
{
	char reached[24], all[24];
	size_t done = 0, open = 0;

	for (size_t i = 0; i < w->count; i++) {
		done += w->steps[i]->state == FACT_DONE;
		open += w->steps[i]->state == FACT_OPEN;
	}
	buf_text(p->out, "<p class=\"place\">");
	if (p->facts->status == FACT_IS_CANCELLED)
		buf_text(p->out, word(WORD_PLACE_CUT, p->language));
	else if (done == w->count)
		buf_text(p->out, word(WORD_PLACE_END, p->language));
	else {
		snprintf(reached, sizeof(reached), "%zu", done + (open > 0));
		snprintf(all, sizeof(all), "%zu", w->count);
		word_with(p->out, WORD_PLACE, p->language, reached, all);
	}
	buf_text(p->out, "</p>\n");
}

static void
put_way(struct page *p, const struct way *w)
{
	if (w->count == 0)
		return;
	put_place(p, w);
	put_bar(p, w);
	buf_text(p->out, "<ol class=\"steps\" role=\"list\">\n");
	for (size_t i = 0; i < w->count; i++)
		put_step(p, w->steps[i]);
	buf_text(p->out, "</ol>\n");
}

static int
by_item(const void *a, const void *b)
{
	const struct fact_step *const *x = a, *const *y = b;

	if ((*x)->item != (*y)->item)
		return (*x)->item < (*y)->item ? -1 : 1;
	return (*x)->place < (*y)->place ? -1 : (*x)->place > (*y)->place;
}

/* The steps of an item, or of the case (0), in a sorted list. */
static struct way
own_way(const struct way *sorted, int64_t item)
{
	size_t low = 0, high = sorted->count, middle, end;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (sorted->steps[middle]->item < item)
			low = middle + 1;
		else
			high = middle;
	}
	for (end = low; end < sorted->count &&
	    sorted->steps[end]->item == item; end++)
		;
	return (struct way){ sorted->steps + low, end - low };
}

/* Those of the case and of one item, in their order. */
static void
put_whole(struct page *p, int64_t item)
{
	const struct facts *f = p->facts;
	struct way w = { 0 };

	w.steps = mem_array(NULL, f->step_count, sizeof(*w.steps));
	for (size_t i = 0; i < f->step_count; i++)
		if (f->steps[i].item == 0 || f->steps[i].item == item)
			w.steps[w.count++] = &f->steps[i];
	put_way(p, &w);
	free(w.steps);
}

static void
add_to_group(struct group *groups, size_t *count, struct buf *html,
    const struct fact_item *item)
{
	struct group *g = groups;

	while (g < groups + *count && strcmp(buf_str(&g->html),
	    buf_str(html)) != 0)
		g++;
	if (g == groups + *count) {
		*g = (struct group){ .html = *html };
		*html = (struct buf){ 0 };
		++*count;
	}
	/* Grown by doubling: at each power of two. */
	if ((g->count & (g->count - 1)) == 0)
		g->items = mem_array(g->items, g->count * 2 + 1,
		    sizeof(*g->items));
	g->items[g->count++] = item;
}

static size_t
make_groups(struct page *p, const struct way *sorted, struct group *groups)
{
	struct buf *out = p->out, html = { 0 };
	size_t i, count = 0;
	struct way w;

	p->out = &html;
	for (i = 0; i < p->facts->item_count; i++) {
		w = own_way(sorted, p->facts->items[i].item);
		buf_clear(&html);
		put_way(p, &w);
		add_to_group(groups, &count, &html, &p->facts->items[i]);
	}
	buf_free(&html);
	p->out = out;
	return count;
}

static void
put_groups(struct page *p, const struct way *sorted,
    const struct group *groups, size_t count)
{
	struct way whole = own_way(sorted, 0);

	for (size_t i = 0; i < count; i++) {
		if (groups[i].html.len == 0)
			continue;
		buf_text(p->out, "<div class=\"way\"><h3>");
		render_units(p, groups[i].items, groups[i].count);
		buf_text(p->out, "</h3>\n");
		buf_add(p->out, groups[i].html.data, groups[i].html.len);
		buf_text(p->out, "</div>\n");
	}
	buf_printf(p->out, "<div class=\"way\"><h3>%s</h3>\n",
	    word(WORD_WAY_CASE, p->language));
	put_way(p, &whole);
	buf_text(p->out, "</div>\n");
}

void
render_way(struct page *p)
{
	const struct facts *f = p->facts;
	struct group *groups = mem_zero(f->item_count, sizeof(*groups));
	struct way sorted = { 0 };
	size_t count = 0, i;

	sorted.steps = mem_array(NULL, f->step_count, sizeof(*sorted.steps));
	for (i = 0; i < f->step_count; i++)
		sorted.steps[sorted.count++] = &f->steps[i];
	if (f->item_count > 1) {
		qsort(sorted.steps, sorted.count, sizeof(*sorted.steps),
		    by_item);
		count = make_groups(p, &sorted, groups);
	}
	buf_printf(p->out, "<section aria-labelledby=\"way\">\n"
	    "<h2 id=\"way\">%s</h2>\n", word(WORD_WAY, p->language));
	if (count > 1)
		put_groups(p, &sorted, groups, count);
	else {
		buf_text(p->out, "<div class=\"way\">\n");
		put_whole(p, f->item_count > 0 ? f->items[0].item : 0);
		buf_text(p->out, "</div>\n");
	}
	buf_text(p->out, "</section>\n");
	for (i = 0; i < count; i++) {
		buf_free(&groups[i].html);
		free(groups[i].items);
	}
	free(groups);
	free(sorted.steps);
}
