/* SPDX-License-Identifier: ISC */
#include <stdlib.h>

#include "base/mem.h"
#include "base/time.h"
#include "cli/recall.h"
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

#define RECALL		{ "recall", NULL, OUT_INT, "its number" }
#define BUCKETS \
	{ "affected", NULL, OUT_INT, "units in it, in whatever bucket" }, \
	{ "unknown_holder", "unknown", OUT_INT, "nobody knows who has them" }, \
	{ "to_notify", "to notify", OUT_INT, "the notice is not out yet" }, \
	{ "notified", NULL, OUT_INT, "an answer is awaited" }, \
	{ "answered", NULL, OUT_INT, "held; the remedy is under way" }, \
	{ "remedied", NULL, OUT_INT, "exchanged, repaired or refunded" }, \
	{ "disposed", NULL, OUT_INT, "thrown away" }, \
	{ "unreachable", NULL, OUT_INT, "not found, or no answer will come" }, \
	{ "taken_out", "taken out", OUT_INT, "by a reduction" }
#define UNIT \
	{ "reference", NULL, OUT_TEXT, "of the unit" }, \
	{ "serial", NULL, OUT_TEXT, "of the unit" }, \
	{ "bucket", NULL, OUT_TEXT, "in which it is" }, \
	{ "since", NULL, OUT_TIME, "since when" }
#define LEVEL \
	{ "level", NULL, OUT_TEXT, "who has it: manufacturer, distributor, consumer, unknown" }
#define TIMES \
	{ "told_at", "told", OUT_TIME, "when the notice was out" }, \
	{ "answered_at", "answered", OUT_TIME, "when the customer answered" }
#define MONTH \
	{ "month", NULL, OUT_TEXT, "of the calendar; before: until it was issued" }
#define MONTHLY \
	{ "corrected", NULL, OUT_INT, "remedied or disposed of in the month" }, \
	{ "cumulative", NULL, OUT_INT, "the same until its end" }, \
	{ "contacts_out", "out", OUT_INT, "notices and questions to customers" }, \
	{ "contacts_in", "in", OUT_INT, "their answers" }, \
	{ "incidents", NULL, OUT_INT, "with a unit of the recall" }, \
	{ "injuries", NULL, OUT_INT, "those in which somebody was hurt" }

#define HEAD \
	{ "title", NULL, OUT_TEXT, "what is recalled" }, \
	{ "issued_at", "issued", OUT_TIME, "when" }, \
	{ "select", "series", OUT_TEXT, "the selections, as they were given" }, \
	{ "buckets", NULL, OUT_JSON, "units by bucket, in JSON" }, \
	{ "customers", NULL, OUT_INT, "how many have units" }, \
	{ "units", NULL, OUT_INT, "how many" }, \
	{ "response_rate", "response", OUT_JSON, "answers of those who were told, from 0 to 1" }, \
	{ "levels", NULL, OUT_JSON, "units by who has them, in JSON" }, \
	{ "cause", NULL, OUT_TEXT, "of the defect" }, \
	{ "remedies", NULL, OUT_TEXT, "to choose from" }, \
	{ "pilot", NULL, OUT_TEXT, "who answers for it" }

const struct out_column cli_recall_columns[] = {
	RECALL, HEAD, BUCKETS, UNIT, LEVEL,
	{ "customer", NULL, OUT_TEXT, "the code" },
	{ "name", NULL, OUT_TEXT, "of the customer" },
	{ "case", NULL, OUT_INT, "in which he is asked" },
	{ "item", NULL, OUT_INT, "of the case" },
	{ "cases", NULL, OUT_TEXT, "of the customer" },
	{ "pending", NULL, OUT_INT, "units for which something is to be done" },
	TIMES,
	{ "remedied_at", "remedied", OUT_TIME, "when it was remedied" },
	MONTH, MONTHLY,
	{ .name = NULL }
};

/* On a terminal and in a pipe figures have columns; in JSON they are nested. */
static const struct out_column figures[] = { RECALL, HEAD, BUCKETS, { .name = NULL } };
static const struct out_column nested[] = { RECALL, HEAD, { .name = NULL } };
static const struct out_column units[] = {
	RECALL, UNIT, LEVEL,
	{ "customer", NULL, OUT_TEXT, "the code" },
	{ "case", NULL, OUT_INT, "in which he is asked" },
	{ "item", NULL, OUT_INT, "of the case" },
	TIMES,
	{ "remedied_at", "remedied", OUT_TIME, "when it was remedied" },
	{ .name = NULL }
};
static const struct out_column customers[] = {
	RECALL,
	{ "customer", NULL, OUT_TEXT, "the code" },
	{ "name", NULL, OUT_TEXT, "of the customer" },
	LEVEL,
	{ "cases", NULL, OUT_TEXT, "of the customer" },
	{ "units", NULL, OUT_INT, "how many" },
	{ "pending", NULL, OUT_INT, "units for which something is to be done" },
	TIMES,
	{ .name = NULL }
};
static const struct out_column months[] = {
	RECALL, MONTH, LEVEL,
	{ "affected", NULL, OUT_INT, "units in it, in whatever bucket" },
	MONTHLY,
	{ .name = NULL }
};

static const struct {
	const char	*option;
	const struct out_column *columns;
	const char	*shown;
} modes[] = {
	[RECALL_FIGURES] = { NULL, figures, "recall,issued_at,affected,unknown_holder,to_notify,notified,answered,"
	    "remedied,disposed,unreachable,taken_out,response_rate,title" },
	[RECALL_UNITS] = { "units", units, "recall,reference,serial,bucket,since,level,customer,case,item" },
	[RECALL_CUSTOMERS] = { "customers", customers, "recall,customer,name,level,cases,units,pending,told_at" },
	[RECALL_MONTHS] = { "monthly", months, "recall,month,level,affected,corrected,cumulative,contacts_out,"
	    "contacts_in,incidents,injuries" },
};

void
cli_recall_show_mode(struct cli_recall_show *show)
{
	const struct cli *c = show->cli;

	for (enum recall_mode m = RECALL_UNITS; m <= RECALL_MONTHS; m++) {
		if (cli_count(c, modes[m].option) == 0)
			continue;
		if (show->mode != RECALL_FIGURES)
			cli_usage(c, "--%s and --%s exclude one another",
			    modes[show->mode].option, modes[m].option);
		show->mode = m;
	}
}

void
cli_recall_show_begin(struct cli_recall_show *show, struct store *s)
{
	struct office *o = office_open(s);
	bool json = cli_count(show->cli, "json") > 0;

	show->s = s;
	show->zone = mem_text(office_zone(o));
	show->out = out_open(show->cli, show->mode == RECALL_FIGURES && json ?
	    nested : modes[show->mode].columns, modes[show->mode].shown,
	    show->zone);
	office_close(o);
}

static void
put(struct query *row, void *arg)
{
	out_row(arg, row);
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
	out_put_int(o, "incidents", m->incidents);
	out_put_int(o, "injuries", m->injuries);
	out_put_row(o);
}

static void
show_months(struct cli_recall_show *show, int64_t recall)
{
	struct query *q;

	if (recall != 0) {
		recall_each_month(&(struct recall_period){ .s = show->s,
		    .recall = recall, .zone = show->zone, .now = time_now(),
		    .fn = put_month, .arg = show->out });
		return;
	}
	q = store_query(show->s, "SELECT recall FROM recall ORDER BY recall");
	while (query_row(q))
		show_months(show, query_int(q, 0));
}

void
cli_recall_show(struct cli_recall_show *show, int64_t recall)
{
	struct recall_view v = { .s = show->s, .recall = recall, .fn = put,
	    .arg = show->out };

	if (recall != 0 && !recall_exists(show->s, recall))
		return;
	switch (show->mode) {
	case RECALL_FIGURES:
		recall_each(&v);
		break;
	case RECALL_UNITS:
		recall_each_unit(&v);
		break;
	case RECALL_CUSTOMERS:
		recall_each_customer(&v);
		break;
	case RECALL_MONTHS:
		show_months(show, recall);
		break;
	}
}

void
cli_recall_show_end(struct cli_recall_show *show)
{
	if (show->out != NULL)
		out_close(show->out);
	free(show->zone);
}
