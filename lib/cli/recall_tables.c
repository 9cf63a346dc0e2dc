/* SPDX-License-Identifier: ISC */
#include <stddef.h>

#include "cli/recall.h"
#include "recall_tables.h"

#define RECALL		{ "recall", NULL, OUT_INT, "its number" }
#define AFFECTED	{ "affected", NULL, OUT_INT, "units in it, in whatever bucket" }
#define BUCKETS \
	AFFECTED, \
	{ "unknown_holder", "unknown", OUT_INT, "nobody knows who has them" }, \
	{ "to_notify", "to notify", OUT_INT, "the notice is not out yet" }, \
	{ "notified", NULL, OUT_INT, "an answer is awaited" }, \
	{ "answered", NULL, OUT_INT, "held; the remedy is under way" }, \
	{ "remedied", NULL, OUT_INT, "exchanged, repaired or refunded" }, \
	{ "disposed", NULL, OUT_INT, "thrown away" }, \
	{ "unreachable", NULL, OUT_INT, "no notice gets there, no answer will come, or not found" }, \
	{ "taken_out", "taken out", OUT_INT, "by a reduction" }
#define UNIT \
	{ "reference", NULL, OUT_TEXT, "of the unit" }, \
	{ "serial", NULL, OUT_TEXT, "of the unit" }, \
	{ "bucket", NULL, OUT_TEXT, "in which it is" }, \
	{ "since", NULL, OUT_TIME, "since when" }
#define LEVEL \
	{ "level", NULL, OUT_TEXT, "who has it: manufacturer, distributor, consumer, unknown" }
#define CUSTOMER	{ "customer", NULL, OUT_TEXT, "the code" }
#define NAME		{ "name", NULL, OUT_TEXT, "of the customer" }
#define IN_CASE \
	{ "case", NULL, OUT_INT, "in which he is asked" }, \
	{ "item", NULL, OUT_INT, "of the case" }
#define CASES		{ "cases", NULL, OUT_TEXT, "of the customer" }
#define PENDING		{ "pending", NULL, OUT_INT, "units for which something is to be done" }
#define TIMES \
	{ "told_at", "told", OUT_TIME, "when the notice was out" }, \
	{ "answered_at", "answered", OUT_TIME, "when the customer answered" }
#define UNIT_TIMES \
	{ "remedied_at", "remedied", OUT_TIME, "when it was remedied" }, \
	{ "added_at", "added", OUT_TIME, "when it came into the recall" }
#define MONTH		{ "month", NULL, OUT_TEXT, "of the calendar; before: until it was issued" }
#define MONTHLY \
	{ "corrected", NULL, OUT_INT, "remedied or disposed of in the month" }, \
	{ "cumulative", "so far", OUT_INT, "the same until its end" }, \
	{ "contacts_out", "out", OUT_INT, "notices, reminders and questions to customers" }, \
	{ "contacts_in", "in", OUT_INT, "their answers" }, \
	{ "incidents", NULL, OUT_INT, "with a unit of the recall" }, \
	{ "injuries", "hurt", OUT_INT, "those in which somebody was hurt" }
#define DAY		{ "day", NULL, OUT_TEXT, "on which something changed; sums until its end" }
#define TOLD		{ "told", NULL, OUT_INT, "units whose customer got the notice" }
#define RATE \
	{ "response_rate", "response", OUT_JSON, "answers of those who were told, from 0 to 1" }

#define HEAD \
	{ "title", NULL, OUT_TEXT, "what is recalled" }, \
	{ "issued_at", "issued", OUT_TIME, "when" }, \
	{ "select", "series", OUT_TEXT, "the selections, as they were given" }, \
	{ "buckets", NULL, OUT_JSON, "units by bucket, in JSON" }, \
	{ "customers", NULL, OUT_INT, "how many have units" }, \
	{ "units", NULL, OUT_INT, "how many" }, \
	RATE, \
	{ "levels", NULL, OUT_JSON, "the buckets by who has the units, in JSON" }, \
	{ "cause", NULL, OUT_TEXT, "of the defect" }, \
	{ "remedies", NULL, OUT_TEXT, "to choose from" }, \
	{ "pilot", NULL, OUT_TEXT, "who answers for it" }, \
	{ "incidents_before", NULL, OUT_INT, "before it was issued" }, \
	{ "injuries_before", NULL, OUT_INT, "those of them in which somebody was hurt" }, \
	{ "incidents_after", NULL, OUT_INT, "since" }, \
	{ "injuries_after", NULL, OUT_INT, "those of them in which somebody was hurt" }

#define END		{ .name = NULL }

const struct out_column cli_recall_columns[] = {
	RECALL, HEAD, BUCKETS, UNIT, LEVEL, CUSTOMER, NAME, IN_CASE, CASES,
	PENDING, TIMES, UNIT_TIMES, MONTH, MONTHLY, DAY, TOLD, END
};

/* On a terminal and in a pipe figures have columns; in JSON they are nested. */
static const struct out_column figures[] = { RECALL, HEAD, BUCKETS, END };
const struct out_column cli_recall_nested[] = { RECALL, HEAD, END };
static const struct out_column units[] = {
	RECALL, UNIT, LEVEL, CUSTOMER, IN_CASE, TIMES, UNIT_TIMES, END
};
static const struct out_column customers[] = {
	RECALL, CUSTOMER, NAME, LEVEL, CASES,
	{ "units", NULL, OUT_INT, "how many" },
	PENDING, TIMES, END
};
static const struct out_column months[] = {
	RECALL, MONTH, LEVEL, AFFECTED, MONTHLY, END
};
static const struct out_column days[] = {
	RECALL, DAY, AFFECTED, TOLD,
	{ "answered", NULL, OUT_INT, "units whose customer has answered" },
	{ "remedied", NULL, OUT_INT, "exchanged, repaired or refunded" },
	{ "disposed", NULL, OUT_INT, "thrown away" },
	{ "taken_out", "taken out", OUT_INT, "by a reduction" },
	END
};

const struct cli_recall_table cli_recall_tables[] = {
	[RECALL_FIGURES] = { NULL, figures,
	    "recall,issued_at,affected,unknown_holder,to_notify,notified,answered,remedied,disposed,"
	    "unreachable,taken_out,response_rate,title",
	    "recall,issued_at,affected,remedied,response_rate,title" },
	[RECALL_UNITS] = { "units", units,
	    "recall,reference,serial,bucket,since,level,customer,case,item",
	    "reference,serial,bucket,level,customer,case,item" },
	[RECALL_CUSTOMERS] = { "customers", customers,
	    "recall,customer,name,level,cases,units,pending,told_at",
	    "customer,name,cases,units,pending,told_at" },
	[RECALL_MONTHS] = { "monthly", months,
	    "recall,month,level,affected,corrected,cumulative,contacts_out,contacts_in,incidents,injuries",
	    "month,level,affected,corrected,cumulative,contacts_out,contacts_in,incidents,injuries" },
	[RECALL_DAYS] = { "daily", days,
	    "recall,day,affected,told,answered,remedied,disposed,taken_out",
	    "day,affected,told,answered,remedied,disposed,taken_out" },
};
