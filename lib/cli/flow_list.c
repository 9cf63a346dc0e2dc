/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "base/text.h"
#include "cli/flow_list.h"
#include "rules/flow.h"

/* Once: "expertise" is a kind and a procedure. */
static void
add(struct buf *words, const char *word)
{
	if (text_has_word(buf_str(words), word))
		return;
	buf_printf(words, "%s%s", words->len > 0 ? " " : "", word);
}

static void
add_processes(struct buf *words, enum process from, enum process to)
{
	for (enum process p = from; p < to; p++)
		add(words, flow_process(p)->name);
}

void
cli_list_kinds(struct buf *words)
{
	add_processes(words, 0, KIND_COUNT);
}

/* A recall is no kind that is assigned: recall-issue opens its cases. */
void
cli_list_kinds_to_open(struct buf *words)
{
	for (enum process p = 0; p < KIND_COUNT; p++)
		if (flow_rule(p, STEP_ASSIGN) != NULL)
			add(words, flow_process(p)->name);
}

void
cli_list_processes(struct buf *words)
{
	add_processes(words, 0, PROCESS_COUNT);
}

static void
add_offers(struct buf *words, enum process kind)
{
	for (enum process p = KIND_COUNT; p < PROCESS_COUNT; p++)
		if (flow_process(kind)->offers >> p & 1)
			add(words, flow_process(p)->name);
}

void
cli_list_decisions(struct buf *words)
{
	add_processes(words, KIND_COUNT, PROCESS_COUNT);
	add(words, "none");
	add(words, "classify");
}

void
cli_list_solutions(struct buf *words)
{
	add_offers(words, KIND_COMPLAINT);
	add(words, "none");
}

void
cli_list_remedies(struct buf *words)
{
	add_offers(words, KIND_RECALL);
}

/* The steps that a command completes; all of them for "". */
static void
add_steps(struct buf *words, const char *command)
{
	for (enum step step = 0; step < STEP_COUNT; step++)
		if (strncmp(flow_step_command(step), command,
		    strlen(command)) == 0)
			add(words, flow_step_name(step));
}

void
cli_list_steps(struct buf *words)
{
	add_steps(words, "");
}

void
cli_list_ship(struct buf *words)
{
	add_steps(words, "case-ship ");
}

void
cli_list_report(struct buf *words)
{
	add_steps(words, "case-report ");
}

static void
add_outcomes(struct buf *words, enum process process)
{
	const struct flow_process *p = flow_process(process);

	for (size_t i = 0; i < p->count; i++) {
		const enum outcome *outcome = flow_outcomes(process,
		    p->rules[i].step);

		while (outcome != NULL && *outcome != OUTCOME_NONE)
			add(words, flow_outcome_name(*outcome++));
	}
}

void
cli_list_outcomes(struct buf *words)
{
	for (enum process p = 0; p < PROCESS_COUNT; p++)
		add_outcomes(words, p);
}
