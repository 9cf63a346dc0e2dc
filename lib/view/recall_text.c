/* SPDX-License-Identifier: ISC */
#include <inttypes.h>
#include <stdlib.h>

#include "base/local.h"
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

static const char * __attribute__((__format_arg__(2)))
say(const struct page *p, const char *text)
{
	return local_if(p->style->person, text);
}

static const char *
word(const struct page *p, const char *word)
{
	return p->style->person ? local_word("recall", word) : word;
}

static void
fact(struct page *p, const char *name, const char *text)
{
	if (text == NULL)
		return;
	grid_text(&p->grid, say(p, name), GRID_FAINT);
	grid_text(&p->grid, text, GRID_PLAIN);
	grid_end_row(&p->grid);
}

static void
put_head(struct page *p)
{
	const struct recall_figures *f = p->f;
	struct buf line = { 0 };
	char when[40];

	buf_printf(&line, say(p, "%" PRId64 "  recall"), f->recall);
	if (f->title != NULL)
		buf_printf(&line, "  %s", f->title);
	grid_tone(p->b, buf_str(&line), GRID_BOLD, p->style->colour);
	buf_char(p->b, '\n');
	buf_clear(&line);
	/* A drill may be nobody's. */
	time_format_person(f->issued_at, p->style->zone, p->style->person,
	    when);
	if (*f->issued_by != '\0')
		buf_printf(&line, say(p, "%s by %s"), when, f->issued_by);
	else
		buf_text(&line, when);
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
enum { COLUMNS = 1 + RECALL_LEVELS, NAME_WIDTH = 14, WIDTH = 13 };

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

/* Characters are counted, not bytes; a negative width puts it to the left. */
static void
put_right(struct buf *b, const char *text, int width)
{
	int n = abs(width) - text_width(text);

	buf_printf(b, "%*s%s%*s", width > 0 && n > 0 ? n : 0, "", text,
	    width < 0 && n > 0 ? n : 0, "");
}

static void
begin_row(struct page *p, const char *name)
{
	buf_text(p->b, "  ");
	put_right(p->b, name, -NAME_WIDTH);
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
	begin_row(p, word(p, LOCAL_WORD("recall", "response")));
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

	buf_text(&heading, "  ");
	put_right(&heading, word(p, LOCAL_WORD("recall", "units")),
	    -NAME_WIDTH);
	put_right(&heading, word(p, LOCAL_WORD("recall", "all")), width(0));
	for (enum recall_level l = 0; l < RECALL_LEVELS; l++)
		put_right(&heading, word(p, recall_level_name(l)), WIDTH);
	buf_char(p->b, '\n');
	grid_tone(p->b, buf_str(&heading), GRID_BOLD, p->style->colour);
	buf_char(p->b, '\n');
	for (int b = 0; b < RECALL_BUCKETS; b++)
		put_numbers(p, word(p, names[b]), b);
	put_numbers(p, word(p, LOCAL_WORD("recall", "affected")), -1);
	put_rates(p);
	buf_free(&heading);
}

static void
put_harm(struct page *p)
{
	const struct recall_harm *before = &p->f->before, *after = &p->f->after;

	buf_printf(p->b, say(p, "\n  incidents before it was issued: %" PRId64
	    ", with injuries: %" PRId64 "\n  incidents since: %" PRId64
	    ", with injuries: %" PRId64 "\n"), before->incidents,
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
