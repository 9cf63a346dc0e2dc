/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "rules/flow.h"

#define COUNT(a)	(sizeof(a) / sizeof((a)[0]))
#define BD(n)		{ (n), DUE_BUSINESS_DAYS }
#define WH(n)		{ (n), DUE_WORKING_HOURS }
#define HOURS(n)	{ (n), DUE_HOURS }
#define MINUTES(n)	{ (n), DUE_MINUTES }

/* What any kind may need: opened by acts, never by what is before it. The last
 * two see that no unit of the customer is left behind. */
#define ON_DEMAND \
	{ .step = STEP_ANSWER,      .owner = OWNER_CUSTOMER, .scope = SCOPE_CASE,   .when = WHEN_ASKED, \
	  .due = BD(5), .waive = WAIVE_PASSES, .chased = true, .loose = true }, \
	{ .step = STEP_RECEIVE,     .owner = OWNER_HOLDER,   .scope = SCOPE_ITEM,   .when = WHEN_ASKED, \
	  .waive = WAIVE_PASSES }, \
	{ .step = STEP_SEND_BACK,   .owner = OWNER_HOLDER,   .scope = SCOPE_ITEM,   .when = WHEN_ASKED, \
	  .due = BD(5), .waive = WAIVE_PASSES }, \
	{ .step = STEP_CLOSE,       .owner = OWNER_PILOT,    .scope = SCOPE_CASE,   .when = WHEN_ASKED, \
	  .due = BD(2) }

#define ASSIGN(who, limit) \
	{ .step = STEP_ASSIGN,      .owner = who,            .scope = SCOPE_CASE,   .due = limit }
#define TRIAGE(limit) \
	{ .step = STEP_TRIAGE,      .owner = OWNER_PILOT,    .scope = SCOPE_EITHER, \
	  .after = AFTER(STEP_ASSIGN), \
	  .due = limit }
#define TRIAGE_AGAIN \
	{ .step = STEP_TRIAGE,      .owner = OWNER_PILOT,    .scope = SCOPE_EITHER, .when = WHEN_ASKED, \
	  .due = BD(1) }

/* Due times that concern the promise to the customer (2 + 9 + 4 = 15 business
 * days) are the service's published ones; the others are its defaults. */

static const struct flow_rule fault[] = {
	ASSIGN(OWNER_CONTACT, WH(4)),
	TRIAGE(BD(1)),
	ON_DEMAND
};

static const struct flow_rule emergency[] = {
	ASSIGN(OWNER_DESK, MINUTES(15)),
	TRIAGE(MINUTES(30)),
	ON_DEMAND
};

static const struct flow_rule expertise_kind[] = {
	ASSIGN(OWNER_CONTACT, WH(4)),
	TRIAGE(BD(1)),
	ON_DEMAND
};

static const struct flow_rule complaint[] = {
	ASSIGN(OWNER_CONTACT, WH(4)),
	{ .step = STEP_CLASSIFY,    .owner = OWNER_PILOT,    .scope = SCOPE_CASE,
	  .after = AFTER(STEP_ASSIGN), .due = BD(1) },
	{ .step = STEP_ACKNOWLEDGE, .owner = OWNER_PILOT,    .scope = SCOPE_CASE,
	  .after = AFTER(STEP_CLASSIFY), .due = BD(2), .from = FROM_OPENING, .waive = WAIVE_PASSES },
	{ .step = STEP_SOLVE,       .owner = OWNER_PILOT,    .scope = SCOPE_CASE,
	  .after = AFTER(STEP_CLASSIFY), .due = BD(5) },
	TRIAGE_AGAIN,
	ON_DEMAND
};

static const struct flow_rule recall[] = {
	{ .step = STEP_NOTIFY,      .owner = OWNER_DESK,     .scope = SCOPE_CASE,
	  .due = BD(1), .waive = WAIVE_PASSES },
	{ .step = STEP_RESPOND,     .owner = OWNER_CUSTOMER, .scope = SCOPE_ITEM,
	  .after = AFTER(STEP_NOTIFY), .due = BD(10), .waive = WAIVE_PASSES, .chased = true },
	TRIAGE_AGAIN,
	ON_DEMAND
};

/* The replacement may leave before the defective unit is back. */
static const struct flow_rule exchange[] = {
	{ .step = STEP_ORDER,       .owner = OWNER_CUSTOMER, .scope = SCOPE_ITEM,   .when = WHEN_PAID,
	  .chased = true },
	{ .step = STEP_REQUEST,     .owner = OWNER_PILOT,    .scope = SCOPE_ITEM,
	  .after = AFTER(STEP_ORDER), .due = BD(1) },
	{ .step = STEP_REPLACEMENT, .owner = OWNER_LOGISTICS, .scope = SCOPE_ITEM,
	  .after = AFTER(STEP_REQUEST), .due = BD(1), .waive = WAIVE_PASSES },
	{ .step = STEP_SLIP,        .owner = OWNER_PILOT,    .scope = SCOPE_ITEM,
	  .after = AFTER(STEP_ORDER),
	  .when = WHEN_GOODS, .held = HELD_COMING, .due = BD(1), .waive = WAIVE_PASSES },
	{ .step = STEP_RETURN,      .owner = OWNER_CUSTOMER, .scope = SCOPE_ITEM,   .after = AFTER(STEP_SLIP),
	  .when = WHEN_GOODS, .held = HELD_COMING, .due = BD(10), .waive = WAIVE_ENDS, .chased = true },
	{ .step = STEP_RECEIVE,     .owner = OWNER_LOGISTICS, .scope = SCOPE_ITEM,
	  .after = AFTER(STEP_RETURN), .when = WHEN_GOODS, .held = HELD_ARRIVED, .waive = WAIVE_ENDS },
	{ .step = STEP_FORWARD,     .owner = OWNER_LOGISTICS, .scope = SCOPE_ITEM,
	  .after = AFTER(STEP_RECEIVE) | AFTER(STEP_ORDER), .when = WHEN_GOODS, .held = HELD_AT_PLANT,
	  .due = BD(2), .waive = WAIVE_ENDS },
	{ .step = STEP_ANALYSE,     .owner = OWNER_PLANT,    .scope = SCOPE_ITEM,
	  .after = AFTER(STEP_FORWARD), .when = WHEN_GOODS, .due = BD(10), .waive = WAIVE_PASSES },
};

static const struct flow_rule repair[] = {
	{ .step = STEP_QUOTE,       .owner = OWNER_PILOT,    .scope = SCOPE_ITEM,   .when = WHEN_PAID,
	  .due = BD(2) },
	{ .step = STEP_ORDER,       .owner = OWNER_CUSTOMER, .scope = SCOPE_ITEM,
	  .after = AFTER(STEP_QUOTE), .when = WHEN_PAID, .from = FROM_GIVEN, .chased = true },
	{ .step = STEP_REQUEST,     .owner = OWNER_PILOT,    .scope = SCOPE_ITEM,
	  .after = AFTER(STEP_ORDER), .due = BD(1) },
	{ .step = STEP_SLIP,        .owner = OWNER_PILOT,    .scope = SCOPE_ITEM,
	  .after = AFTER(STEP_ORDER), .held = HELD_COMING, .due = BD(1), .waive = WAIVE_PASSES },
	{ .step = STEP_RETURN,      .owner = OWNER_CUSTOMER, .scope = SCOPE_ITEM,   .after = AFTER(STEP_SLIP),
	  .held = HELD_COMING, .due = BD(10), .waive = WAIVE_ENDS, .chased = true },
	{ .step = STEP_RECEIVE,     .owner = OWNER_REPAIR,   .scope = SCOPE_ITEM,
	  .after = AFTER(STEP_RETURN), .held = HELD_AT_OWNER, .waive = WAIVE_ENDS },
	{ .step = STEP_FIX,         .owner = OWNER_REPAIR,   .scope = SCOPE_ITEM,
	  .after = AFTER(STEP_RECEIVE) | AFTER(STEP_REQUEST), .due = BD(10) },
	{ .step = STEP_SEND_BACK,   .owner = OWNER_REPAIR,   .scope = SCOPE_ITEM,   .after = AFTER(STEP_FIX),
	  .when = WHEN_FIXED, .due = BD(1), .waive = WAIVE_PASSES },
};

static const struct flow_rule expertise[] = {
	{ .step = STEP_DOSSIER,     .owner = OWNER_DESK,     .scope = SCOPE_ITEM,
	  .due = BD(1) },
	{ .step = STEP_BOOK,        .owner = OWNER_CUSTOMER, .scope = SCOPE_ITEM,
	  .after = AFTER(STEP_DOSSIER),
	  .held = HELD_COMING, .due = BD(5), .waive = WAIVE_PASSES, .chased = true },
	{ .step = STEP_PICKUP,      .owner = OWNER_CARRIER,  .scope = SCOPE_ITEM,   .after = AFTER(STEP_BOOK),
	  .held = HELD_COMING, .due = BD(2), .from = FROM_APPOINTMENT, .waive = WAIVE_ENDS },
	{ .step = STEP_DELIVER,     .owner = OWNER_CARRIER,  .scope = SCOPE_ITEM,
	  .after = AFTER(STEP_PICKUP),
	  .held = HELD_AT_OWNER, .due = BD(2), .waive = WAIVE_ENDS, .promised = true },
	{ .step = STEP_ANALYSE,     .owner = OWNER_EXPERTISE, .scope = SCOPE_ITEM,
	  .after = AFTER(STEP_DELIVER), .due = BD(9), .promised = true },
	{ .step = STEP_REPORT,      .owner = OWNER_DESK,     .scope = SCOPE_ITEM,
	  .after = AFTER(STEP_ANALYSE), .due = BD(4), .promised = true },
	{ .step = STEP_SURVEY,      .owner = OWNER_CUSTOMER, .scope = SCOPE_ITEM,
	  .after = AFTER(STEP_REPORT), .due = BD(10), .waive = WAIVE_PASSES, .chased = true, .loose = true },
	{ .step = STEP_SEND_BACK,   .owner = OWNER_EXPERTISE, .scope = SCOPE_ITEM,
	  .after = AFTER(STEP_ANALYSE), .when = WHEN_RETURN, .due = BD(5), .waive = WAIVE_PASSES },
};

static const struct flow_rule refund[] = {
	{ .step = STEP_REFUND,      .owner = OWNER_DESK,     .scope = SCOPE_ITEM,   .due = BD(10) },
};

static const struct flow_rule advice[] = {
	{ .step = STEP_ADVISE,      .owner = OWNER_EXPERT,   .scope = SCOPE_EITHER,
	  .due = BD(1), .urgent = HOURS(2),
	  .waive = WAIVE_PASSES },
};

static const struct flow_rule parts[] = {
	{ .step = STEP_PARTS,       .owner = OWNER_LOGISTICS, .scope = SCOPE_CASE,  .due = HOURS(4) },
};

static const struct flow_rule intervention[] = {
	{ .step = STEP_DISPATCH,    .owner = OWNER_DESK,     .scope = SCOPE_CASE,   .due = HOURS(1) },
	{ .step = STEP_ARRIVE,      .owner = OWNER_TECHNICIAN, .scope = SCOPE_CASE,
	  .after = AFTER(STEP_DISPATCH),
	  .due = HOURS(8), .waive = WAIVE_PASSES },
	{ .step = STEP_INTERVENE,   .owner = OWNER_TECHNICIAN, .scope = SCOPE_CASE,
	  .after = AFTER(STEP_ARRIVE),
	  .due = HOURS(24) },
};

static const struct flow_rule correction[] = {
	{ .step = STEP_CORRECT,     .owner = OWNER_NAMED,    .scope = SCOPE_CASE,
	  .due = BD(30), .from = FROM_GIVEN },
	{ .step = STEP_VERIFY,      .owner = OWNER_QUALITY,  .scope = SCOPE_CASE,
	  .after = AFTER(STEP_CORRECT), .due = BD(30), .from = FROM_GIVEN, .again = true },
};

#define RULES(table)	.rules = table, .count = COUNT(table)
#define OFFER(p)	(UINT64_C(1) << (p))

static const struct flow_process processes[PROCESS_COUNT] = {
	[KIND_FAULT] = { .name = "fault", .french = "dysfonctionnement", RULES(fault),
	    .offers = OFFER(PROC_EXCHANGE) | OFFER(PROC_REPAIR) | OFFER(PROC_ADVICE) |
		OFFER(PROC_EXPERTISE) },
	[KIND_EMERGENCY] = { .name = "emergency", .french = "urgence", RULES(emergency),
	    .offers = OFFER(PROC_ADVICE) | OFFER(PROC_PARTS) | OFFER(PROC_INTERVENTION) |
		OFFER(PROC_EXCHANGE) | OFFER(PROC_REPAIR) },
	[KIND_EXPERTISE] = { .name = "expertise", .french = "retour technique pour expertise",
	    RULES(expertise_kind),
	    .offers = OFFER(PROC_EXCHANGE) | OFFER(PROC_REPAIR) | OFFER(PROC_ADVICE) |
		OFFER(PROC_EXPERTISE) },
	[KIND_COMPLAINT] = { .name = "complaint", .french = "réclamation", RULES(complaint),
	    .offers = OFFER(PROC_EXCHANGE) | OFFER(PROC_REPAIR) | OFFER(PROC_EXPERTISE) | OFFER(PROC_ADVICE) |
		OFFER(PROC_CORRECTION) },
	[KIND_RECALL] = { .name = "recall", .french = "rappel", RULES(recall), .closes_itself = true,
	    .offers = OFFER(PROC_EXCHANGE) | OFFER(PROC_REPAIR) | OFFER(PROC_REFUND) },
	[PROC_EXCHANGE] = { .name = "exchange", .french = "échange", RULES(exchange),
	    .exclusive = true, .needs_item = true },
	[PROC_REPAIR] = { .name = "repair", .french = "réparation", RULES(repair),
	    .exclusive = true, .needs_item = true, .ends_whole = true },
	[PROC_EXPERTISE] = { .name = "expertise", .french = "expertise", RULES(expertise),
	    .exclusive = true, .needs_item = true },
	[PROC_REFUND] = { .name = "refund", .french = "remboursement", RULES(refund),
	    .exclusive = true, .needs_item = true },
	[PROC_ADVICE] = { .name = "advice", .french = "conseil de mise en œuvre", RULES(advice) },
	[PROC_PARTS] = { .name = "parts", .french = "envoi de pièces et d'équipements en urgence",
	    RULES(parts),
	    .on_case = true },
	[PROC_INTERVENTION] = { .name = "intervention", .french = "intervention sur site",
	    RULES(intervention),
	    .on_case = true },
	[PROC_CORRECTION] = { .name = "correction", .french = "procédure corrective", RULES(correction),
	    .on_case = true },
};

const struct flow_process *
flow_process(enum process process)
{
	return &processes[process];
}

const struct flow_rule *
flow_rule(enum process process, enum step step)
{
	const struct flow_process *p = &processes[process];

	for (size_t i = 0; i < p->count; i++)
		if (p->rules[i].step == step)
			return &p->rules[i];
	return NULL;
}

struct due
flow_promise(void)
{
	return (struct due)BD(15);
}

static bool
process_parse(const char *word, size_t from, size_t to, enum process *process)
{
	for (size_t i = from; i < to; i++)
		if (strcmp(processes[i].name, word) == 0) {
			*process = (enum process)i;
			return true;
		}
	return false;
}

bool
flow_kind_parse(const char *word, enum process *kind)
{
	return process_parse(word, 0, KIND_COUNT, kind);
}

bool
flow_procedure_parse(const char *word, enum process *procedure)
{
	return process_parse(word, KIND_COUNT, PROCESS_COUNT, procedure);
}

bool
flow_is_holders(const struct flow_rule *rule)
{
	return rule->owner == OWNER_HOLDER || rule->step == STEP_FORWARD ||
	    rule->step == STEP_SEND_BACK || (rule->step == STEP_RECEIVE &&
	    rule->owner == OWNER_LOGISTICS);
}

static bool
may_owe(enum owner role, const struct flow_rule *rule)
{
	if (rule->owner == OWNER_EXPERT)
		return role == OWNER_EXPERT || role == OWNER_PILOT;
	/* A unit may be at any site. */
	if (flow_is_holders(rule))
		return role == OWNER_HOLDER || role == OWNER_DESK ||
		    role == OWNER_LOGISTICS || role == OWNER_PLANT ||
		    role == OWNER_REPAIR || role == OWNER_EXPERTISE;
	return role == rule->owner;
}

uint64_t
flow_steps_of(enum owner role)
{
	uint64_t owed = 0;

	for (enum process p = 0; p < PROCESS_COUNT; p++)
		for (size_t i = 0; i < processes[p].count; i++)
			if (may_owe(role, &processes[p].rules[i]))
				owed |= AFTER(processes[p].rules[i].step);
	return owed;
}
