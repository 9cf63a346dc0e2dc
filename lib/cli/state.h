/* SPDX-License-Identifier: ISC */
#ifndef CLI_STATE_H
#define CLI_STATE_H

#include "base/json.h"
#include "cli/cli.h"

/* Shared by the files of this folder only. */

enum {
	EXIT_DONE = 0,
	EXIT_REFUSED = 1,
	EXIT_USAGE = 2,
	EXIT_BROKEN = 3,
	EXIT_BUSY = 75
};

struct cli_value {
	const struct cli_option	*option;
	const char		*text;		/* "" for a flag */
};

struct progress {
	int64_t	started;	/* milliseconds; 0: not yet */
	int64_t	shown;		/* last drawn; 0: no line is there */
};

struct cli {
	struct cli		*self;		/* for cli_end() */
	const struct cli_command *command;
	struct cli_value	*values;
	size_t			 value_count;
	char			**operands;
	size_t			 count, next;
	char			*message;
	char			*staff;
	struct json		 request;
	struct buf		 after;		/* lines of cli_after() */
	struct buf		 would;		/* and of cli_would() */
	bool			 input_taken;	/* -F - has read stdin */
	struct store		*store;
	bool			 inside;	/* a transaction of it */
	int			 exit_code;	/* the gravest so far */
	bool			 output_failed;	/* stdout: told already */
	struct progress		*progress;
};

/* options.c: as if it were given on the command line; the text is borrowed.
 * False when no option of that name takes a value. */
bool	 options_add(struct cli *c, const char *name, const char *text);

/* The words of a row of the table or of an operand, to free; NULL: any. */
char	*options_words(const char *words, cli_list_fn *list);

/* values.c: "2d" in seconds; false when it is no span. */
bool	 span_parse(const char *text, int64_t *seconds);

/* Does the table have the option, and was it given? */
bool	 cli_given(const struct cli *c, const char *name);
void	 cli_worsen(struct cli *c, int code);
int	 cli_exit_code(enum store_status status);
/* Writes out what stdio holds; a failure is told once. */
bool	 cli_flush(struct cli *c);
/* Standard output failed; `why` is the errno, or 0 if it is lost. */
void	 cli_output_error(struct cli *c, int why);
/* Closes the file and ends the process. */
_Noreturn void cli_end(const struct cli *c, int code);

/* each.c: a transaction, rolled back at its end with --dry-run or --drill, and
 * what there is to say of one that went well. */
void	 cli_begin(struct cli *c, struct store *s);
enum store_status cli_finish(struct cli *c, struct store *s);
void	 cli_say(struct cli *c);

/* out.c: exit 2 unless the list, separated by commas, names columns. */
void	 out_check(const struct cli *c, const struct out_column *columns,
	    const char *list);

/* help.c: each prints on stdout. */
void	 help_print(const struct cli_command *command);
void	 help_version(void);
void	 help_completions(const struct cli_command *command);

/* operand.c: "1000423/2" or "1000423". NULL, or what is wrong; static. */
const char *operand_parse(const char *text, int64_t *case_id, int *item);
/* Exit 2 unless all operands that are left are cases, where these are meant. */
void	 operand_check(const struct cli *c);
/* Says so, exit 2: the options are not to blame, so --help would not help. */
_Noreturn void operand_refuse(const struct cli *c, const char *text,
	    const char *why);

/* Takes the line of the progress away before something else is printed. */
void	 progress_clear(struct progress *p);

#endif
