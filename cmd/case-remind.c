/* SPDX-License-Identifier: ISC */
#include <inttypes.h>
#include <stdio.h>

#include "base/time.h"
#include "cli/cli.h"
#include "service/remind.h"

#define DAY	(24 * 60 * 60)

static const struct cli_option options[] = {
	{ .name = "within", .value = "SPAN", .help = "what is due so soon; 1d unless said" },
	CLI_DRY_RUN,
	{ .name = NULL }
};

static const struct cli_command command = {
	.synopsis = "[-n] [--within SPAN]",
	.about = "queue reminders for what is due soon or overdue",
	.options = options
};

struct reminder {
	struct cli	*cli;
	struct office	*office;
	int64_t		 within;
};

static void
tell(const struct remind_line *line, void *arg)
{
	const struct reminder *r = arg;
	char when[32] = "-";

	if (!cli_flag(r->cli, "dry-run"))
		return;
	if (line->due_at != 0)
		time_format(line->due_at, office_zone(r->office), when);
	printf("%s\t%s\t%" PRId64 "\t%s\t%s\t%s\n", line->type,
	    line->recipient, line->case_id, line->step, when,
	    line->late ? "late" : "soon");
}

static void
remind(struct store *s, void *arg)
{
	struct reminder *r = arg;

	(void)s;
	remind_all(r->office, r->within, tell, r);
}

int
main(int argc, char **argv)
{
	struct cli *c = cli_open(&command, argc, argv);
	struct reminder r = { .cli = c };
	struct store *s;

	cli_last(c);
	r.within = cli_span(c, "within", DAY);
	s = cli_store(c, STORE_WRITE);
	r.office = office_open(s);
	cli_once(c, s, remind, &r);
	office_close(r.office);
	return cli_close(c);
}
