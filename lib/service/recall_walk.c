/* SPDX-License-Identifier: ISC */
#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/local.h"
#include "base/mem.h"
#include "recall_walk.h"
#include "rules/natural.h"
#include "service/master.h"

/* Units between two looks at the clock by whoever shows progress. */
#define OFTEN	4096

/* The product whose units are being looked at. */
struct product {
	char		*reference;
	char		*plant;
	int64_t		 found;
	bool		 all;		/* every unit so far is selected */
};

/* What the cases know better than the installed base. */
static void
look_up(struct recall_walk *w, struct recall_found *f, struct arena *texts)
{
	struct query *q = store_query(w->s, "SELECT unit_id, holder, place "
	    "FROM unit_state WHERE serial = :serial COLLATE NOCASE "
	    "AND reference = :reference");

	bind_text(q, ":serial", f->serial);
	bind_text(q, ":reference", f->reference);
	if (!query_row(q))
		return;
	f->unit_id = query_int(q, 0);
	f->customer = arena_text(texts, query_text(q, 1));
	f->place = arena_text(texts, query_text(q, 2));
	f->ours = f->customer == NULL;
	query_done(q);
}

static void
report(struct recall_walk *w, struct recall_found *f)
{
	struct arena texts = { 0 };

	w->count++;
	look_up(w, f, &texts);
	w->found(w->arg, f);
	arena_free(&texts);
}

/* Which selections are of this reference? False when there are none. */
static bool
narrow(struct recall_walk *w, const char *reference)
{
	bool any = false;

	for (size_t i = 0; i < w->series->count; i++) {
		const struct series_selection *sel = &w->series->selections[i];

		w->of[i] = series_is_of(sel, reference);
		any = any || (w->of[i] && !sel->exclude);
	}
	return any;
}

/* As series_matches(), after narrow(), and counts what each selection meets. */
static bool
matches(struct recall_walk *w, const struct series_unit *u)
{
	bool selected = false, excluded = false;

	for (size_t i = 0; i < w->series->count; i++) {
		const struct series_selection *sel = &w->series->selections[i];

		if (!w->of[i] || !series_has(sel, u))
			continue;
		w->hits[i]++;
		if (sel->exclude)
			excluded = true;
		else
			selected = true;
	}
	return selected && !excluded;
}

static void
tick(struct recall_walk *w)
{
	const struct recall_request *r = w->request;

	if (++w->seen % OFTEN == 0 && r->progress != NULL)
		r->progress(r->arg, w->seen, 0, "units looked at");
}

/* Columns: serial_key, serial, lot, lot_key, made_on, sold_on, customer, plant,
 * warranty_until. */
static void
consider(struct recall_walk *w, struct product *p, struct query *q)
{
	struct series_unit u = {
		.reference = p->reference, .serial_key = query_text(q, 0),
		.lot_key = query_text(q, 3), .made_on = query_text(q, 4),
		.sold_on = query_text(q, 5), .plant = query_text(q, 7),
	};
	struct recall_found f = {
		.reference = p->reference, .serial_key = u.serial_key,
		.serial = query_text(q, 1), .lot = query_text(q, 2),
		.sold_on = u.sold_on, .customer = query_text(q, 6),
		.warranty_until = query_text(q, 8),
	};

	tick(w);
	if (u.plant == NULL)
		u.plant = p->plant;
	if (!matches(w, &u)) {
		p->all = false;
		return;
	}
	p->found++;
	report(w, &f);
}

#define UNITS "SELECT serial_key, serial, lot, lot_key, made_on, sold_on, " \
	"customer, plant, warranty_until FROM units " \
	"WHERE reference = :reference AND serial_key >= :from "

static void
walk_span(struct recall_walk *w, struct product *p,
    const struct series_span *span)
{
	struct query *q = store_query(w->s, span->to != NULL ?
	    UNITS "AND serial_key <= :to ORDER BY serial_key, serial" :
	    UNITS "ORDER BY serial_key, serial");

	bind_text(q, ":reference", p->reference);
	bind_text(q, ":from", span->from != NULL ? span->from : "");
	if (span->to != NULL)
		bind_text(q, ":to", span->to);
	while (query_row(q))
		consider(w, p, q);
}

/* Is there a unit of the product outside what was looked at? It is enough to
 * count one more than were found. */
static bool
has_more(struct recall_walk *w, const struct product *p)
{
	struct query *q = store_query(w->s, "SELECT count(*) FROM (SELECT 1 "
	    "FROM units WHERE reference = :reference LIMIT :most)");

	bind_text(q, ":reference", p->reference);
	bind_int(q, ":most", p->found + 1);
	return query_int_or(q, 0) > p->found;
}

/* Was the reference named by itself, rather than met by a pattern? */
static bool
is_named(const struct series *s, const char *reference)
{
	for (size_t i = 0; i < s->count; i++)
		for (size_t n = 0; n < s->selections[i].count; n++) {
			const struct series_condition *c =
			    &s->selections[i].conditions[n];

			if (!s->selections[i].exclude && !c->glob &&
			    c->key == SERIES_REFERENCE &&
			    strcmp(c->from, reference) == 0)
				return true;
		}
	return false;
}

/* A drill has nothing to lose: it is warned of the first only. */
static void __attribute__((__format__(__printf__, 2, 3)))
doubt(struct recall_walk *w, const char *fmt, ...)
{
	struct buf b = { 0 };
	va_list ap;

	va_start(ap, fmt);
	buf_vprintf(&b, local_text(fmt), ap);
	va_end(ap);
	if (!w->request->drill)
		store_refuse(w->s, "%s; --yes if that is meant", buf_str(&b));
	else if (w->warned->len == 0)
		buf_printf(w->warned, local_text("%s; issuing it takes "
		    "--yes\n"), buf_str(&b));
	buf_free(&b);
}

static void
walk_product(struct recall_walk *w, struct product *p)
{
	struct series_span *spans;
	size_t count;

	p->all = true;
	p->found = 0;
	count = series_spans(w->series, p->reference, &spans);
	for (size_t i = 0; i < count && store_ok(w->s); i++)
		walk_span(w, p, &spans[i]);
	free(spans);
	if (w->request->yes || !store_ok(w->s))
		return;
	if (p->found == 0 && is_named(w->series, p->reference))
		doubt(w, "no unit of %s is in the series", p->reference);
	else if (p->found > 0 && p->all && !has_more(w, p))
		doubt(w, "every unit of %s is in the series, %" PRId64
		    " of them", p->reference, p->found);
}

static void
walk_base(struct recall_walk *w)
{
	struct query *q = store_query(w->s, "SELECT reference, plant "
	    "FROM products ORDER BY reference");

	while (query_row(q)) {
		struct product p = { 0 };

		if (!narrow(w, query_text(q, 0)))
			continue;
		p.reference = mem_text(query_text(q, 0));
		p.plant = mem_text(query_text(q, 1));
		walk_product(w, &p);
		free(p.reference);
		free(p.plant);
	}
}

/* Does the installed base have it under that serial, however it is written? */
static bool
in_base(struct recall_walk *w, const char *reference, const char *key)
{
	struct query *q = store_query(w->s, "SELECT 1 FROM units "
	    "WHERE reference = :reference AND serial_key = :key");

	bind_text(q, ":reference", reference);
	bind_text(q, ":key", key);
	return query_int_or(q, 0) != 0;
}

/* Replacements, and units that came with a case, may be in no load. */
static void
consider_case_unit(struct recall_walk *w, struct query *q)
{
	struct buf key = { 0 }, lot = { 0 };
	struct series_unit u = { .reference = query_text(q, 1),
	    .plant = query_text(q, 7) };
	struct recall_found f = {
		.unit_id = query_int(q, 0), .reference = u.reference,
		.serial = query_text(q, 2), .lot = query_text(q, 3),
		.customer = query_text(q, 4), .place = query_text(q, 5),
		.warranty_until = query_text(q, 6),
		.ours = query_null(q, 4),
	};

	tick(w);
	/* Most are of products that the series does not know. */
	if (!narrow(w, f.reference))
		return;
	natural_key(&key, f.serial);
	f.serial_key = u.serial_key = buf_str(&key);
	if (f.lot != NULL) {
		natural_key(&lot, f.lot);
		u.lot_key = buf_str(&lot);
	}
	if (matches(w, &u) && !in_base(w, f.reference, f.serial_key)) {
		w->count++;
		w->found(w->arg, &f);
	}
	buf_free(&key);
	buf_free(&lot);
}

static void
walk_cases(struct recall_walk *w)
{
	struct query *q = store_query(w->s, "SELECT unit_id, u.reference, "
	    "serial, lot, holder, place, warranty_until, p.plant "
	    "FROM unit_state AS u JOIN products AS p USING (reference) "
	    "WHERE serial IS NOT NULL ORDER BY unit_id");

	while (query_row(q))
		consider_case_unit(w, q);
}

static void
check_name(struct store *s, const struct series_condition *c)
{
	if (c->key == SERIES_PLANT)
		master_require(s, MASTER_SITES, c->from);
	else if (c->key == SERIES_REFERENCE && !c->glob)
		master_require(s, MASTER_PRODUCTS, c->from);
}

/* A name that nothing has is a slip, which would leave units out. */
void
recall_check_names(struct store *s, const struct series *series)
{
	for (size_t i = 0; i < series->count; i++)
		for (size_t n = 0; n < series->selections[i].count; n++)
			check_name(s, &series->selections[i].conditions[n]);
}

static void
check_hits(struct recall_walk *w)
{
	struct series one = { .count = 1 };
	struct buf b = { 0 };

	for (size_t i = 0; i < w->series->count; i++) {
		if (w->hits[i] > 0 || w->series->selections[i].exclude)
			continue;
		one.selections = &w->series->selections[i];
		buf_clear(&b);
		series_write(&one, &b);
		doubt(w, "no unit meets '%s'", buf_str(&b));
	}
	if (w->count == 0)
		doubt(w, "the exclusions leave no unit in the series");
	buf_free(&b);
}

void
recall_walk(struct recall_walk *w)
{
	w->hits = mem_zero(w->series->count, sizeof(*w->hits));
	w->of = mem_zero(w->series->count, sizeof(*w->of));
	recall_check_names(w->s, w->series);
	if (store_ok(w->s))
		walk_base(w);
	if (store_ok(w->s))
		walk_cases(w);
	if (store_ok(w->s) && !w->request->yes)
		check_hits(w);
	free(w->hits);
	free(w->of);
}
