/* SPDX-License-Identifier: ISC */
#include <inttypes.h>
#include <stdio.h>

#include "base/text.h"
#include "base/time.h"
#include "view/grid.h"
#include "view/recall.h"

/* A recall for people: what it is, and its units by bucket and by who has them.
 * Everything stays within 80 columns but what is data. */

struct page {
	const struct recall_figures *f;
	const struct recall_style *style;
	struct grid	 grid;
	struct buf	*b;
};

static void
fact(struct page *p, const char *name, const char *text)
{
	if (text == NULL)
		return;
	grid_text(&p->grid, name, GRID_FAINT);
	grid_text(&p->grid, text, GRID_PLAIN);
	grid_end_row(&p->grid);
}

static void
put_head(struct page *p)
{
	const struct recall_figures *f = p->f;
	struct buf line = { 0 };
	char when[40];

	buf_printf(&line, "%" PRId64 "  recall", f->recall);
	if (f->title != NULL)
		buf_printf(&line, "  %s", f->title);
	grid_tone(p->b, buf_str(&line), GRID_BOLD, p->style->colour);
	buf_char(p->b, '\n');
	buf_clear(&line);
	/* A drill may be nobody's. */
	buf_printf(&line, "%s%s%s", time_format_person(f->issued_at,
	    p->style->zone, when), *f->issued_by != '\0' ? " by " : "",
	    f->issued_by);
	fact(p, "issued", buf_str(&line));
	fact(p, "pilot", *f->pilot != '\0' ? f->pilot : NULL);
	fact(p, "cause", *f->cause != '\0' ? f->cause : NULL);
	fact(p, "remedies", *f->remedies != '\0' ? f->remedies : NULL);
	fact(p, "series", f->series);
	buf_clear(&line);
	buf_printf(&line, "%" PRId64, f->customers);
	fact(p, "customers", buf_str(&line));
	grid_print(&p->grid, 2, p->style->colour, p->b);
	buf_free(&line);
}

/* Columns: all, then the levels. */
enum { COLUMNS = 1 + RECALL_LEVELS, WIDTH = 13 };

static int
width(int i)
{
	return i == 0 ? WIDTH - 5 : WIDTH;
}

static const struct recall_counts *
column(const struct page *p, int i)
{
	return i == 0 ? &p->f->all : &p->f->levels[i - 1];
}

static void
begin_row(struct page *p, const char *name)
{
	buf_printf(p->b, "  %-14s", name);
}

static void
put_numbers(struct page *p, const char *name, int bucket)
{
	begin_row(p, name);
	for (int i = 0; i < COLUMNS; i++)
		buf_printf(p->b, "%*" PRId64, width(i), bucket < 0 ?
		    column(p, i)->units : column(p, i)->buckets[bucket]);
	buf_char(p->b, '\n');
}

static void
put_rates(struct page *p)
{
	begin_row(p, "response");
	for (int i = 0; i < COLUMNS; i++) {
		const struct recall_counts *c = column(p, i);

		if (c->told == 0)
			buf_printf(p->b, "%*s", width(i), "-");
		else
			buf_printf(p->b, "%*d %%", width(i) - 2,
			    (int)(c->answers * 100 / c->told));
	}
	buf_char(p->b, '\n');
}

static void
put_table(struct page *p)
{
	static const char *const names[RECALL_BUCKETS] = {
		[RECALL_UNKNOWN_HOLDER] = "unknown holder",
		[RECALL_TO_NOTIFY] = "to notify",
		[RECALL_NOTIFIED] = "notified", [RECALL_ANSWERED] = "answered",
		[RECALL_REMEDIED] = "remedied", [RECALL_DISPOSED] = "disposed",
		[RECALL_UNREACHABLE] = "unreachable",
		[RECALL_TAKEN_OUT] = "taken out",
	};
	struct buf heading = { 0 };

	buf_printf(&heading, "  %-14s%*s", "units", width(0), "all");
	for (enum recall_level l = 0; l < RECALL_LEVELS; l++)
		buf_printf(&heading, "%*s", WIDTH, recall_level_name(l));
	buf_char(p->b, '\n');
	grid_tone(p->b, buf_str(&heading), GRID_BOLD, p->style->colour);
	buf_char(p->b, '\n');
	for (int b = 0; b < RECALL_BUCKETS; b++)
		put_numbers(p, names[b], b);
	put_numbers(p, "affected", -1);
	put_rates(p);
	buf_free(&heading);
}

static void
put_harm(struct page *p)
{
	const struct recall_harm *before = &p->f->before, *after = &p->f->after;

	buf_printf(p->b, "\n  incidents before it was issued: %" PRId64
	    ", with injuries: %" PRId64 "\n  incidents since: %" PRId64
	    ", with injuries: %" PRId64 "\n", before->incidents,
	    before->injuries, after->incidents, after->injuries);
}

void
recall_text(const struct recall_figures *f, const struct recall_style *style,
    struct buf *b)
{
	struct page p = { .f = f, .style = style, .b = b };

	put_head(&p);
	put_table(&p);
	put_harm(&p);
}
