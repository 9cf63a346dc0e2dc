/* SPDX-License-Identifier: ISC */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/time.h"
#include "cli/recall.h"
#include "recall_tables.h"
#include "rules/number.h"
#include "view/recall.h"

int64_t
cli_recall(const struct cli *c, const char *text)
{
	int64_t recall;

	if (!number_parse_recall(text, &recall))
		cli_usage(c, "'%s' is no number of a recall", text);
	return recall;
}

void
cli_recall_show_mode(struct cli_recall_show *show)
{
	const struct cli *c = show->cli;

	for (enum recall_mode m = RECALL_UNITS; m <= RECALL_DAYS; m++) {
		if (cli_count(c, cli_recall_tables[m].option) == 0)
			continue;
		if (show->mode != RECALL_FIGURES)
			cli_usage(c, "--%s and --%s exclude one another",
			    cli_recall_tables[show->mode].option,
			    cli_recall_tables[m].option);
		show->mode = m;
	}
}

/* Columns that were asked for, else those that a terminal has room for. */
static const char *
choose_columns(const struct cli_recall_show *show)
{
	return isatty(STDOUT_FILENO) ? cli_recall_tables[show->mode].person :
	    cli_recall_tables[show->mode].shown;
}

void
cli_recall_show_begin(struct cli_recall_show *show, struct store *s)
{
	struct office *o = office_open(s);
	bool json = cli_count(show->cli, "json") > 0 &&
	    cli_count(show->cli, "columns") == 0;

	show->s = s;
	show->zone = mem_text(office_zone(o));
	show->out = out_open(show->cli, show->mode == RECALL_FIGURES && json ?
	    cli_recall_nested : cli_recall_tables[show->mode].columns,
	    choose_columns(show), show->zone);
	office_close(o);
}

static void
put(struct query *row, void *arg)
{
	out_row(arg, row);
}

static void
put_buckets(struct out *o, const struct recall_counts *counts)
{
	out_put_int(o, "affected", counts->units);
	for (enum recall_bucket b = 0; b < RECALL_BUCKETS; b++)
		out_put_int(o, recall_bucket_name(b), counts->buckets[b]);
}

/* The values that are JSON themselves. */
static void
put_nested(struct out *o, const struct recall_figures *f)
{
	struct json buckets = { 0 }, levels = { 0 };
	struct buf rate = { 0 };

	recall_put_buckets(&f->all, &buckets, NULL);
	recall_put_levels(f, &levels, NULL);
	recall_rate(&f->all, &rate);
	out_put_text(o, "buckets", json_str(&buckets));
	out_put_text(o, "levels", json_str(&levels));
	if (rate.len > 0)
		out_put_text(o, "response_rate", buf_str(&rate));
	json_free(&buckets);
	json_free(&levels);
	buf_free(&rate);
}

static void
put_figures(const struct recall_figures *f, void *arg)
{
	struct out *o = arg;

	out_put_int(o, "recall", f->recall);
	out_put_text(o, "title", f->title);
	out_put_int(o, "issued_at", f->issued_at);
	out_put_text(o, "select", f->series);
	out_put_int(o, "customers", f->customers);
	out_put_int(o, "units", f->all.units);
	out_put_text(o, "cause", f->cause);
	out_put_text(o, "remedies", f->remedies);
	out_put_text(o, "pilot", f->pilot);
	out_put_int(o, "incidents_before", f->before.incidents);
	out_put_int(o, "injuries_before", f->before.injuries);
	out_put_int(o, "incidents_after", f->after.incidents);
	out_put_int(o, "injuries_after", f->after.injuries);
	put_buckets(o, &f->all);
	put_nested(o, f);
	out_put_row(o);
}

static void
put_page(const struct recall_figures *f, void *arg)
{
	struct cli_recall_show *show = arg;
	struct recall_style style = { .zone = show->zone,
	    .colour = out_colour(), .person = isatty(STDOUT_FILENO) };

	if (show->page.len > 0)
		buf_char(&show->page, '\n');
	recall_text(f, &style, &show->page);
}

static void
put_month(const struct recall_month *m, void *arg)
{
	struct out *o = arg;

	out_put_int(o, "recall", m->recall);
	out_put_text(o, "month", m->month);
	out_put_text(o, "level", m->level);
	out_put_int(o, "affected", m->affected);
	out_put_int(o, "corrected", m->corrected);
	out_put_int(o, "cumulative", m->cumulative);
	out_put_int(o, "contacts_out", m->contacts_out);
	out_put_int(o, "contacts_in", m->contacts_in);
	out_put_int(o, "incidents", m->harm.incidents);
	out_put_int(o, "injuries", m->harm.injuries);
	out_put_row(o);
}

static void
put_day(const struct recall_day *d, void *arg)
{
	struct out *o = arg;

	out_put_int(o, "recall", d->recall);
	out_put_text(o, "day", d->day);
	out_put_int(o, "affected", d->affected);
	out_put_int(o, "told", d->told);
	out_put_int(o, "answered", d->answered);
	out_put_int(o, "remedied", d->remedied);
	out_put_int(o, "disposed", d->disposed);
	out_put_int(o, "taken_out", d->taken_out);
	out_put_row(o);
}

/* Over time: one recall after the other. */
static void
show_times(struct cli_recall_show *show, int64_t recall)
{
	struct query *q;

	if (recall == 0) {
		q = store_query(show->s,
		    "SELECT recall FROM recall ORDER BY recall");
		while (query_row(q))
			show_times(show, query_int(q, 0));
	} else if (show->mode == RECALL_MONTHS)
		recall_each_month(&(struct recall_period){ .s = show->s,
		    .recall = recall, .zone = show->zone, .now = time_now(),
		    .fn = put_month, .arg = show->out });
	else
		recall_each_day(&(struct recall_days){ .s = show->s,
		    .recall = recall, .zone = show->zone, .fn = put_day,
		    .arg = show->out });
}

/* Who names a recall wants to read about it; lists are rows. */
static bool
wants_page(const struct cli_recall_show *show, int64_t recall)
{
	return recall != 0 && isatty(STDOUT_FILENO) &&
	    cli_count(show->cli, "json") + cli_count(show->cli, "columns") == 0;
}

static bool
is_known(struct cli_recall_show *show, int64_t recall)
{
	struct query *q = store_query(show->s,
	    "SELECT 1 FROM recall WHERE recall = :recall");

	bind_int(q, ":recall", recall);
	if (recall == 0 || query_int_or(q, 0) != 0)
		return true;
	cli_warn(show->cli, "there is no recall %" PRId64, recall);
	cli_fail(show->cli, STORE_REFUSED);
	return false;
}

void
cli_recall_show(struct cli_recall_show *show, int64_t recall)
{
	struct recall_view v = { .s = show->s, .recall = recall, .fn = put,
	    .arg = show->out };

	if (!is_known(show, recall))
		return;
	switch (show->mode) {
	case RECALL_FIGURES:
		if (wants_page(show, recall))
			recall_each(show->s, recall, put_page, show);
		else
			recall_each(show->s, recall, put_figures, show->out);
		break;
	case RECALL_UNITS:
		recall_each_unit(&v);
		break;
	case RECALL_CUSTOMERS:
		recall_each_customer(&v);
		break;
	case RECALL_MONTHS:
	case RECALL_DAYS:
		show_times(show, recall);
		break;
	}
}

void
cli_recall_show_end(struct cli_recall_show *show)
{
	if (show->out != NULL)
		out_close(show->out);
	if (show->page.len > 0)
		out_text(buf_str(&show->page), show->page.len);
	buf_free(&show->page);
	free(show->zone);
}
