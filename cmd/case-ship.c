/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "base/local.h"
#include "base/mem.h"
#include "cli/act.h"
#include "cli/flow_list.h"
#include "service/ship.h"

static const struct cli_option options[] = {
	{ .name = "carrier", .value = "CODE", .help = "who carries it" },
	{ .name = "tracking", .value = "NUMBER", .help = "the carrier's number" },
	{ .name = "unit", .value = "REF[:SERIAL]",
	    .help = "the unit that is shipped, or that was in the parcel" },
	{ .name = "part", .value = "REF=QTY", .repeats = true, .help = "parts: what is sent, and how many" },
	{ .name = "from", .value = "SITE", .help = "the site that acts, if not the product's" },
	{ .name = "on", .value = "TIME", .help = "book: when the carrier comes" },
	{ .name = "instead", .help = "receive: this is the unit, the serial was wrong" },
	{ .name = "new-unit", .help = "another unit has the same serial" },
	CLI_ACT,
	{ .name = NULL }
};

static const struct cli_command command = {
	.synopsis = "STEP [--carrier CODE] [--tracking NUMBER] [CASE[/ITEM]...]\n"
	    "replacement [--unit REF[:SERIAL]] [--from SITE] [CASE[/ITEM]...]\n"
	    "receive [--unit REF:SERIAL [--instead]] [--from SITE] [CASE[/ITEM]...]\n"
	    "book --on TIME [CASE[/ITEM]...]\n"
	    "parts --part REF=QTY... [--from SITE] [CASE...]",
	.about = "move goods and papers",
	.list = cli_list_ship,
	.cases = true,
	.options = options
};

#define PAPERS		(AFTER(STEP_REQUEST) | AFTER(STEP_SLIP))

/* Which steps take an option. */
static const struct {
	const char	*option;
	uint64_t	 steps;
} takes[] = {
	{ "carrier", ~PAPERS },
	{ "tracking", ~PAPERS },
	{ "unit", AFTER(STEP_REPLACEMENT) | AFTER(STEP_RECEIVE) },
	{ "part", AFTER(STEP_PARTS) },
	{ "from", AFTER(STEP_REPLACEMENT) | AFTER(STEP_RECEIVE) | AFTER(STEP_PARTS) },
	{ "on", AFTER(STEP_BOOK) },
	{ "instead", AFTER(STEP_RECEIVE) },
	{ "new-unit", AFTER(STEP_REPLACEMENT) | AFTER(STEP_RECEIVE) },
};

static void
ship(struct act *act, const struct target *target, void *arg)
{
	ship_step(act, target, arg);
}

/* "REF=QTY"; the reference may hold a sign of equality itself. */
static void
read_part(struct cli *c, const char *text, struct ship_part *part)
{
	char *reference = mem_text(text), *equals = strrchr(reference, '=');
	const char *why = NULL;

	part->reference = reference;
	if (equals == reference)
		equals = NULL;
	if (equals != NULL) {
		*equals++ = '\0';
		part->quantity = strtonum(equals, 1, 1000000, &why);
	} else
		cli_usage(c, "--part: '%s' is not REF=QTY", text);
	if (why != NULL)
		cli_usage(c, "--part: '%s': the quantity is %s", text,
		    local_word("number", why));
}

static struct ship_part *
read_parts(struct cli *c, struct ship_request *r)
{
	struct ship_part *parts;

	r->part_count = cli_count(c, "part");
	parts = mem_zero(r->part_count, sizeof(*parts));
	for (size_t i = 0; i < r->part_count; i++)
		read_part(c, cli_nth(c, "part", i), &parts[i]);
	r->parts = parts;
	return parts;
}

static void
check(struct cli *c, const struct ship_request *r)
{
	const char *step = flow_step_name(r->step);

	for (size_t i = 0; i < sizeof(takes) / sizeof(takes[0]); i++)
		if (cli_count(c, takes[i].option) > 0 &&
		    (takes[i].steps & AFTER(r->step)) == 0)
			cli_usage(c, "'%s' takes no --%s", step,
			    takes[i].option);
	if (r->step == STEP_PARTS && r->part_count == 0)
		cli_usage(c, "parts needs --part REF=QTY");
	if (r->step == STEP_BOOK && cli_text(c, "on") == NULL)
		cli_usage(c, "book needs --on TIME: when the carrier comes");
	if (r->instead && r->unit == NULL)
		cli_usage(c, "--instead needs --unit REF:SERIAL");
	if (r->new_unit && r->unit == NULL)
		cli_usage(c, "--new-unit needs --unit REF:SERIAL");
}

int
main(int argc, char **argv)
{
	struct cli *c = cli_open(&command, argc, argv);
	struct ship_request r = { 0 };
	struct ship_part *parts;
	struct act *act;

	flow_step_parse(cli_word(c, "STEP"), &r.step);
	r.carrier = cli_text(c, "carrier");
	r.tracking = cli_text(c, "tracking");
	r.unit = cli_text(c, "unit");
	r.site = cli_text(c, "from");
	r.instead = cli_flag(c, "instead");
	r.new_unit = cli_flag(c, "new-unit");
	parts = read_parts(c, &r);
	check(c, &r);
	act = cli_act_open(c);
	r.appointment = cli_time(c, "on", office_zone(act->office), 0);
	cli_acts(c, act, ship, &r);
	cli_act_close(act);
	for (size_t i = 0; i < r.part_count; i++)
		free((void *)(uintptr_t)parts[i].reference);
	free(parts);
	return cli_close(c);
}
