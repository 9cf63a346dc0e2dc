/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/mem.h"
#include "base/text.h"
#include "service/setting.h"
#include "view/roster.h"

struct turn {
	int64_t		 from, to;
	const char	*staff;
};

/* A piece of time that begins at `at`: service hours, or not. */
struct piece {
	int64_t		 at;
	bool		 open;
};

struct roster {
	struct turn	*turns;
	size_t		 turn_count;
	struct piece	*pieces;
	size_t		 piece_count;
	int64_t		*cuts;		/* where something may change */
	size_t		 cut_count;
	int64_t		 from, to;
	const char	*desk, *fallback;
	struct arena	 texts;
};

static void
cut(struct roster *r, int64_t at)
{
	if (at < r->from || at > r->to)
		return;
	r->cuts = mem_array(r->cuts, r->cut_count + 1, sizeof(*r->cuts));
	r->cuts[r->cut_count++] = at;
}

static void
read_turns(struct roster *r, struct store *s)
{
	struct query *q = store_query(s, "SELECT \"from\", \"to\", staff "
	    "FROM duty WHERE \"from\" < :to AND \"to\" > :from "
	    "ORDER BY \"from\", staff");

	bind_int(q, ":from", r->from);
	bind_int(q, ":to", r->to);
	while (query_row(q)) {
		r->turns = mem_array(r->turns, r->turn_count + 1,
		    sizeof(*r->turns));
		r->turns[r->turn_count++] = (struct turn){ query_int(q, 0),
		    query_int(q, 1), arena_text(&r->texts, query_text(q, 2)) };
		cut(r, query_int(q, 0));
		cut(r, query_int(q, 1));
	}
}

static void
add_piece(const struct calendar_span *span, void *arg)
{
	struct roster *r = arg;

	if (span->start >= r->to)
		return;
	r->pieces = mem_array(r->pieces, r->piece_count + 1,
	    sizeof(*r->pieces));
	r->pieces[r->piece_count++] = (struct piece){ span->start,
	    span->counted };
	cut(r, span->start);
}

/* The service hours are what a clock counts that runs in them only; one that
 * has to count as many hours as pass by goes beyond the end. */
static void
read_hours(struct roster *r, struct office *o)
{
	struct due all = { (int)((r->to - r->from) / 3600 + 1),
	    DUE_WORKING_HOURS };

	if (calendar_explain(office_calendar(o, NULL), r->from, all, add_piece,
	    r) == -1)
		add_piece(&(struct calendar_span){ .start = r->from }, r);
}

static int
by_time(const void *one, const void *other)
{
	const int64_t *a = one, *b = other;

	return (*a > *b) - (*a < *b);
}

/* Who is on duty from `at` to the next cut; "" for nobody. */
static char *
on_duty(const struct roster *r, int64_t at, int *count)
{
	struct buf b = { 0 };

	*count = 0;
	for (size_t i = 0; i < r->turn_count && r->turns[i].from <= at; i++) {
		const struct turn *t = &r->turns[i];

		if (t->to <= at || text_has_word(buf_str(&b), t->staff))
			continue;
		buf_printf(&b, "%s%s", b.len > 0 ? " " : "", t->staff);
		++*count;
	}
	buf_str(&b);
	return b.data;
}

/* What is from `at` to the next cut; `who` is for the caller to free. */
static struct roster_span
state_at(const struct roster *r, int64_t at, bool open, char **who)
{
	struct roster_span span = { .from = at };
	int count = 0;

	*who = open ? NULL : on_duty(r, at, &count);
	span.state = open ? ROSTER_DESK : count == 0 ? ROSTER_GAP :
	    count == 1 ? ROSTER_DUTY : ROSTER_OVERLAP;
	span.who = open ? r->desk : count == 0 ? r->fallback : *who;
	return span;
}

static bool
goes_on(const struct roster_span *a, const struct roster_span *b)
{
	return a->state == b->state && (a->who == b->who ||
	    (a->who != NULL && b->who != NULL && strcmp(a->who, b->who) == 0));
}

/* From cut to cut, those put together between which nothing changes. */
static void
sweep(struct roster *r, roster_fn *fn, void *arg)
{
	struct roster_span now = { 0 }, next;
	char *who = NULL, *next_who;
	size_t piece = 0;

	for (size_t i = 0; i < r->cut_count; i++) {
		int64_t at = r->cuts[i];

		if (at == r->to || (i > 0 && at == r->cuts[i - 1]))
			continue;
		while (piece + 1 < r->piece_count &&
		    r->pieces[piece + 1].at <= at)
			piece++;
		next = state_at(r, at, r->pieces[piece].open, &next_who);
		if (i > 0 && goes_on(&now, &next)) {
			free(next_who);
			continue;
		}
		now.to = at;
		if (i > 0)
			fn(&now, arg);
		free(who);
		now = next;
		who = next_who;
	}
	now.to = r->to;
	if (r->to > r->from)
		fn(&now, arg);
	free(who);
}

const char *
roster_state_name(enum roster_state state)
{
	static const char *const names[] = {
		[ROSTER_DESK] = "desk", [ROSTER_DUTY] = "duty",
		[ROSTER_GAP] = "gap", [ROSTER_OVERLAP] = "overlap",
	};

	return names[state];
}

void
roster_each(struct office *o, int64_t from, int64_t to, roster_fn *fn,
    void *arg)
{
	struct roster r = { .from = from, .to = to, .desk = office_desk(o) };

	r.fallback = arena_text(&r.texts,
	    setting_get(office_store(o), "duty.fallback"));
	cut(&r, from);
	read_turns(&r, office_store(o));
	read_hours(&r, o);
	qsort(r.cuts, r.cut_count, sizeof(*r.cuts), by_time);
	sweep(&r, fn, arg);
	free(r.turns);
	free(r.pieces);
	free(r.cuts);
	arena_free(&r.texts);
}
