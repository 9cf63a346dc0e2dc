/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "cli/recall.h"
#include "cli/recall_words.h"

static const struct cli_option options[] = {
	{ .name = "title", .value = "LANG:TEXT", .repeats = true, .help = "what is recalled, in a line" },
	{ .name = "defect", .value = "LANG:TEXT", .repeats = true, .help = "what is wrong with it" },
	{ .name = "hazard", .value = "LANG:TEXT", .repeats = true,
	    .help = "what can happen, in plain words" },
	{ .name = "instruction", .value = "LANG:TEXT", .repeats = true, .help = "to stop using it" },
	{ .name = "find", .value = "LANG:TEXT", .repeats = true,
	    .help = "which series, and where its number is" },
	{ .name = "sold", .value = "LANG:TEXT", .repeats = true, .help = "when and where it was sold" },
	{ .name = "remedy", .value = "A[,B]", .repeats = true,
	    .help = "exchange, repair, refund: two to choose from" },
	{ .name = "only-one", .value = "TEXT", .repeats = true, .help = "why there is one remedy only" },
	{ .name = "contact", .value = "TEXT", .repeats = true, .help = "free of charge; else the hotline" },
	{ .name = "select", .value = "SELECTION", .repeats = true, .help = "units that are in it" },
	{ .name = "exclude", .value = "SELECTION", .repeats = true, .help = "units that are not" },
	{ .name = "cause", .value = "CODE", .help = "of the defect, from the table" },
	{ .name = "pilot", .value = "STAFF", .help = "who answers for it" },
	{ .name = "from", .value = "FILE", .help = "options from a file, as NAME: VALUE" },
	{ .name = "expand", .value = "RECALL", .help = "add units to this recall" },
	{ .name = "reduce", .value = "RECALL", .help = "take units out of this recall" },
	{ .name = "buyers", .value = "RECALL", .help = "who bought units of this recall, from FILE" },
	{ .name = "yes", .help = "all or none of a reference is meant" },
	{ .name = "drill", .help = "print the figures, record nothing" },
	{ .name = "units", .help = "with --drill or -n: each unit" },
	{ .name = "customers", .help = "with --drill or -n: each customer" },
	CLI_COLUMNS,
	CLI_JSON,
	CLI_AT,
	CLI_BY,
	CLI_MESSAGE,
	CLI_FILE,
	CLI_DRY_RUN,
	CLI_QUIET,
	CLI_KEY,
	{ .name = NULL }
};

static const struct cli_command command = {
	.synopsis = "--title LANG:TEXT ... --remedy A[,B] --select SELECTION --cause CODE --pilot STAFF\n"
	    "--from FILE\n"
	    "--expand RECALL --select SELECTION\n"
	    "--reduce RECALL --select SELECTION [-m WHY]\n"
	    "--buyers RECALL [FILE]\n"
	    "--drill [--units | --customers] --select SELECTION",
	.about = "issue a recall and print its number; expand or reduce one",
	.files = true,
	.options = options,
	.columns = cli_recall_columns
};

/* What makes a recall; it is fixed once that is issued. */
#define OF_A_NEW_ONE "title defect hazard instruction find sold remedy " \
	"only-one contact cause pilot"

enum mode { ISSUE, EXPAND, REDUCE, BUYERS };

struct issuing {
	struct cli	*cli;
	enum mode	 mode;
	struct cli_recall_words words;
	struct cli_recall_buyers buyers;
	struct cli_recall_show show;
	int64_t		 number;
};

static bool
rehearses(const struct cli *c)
{
	return cli_flag(c, "drill") || cli_flag(c, "dry-run");
}

/* To be printed when the file has been let go. */
static void
show(struct store *s, void *arg)
{
	struct issuing *x = arg;

	cli_recall_show_begin(&x->show, s);
	cli_recall_show(&x->show, x->number);
}

static void
perform(struct act *act, void *arg)
{
	struct issuing *x = arg;
	struct recall_request *r = &x->words.request;
	struct store *s = office_store(act->office);

	switch (x->mode) {
	case ISSUE:
		x->number = recall_issue(act, r);
		break;
	case EXPAND:
		x->number = recall_expand(act, r);
		break;
	case REDUCE:
		x->number = recall_reduce(act, r);
		break;
	case BUYERS:
		cli_recall_check_buyers(x->cli, act, r->recall, &x->buyers);
		x->number = recall_buyers(act, r, x->buyers.buyers,
		    x->buyers.count);
		break;
	}
	cli_progress_end(x->cli);
	if (store_ok(s) && rehearses(x->cli) && !cli_flag(x->cli, "quiet"))
		show(s, x);
}

static void
show_progress(void *arg, int64_t done, int64_t total, const char *what)
{
	cli_progress(arg, done, total, what);
}

static void
choose_mode(struct issuing *x)
{
	static const char *const names[] = { [EXPAND] = "expand",
	    [REDUCE] = "reduce", [BUYERS] = "buyers" };
	struct cli *c = x->cli;

	for (enum mode m = EXPAND; m <= BUYERS; m++) {
		if (cli_text(c, names[m]) == NULL)
			continue;
		if (x->mode != ISSUE)
			cli_usage(c, "--%s and --%s exclude each other",
			    names[x->mode], names[m]);
		x->mode = m;
		x->words.request.recall = cli_recall(c, cli_text(c, names[m]));
	}
	if (x->mode != ISSUE)
		cli_only_for(c, OF_A_NEW_ONE, "a new recall");
	if (x->mode == BUYERS)
		cli_only_for(c, "select exclude yes",
		    "--expand, --reduce or a new recall");
}

static void
choose_lists(struct issuing *x)
{
	struct cli *c = x->cli;

	if (!rehearses(c))
		cli_only_for(c, "units customers", "--drill and --dry-run");
	if (cli_flag(c, "units") && cli_flag(c, "customers"))
		cli_usage(c, "--units and --customers exclude each other");
	if (cli_flag(c, "units"))
		x->show.mode = RECALL_UNITS;
	else if (cli_flag(c, "customers"))
		x->show.mode = RECALL_CUSTOMERS;
}

static void
wanted(struct cli *c, const char *name)
{
	if (cli_text(c, name) == NULL)
		cli_usage(c, "a recall needs --%s", name);
}

static void
read_request(struct issuing *x)
{
	struct recall_request *r = &x->words.request;
	struct cli *c = x->cli;

	cli_recall_from(c, &x->words);
	choose_mode(x);
	choose_lists(x);
	cli_recall_notice(c, &x->words);
	if (x->mode == ISSUE && !cli_flag(c, "drill")) {
		wanted(c, "cause");
		wanted(c, "pilot");
	}
	if (x->mode != BUYERS)
		cli_recall_series(c, &x->words);
	x->buyers.path = x->mode == BUYERS ? cli_next(c) : NULL;
	cli_last(c);
	if (x->buyers.path == NULL)
		x->buyers.path = "-";
	if (x->mode == BUYERS)
		cli_recall_buyers(c, &x->buyers);
	r->yes = cli_flag(c, "yes");
	r->drill = cli_flag(c, "drill");
	r->key = cli_text(c, "key");
	r->progress = show_progress;
	r->arg = c;
}

/* Lists that are files may change without their names doing so. */
static void
note_request(struct issuing *x)
{
	struct buf *b = &x->words.request.request;

	if (x->words.request.key == NULL)
		return;
	buf_text(b, cli_request(x->cli));
	series_write(&x->words.series, b);
	buf_text(b, buf_str(&x->buyers.content));
}

int
main(int argc, char **argv)
{
	struct cli *c = cli_open(&command, argc, argv);
	struct issuing x = { .cli = c, .show = { .cli = c } };
	struct act *act;
	bool done;

	read_request(&x);
	act = cli_act_open(c);
	note_request(&x);
	done = cli_act_once(c, act, perform, &x);
	if (done && cli_flag(c, "json") && !cli_flag(c, "quiet"))
		cli_once(c, office_store(act->office), show, &x);
	else if (done)
		cli_print_case(c, x.number);
	cli_recall_show_end(&x.show);
	cli_act_close(act);
	cli_recall_buyers_free(&x.buyers);
	cli_recall_words_free(&x.words);
	return cli_close(c);
}
