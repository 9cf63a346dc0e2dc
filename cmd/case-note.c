/* SPDX-License-Identifier: ISC */
#include <stdlib.h>

#include "cli/act.h"
#include "service/note.h"

static const struct cli_option options[] = {
	{ .name = "attach", .value = "FILE", .repeats = true, .help = "a file to keep with the case" },
	{ .name = "link", .value = "CASE", .repeats = true, .help = "a case that belongs to it" },
	{ .name = "incident", .value = "HARM", .words = "injury damage none",
	    .help = "the product did something dangerous: whom or what it harmed" },
	{ .name = "ask", .help = "a question to the customer" },
	{ .name = "answer", .help = "the customer's answer" },
	{ .name = "new-link", .help = "another link to the customer's page; the old one dies" },
	CLI_ACT,
	{ .name = NULL }
};

static const struct cli_command command = {
	.synopsis = "-m TEXT [--ask | --answer] [--attach FILE]... [--link CASE]... [CASE[/ITEM]...]\n"
	    "--new-link [-m TEXT] [CASE...]",
	.about = "add a remark, a question or an answer to the history",
	.cases = true,
	.options = options
};

/* A remark, if nothing else is said. */
static enum note_kind
kind(struct cli *c)
{
	static const struct {
		const char	*option;
		enum note_kind	 kind;
	} kinds[] = { { "ask", NOTE_ASK }, { "answer", NOTE_ANSWER },
	    { "new-link", NOTE_NEW_LINK } };
	const char *said = NULL;
	enum note_kind found = NOTE_REMARK;

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (!cli_flag(c, kinds[i].option))
			continue;
		if (said != NULL)
			cli_usage(c, "--%s and --%s exclude each other", said,
			    kinds[i].option);
		said = kinds[i].option;
		found = kinds[i].kind;
	}
	return found;
}

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

	r.kind = kind(c);
	r.incident = cli_text(c, "incident");
	r.links = links = cli_cases(c, "link", &r.link_count);
	/* A file or a link says enough by itself. */
	if (r.kind != NOTE_NEW_LINK && (r.kind != NOTE_REMARK ||
	    r.link_count + cli_count(c, "attach") == 0))
		cli_words(c, "what there is to note");
	act = cli_act_open(c);
	r.files = files = cli_files(c, act, &r.file_count);
	cli_acts(c, act, note, &r);
	cli_act_close(act);
	cli_files_close(files, r.file_count);
	free(links);
	return cli_close(c);
}
