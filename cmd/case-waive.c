/* SPDX-License-Identifier: ISC */
#include "cli/act.h"
#include "cli/flow_list.h"
#include "service/waive.h"

static const struct cli_option options[] = {
	{ .name = "invoice", .help = "the owed unit is invoiced" },
	{ .name = "outcome", .value = "WORD", .words = "handed-over scrapped",
	    .help = "send-back: what became of the unit" },
	CLI_ACT,
	{ .name = NULL }
};

static const struct cli_command command = {
	.synopsis = "STEP -m WHY [--invoice] [--outcome WORD] [CASE[/ITEM]...]",
	.about = "give up a step, as far as the workflow allows",
	.list = cli_list_steps,
	.cases = true,
	.options = options
};

static void
waive(struct act *act, const struct target *target, void *arg)
{
	waive_step(act, target, arg);
}

int
main(int argc, char **argv)
{
	struct cli *c = cli_open(&command, argc, argv);
	struct waive_request r = { .invoice = cli_flag(c, "invoice") };
	const char *word = cli_text(c, "outcome");
	struct act *act;

	flow_step_parse(cli_word(c, "STEP"), &r.step);
	if (word != NULL)
		flow_outcome_parse(word, &r.outcome);
	if (word != NULL && r.step != STEP_SEND_BACK)
		cli_usage(c, "--outcome is for send-back");
	if (word == NULL && r.step == STEP_SEND_BACK)
		cli_usage(c, "what becomes of the unit? say --outcome "
		    "handed-over or scrapped");
	if (r.invoice && r.step != STEP_RETURN && r.step != STEP_RECEIVE)
		cli_usage(c, "--invoice is for return and receive");
	cli_words(c, "why");
	act = cli_act_open(c);
	cli_acts(c, act, waive, &r);
	cli_act_close(act);
	return cli_close(c);
}
