/* SPDX-License-Identifier: ISC */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/local.h"
#include "base/mem.h"
#include "show_page.h"

#define COUNT(a)	(sizeof(a) / sizeof((a)[0]))

static int
order(const char *a, const char *b)
{
	if (a == NULL || b == NULL)
		return (a != NULL) - (b != NULL);
	return strcmp(a, b);
}

#define DIFFER(a, b)	((a) < (b) ? -1 : (a) > (b))

/* 0 for two that one line can tell of. */
static int
compare(const struct view_step *a, const struct view_step *b)
{
	const char *const texts[][2] = {
		{ a->step, b->step }, { a->process, b->process },
		{ a->state, b->state }, { a->owner, b->owner },
		{ a->who, b->who }, { a->outcome, b->outcome },
	};
	const int64_t numbers[][2] = {
		{ a->due_at, b->due_at }, { a->limit_at, b->limit_at },
		{ a->done_at, b->done_at }, { a->born, b->born },
		{ a->item != 0, b->item != 0 },
	};
	int n = 0;

	for (size_t i = 0; n == 0 && i < COUNT(numbers); i++)
		n = DIFFER(numbers[i][0], numbers[i][1]);
	for (size_t i = 0; n == 0 && i < COUNT(texts); i++)
		n = order(texts[i][0], texts[i][1]);
	return n;
}

/* A step beside its place, for sorting. */
struct place {
	const struct view_step *s;
	size_t	 at;
};

static int
by_likeness(const void *one, const void *other)
{
	const struct place *a = one, *b = other;
	int n = compare(a->s, b->s);

	/* A line counts its items up, in whatever order they opened. */
	if (n == 0)
		n = DIFFER(a->s->item, b->s->item);
	return n != 0 ? n : DIFFER(a->at, b->at);
}

static void
find_twins(struct page *p)
{
	size_t n = p->v->step_count, at;
	struct place *places = mem_zero(n, sizeof(*places));

	for (size_t i = 0; i < n; i++)
		places[i] = (struct place){ &p->v->steps[i], i };
	qsort(places, n, sizeof(*places), by_likeness);
	p->twins = mem_zero(n, sizeof(*p->twins));
	for (size_t i = 0; i < n; i++) {
		at = places[i].at;
		p->twins[at] = (struct page_twin){ at, n };
		if (i == 0 || compare(places[i - 1].s, places[i].s) != 0)
			continue;
		p->twins[at].first = p->twins[places[i - 1].at].first;
		p->twins[places[i - 1].at].next = at;
	}
	free(places);
}

static bool
told_before(const struct page *p, size_t step)
{
	return p->twins[step].first != step;
}

/* Appends "3", "3,4" or "3-5". */
static void
put_range(struct buf *b, int first, int last)
{
	buf_printf(b, "%d", first);
	if (last > first)
		buf_printf(b, "%s%d", last > first + 1 ? "-" : ",", last);
}

/* What the step is called by those who do not type its name. */
static void
put_meaning(struct page *p, const char *step)
{
	const char *meaning = local_word("step", step);

	if (strcmp(meaning, step) != 0)
		buf_printf(&p->grid.text, " (%s)", meaning);
}

/* "slip/1-3,5": the step and, if there are several, the items at which the line
 * tells of it. */
static void
put_name(struct page *p, size_t step)
{
	const struct view_step *s = p->v->steps;
	size_t n = p->v->step_count, i = step, next;
	int first = p->v->item_count > 1 ? s[step].item : 0, last;
	char before = '/';

	buf_text(&p->grid.text, s[step].step);
	for (; first != 0 && i < n; i = next) {
		last = s[i].item;
		next = p->twins[i].next;
		if (next < n && s[next].item == last + 1)
			continue;
		buf_char(&p->grid.text, before);
		put_range(&p->grid.text, first, last);
		before = ',';
		if (next < n)
			first = s[next].item;
	}
	if (p->style->person)
		put_meaning(p, s[step].step);
	grid_take(&p->grid, s[step].open ? GRID_BOLD : GRID_PLAIN);
}

static void
put_owner(struct page *p, const struct view_step *s)
{
	buf_text(&p->grid.text, page_word(p, "owner", s->owner));
	if (s->who != NULL)
		buf_printf(&p->grid.text, " %s", s->who);
	grid_take(&p->grid, GRID_PLAIN);
}

/* When, and which of due time and limit it is if there are both. */
static void
put_due(struct page *p, const struct view_step *s)
{
	const char *binds = view_step_binds(s);
	int64_t at = view_step_binds_at(s);
	bool limit = binds != NULL && strcmp(binds, "limit") == 0;
	char text[40];

	if (binds == NULL)
		buf_text(&p->grid.text, page_say(p, "no due time"));
	else
		buf_printf(&p->grid.text, limit ? page_say(p, "limit %s") :
		    page_say(p, "due %s"), page_time(p, at, text));
	if (s->limit_at != 0 && s->due_at != 0)
		buf_printf(&p->grid.text, limit ? page_say(p, " (due %s)") :
		    page_say(p, " (limit %s)"), page_time(p, limit ?
		    s->due_at : s->limit_at, text));
	grid_take(&p->grid, at != 0 && at < p->style->now ? GRID_LATE :
	    GRID_PLAIN);
}

/* Is the step open nowhere but at the items of this line? Then the bare number
 * stands for them. */
static bool
is_everywhere(const struct page *p, size_t step)
{
	const struct show *v = p->v;

	for (size_t i = 0; i < v->step_count; i++)
		if (v->steps[i].open && p->twins[i].first != step &&
		    strcmp(v->steps[i].step, v->steps[step].step) == 0)
			return false;
	return v->items_shown == (size_t)v->item_count;
}

static void
put_command(struct page *p, size_t step)
{
	struct view_step s = p->v->steps[step];
	bool all = is_everywhere(p, step);
	size_t i = step;

	if (all)
		s.item = 0;
	view_step_command(&s, &p->grid.text);
	while (!all && (i = p->twins[i].next) < p->v->step_count)
		buf_printf(&p->grid.text, " %" PRId64 "/%d", p->v->case_id,
		    p->v->steps[i].item);
	grid_take(&p->grid, GRID_PLAIN);
}

static void
put_open(struct page *p)
{
	bool any = false;

	for (size_t i = 0; i < p->v->step_count; i++) {
		const struct view_step *s = &p->v->steps[i];

		if (!s->open || told_before(p, i))
			continue;
		if (!any)
			page_head(p, "Open");
		any = true;
		put_name(p, i);
		put_owner(p, s);
		put_due(p, s);
		put_command(p, i);
		grid_end_row(&p->grid);
	}
	page_grid(p);
}

/* Who is on the phone asks what he has to do. */
static void
put_customers_turn(struct page *p)
{
	char text[40];
	bool any = false;

	for (size_t i = 0; i < p->v->step_count; i++) {
		const struct view_step *s = &p->v->steps[i];
		int64_t at = view_step_binds_at(s);

		if (!s->open || strcmp(s->owner, "customer") != 0 ||
		    told_before(p, i))
			continue;
		if (!any)
			page_head(p, "The customer's turn");
		any = true;
		put_name(p, i);
		grid_text(&p->grid, page_word(p, "process", s->process),
		    GRID_PLAIN);
		if (at != 0)
			buf_printf(&p->grid.text, page_say(p, "until %s"),
			    page_time(p, at, text));
		grid_take(&p->grid, GRID_PLAIN);
		grid_end_row(&p->grid);
	}
	page_grid(p);
}

static void
put_over(struct page *p, size_t step)
{
	const struct view_step *s = &p->v->steps[step];
	char text[40];

	put_name(p, step);
	if (!s->born)
		buf_text(&p->grid.text, page_word(p, "state", s->state));
	else if (strcmp(s->state, "dropped") == 0)
		buf_text(&p->grid.text, page_say(p, "not needed any more"));
	else
		buf_text(&p->grid.text, page_say(p, "was so already"));
	page_more(p, page_word(p, "outcome", s->outcome));
	grid_take(&p->grid, GRID_PLAIN);
	grid_text(&p->grid, page_time(p, s->done_at, text), GRID_PLAIN);
	put_owner(p, s);
	if (!s->born && view_step_binds(s) != NULL &&
	    strcmp(s->state, "done") == 0 &&
	    s->done_at > view_step_binds_at(s)) {
		buf_printf(&p->grid.text,
		    strcmp(view_step_binds(s), "due") == 0 ?
		    page_say(p, "late, due was %s") :
		    page_say(p, "late, limit was %s"),
		    page_time(p, view_step_binds_at(s), text));
		grid_take(&p->grid, GRID_LATE);
	}
	grid_end_row(&p->grid);
}

void
page_steps(struct page *p)
{
	bool any = false;

	find_twins(p);
	put_open(p);
	put_customers_turn(p);
	for (size_t i = 0; i < p->v->step_count; i++) {
		if (p->v->steps[i].open || told_before(p, i))
			continue;
		if (!any)
			page_head(p, "Done");
		any = true;
		put_over(p, i);
	}
	page_grid(p);
	free(p->twins);
}
