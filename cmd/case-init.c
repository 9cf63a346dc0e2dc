/* SPDX-License-Identifier: ISC */
#include <stdio.h>

#include "cli/cli.h"

static const struct cli_option options[] = {
	CLI_QUIET,
	{ .name = NULL }
};

static const struct cli_command command = {
	.synopsis = "[-q]",
	.about = "create the file of the cases, or bring it up to date",
	.options = options
};

int
main(int argc, char **argv)
{
	struct cli *c = cli_open(&command, argc, argv);
	struct store *s;

	cli_last(c);
	s = cli_store(c, STORE_CREATE);
	if (!cli_flag(c, "quiet"))
		printf("%s\n", store_path(s));
	return cli_close(c);
}
