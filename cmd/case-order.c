/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "base/money.h"
#include "cli/act.h"
#include "service/order.h"

static const struct cli_option options[] = {
	{ .name = "amount", .value = "AMOUNT", .help = "quote: 120.50" },
	{ .name = "currency", .value = "CODE", .help = "quote: three letters; EUR unless said" },
	{ .name = "until", .value = "TIME", .help = "quote: the last day on which it is good" },
	{ .name = "po", .value = "NUMBER", .help = "order: the customer's purchase order" },
	CLI_ACT,
	{ .name = NULL }
};

static const struct cli_command command = {
	.synopsis = "quote --amount AMOUNT [--currency CODE] --until TIME [CASE[/ITEM]...]\n"
	    "order --po NUMBER [CASE[/ITEM]...]\n"
	    "decline -m WHY [CASE[/ITEM]...]",
	.about = "quote a repair, take the customer's order, or his refusal",
	.words = "quote order decline",
	.cases = true,
	.options = options
};

static void
quote(struct act *act, const struct target *target, void *arg)
{
	order_quote(act, target, arg);
}

static void
order(struct act *act, const struct target *target, void *arg)
{
	order_take(act, target, arg);
}

static void
decline(struct act *act, const struct target *target, void *arg)
{
	(void)arg;
	order_decline(act, target);
}

static void
run_quote(struct cli *c)
{
	struct quote_request r = { .currency = cli_text(c, "currency") };
	const char *amount = cli_text(c, "amount");
	struct act *act;

	if (amount == NULL || !money_parse(amount, &r.amount) || r.amount == 0)
		cli_usage(c, "quote needs an --amount such as 120.50");
	if (r.currency == NULL)
		r.currency = "EUR";
	if (!money_currency_valid(r.currency))
		cli_usage(c, "'%s' is not a currency such as EUR", r.currency);
	if (cli_text(c, "until") == NULL)
		cli_usage(c, "quote needs --until TIME: how long it is good");
	act = cli_act_open(c);
	r.until = cli_until(c, act, "until");
	cli_acts(c, act, quote, &r);
	cli_act_close(act);
}

static void
run_order(struct cli *c)
{
	const char *number = cli_text(c, "po");
	struct act *act;

	if (number == NULL || *number == '\0')
		cli_usage(c, "order needs --po NUMBER");
	act = cli_act_open(c);
	/* Only ever read. */
	cli_acts(c, act, order, (void *)(uintptr_t)number);
	cli_act_close(act);
}

static void
run_decline(struct cli *c)
{
	struct act *act;

	cli_words(c, "why it is declined");
	act = cli_act_open(c);
	cli_acts(c, act, decline, NULL);
	cli_act_close(act);
}

int
main(int argc, char **argv)
{
	struct cli *c = cli_open(&command, argc, argv);
	const char *word = cli_word(c, "STEP");

	if (strcmp(word, "quote") != 0)
		cli_only_for(c, "amount currency until", "quote");
	if (strcmp(word, "order") != 0)
		cli_only_for(c, "po", "order");
	if (strcmp(word, "quote") == 0)
		run_quote(c);
	else if (strcmp(word, "order") == 0)
		run_order(c);
	else
		run_decline(c);
	return cli_close(c);
}
