/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "cli/act.h"
#include "cli/batch.h"
#include "cli/flow_list.h"
#include "service/open.h"

static const struct cli_option options[] = {
	{ .name = "customer", .value = "CODE", .help = "whose request it is" },
	{ .name = "unit", .value = "REF[:SERIAL]", .repeats = true,
	    .help = "a unit by reference and serial" },
	{ .name = "serial", .value = "SERIAL", .repeats = true, .help = "a unit by its serial alone" },
	{ .name = "quantity", .value = "N", .help = "so many units without a serial" },
	{ .name = "sold-on", .value = "DATE", .help = "date of purchase" },
	{ .name = "channel", .value = "CHANNEL", .words = "phone mail web visit",
	    .help = "how the request came" },
	{ .name = "contact", .value = "TEXT", .help = "whom to ask for at the customer's" },
	{ .name = "risk", .value = "RISK", .words = "people property production",
	    .help = "what an emergency endangers" },
	{ .name = "incident", .value = "HARM", .words = "injury damage none",
	    .help = "the product did something dangerous: whom or what it harmed" },
	{ .name = "pilot", .value = "STAFF", .help = "who answers for the case" },
	{ .name = "link", .value = "CASE", .repeats = true, .help = "a case that belongs to it" },
	{ .name = "new-unit", .help = "another unit has the same serial" },
	{ .name = "add", .value = "CASE", .help = "add the units to this case" },
	{ .name = "batch", .help = "open a case for each JSON line of standard input" },
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
	.synopsis = "KIND [--customer CODE] [--unit REF[:SERIAL]]... [--serial SERIAL]... -m TEXT\n"
	    "--add CASE --unit REF[:SERIAL]...\n"
	    "--batch < JSON-LINES",
	.about = "open a case and print its number",
	.list = cli_list_kinds_to_open,
	.options = options
};

struct opening {
	struct cli	*cli;
	struct open_request request;
	int64_t		 number;
};

static void
open_one(struct act *act, void *arg)
{
	struct opening *o = arg;

	o->number = open_case(act, &o->request);
}

static void
add(struct act *act, const struct target *target, void *arg)
{
	struct opening *o = arg;

	open_add(act, target->case_id, &o->request);
}

static void
read_request(struct cli *c, struct open_request *r, int64_t **links)
{
	r->customer = cli_text(c, "customer");
	r->units = cli_texts(c, "unit", &r->unit_count);
	r->serials = cli_texts(c, "serial", &r->serial_count);
	r->quantity = (int)cli_number(c, "quantity", 1, 10000, 0);
	r->sold_on = cli_text(c, "sold-on");
	r->channel = cli_text(c, "channel");
	r->contact = cli_text(c, "contact");
	r->risk = cli_text(c, "risk");
	r->pilot = cli_text(c, "pilot");
	r->incident = cli_text(c, "incident");
	r->new_unit = cli_flag(c, "new-unit");
	r->key = cli_text(c, "key");
	r->links = *links = cli_cases(c, "link", &r->link_count);
	if (r->quantity > 0 && r->unit_count == 0)
		cli_usage(c, "--quantity needs --unit REF");
	for (size_t i = 0; r->quantity > 1 && i < r->unit_count; i++)
		if (strchr(r->units[i], ':') != NULL)
			cli_usage(c, "--quantity is for units without a serial "
			    "number; %s is one unit", r->units[i]);
}

static void
check_risk(struct cli *c, const struct open_request *r)
{
	if (r->kind == KIND_EMERGENCY && r->risk == NULL)
		cli_usage(c, "an emergency needs --risk: people, property or "
		    "production");
	if (r->kind != KIND_EMERGENCY && r->risk != NULL)
		cli_usage(c, "--risk is for an emergency");
}

/* Whose unit it is may be known; of nothing it is not. */
static void
check_units(struct cli *c, const struct open_request *r)
{
	if (r->unit_count + r->serial_count > 0)
		return;
	if (r->kind != KIND_COMPLAINT && r->kind != KIND_EMERGENCY)
		cli_usage(c, "which unit? give --unit REF[:SERIAL] or "
		    "--serial SERIAL");
	if (r->customer == NULL)
		cli_usage(c, "whose is it? give --customer CODE");
}

static void
open_new(struct cli *c, struct opening *o)
{
	struct act *act;

	flow_kind_parse(cli_word(c, "KIND"), &o->request.kind);
	cli_last(c);
	check_risk(c, &o->request);
	check_units(c, &o->request);
	cli_words(c, "what the customer reports");
	act = cli_act_open(c);
	if (o->request.key != NULL)
		buf_text(&o->request.request, cli_request(c));
	if (cli_act_once(c, act, open_one, o))
		cli_print_case(c, o->number);
	cli_act_close(act);
}

static void
add_units(struct cli *c, struct opening *o)
{
	static const char *const known[] = { "customer", "channel", "contact",
	    "risk", "incident", "pilot", "link" };
	struct act *act;

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (cli_count(c, known[i]) > 0)
			cli_usage(c, "--%s is for a new case, not for --add",
			    known[i]);
	if (cli_next(c) != NULL)
		cli_usage(c, "--add takes the case; a kind is not wanted");
	if (o->request.unit_count + o->request.serial_count == 0)
		cli_usage(c, "--add needs --unit or --serial");
	act = cli_act_open(c);
	if (o->request.key != NULL)
		buf_text(&o->request.request, cli_request(c));
	cli_acts_on(c, act, cli_case(c, cli_text(c, "add")), add, o);
	cli_act_close(act);
}

/* Each line says all of it; only what is the same for all goes beside. */
static void
open_batch(struct cli *c)
{
	static const char *const said[] = { "customer", "unit", "serial",
	    "quantity", "sold-on", "channel", "contact", "risk",
	    "incident", "pilot", "link", "new-unit", "add", "message", "file", "key" };

	for (size_t i = 0; i < sizeof(said) / sizeof(said[0]); i++)
		if (cli_count(c, said[i]) > 0)
			cli_usage(c, "--%s belongs into the lines of --batch",
			    said[i]);
	cli_batch(c);
}

int
main(int argc, char **argv)
{
	struct cli *c = cli_open(&command, argc, argv);
	struct opening o = { .cli = c };
	int64_t *links;

	read_request(c, &o.request, &links);
	if (cli_flag(c, "batch"))
		open_batch(c);
	else if (cli_text(c, "add") != NULL)
		add_units(c, &o);
	else
		open_new(c, &o);
	/* The arrays are ours, their texts the command line's. */
	free((void *)(uintptr_t)o.request.units);
	free((void *)(uintptr_t)o.request.serials);
	free(links);
	buf_free(&o.request.request);
	return cli_close(c);
}
