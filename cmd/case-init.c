/* SPDX-License-Identifier: ISC */
#include <stdio.h>

#include "cli/cli.h"
#include "service/demo.h"

static const struct cli_option options[] = {
	CLI_QUIET,
	{ .name = "demo", .help = "with the master data of an invented manufacturer" },
	{ .name = NULL }
};

static const struct cli_command command = {
	.synopsis = "[--demo] [-q]",
	.about = "create the file of the cases, or bring it up to date",
	.options = options
};

/* Invented customers have no place among real ones. */
static void
refuse_cases(struct store *s, void *arg)
{
	(void)arg;
	if (query_int_or(store_query(s, "SELECT 1 FROM cases LIMIT 1"), 0) != 0)
		store_refuse(s, "%s: has cases already; --demo is for a new "
		    "file", store_path(s));
}

static void
demo(struct cli *c, struct store *s)
{
	if (!cli_once(c, s, refuse_cases, NULL))
		return;
	demo_load(s);
	if (store_ok(s))
		return;
	cli_warn(c, "%s", store_why(s));
	cli_fail(c, store_status(s));
}

int
main(int argc, char **argv)
{
	struct cli *c = cli_open(&command, argc, argv);
	struct store *s;

	cli_last(c);
	s = cli_store(c, STORE_CREATE);
	if (cli_flag(c, "demo"))
		demo(c, s);
	if (store_ok(s) && !cli_flag(c, "quiet"))
		printf("%s\n", store_path(s));
	return cli_close(c);
}
