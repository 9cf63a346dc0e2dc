/* SPDX-License-Identifier: ISC */
#include <stdlib.h>

#include "cli/act.h"
#include "service/note.h"

static const struct cli_option options[] = {
	{ .name = "attach", .value = "FILE", .repeats = true, .help = "a file to keep with the case" },
	{ .name = "link", .value = "CASE", .repeats = true, .help = "a case that belongs to it" },
	{ .name = "ask", .help = "a question to the customer" },
	{ .name = "answer", .help = "the customer's answer" },
	CLI_ACT,
	{ .name = NULL }
};

static const struct cli_command command = {
	.synopsis = "-m TEXT [--ask | --answer] [--attach FILE]... [--link CASE]... [CASE[/ITEM]...]",
	.about = "add a remark, a question or an answer to the history",
	.cases = true,
	.options = options
};

static void
note(struct act *act, const struct target *target, void *arg)
{
	note_case(act, target, arg);
}

int
main(int argc, char **argv)
{
	struct cli *c = cli_open(&command, argc, argv);
	struct note_request r = { 0 };
	struct report_file *files;
	int64_t *links;
	struct act *act;

	if (cli_flag(c, "ask") && cli_flag(c, "answer"))
		cli_usage(c, "--ask and --answer exclude each other");
	r.kind = cli_flag(c, "ask") ? NOTE_ASK :
	    cli_flag(c, "answer") ? NOTE_ANSWER : NOTE_REMARK;
	r.links = links = cli_cases(c, "link", &r.link_count);
	/* A file or a link says enough by itself. */
	if (r.kind != NOTE_REMARK || r.link_count + cli_count(c, "attach") == 0)
		cli_words(c, "what there is to note");
	act = cli_act_open(c);
	r.files = files = cli_files(c, act, &r.file_count);
	cli_acts(c, act, note, &r);
	cli_act_close(act);
	cli_files_close(files, r.file_count);
	free(links);
	return cli_close(c);
}
