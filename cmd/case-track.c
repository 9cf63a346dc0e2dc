/* SPDX-License-Identifier: ISC */
#include <stdlib.h>

#include "cli/cli.h"
#include "page/page.h"

static const struct cli_option options[] = {
	{ .name = NULL }
};

static const struct cli_command command = {
	.synopsis = "",
	.about = "the customer's page, for a web server (CGI)",
	.options = options
};

int
main(int argc, char **argv)
{
	struct cli *c;

	/* A web server may hand words of the query over as arguments, which are
	 * anybody's: they are not looked at. */
	if (getenv("REQUEST_METHOD") != NULL)
		return page_serve();
	c = cli_open(&command, argc, argv);
	cli_last(c);
	cli_usage(c, "a web server runs it; REQUEST_METHOD is not set");
}
