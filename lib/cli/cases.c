/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cli/cases.h"
#include "state.h"

const struct out_column cases_columns[] = {
	{ "case", NULL, OUT_INT, "the number" },
	{ "kind", NULL, OUT_TEXT, "how it came in" },
	{ "status", NULL, OUT_TEXT, "open, closed or cancelled" },
	{ "customer", "code", OUT_TEXT, "the customer's code" },
	{ "opened_at", "opened", OUT_TIME, "when it was opened" },
	{ "pilot", NULL, OUT_TEXT, "who answers for it" },
	{ "items", NULL, OUT_INT, "how many units" },
	{ "next", NULL, OUT_JSON, "its most urgent open step, in JSON" },
	{ "name", "customer", OUT_NAME, "the customer's name" },
	{ "unit", NULL, OUT_NAME, "of the step; else the first, and how many more" },
	{ "risk", NULL, OUT_TEXT, "what an emergency endangers" },
	{ "recall", NULL, OUT_INT, "the recall it belongs to" },
	{ "closed_at", "closed", OUT_TIME, "when it was closed or cancelled" },
	{ "step", NULL, OUT_TEXT, "the open step that was asked for, else the most urgent" },
	{ "procedure", NULL, OUT_TEXT, "that it belongs to, or the kind" },
	{ "item", NULL, OUT_INT, "that it is about" },
	{ "owner", "role", OUT_TEXT, "who owes it, as a role" },
	{ "who", "owner", OUT_TEXT, "who owes it: person, site or customer" },
	{ "since", NULL, OUT_TIME, "when its clock started" },
	{ "due", NULL, OUT_DUE, "when it has to be done: due time or limit" },
	{ "due_at", "due time", OUT_DUE, "its own due time" },
	{ "limit_at", "limit", OUT_DUE, "the limit of the whole" },
	{ .name = NULL }
};

struct cases {
	struct store	*s;
	struct out	*out;
	char		*zone;
	bool		 next;		/* somebody reads it */
	struct json	 json;
};

struct cases *
cases_open(struct cli *c, struct store *s, const char *zone)
{
	struct cases *l = mem_zero(1, sizeof(*l));

	l->s = s;
	l->zone = mem_text(zone);
	l->out = out_open(c, cases_columns, CASES_SHOWN, l->zone);
	l->next = cli_given(c, "json") || cli_given(c, "columns");
	return l;
}

static void
add(struct query *row, void *arg)
{
	struct cases *l = arg;

	if (l->next) {
		list_next(l->s, query_int(row, 0), l->zone, &l->json);
		out_put_text(l->out, "next", json_str(&l->json));
		json_clear(&l->json);
	}
	out_row(l->out, row);
}

int64_t
cases_add(struct cases *l, const struct list_filter *f)
{
	return list_each(l->s, f, add, l);
}

void
cases_close(struct cases *l)
{
	if (l == NULL)
		return;
	out_close(l->out);
	free(l->zone);
	json_free(&l->json);
	free(l);
}
