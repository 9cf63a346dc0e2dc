/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "cli/act.h"
#include "rules/number.h"
#include "service/assign.h"

static const struct cli_option options[] = {
	{ .name = "auto", .help = "by skill for the product's range, then by load" },
	{ .name = "role", .value = "ROLE", .words = "pilot expert technician",
	    .help = "what the person is for the case; pilot unless said" },
	CLI_ACT,
	{ .name = NULL }
};

static const struct cli_command command = {
	.synopsis = "[--role ROLE] STAFF [CASE...]\n[--role ROLE] --auto [CASE...]",
	.about = "name the person who answers for cases",
	.cases = true,
	.options = options
};

struct assignment {
	const char	*person;
	enum assign_role role;
};

static void
assign(struct act *act, const struct target *target, void *arg)
{
	const struct assignment *a = arg;

	assign_case(act, target->case_id, a->role, a->person);
}

static enum assign_role
role_of(const char *word)
{
	if (word == NULL || strcmp(word, "pilot") == 0)
		return ASSIGN_PILOT;
	return strcmp(word, "expert") == 0 ? ASSIGN_EXPERT :
	    ASSIGN_TECHNICIAN;
}

/* A case number alone would wait for more of them on standard input. */
static const char *
take_person(struct cli *c)
{
	const char *person = cli_next(c);
	int64_t number;

	if (person == NULL)
		cli_usage(c, "to whom? name STAFF, or --auto");
	if (cli_peek(c) == NULL && number_parse(person, &number))
		cli_usage(c, "to whom? '%s' is a case: name STAFF before it, "
		    "or --auto", person);
	return person;
}

int
main(int argc, char **argv)
{
	struct cli *c = cli_open(&command, argc, argv);
	struct assignment a = { .role = role_of(cli_text(c, "role")) };
	struct act *act;

	if (!cli_flag(c, "auto"))
		a.person = take_person(c);
	act = cli_act_open(c);
	cli_acts(c, act, assign, &a);
	cli_act_close(act);
	return cli_close(c);
}
