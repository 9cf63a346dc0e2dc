/* SPDX-License-Identifier: ISC */
#include "cli/act.h"
#include "service/close.h"

static const struct cli_option options[] = {
	{ .name = "satisfaction", .value = "1-5",
	    .help = "the customer's, 5 is best; from the survey unless said" },
	{ .name = "outcome", .value = "WORD", .help = "what came of it" },
	{ .name = "complaint", .help = "open a complaint for who is not satisfied" },
	{ .name = "cancel", .help = "give the case up" },
	{ .name = "reopen", .help = "open it again" },
	CLI_ACT,
	{ .name = NULL }
};

static const struct cli_command command = {
	.synopsis = "--satisfaction 1-5 [-m WORDS] [--outcome WORD] [--complaint] [CASE...]\n"
	    "--cancel -m WHY [CASE...]\n"
	    "--reopen -m WHY [CASE[/ITEM]...]",
	.about = "close cases, cancel or reopen them",
	.cases = true,
	.options = options
};

/* Who names an item does not mean the others. */
static bool
is_whole(struct act *act, const struct target *target)
{
	if (target->items[0].item != 0)
		store_refuse(office_store(act->office),
		    "the whole case is meant here, not an item");
	return target->items[0].item == 0;
}

static void
close_one(struct act *act, const struct target *target, void *arg)
{
	if (is_whole(act, target))
		close_case(act, target->case_id, arg);
}

static void
cancel(struct act *act, const struct target *target, void *arg)
{
	(void)arg;
	if (is_whole(act, target))
		close_cancel(act, target->case_id);
}

static void
reopen(struct act *act, const struct target *target, void *arg)
{
	(void)arg;
	close_reopen(act, target);
}

/* What makes no sense together. */
static void
check(struct cli *c, const struct close_request *r)
{
	bool other = cli_flag(c, "cancel") || cli_flag(c, "reopen");

	if (cli_flag(c, "cancel") && cli_flag(c, "reopen"))
		cli_usage(c, "--cancel and --reopen exclude each other");
	if (other && (r->satisfaction != 0 || r->complaint ||
	    r->outcome != NULL))
		cli_usage(c, "--satisfaction, --outcome and --complaint are "
		    "for closing");
	if (other)
		cli_words(c, "why");
	else if (r->satisfaction > 0 && r->satisfaction <= 2 &&
	    !r->complaint && cli_message(c) == NULL)
		cli_usage(c, "satisfaction %d needs --complaint or a reason "
		    "(-m)", r->satisfaction);
}

int
main(int argc, char **argv)
{
	struct cli *c = cli_open(&command, argc, argv);
	struct close_request r = {
		.satisfaction = (int)cli_number(c, "satisfaction", 1, 5, 0),
		.outcome = cli_text(c, "outcome"),
		.complaint = cli_flag(c, "complaint"),
	};
	struct act *act;

	check(c, &r);
	act = cli_act_open(c);
	cli_acts(c, act, cli_flag(c, "cancel") ? cancel :
	    cli_flag(c, "reopen") ? reopen : close_one, &r);
	cli_act_close(act);
	return cli_close(c);
}
