/* SPDX-License-Identifier: ISC */
#include <inttypes.h>
#include <stdio.h>

#include "base/local.h"
#include "base/time.h"
#include "cli/cli.h"
#include "cli/out.h"
#include "service/remind.h"

#define DAY	(24 * 60 * 60)

static const struct cli_option options[] = {
	{ .name = "within", .value = "SPAN", .help = "what is due so soon; 1d unless said" },
	{ .name = "urgent", .help = "only what is counted round the clock" },
	CLI_DRY_RUN,
	CLI_JSON,
	CLI_COLUMNS,
	{ .name = NULL }
};

static const struct out_column columns[] = {
	{ .name = "type", .about = "customer, staff or site" },
	{ .name = "recipient", .heading = "who", .about = "their code" },
	{ .name = "case", .kind = OUT_INT, .about = "its number" },
	{ .name = "step", .about = "that is open" },
	{ .name = "due", .kind = OUT_DUE, .about = "what binds of due time and limit" },
	{ .name = "state", .about = "soon or late" },
	{ .name = "binds", .about = "due or limit" },
	{ .name = NULL }
};

static const struct cli_command command = {
	.synopsis = "[--urgent] [--within SPAN]\n-n [-j] [-o LIST] [--urgent] [--within SPAN]",
	.about = "queue reminders for what is due soon or overdue",
	.options = options,
	.columns = columns
};

struct reminder {
	struct cli	*cli;
	struct office	*office;
	struct remind_span span;
	struct out	*out;		/* NULL: nothing is shown */
};

static void
show(const struct remind_line *line, void *arg)
{
	const struct reminder *r = arg;

	if (r->out == NULL)
		return;
	out_put_text(r->out, "type", line->type);
	out_put_text(r->out, "recipient", line->recipient);
	out_put_int(r->out, "case", line->case_id);
	out_put_text(r->out, "step", line->step);
	if (line->due_at != 0) {
		out_put_int(r->out, "due", line->due_at);
		out_put_text(r->out, "binds", line->limit ? "limit" : "due");
	}
	out_put_text(r->out, "state", local_if(out_for_person(r->out),
	    line->late ? LOCAL("late") : LOCAL("soon")));
	out_put_row(r->out);
}

static void
remind(struct store *s, void *arg)
{
	struct reminder *r = arg;

	(void)s;
	remind_all(r->office, &r->span, show, r);
}

int
main(int argc, char **argv)
{
	struct cli *c = cli_open(&command, argc, argv);
	struct reminder r = { .cli = c };
	bool look = cli_flag(c, "dry-run");
	struct store *s;

	cli_last(c);
	r.span = (struct remind_span){ cli_span(c, "within", DAY),
	    cli_flag(c, "urgent"), look };
	s = cli_store(c, look ? STORE_READ : STORE_WRITE);
	r.office = office_open(s);
	if (look)
		r.out = out_open(c, columns, "type,recipient,case,step,due,"
		    "state,binds", office_zone(r.office));
	cli_once(c, s, remind, &r);
	if (r.out != NULL)
		out_close(r.out);
	office_close(r.office);
	return cli_close(c);
}
