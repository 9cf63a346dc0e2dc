/* SPDX-License-Identifier: ISC */
#ifndef CLI_ACT_H
#define CLI_ACT_H

#include "cli/cli.h"
#include "service/act.h"

/* What the commands that act on cases share: who, when, in what words. */
#define CLI_ACT \
	CLI_AT, CLI_BY, CLI_MESSAGE, CLI_FILE, CLI_DRY_RUN, CLI_QUIET, CLI_NULL

/* Opens the file for writing and reads --by, --at and the message. Take the
 * command's own operand first. Released by cli_act_close(). */
struct act *cli_act_open(struct cli *c);
void	 cli_act_close(struct act *act);

/* One act on each case, as cli_each(), with its warnings and what it would
 * do. */
typedef void cli_act_fn(struct act *act, const struct target *target,
	    void *arg);
void	 cli_acts(struct cli *c, struct act *act, cli_act_fn *fn, void *arg);

/* The same on one case, whatever the operands. */
void	 cli_acts_on(struct cli *c, struct act *act, int64_t case_id,
	    cli_act_fn *fn, void *arg);

/* The same for an act that is not about a given case. */
bool	 cli_act_once(struct cli *c, struct act *act,
	    void (*fn)(struct act *act, void *arg), void *arg);

/* A "TIME" option; a date alone is the end of that day. 0 when not given. */
int64_t	 cli_until(const struct cli *c, const struct act *act,
	    const char *name);
/* The message, without which the command cannot do; else exit 2. */
const char *cli_words(struct cli *c, const char *what);

/* The files of --attach, their names without folders; what is larger than may
 * be kept is cut just beyond that, to be refused. Released by
 * cli_files_close(). */
struct report_file *cli_files(struct cli *c, const struct act *act,
	    size_t *count);
void	 cli_files_close(struct report_file *files, size_t count);

/* An option that is given several times, as an array to free; the texts are
 * borrowed. */
int64_t	*cli_cases(const struct cli *c, const char *name, size_t *count);
const char **cli_texts(const struct cli *c, const char *name, size_t *count);

#endif
