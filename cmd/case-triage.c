/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "cli/act.h"
#include "cli/flow_list.h"
#include "cli/triage.h"
#include "service/triage.h"

static const struct cli_option options[] = {
	CLI_TRIAGE,
	{ .name = "nature", .value = "NATURE", .words = "technical logistic administrative commercial",
	    .help = "classify: what the complaint is about" },
	{ .name = "criticality", .value = "1-4", .help = "classify: how grave it is" },
	{ .name = "dissatisfaction", .value = "1-5", .help = "classify: the customer's" },
	{ .name = "sought", .value = "TEXT", .help = "classify: the remedy that is asked for" },
	CLI_ACT,
	{ .name = NULL }
};

static const struct cli_command command = {
	.synopsis = "PROCEDURE... [CASE[/ITEM]...] -m DIAGNOSIS\n"
	    "none [--instead] [CASE[/ITEM]...] -m DIAGNOSIS\n"
	    "--sold-on DATE | --no-proof | --goodwill REASON [CASE[/ITEM]...]\n"
	    "classify --nature NATURE --criticality 1-4 --dissatisfaction 1-5 --sought TEXT [CASE...]",
	.about = "record the diagnosis and start procedures",
	.list = cli_list_decisions,
	.several = true,
	.cases = true,
	.options = options
};

static void
triage(struct act *act, const struct target *target, void *arg)
{
	triage_case(act, target, arg);
}

static void
classify(struct act *act, const struct target *target, void *arg)
{
	triage_classify(act, target->case_id, arg);
}

static void
run_classify(struct cli *c)
{
	struct classify_request r = {
		.nature = cli_text(c, "nature"),
		.criticality = (int)cli_number(c, "criticality", 1, 4, 0),
		.dissatisfaction =
		    (int)cli_number(c, "dissatisfaction", 1, 5, 0),
		.sought = cli_text(c, "sought"),
	};
	struct act *act;

	if (r.nature == NULL)
		cli_usage(c, "classify needs --nature");
	if (r.criticality == 0)
		cli_usage(c, "classify needs --criticality 1-4");
	if (r.dissatisfaction == 0)
		cli_usage(c, "classify needs --dissatisfaction 1-5");
	if (r.sought == NULL)
		cli_usage(c, "classify needs --sought: the remedy that the "
		    "customer asks for");
	act = cli_act_open(c);
	cli_acts(c, act, classify, &r);
	cli_act_close(act);
}

static void
run_triage(struct cli *c)
{
	struct cli_triage t = { 0 };
	struct act *act;

	while (cli_triage_word(c, &t, cli_peek(c)))
		cli_next(c);
	cli_triage_options(c, &t);
	cli_triage_check(c, &t);
	if (t.request.count > 0 || t.request.none)
		cli_words(c, "the diagnosis");
	act = cli_act_open(c);
	t.request.until = cli_until(c, act, "until");
	cli_acts(c, act, triage, &t.request);
	cli_act_close(act);
}

int
main(int argc, char **argv)
{
	struct cli *c = cli_open(&command, argc, argv);
	const char *first = cli_peek(c);

	if (first != NULL && strcmp(first, "classify") == 0) {
		cli_next(c);
		cli_only_for(c, "sold-on no-proof goodwill owner until instead",
		    "procedures");
		run_classify(c);
	} else {
		cli_only_for(c, "nature criticality dissatisfaction sought",
		    "classify");
		run_triage(c);
	}
	return cli_close(c);
}
