/* SPDX-License-Identifier: ISC */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/buf.h"
#include "service/target.h"
#include "store/store.h"

/*
 * What every command does the same way: options from one table (which is also
 * --help and the completions), operands or standard input, one transaction a
 * case, messages, exit codes. The only floor that prints and exits.
 */
struct cli;

/* Appends words, separated by spaces: for those that a table of the engine has,
 * see flow_list.h. */
typedef void cli_list_fn(struct buf *words);

/*
 * The table ends with a row without a name. Some values are checked when they
 * are parsed: "TIME", "DATE" and "SPAN" as such, everything but "FILE" and
 * "DIR" as UTF-8. A value option that does not repeat is refused with two
 * values.
 */
struct cli_option {
	const char	*name;		/* long name */
	char		 letter;	/* 0: long only */
	const char	*value;		/* what it takes: "TIME"; NULL: flag */
	bool		 repeats;	/* may be given several times */
	const char	*words;		/* the words it takes, separated by
					 * spaces; NULL: anything */
	cli_list_fn	*list;		/* or makes them */
	const char	*help;
};

#define CLI_AT \
	{ .name = "at", .letter = 'a', .value = "TIME", \
	    .help = "when it happened" }
#define CLI_BY \
	{ .name = "by", .letter = 'b', .value = "STAFF", \
	    .help = "on whose behalf" }
#define CLI_MESSAGE \
	{ .name = "message", .letter = 'm', .value = "TEXT", .repeats = true, \
	    .help = "the words; each further one is a paragraph" }
#define CLI_FILE \
	{ .name = "file", .letter = 'F', .value = "FILE", \
	    .help = "the words from a file, - for standard input" }
#define CLI_DRY_RUN \
	{ .name = "dry-run", .letter = 'n', \
	    .help = "say what would be done, change nothing" }
#define CLI_JSON \
	{ .name = "json", .letter = 'j', \
	    .help = "one JSON object a line" }
#define CLI_COLUMNS \
	{ .name = "columns", .letter = 'o', .value = "LIST", \
	    .help = "the columns to print, separated by commas" }
#define CLI_QUIET \
	{ .name = "quiet", .letter = 'q', \
	    .help = "print nothing but messages" }
#define CLI_KEY \
	{ .name = "key", .letter = 'k', .value = "KEY", \
	    .help = "the same key creates only once" }
#define CLI_NULL \
	{ .name = "null", .letter = '0', \
	    .help = "standard input is separated by NUL" }

struct out_column;

struct cli_command {
	const char	*synopsis;	/* lines without the name:
					 * "STEP [CASE[/ITEM]...]" */
	const char	*about;		/* one line */
	const char	*words;		/* of the first operand, for cli_word()
					 * and completions; NULL: none */
	cli_list_fn	*list;		/* or makes them */
	bool		 several;	/* further operands may be words too */
	bool		 cases;		/* the further operands are cases */
	bool		 files;		/* operands may be file names: bytes */
	const struct cli_option *options;
	const struct out_column *columns;	/* for --columns; see out.h */
};

/* Parses; --help and --version print and end the process, as does a mistake
 * (exit 2). `command` must outlive the answer. cli_close() closes the file that
 * cli_store() opened, returns the exit code, having checked stdout. */
struct cli *cli_open(const struct cli_command *command, int argc, char **argv);
int	 cli_close(struct cli *c);

/* Values by option name; a name that the table does not have is a bug. */
bool	 cli_flag(const struct cli *c, const char *name);
/* The last one, or NULL. */
const char *cli_text(const struct cli *c, const char *name);
size_t	 cli_count(const struct cli *c, const char *name);
const char *cli_nth(const struct cli *c, const char *name, size_t i);
/* A whole number from `min` to `max`, else exit 2; `none` when not given. */
int64_t	 cli_number(const struct cli *c, const char *name, int64_t min,
	    int64_t max, int64_t none);
/* A "TIME" option in the zone; `none` when not given. */
int64_t	 cli_time(const struct cli *c, const char *name, const char *zone,
	    int64_t none);
/* A "SPAN" option in seconds: 2d, 4h, 15m, 1w; `none` when not given. */
int64_t	 cli_span(const struct cli *c, const char *name, int64_t none);
/* --at in the zone, else now. */
int64_t	 cli_at(const struct cli *c, const char *zone);

/* -m (several are paragraphs), or what -F names, as UTF-8 and not blank; NULL
 * when neither is given. Take the act's operand first: -F - is refused when the
 * cases would come from standard input as well. */
const char *cli_message(struct cli *c);
/* To read what an option names: not the file of the cases, see store_owns(). */
FILE	*cli_fopen(const struct cli *c, const char *path);

/* The staff code on whose behalf: --by (if the table has it), else the staff
 * member whose login is the user's. Borrowed. Ends the process (exit 1) when
 * there is no such one. */
const char *cli_staff(struct cli *c, struct store *s);

/* Exit 2 when one of these options, separated by spaces, is given: they are for
 * `what` only, and that was not said. */
void	 cli_only_for(const struct cli *c, const char *options,
	    const char *what);

/* The request as it was given, for -k: every option but those that only say how
 * to print, the words themselves for --file, then all operands. Borrowed. */
const char *cli_request(struct cli *c);

/* The next operand, taken; NULL when there are no more. */
const char *cli_next(struct cli *c);
/* The same without taking it. */
const char *cli_peek(const struct cli *c);
/* The next operand, which must be one of command->words, else exit 2; `what`
 * names it: "STEP". */
const char *cli_word(struct cli *c, const char *what);
/* Exit 2 when operands are left. */
void	 cli_last(struct cli *c);
/* A case number, else exit 2. */
int64_t	 cli_case(const struct cli *c, const char *text);

/* A mistake in the command line: message, a hint at --help, exit 2. */
_Noreturn void cli_usage(const struct cli *c, const char *fmt, ...)
	    __attribute__((__format__(__printf__, 2, 3)));

/* Opens the file of CASE_DB or of the user; says why not and ends the process
 * if it cannot be used. Closed by cli_close() and wherever the process ends
 * here: do not close it yourself. */
struct store *cli_store(struct cli *c, enum store_mode mode);

/*
 * The rest of the operands as cases, else standard input. Operands that name
 * items of one case are one target, in order of first appearance; so are
 * neighbouring lines of input. The target is borrowed during the call.
 */
typedef void cli_fn(struct store *s, const struct target *target, void *arg);

/* For each target: a transaction around fn, then the number on stdout once it
 * is committed (not with --quiet), or "NUMBER: why" on stderr. --dry-run rolls
 * back. fn is not called when the transaction could not begin. A malformed
 * operand ends the process before anything is done; a malformed line of input
 * is told, the others go on. The outcome is in cli_close()'s answer. */
void	 cli_each(struct cli *c, struct store *s, cli_fn *fn, void *arg);

/* The same for one target, whatever the operands. */
void	 cli_one(struct cli *c, struct store *s, const struct target *target,
	    cli_fn *fn, void *arg);

/* The same targets with neither a transaction nor a number printed, for what
 * only looks or keeps its own; stops when fn answers false. */
typedef bool cli_target_fn(struct cli *c, const struct target *target,
	    void *arg);
void	 cli_targets(struct cli *c, cli_target_fn *fn, void *arg);

/* One transaction that is not about a given case; fn's refusal becomes the
 * message and the exit code. True when it was committed: not with --dry-run,
 * which rolls back. */
bool	 cli_once(struct cli *c, struct store *s,
	    void (*fn)(struct store *s, void *arg), void *arg);
/*
 * From within fn, lines that are said on stderr when it is over: what the
 * person should know, and what --dry-run says instead of "1000423: would be
 * done". They name the case themselves. A refusal drops them.
 */
void	 cli_after(struct cli *c, const char *lines);
void	 cli_would(struct cli *c, const char *lines);

/* A case's number on stdout at once, after its commit; not with --quiet. False
 * when nobody reads any more: stop. */
bool	 cli_print_case(struct cli *c, int64_t case_id);

/* The outcome so far, as exit code: the gravest wins. */
void	 cli_fail(struct cli *c, enum store_status status);
/* "case-ship: ..." on stderr, one line, data escaped. */
void	 cli_warn(const struct cli *c, const char *fmt, ...)
	    __attribute__((__format__(__printf__, 2, 3)));

/* How far a long work is, on stderr, when that is a terminal and a second has
 * passed; `total` 0 when it is not known. `what` as in "lines". Call it often:
 * it is cheap. cli_progress_end() takes the line away. */
void	 cli_progress(struct cli *c, int64_t done, int64_t total,
	    const char *what);
void	 cli_progress_end(struct cli *c);

#endif
