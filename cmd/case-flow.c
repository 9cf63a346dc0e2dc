/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/flow_list.h"
#include "cli/out.h"
#include "view/chart.h"

static const struct cli_option options[] = {
	{ .name = "format", .letter = 'T', .value = "FORMAT", .words = "text dot",
	    .help = "text, or dot for Graphviz" },
	CLI_COLUMNS,
	CLI_JSON,
	{ .name = NULL }
};

static const struct out_column columns[] = {
	{ "process", NULL, OUT_TEXT, "kind of case or procedure" },
	{ "type", NULL, OUT_TEXT, "kind or procedure: expertise is both" },
	{ "step", NULL, OUT_TEXT, "its name" },
	{ "per", NULL, OUT_TEXT, "done once per item, or per case" },
	{ "owner", NULL, OUT_TEXT, "who has to do it, as a role" },
	{ "after", NULL, OUT_TEXT, "what must be done before it" },
	{ "due", NULL, OUT_TEXT, "how long after that" },
	{ "waive", NULL, OUT_TEXT, "no, or what giving it up does: passes, ends" },
	{ "notes", NULL, OUT_TEXT, "when it exists, and what else there is to know" },
	{ .name = NULL }
};

static const struct cli_command command = {
	.synopsis = "[-j] [-o LIST] [-T text|dot] [KIND|PROCEDURE]",
	.about = "print the workflow as the engine has it",
	.list = cli_list_processes,
	.options = options,
	.columns = columns
};

struct flow {
	struct cli	*cli;
	struct chart	 chart;		/* no office: no file */
	const char	*name;		/* NULL: all of them */
	struct out	*out;
	struct buf	 dot;
};

static void
put(const struct chart_row *row, void *arg)
{
	struct out *o = arg;

	out_put_text(o, "process", row->process);
	out_put_text(o, "type", row->type);
	out_put_text(o, "step", row->step);
	out_put_text(o, "per", row->per);
	out_put_text(o, "owner", row->owner);
	out_put_text(o, "after", row->after);
	out_put_text(o, "due", row->due);
	out_put_text(o, "waive", row->waive);
	out_put_text(o, "notes", row->notes);
	out_put_row(o);
}

/* A word may be a kind and a procedure: then both are meant. */
static void
put_all(struct flow *f)
{
	for (enum process p = 0; p < PROCESS_COUNT; p++) {
		if (f->name != NULL &&
		    strcmp(flow_process(p)->name, f->name) != 0)
			continue;
		if (f->out != NULL)
			chart_each(&f->chart, p, put, f->out);
		else
			chart_dot(f->chart.office, p, &f->dot);
	}
}

static void
print(struct flow *f)
{
	const char *format = cli_text(f->cli, "format");

	if (format != NULL && strcmp(format, "dot") == 0) {
		chart_dot_begin(&f->dot);
		put_all(f);
		chart_dot_end(&f->dot);
		return;
	}
	f->out = out_open(f->cli, columns, "process,step,per,owner,after,due,"
	    "waive,notes", NULL);
	f->chart.person = out_for_person(f->out);
	put_all(f);
}

static void
read_file(struct store *s, void *arg)
{
	struct flow *f = arg;

	f->chart.office = office_open(s);
	print(f);
	office_close(f->chart.office);
}

int
main(int argc, char **argv)
{
	struct flow f = { .cli = cli_open(&command, argc, argv) };
	struct cli *c = f.cli;

	if (cli_peek(c) != NULL)
		f.name = cli_word(c, "KIND or PROCEDURE");
	cli_last(c);
	/* The workflow is the same without a file, with the shipped times. */
	if (access(store_default_path(), F_OK) != 0 && errno == ENOENT)
		print(&f);
	else
		cli_once(c, cli_store(c, STORE_READ), read_file, &f);
	if (f.out != NULL)
		out_close(f.out);
	fwrite(buf_str(&f.dot), 1, f.dot.len, stdout);
	buf_free(&f.dot);
	return cli_close(c);
}
