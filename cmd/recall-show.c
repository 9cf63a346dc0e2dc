/* SPDX-License-Identifier: ISC */
#include <stdlib.h>

#include "base/mem.h"
#include "cli/recall.h"

static const struct cli_option options[] = {
	{ .name = "units", .help = "each unit, and in which bucket it is" },
	{ .name = "customers", .help = "each customer, and what is pending with him" },
	{ .name = "monthly", .help = "month by month, as a safety authority asks for it" },
	{ .name = "daily", .help = "the sums on each day on which something changed" },
	CLI_COLUMNS,
	CLI_JSON,
	{ .name = NULL }
};

static const struct cli_command command = {
	.synopsis = "[-j] [-o LIST] [--units | --customers | --monthly | --daily] [RECALL...]",
	.about = "show how far recalls are",
	.options = options,
	.columns = cli_recall_columns
};

struct showing {
	struct cli_recall_show show;
	int64_t		*recalls;
	size_t		 count;
};

static void
show(struct store *s, void *arg)
{
	struct showing *w = arg;

	cli_recall_show_begin(&w->show, s);
	for (size_t i = 0; i < w->count; i++)
		cli_recall_show(&w->show, w->recalls[i]);
	if (w->count == 0)
		cli_recall_show(&w->show, 0);
}

int
main(int argc, char **argv)
{
	struct cli *c = cli_open(&command, argc, argv);
	struct showing w = { .show = { .cli = c } };

	cli_recall_show_mode(&w.show);
	while (cli_peek(c) != NULL) {
		w.recalls = mem_array(w.recalls, w.count + 1,
		    sizeof(*w.recalls));
		w.recalls[w.count++] = cli_recall(c, cli_next(c));
	}
	cli_once(c, cli_store(c, STORE_READ), show, &w);
	cli_recall_show_end(&w.show);
	free(w.recalls);
	return cli_close(c);
}
