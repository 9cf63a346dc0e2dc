/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "base/local.h"
#include "base/money.h"
#include "cli/act.h"
#include "cli/flow_list.h"
#include "cli/triage.h"
#include "service/report.h"

static const struct cli_option options[] = {
	{ .name = "cause", .value = "CODE", .help = "cause of the fault, from the table" },
	{ .name = "outcome", .value = "WORD", .list = cli_list_outcomes, .help = "what came out of it" },
	{ .name = "attach", .value = "FILE", .repeats = true, .help = "a file to keep with the case" },
	{ .name = "incident", .value = "HARM", .words = "injury damage none",
	    .help = "the product did something dangerous: whom or what it harmed" },
	{ .name = "degree", .value = "1-5", .help = "survey: how satisfied the customer is" },
	{ .name = "why", .value = "TEXT", .help = "correct: why it happened" },
	{ .name = "missed", .value = "TEXT", .help = "correct: why it was not caught" },
	{ .name = "change", .value = "TEXT", .help = "correct: what is changed" },
	{ .name = "remedy", .value = "PROCEDURE", .list = cli_list_remedies,
	    .help = "respond: what the customer wants for a unit that he holds" },
	{ .name = "to", .value = "CUSTOMER", .help = "respond: who has the unit that was sold on" },
	{ .name = "amount", .value = "AMOUNT", .help = "refund: 120.50" },
	{ .name = "currency", .value = "CODE", .help = "refund: three letters; EUR unless said" },
	{ .name = "start", .value = "PROCEDURE", .repeats = true, .list = cli_list_solutions,
	    .help = "solve: starts a procedure" },
	CLI_TRIAGE,
	CLI_ACT,
	{ .name = NULL }
};

static const struct cli_command command = {
	.synopsis = "STEP [-m TEXT] [--cause CODE] [--outcome WORD] [--attach FILE]... [CASE[/ITEM]...]\n"
	    "survey --degree 1-5 [-m TEXT] [CASE[/ITEM]...]\n"
	    "solve -m TEXT [--start PROCEDURE]... [CASE[/ITEM]...]\n"
	    "correct --why TEXT --missed TEXT --change TEXT [--until TIME] [CASE...]\n"
	    "notify [-m TEXT] [CASE...]\n"
	    "respond --outcome held [--remedy PROCEDURE] [CASE[/ITEM]...]\n"
	    "respond --outcome sold-on --to CUSTOMER | --outcome disposed | not-found [CASE[/ITEM]...]\n"
	    "refund --amount AMOUNT [--currency CODE] [CASE[/ITEM]...]",
	.about = "record findings, answers and what was handed over",
	.list = cli_list_report,
	.cases = true,
	.options = options
};

/* What goes with --start, as in case-triage. */
static const char *const decision[] = { "sold-on", "no-proof", "goodwill",
    "owner", "until", "instead" };

static void
report(struct act *act, const struct target *target, void *arg)
{
	report_step(act, target, arg);
}

/* Is this a word for the step, in whatever process? */
static bool
fits(enum step step, enum outcome outcome)
{
	const enum outcome *word;

	for (enum process p = 0; p < PROCESS_COUNT; p++) {
		if (flow_rule(p, step) == NULL)
			continue;
		word = flow_outcomes(p, step);
		for (; word != NULL && *word != OUTCOME_NONE; word++)
			if (*word == outcome)
				return true;
	}
	return false;
}

static bool
needs_outcome(enum step step)
{
	return step == STEP_FIX || step == STEP_INTERVENE ||
	    step == STEP_VERIFY || step == STEP_RESPOND;
}

/* A remedy is for a unit that is held, and a buyer for one that was sold. */
static void
imply_outcome(struct cli *c, struct report_request *r)
{
	if (r->outcome == OUTCOME_NONE && cli_count(c, "remedy") > 0)
		r->outcome = OUTCOME_HELD;
	else if (r->outcome == OUTCOME_NONE && cli_count(c, "to") > 0)
		r->outcome = OUTCOME_SOLD_ON;
}

/* Words of the step are looked at without the file; analyse is one step of two
 * procedures and is looked at again with it. */
static void
read_outcome(struct cli *c, struct report_request *r)
{
	const char *word = cli_text(c, "outcome");

	if (word != NULL)
		flow_outcome_parse(word, &r->outcome);
	if (word != NULL && !fits(r->step, r->outcome))
		cli_usage(c, "'%s' takes no outcome '%s'",
		    flow_step_name(r->step), word);
	if (r->step == STEP_RESPOND)
		imply_outcome(c, r);
	if (r->outcome == OUTCOME_NONE && needs_outcome(r->step))
		cli_usage(c, "'%s' needs --outcome: %s",
		    flow_step_name(r->step), r->step == STEP_FIX ?
		    local_text("repaired, no-fault-found or not-repairable") :
		    r->step == STEP_INTERVENE ?
		    local_text("running or not-running") :
		    r->step == STEP_VERIFY ?
		    local_text("effective or not-effective") :
		    local_text("held, disposed, sold-on or not-found"));
}

static void
only_for(struct cli *c, enum step is, enum step wanted, const char *option)
{
	if (cli_count(c, option) > 0 && is != wanted)
		cli_usage(c, "--%s is for '%s'", option,
		    flow_step_name(wanted));
}

/* Is it the date by which a correction is to be checked? */
static bool
dates_check(enum step step, const char *option)
{
	return step == STEP_CORRECT && strcmp(option, "until") == 0;
}

static void
check(struct cli *c, const struct report_request *r)
{
	static const char *const correction[] = { "why", "missed", "change" };

	only_for(c, r->step, STEP_SURVEY, "degree");
	for (size_t i = 0; i < 3; i++) {
		only_for(c, r->step, STEP_CORRECT, correction[i]);
		if (r->step == STEP_CORRECT &&
		    cli_text(c, correction[i]) == NULL)
			cli_usage(c, "correct needs --%s", correction[i]);
	}
	only_for(c, r->step, STEP_SOLVE, "start");
	for (size_t i = 0; i < sizeof(decision) / sizeof(decision[0]); i++)
		if (!dates_check(r->step, decision[i]))
			only_for(c, r->step, STEP_SOLVE, decision[i]);
	if (r->cause != NULL && r->step != STEP_FIX &&
	    r->step != STEP_ANALYSE && r->step != STEP_INTERVENE)
		cli_usage(c, "'%s' takes no --cause", flow_step_name(r->step));
	if (r->step == STEP_SURVEY && r->degree == 0)
		cli_usage(c, "survey needs --degree 1-5");
}

/* What the customer of a recall says, and what he is paid. */
static void
check_recall(struct cli *c, const struct report_request *r)
{
	only_for(c, r->step, STEP_RESPOND, "remedy");
	only_for(c, r->step, STEP_RESPOND, "to");
	only_for(c, r->step, STEP_REFUND, "amount");
	only_for(c, r->step, STEP_REFUND, "currency");
	if (r->has_remedy && r->outcome != OUTCOME_HELD)
		cli_usage(c, "--remedy is for a unit that is held");
	if (r->to != NULL && r->outcome != OUTCOME_SOLD_ON)
		cli_usage(c, "--to is for a unit that was sold on");
	if (r->outcome == OUTCOME_SOLD_ON && r->to == NULL &&
	    cli_message(c) == NULL)
		cli_usage(c, "sold on to whom? give --to CUSTOMER, or say with "
		    "-m what is known");
}

static void
read_refund(struct cli *c, struct report_request *r)
{
	const char *amount = cli_text(c, "amount");

	if (r->step != STEP_REFUND)
		return;
	if (amount == NULL || !money_parse(amount, &r->amount) ||
	    r->amount == 0)
		cli_usage(c, "refund needs an --amount such as 120.50");
	r->currency = cli_text(c, "currency");
	if (r->currency == NULL)
		r->currency = "EUR";
	if (!money_currency_valid(r->currency))
		cli_usage(c, "'%s' is not a currency such as EUR", r->currency);
}

/* Steps that are nothing without words. */
static void
check_words(struct cli *c, enum step step)
{
	if (step == STEP_ADVISE)
		cli_words(c, "the advice");
	else if (step == STEP_SOLVE)
		cli_words(c, "the solution");
	else if (step == STEP_ANALYSE)
		cli_words(c, "the findings");
	else if (step == STEP_FIX)
		cli_words(c, "the remedy");
	else if (step == STEP_INTERVENE)
		cli_words(c, "what was found and done");
	else if (step == STEP_VERIFY)
		cli_words(c, "what was checked");
}

/* Without --start they would be forgotten. */
static void
read_start(struct cli *c, enum step step, struct cli_triage *t)
{
	size_t count = cli_count(c, "start");

	for (size_t i = 0; i < sizeof(decision) / sizeof(decision[0]); i++)
		if (count == 0 && cli_count(c, decision[i]) > 0 &&
		    !dates_check(step, decision[i]))
			cli_usage(c, "--%s goes with --start", decision[i]);
	for (size_t i = 0; i < count; i++)
		cli_triage_word(c, t, cli_nth(c, "start", i));
	cli_triage_options(c, t);
}

int
main(int argc, char **argv)
{
	struct cli *c = cli_open(&command, argc, argv);
	struct cli_triage t = { 0 };
	struct report_request r = { 0 };
	struct report_file *files;
	struct act *act;

	flow_step_parse(cli_word(c, "STEP"), &r.step);
	r.cause = cli_text(c, "cause");
	r.degree = (int)cli_number(c, "degree", 1, 5, 0);
	r.why = cli_text(c, "why");
	r.missed = cli_text(c, "missed");
	r.change = cli_text(c, "change");
	r.incident = cli_text(c, "incident");
	r.to = cli_text(c, "to");
	r.has_remedy = cli_text(c, "remedy") != NULL &&
	    flow_procedure_parse(cli_text(c, "remedy"), &r.remedy);
	read_outcome(c, &r);
	check(c, &r);
	check_recall(c, &r);
	read_refund(c, &r);
	read_start(c, r.step, &t);
	check_words(c, r.step);
	if (t.request.count > 0 || t.request.none) {
		cli_triage_check(c, &t);
		r.start = &t.request;
	}
	act = cli_act_open(c);
	t.request.until = r.until = cli_until(c, act, "until");
	r.files = files = cli_files(c, act, &r.file_count);
	cli_acts(c, act, report, &r);
	cli_act_close(act);
	cli_files_close(files, r.file_count);
	return cli_close(c);
}
