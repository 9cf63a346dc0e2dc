/* SPDX-License-Identifier: ISC */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "cli/cases.h"
#include "cli/flow_list.h"
#include "rules/flow.h"
#include "rules/number.h"
#include "service/master.h"

static const struct cli_option options[] = {
	{ .name = "open", .help = "the open ones (the default)" },
	{ .name = "closed", .help = "those closed or cancelled" },
	{ .name = "all", .help = "open, closed and cancelled" },
	{ .name = "kind", .value = "KIND", .list = cli_list_kinds, .help = "of that kind" },
	{ .name = "customer", .value = "CODE", .help = "of that customer" },
	{ .name = "product", .value = "REF", .help = "with a unit of that reference" },
	{ .name = "serial", .value = "SERIAL", .help = "with that unit" },
	{ .name = "recall", .value = "RECALL", .help = "that belong to that recall" },
	{ .name = "owed", .help = "with a unit that was replaced and is not back" },
	{ .name = "since", .value = "TIME", .help = "opened then or later" },
	{ .name = "text", .value = "WORDS", .help = "in what the customer said, or what was recorded since" },
	{ .name = "step", .value = "STEP", .list = cli_list_steps, .help = "with that step open" },
	{ .name = "owner", .value = "OWNER",
	    .help = "with a step open that a role, person, site or customer owes" },
	{ .name = "mine", .help = "with a step open that is mine, or my site's and my role's" },
	{ .name = "overdue", .help = "with a step open that is late" },
	{ .name = "due", .value = "SPAN", .help = "with a step open that is due within that time, or late" },
	{ .name = "sort", .value = "ORDER", .words = "urgent due case opened customer",
	    .help = "in another order" },
	{ .name = "limit", .value = "N", .help = "the first N" },
	CLI_BY,
	CLI_COLUMNS,
	CLI_JSON,
	{ .name = NULL }
};

static const struct cli_command command = {
	.synopsis = "[--open | --closed | --all] [--step STEP] [--owner OWNER] [--mine] "
	    "[--overdue] [--due SPAN]\n"
	    "[--kind KIND] [--customer CODE] [--product REF] [--serial SERIAL] [--owed] [--text WORDS]",
	.about = "list cases, most urgent first",
	.options = options,
	.columns = cases_columns
};

struct listing {
	struct cli		*cli;
	struct office		*office;
	struct list_filter	 filter;
	struct arena		 texts;
	struct cases		*cases;
};

/* Which of the three; they exclude one another. */
static enum list_status
read_status(const struct cli *c)
{
	if (cli_flag(c, "open") + cli_flag(c, "closed") +
	    cli_flag(c, "all") > 1)
		cli_usage(c, "--open, --closed and --all exclude one another");
	return cli_flag(c, "all") ? LIST_ALL :
	    cli_flag(c, "closed") ? LIST_CLOSED : LIST_OPEN;
}

static enum list_sort
read_sort(const struct cli *c)
{
	static const char *const words[] = {
		[LIST_URGENT] = "urgent", [LIST_DUE] = "due",
		[LIST_NUMBER] = "case", [LIST_OPENED] = "opened",
		[LIST_CUSTOMER] = "customer",
	};
	const char *text = cli_text(c, "sort");
	size_t i = LIST_URGENT;

	while (text != NULL && strcmp(words[i], text) != 0)
		i++;
	return (enum list_sort)i;
}

/* What can be read without the file. */
static void
read_options(struct listing *l)
{
	struct cli *c = l->cli;
	struct list_filter *f = &l->filter;
	const char *text = cli_text(c, "text");

	f->status = read_status(c);
	f->sort = read_sort(c);
	f->limit = cli_number(c, "limit", 1, INT32_MAX, 0);
	f->kind = cli_text(c, "kind");
	f->customer = cli_text(c, "customer");
	f->product = cli_text(c, "product");
	f->serial = cli_text(c, "serial");
	f->owed = cli_flag(c, "owed");
	f->step = cli_text(c, "step");
	if (cli_text(c, "recall") != NULL &&
	    !number_parse_recall(cli_text(c, "recall"), &f->recall))
		cli_usage(c, "--recall: '%s' is no number of a recall",
		    cli_text(c, "recall"));
	if (text != NULL && text[strspn(text, " ")] == '\0')
		cli_usage(c, "--text: '%s' has no words", text);
	f->text = text;
	if (f->status == LIST_CLOSED && (f->step != NULL ||
	    cli_flag(c, "mine") || cli_text(c, "owner") != NULL ||
	    cli_flag(c, "overdue") || cli_text(c, "due") != NULL))
		cli_usage(c, "--closed: steps are asked for that are open; "
		    "say --all");
}

static bool
has_recall(struct store *s, int64_t recall)
{
	struct query *q = store_query(s,
	    "SELECT 1 FROM recall WHERE recall = :recall");

	bind_int(q, ":recall", recall);
	return query_int_or(q, 0) != 0;
}

/* A code that nobody has is a slip of the finger, not an empty list. */
static void
check_codes(struct store *s, const struct list_filter *f)
{
	if (f->customer != NULL && !master_has(s, MASTER_CUSTOMERS,
	    f->customer))
		store_refuse(s, "--customer: no customer '%s' is known",
		    f->customer);
	if (f->product != NULL && !master_has(s, MASTER_PRODUCTS, f->product))
		store_refuse(s, "--product: no product '%s' is known",
		    f->product);
	if (f->recall != 0 && !has_recall(s, f->recall))
		store_refuse(s, "--recall: there is no recall %" PRId64,
		    f->recall);
}

/* A role as it is, anything else by whose code it is. */
static void
read_owner(struct listing *l, struct store *s, const char *owner)
{
	enum owner role;

	if (owner == NULL)
		return;
	if (flow_owner_parse(owner, &role)) {
		l->filter.role = owner;
		return;
	}
	l->filter.who = owner;
	if (!master_has(s, MASTER_STAFF, owner) &&
	    !master_has(s, MASTER_SITES, owner) &&
	    !master_has(s, MASTER_CUSTOMERS, owner) &&
	    !master_has(s, MASTER_CARRIERS, owner))
		store_refuse(s, "--owner: '%s' is neither a role nor the code "
		    "of a person, site, customer or carrier", owner);
}

static void
read_me(struct listing *l, struct store *s)
{
	struct list_filter *f = &l->filter;
	struct query *q;

	if (!cli_flag(l->cli, "mine"))
		return;
	f->me = cli_staff(l->cli, s);
	f->my_site = office_desk(l->office);
	f->my_roles = "";
	q = store_query(s, "SELECT site, roles FROM staff WHERE code = :me");
	bind_text(q, ":me", f->me);
	if (!query_row(q))
		return;
	if (!query_null(q, 0))
		f->my_site = arena_text(&l->texts, query_text(q, 0));
	f->my_roles = arena_text(&l->texts, query_text(q, 1));
	query_done(q);
}

static void
read_times(struct listing *l, const char *zone)
{
	struct list_filter *f = &l->filter;
	const char *span = cli_text(l->cli, "due");
	int64_t now = time_now();

	f->since = cli_time(l->cli, "since", zone, 0);
	if (cli_flag(l->cli, "overdue"))
		f->until = now - 1;
	else if (span != NULL)
		time_parse_ahead(span, zone, now, &f->until);
}

static void
list(struct store *s, void *arg)
{
	struct listing *l = arg;
	const char *zone = office_zone(l->office);

	check_codes(s, &l->filter);
	read_owner(l, s, cli_text(l->cli, "owner"));
	read_me(l, s);
	read_times(l, zone);
	if (!store_ok(s))
		return;
	l->cases = cases_open(l->cli, s, zone);
	cases_add(l->cases, &l->filter);
}

int
main(int argc, char **argv)
{
	struct listing l = { .cli = cli_open(&command, argc, argv) };
	struct store *s;

	cli_last(l.cli);
	read_options(&l);
	s = cli_store(l.cli, STORE_READ);
	l.office = office_open(s);
	cli_once(l.cli, s, list, &l);
	cases_close(l.cases);
	office_close(l.office);
	arena_free(&l.texts);
	return cli_close(l.cli);
}
