/* SPDX-License-Identifier: ISC */
#include <ctype.h>
#include <string.h>

#include "cli/triage.h"

static void
add(struct cli *c, struct cli_triage *t, enum process procedure)
{
	const struct flow_process *p = flow_process(procedure), *other;
	struct triage_request *r = &t->request;

	for (size_t i = 0; i < r->count; i++) {
		other = flow_process(t->procedures[i]);
		if (other == p)
			cli_usage(c, "%s is named twice", p->name);
		if (other->exclusive && p->exclusive)
			cli_usage(c, "%s and %s exclude each other",
			    other->name, p->name);
	}
	t->procedures[r->count++] = procedure;
	r->procedures = t->procedures;
}

/* "exchange, refund (recall), none": what may be started, and where if it is in
 * one kind of case only. */
static void
list_procedures(struct buf *b)
{
	for (enum process p = KIND_COUNT; p < PROCESS_COUNT; p++) {
		const char *only = NULL;
		int kinds = 0;

		for (enum process k = 0; k < KIND_COUNT; k++)
			if (flow_process(k)->offers >> p & 1) {
				only = flow_process(k)->name;
				kinds++;
			}
		buf_text(b, flow_process(p)->name);
		if (kinds == 1)
			buf_printf(b, " (%s)", only);
		buf_text(b, ", ");
	}
	buf_text(b, "none");
}

bool
cli_triage_word(struct cli *c, struct cli_triage *t, const char *word)
{
	struct buf list = { 0 };
	enum process procedure;

	if (word == NULL || isdigit((unsigned char)*word))
		return false;
	if (strcmp(word, "none") == 0)
		t->request.none = true;
	else if (flow_procedure_parse(word, &procedure))
		add(c, t, procedure);
	else {
		list_procedures(&list);
		cli_usage(c, "'%s' is not a procedure; there are: %s", word,
		    buf_str(&list));
	}
	return true;
}

void
cli_triage_options(struct cli *c, struct cli_triage *t)
{
	struct triage_request *r = &t->request;

	r->instead = cli_flag(c, "instead");
	r->sold_on = cli_text(c, "sold-on");
	r->no_proof = cli_flag(c, "no-proof");
	r->goodwill = cli_text(c, "goodwill");
	r->owner = cli_text(c, "owner");
}

static bool
corrects(const struct triage_request *r)
{
	for (size_t i = 0; i < r->count; i++)
		if (r->procedures[i] == PROC_CORRECTION)
			return true;
	return false;
}

void
cli_triage_check(struct cli *c, const struct cli_triage *t)
{
	const struct triage_request *r = &t->request;

	if (r->none && r->count > 0)
		cli_usage(c, "none goes alone");
	if (!r->none && r->count == 0 && r->sold_on == NULL && !r->no_proof &&
	    r->goodwill == NULL)
		cli_usage(c, "which procedure? or none");
	if (r->sold_on != NULL && r->no_proof)
		cli_usage(c, "--sold-on and --no-proof exclude each other");
	if (r->goodwill != NULL && r->goodwill[strspn(r->goodwill, " \t\n")] ==
	    '\0')
		cli_usage(c, "--goodwill needs its reason");
	if (corrects(r) && r->owner == NULL)
		cli_usage(c, "a correction needs --owner STAFF");
	if (!corrects(r) && (r->owner != NULL || cli_text(c, "until") != NULL))
		cli_usage(c, "--owner and --until are for a correction");
	if (r->instead)
		cli_words(c, "the reason for --instead");
}
