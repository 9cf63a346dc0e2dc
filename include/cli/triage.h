/* SPDX-License-Identifier: ISC */
#ifndef CLI_TRIAGE_H
#define CLI_TRIAGE_H

#include "cli/act.h"
#include "service/triage.h"

/* The options by which procedures are started: of case-triage, and of
 * case-report solve and respond. */
#define CLI_TRIAGE \
	{ .name = "sold-on", .value = "DATE", .help = "settles the warranty: date of purchase" }, \
	{ .name = "no-proof", .help = "settles the warranty: there is no proof of purchase" }, \
	{ .name = "goodwill", .value = "REASON", .help = "grants goodwill" }, \
	{ .name = "owner", .value = "STAFF", .help = "who owes the correction" }, \
	{ .name = "until", .value = "TIME", .help = "when the correction is due" }, \
	{ .name = "instead", .help = "of the procedure that is under way" }

struct cli_triage {
	struct triage_request request;
	enum process	 procedures[PROCESS_COUNT];
};

/* Takes the word of a procedure, or "none"; false for NULL and a number. Any
 * other word is a usage error. */
bool	 cli_triage_word(struct cli *c, struct cli_triage *t, const char *word);
void	 cli_triage_options(struct cli *c, struct cli_triage *t);
/* What can be refused without looking into the file. --until is for the command
 * to read, once it knows the time zone. */
void	 cli_triage_check(struct cli *c, const struct cli_triage *t);

#endif
