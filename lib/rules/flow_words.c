/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "rules/flow.h"

#define COUNT(a)	(sizeof(a) / sizeof((a)[0]))

/* The name of a step and the command that completes it. */
static const struct {
	const char	*name;
	const char	*command;
} steps[STEP_COUNT] = {
	[STEP_ASSIGN] = { "assign", "case-assign STAFF" },
	[STEP_TRIAGE] = { "triage", "case-triage PROCEDURE" },
	[STEP_CLASSIFY] = { "classify", "case-triage classify" },
	[STEP_ACKNOWLEDGE] = { "acknowledge", "case-report acknowledge" },
	[STEP_SOLVE] = { "solve", "case-report solve" },
	[STEP_NOTIFY] = { "notify", "case-report notify" },
	[STEP_RESPOND] = { "respond", "case-report respond" },
	[STEP_CLOSE] = { "close", "case-close" },
	[STEP_ANSWER] = { "answer", "case-note --answer" },
	[STEP_QUOTE] = { "quote", "case-order quote" },
	[STEP_ORDER] = { "order", "case-order order" },
	[STEP_REQUEST] = { "request", "case-ship request" },
	[STEP_REPLACEMENT] = { "replacement", "case-ship replacement" },
	[STEP_SLIP] = { "slip", "case-ship slip" },
	[STEP_RETURN] = { "return", "case-ship return" },
	[STEP_RECEIVE] = { "receive", "case-ship receive" },
	[STEP_FORWARD] = { "forward", "case-ship forward" },
	[STEP_ANALYSE] = { "analyse", "case-report analyse" },
	[STEP_FIX] = { "fix", "case-report fix" },
	[STEP_SEND_BACK] = { "send-back", "case-ship send-back" },
	[STEP_DOSSIER] = { "dossier", "case-ship dossier" },
	[STEP_BOOK] = { "book", "case-ship book" },
	[STEP_PICKUP] = { "pickup", "case-ship pickup" },
	[STEP_DELIVER] = { "deliver", "case-ship deliver" },
	[STEP_REPORT] = { "report", "case-report report" },
	[STEP_SURVEY] = { "survey", "case-report survey" },
	[STEP_ADVISE] = { "advise", "case-report advise" },
	[STEP_PARTS] = { "parts", "case-ship parts" },
	[STEP_DISPATCH] = { "dispatch", "case-assign --role technician STAFF" },
	[STEP_ARRIVE] = { "arrive", "case-report arrive" },
	[STEP_INTERVENE] = { "intervene", "case-report intervene" },
	[STEP_CORRECT] = { "correct", "case-report correct" },
	[STEP_VERIFY] = { "verify", "case-report verify" },
	[STEP_REFUND] = { "refund", "case-report refund" },
};

static const char *const owners[OWNER_COUNT] = {
	[OWNER_CONTACT] = "contact", [OWNER_PILOT] = "pilot", [OWNER_EXPERT] = "expert",
	[OWNER_TECHNICIAN] = "technician", [OWNER_NAMED] = "named", [OWNER_QUALITY] = "quality",
	[OWNER_DESK] = "desk", [OWNER_LOGISTICS] = "logistics", [OWNER_PLANT] = "plant",
	[OWNER_REPAIR] = "repair", [OWNER_EXPERTISE] = "expertise", [OWNER_HOLDER] = "site",
	[OWNER_CUSTOMER] = "customer", [OWNER_CARRIER] = "carrier",
};

static const char *const states[] = {
	[STATE_OPEN] = "open", [STATE_DONE] = "done", [STATE_WAIVED] = "waived", [STATE_DROPPED] = "dropped",
};

static const char *const statuses[] = {
	[CASE_OPEN] = "open", [CASE_CLOSED] = "closed", [CASE_CANCELLED] = "cancelled",
};

static const char *const outcomes[OUTCOME_COUNT] = {
	[OUTCOME_REPAIRED] = "repaired", [OUTCOME_NO_FAULT_FOUND] = "no-fault-found",
	[OUTCOME_NOT_REPAIRABLE] = "not-repairable", [OUTCOME_RETURN] = "return", [OUTCOME_KEEP] = "keep",
	[OUTCOME_SCRAP] = "scrap", [OUTCOME_RUNNING] = "running", [OUTCOME_NOT_RUNNING] = "not-running",
	[OUTCOME_EFFECTIVE] = "effective", [OUTCOME_NOT_EFFECTIVE] = "not-effective", [OUTCOME_HELD] = "held",
	[OUTCOME_DISPOSED] = "disposed", [OUTCOME_SOLD_ON] = "sold-on", [OUTCOME_NOT_FOUND] = "not-found",
	[OUTCOME_HANDED_OVER] = "handed-over", [OUTCOME_SCRAPPED] = "scrapped",
	[OUTCOME_DECLINED] = "declined", [OUTCOME_CANCELLED] = "cancelled",
	[OUTCOME_MOVED] = "unit-moved",
};

const char *
flow_step_name(enum step step)
{
	return steps[step].name;
}

const char *
flow_step_command(enum step step)
{
	return steps[step].command;
}

const char *
flow_owner_name(enum owner owner)
{
	return owners[owner];
}

const char *
flow_state_name(enum step_state state)
{
	return states[state];
}

const char *
flow_status_name(enum case_status status)
{
	return statuses[status];
}

const char *
flow_outcome_name(enum outcome outcome)
{
	return outcomes[outcome];
}

bool
flow_step_parse(const char *word, enum step *step)
{
	for (size_t i = 0; i < STEP_COUNT; i++)
		if (strcmp(steps[i].name, word) == 0) {
			*step = (enum step)i;
			return true;
		}
	return false;
}

/* The place of a word in a list that may have gaps, or `count`. */
static size_t
find(const char *const *words, size_t count, const char *word)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (words[i] != NULL && strcmp(words[i], word) == 0)
			break;
	return i;
}

bool
flow_owner_parse(const char *word, enum owner *owner)
{
	size_t i = find(owners, OWNER_COUNT, word);

	if (i < OWNER_COUNT)
		*owner = (enum owner)i;
	return i < OWNER_COUNT;
}

bool
flow_state_parse(const char *word, enum step_state *state)
{
	size_t i = find(states, COUNT(states), word);

	if (i < COUNT(states))
		*state = (enum step_state)i;
	return i < COUNT(states);
}

bool
flow_status_parse(const char *word, enum case_status *status)
{
	size_t i = find(statuses, COUNT(statuses), word);

	if (i < COUNT(statuses))
		*status = (enum case_status)i;
	return i < COUNT(statuses);
}

bool
flow_outcome_parse(const char *word, enum outcome *outcome)
{
	size_t i = find(outcomes, OUTCOME_COUNT, word);

	if (i < OUTCOME_COUNT)
		*outcome = (enum outcome)i;
	return i < OUTCOME_COUNT;
}

const enum outcome *
flow_outcomes(enum process process, enum step step)
{
	static const enum outcome fix[] = { OUTCOME_REPAIRED,
	    OUTCOME_NO_FAULT_FOUND, OUTCOME_NOT_REPAIRABLE, OUTCOME_NONE };
	static const enum outcome analyse[] = { OUTCOME_RETURN, OUTCOME_KEEP,
	    OUTCOME_SCRAP, OUTCOME_NONE };
	static const enum outcome intervene[] = { OUTCOME_RUNNING,
	    OUTCOME_NOT_RUNNING, OUTCOME_NONE };
	static const enum outcome verify[] = { OUTCOME_EFFECTIVE,
	    OUTCOME_NOT_EFFECTIVE, OUTCOME_NONE };
	static const enum outcome respond[] = { OUTCOME_HELD,
	    OUTCOME_DISPOSED, OUTCOME_SOLD_ON, OUTCOME_NOT_FOUND,
	    OUTCOME_NONE };

	if (step == STEP_FIX)
		return fix;
	if (step == STEP_ANALYSE && process == PROC_EXPERTISE)
		return analyse;
	if (step == STEP_INTERVENE)
		return intervene;
	if (step == STEP_VERIFY)
		return verify;
	if (step == STEP_RESPOND)
		return respond;
	return NULL;
}
