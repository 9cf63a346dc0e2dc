/* SPDX-License-Identifier: ISC */
#include <assert.h>
#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/local.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/time.h"
#include "rules/unit.h"
#include "state.h"

/* What getopt_long() answers: a letter, these, or FIRST plus the row. */
enum {
	HELP = 256,
	VERSION,
	COMPLETIONS,
	FIRST
};

/* A descriptor that is closed would be given to the next file opened, and a
 * message written into that file. What stands in for it fails as it should. */
static void
guard_descriptors(void)
{
	if (fcntl(STDIN_FILENO, F_GETFD) == -1)
		(void)open("/dev/null", O_WRONLY);
	if (fcntl(STDOUT_FILENO, F_GETFD) == -1)
		(void)open("/dev/null", O_RDONLY);
	if (fcntl(STDERR_FILENO, F_GETFD) == -1)
		(void)open("/dev/null", O_RDWR);
}

static void
write_fails(int sig)
{
	(void)sig;
}

/* Writing to a pipe without a reader, or beyond the largest file that is
 * allowed, fails instead of killing, so that the file is closed in good order
 * first. A handler, unlike SIG_IGN, is not inherited by programs that a command
 * runs. */
static void
guard_writes(void)
{
	struct sigaction act = { .sa_handler = write_fails };

	act.sa_flags = SA_RESTART;
	sigemptyset(&act.sa_mask);
	(void)sigaction(SIGPIPE, &act, NULL);
	(void)sigaction(SIGXFSZ, &act, NULL);
}

static const struct cli_option *
lookup(const struct cli_command *command, const char *name)
{
	const struct cli_option *o;

	for (o = command->options; o != NULL && o->name != NULL; o++)
		if (strcmp(o->name, name) == 0)
			return o;
	return NULL;
}

static const struct cli_option *
by_letter(const struct cli_command *command, int letter)
{
	const struct cli_option *o;

	for (o = command->options; o != NULL && o->name != NULL; o++)
		if (o->letter == letter)
			return o;
	return NULL;
}

static size_t
count_options(const struct cli_command *command)
{
	size_t n = 0;

	while (command->options != NULL && command->options[n].name != NULL)
		n++;
	return n;
}

/* The table as getopt_long() wants it; for the caller to free. */
static struct option *
long_options(const struct cli_command *command)
{
	static const struct option own[] = {
		{ "help", no_argument, NULL, HELP },
		{ "version", no_argument, NULL, VERSION },
		{ "completions", no_argument, NULL, COMPLETIONS },
		{ NULL, 0, NULL, 0 }
	};
	size_t i, n = count_options(command);
	struct option *table;

	table = mem_zero(n + sizeof(own) / sizeof(*own), sizeof(*table));
	for (i = 0; i < n; i++) {
		const struct cli_option *o = &command->options[i];

		table[i].name = o->name;
		table[i].has_arg = o->value != NULL ? required_argument :
		    no_argument;
		table[i].val = FIRST + (int)i;
	}
	memcpy(&table[n], own, sizeof(own));
	return table;
}

/* A leading colon tells a missing value from an unknown option. */
static char *
letters(const struct cli_command *command)
{
	struct buf b = { 0 };
	const struct cli_option *o;

	buf_char(&b, ':');
	for (o = command->options; o != NULL && o->name != NULL; o++) {
		if (o->letter == 0)
			continue;
		buf_char(&b, o->letter);
		if (o->value != NULL)
			buf_char(&b, ':');
	}
	buf_str(&b);
	return b.data;
}

/* What names something is not empty: in a script that is a variable that was
 * never set. */
static void
check_name(const struct cli *c, const struct cli_option *o, const char *text)
{
	const char *why = NULL;

	if (strcmp(o->value, "REF[:SERIAL]") == 0)
		why = unit_fault(text);
	else if (strcmp(o->value, "SERIAL") == 0)
		why = unit_serial_fault(text);
	else if (text_has_word("KEY REF NUMBER CODE STAFF SITE CUSTOMER OWNER",
	    o->value) && text[strspn(text, " \t\n")] == '\0')
		why = local_text("names nothing");
	/* What must be given must say something, too. */
	else if (text_has_word("why missed change sought", o->name) &&
	    text[strspn(text, " \t\n")] == '\0')
		why = local_text("has no words");
	if (why != NULL)
		cli_usage(c, "--%s: '%.300s' %s", o->name, text, why);
}

char *
options_words(const char *words, cli_list_fn *list)
{
	struct buf made = { 0 };

	if (list == NULL)
		return mem_text(words);
	list(&made);
	buf_str(&made);
	return made.data;
}

static void
check_word(const struct cli *c, const struct cli_option *o, const char *text)
{
	char *words = options_words(o->words, o->list);

	if (words != NULL && !text_has_word(words, text))
		cli_usage(c, "--%s: '%s' is none of: %s", o->name, text,
		    words);
	free(words);
}

static void
check_value(const struct cli *c, const struct cli_option *o, const char *text)
{
	int64_t at;

	if (strcmp(o->value, "FILE") == 0 || strcmp(o->value, "DIR") == 0)
		return;
	if (!text_valid(text, strlen(text)))
		cli_usage(c, "--%s: not UTF-8: %s", o->name, text);
	check_name(c, o, text);
	check_word(c, o, text);
	if (strcmp(o->name, "columns") == 0 && c->command->columns != NULL)
		out_check(c, c->command->columns, text);
	if (strcmp(o->value, "TIME") == 0 &&
	    !time_parse(text, "UTC", 0, &at, NULL))
		cli_usage(c, "--%s: '%s' is no time; as in 2026-04-30, "
		    "2026-04-30T14:05, now, -2h, -3d", o->name, text);
	if (strcmp(o->value, "SPAN") == 0 && !span_parse(text, &at))
		cli_usage(c, "--%s: '%s' is no span of time; "
		    "as in 2d, 4h, 15m, 1w", o->name, text);
	if (strcmp(o->value, "DATE") == 0 && !time_parse_date(text, &at))
		cli_usage(c, "--%s: '%s' is no date; as in 2026-04-30",
		    o->name, text);
}

static void
add(struct cli *c, const struct cli_option *o, const char *text)
{
	const char *before;

	if (o->value != NULL) {
		check_value(c, o, text);
		before = o->repeats ? NULL : cli_text(c, o->name);
		if (before != NULL && strcmp(before, text) != 0)
			cli_usage(c, "--%s is given twice: '%s' and '%s'",
			    o->name, before, text);
	}
	c->values = mem_array(c->values, c->value_count + 1,
	    sizeof(*c->values));
	c->values[c->value_count++] = (struct cli_value){ o, text };
}

bool
options_add(struct cli *c, const char *name, const char *text)
{
	const struct cli_option *o = lookup(c->command, name);

	if (o == NULL || o->value == NULL)
		return false;
	add(c, o, text);
	return true;
}

/* What getopt_long() could not make sense of. */
_Noreturn static void
refuse(const struct cli *c, int answer, const char *argument)
{
	const struct cli_option *o;

	if (optopt > 0 && optopt < HELP && answer == '?')
		cli_usage(c, "unknown option -%c", optopt);
	if (optopt >= FIRST)
		o = &c->command->options[optopt - FIRST];
	else
		o = optopt > 0 ? by_letter(c->command, optopt) : NULL;
	if (answer == ':' && o != NULL)
		cli_usage(c, "--%s needs a value: %s", o->name,
		    local_word("value", o->value));
	if (optopt >= HELP)
		cli_usage(c, "%s: the option takes no value", argument);
	cli_usage(c, "unknown option %s", argument);
}

/* Takes one option; false when there are no more. */
static bool
parse(struct cli *c, int argc, char **argv, const char *shorts,
    const struct option *longs)
{
	int answer = getopt_long(argc, argv, shorts, longs, NULL);
	const struct cli_option *o;

	switch (answer) {
	case -1:
		return false;
	case '?':
	case ':':
		refuse(c, answer, argv[optind - 1]);
	case HELP:
		help_print(c->command);
		cli_end(c, cli_flush(c) ? EXIT_DONE : EXIT_BROKEN);
	case VERSION:
		help_version();
		cli_end(c, cli_flush(c) ? EXIT_DONE : EXIT_BROKEN);
	case COMPLETIONS:
		help_completions(c->command);
		cli_end(c, cli_flush(c) ? EXIT_DONE : EXIT_BROKEN);
	default:
		o = answer >= FIRST ? &c->command->options[answer - FIRST] :
		    by_letter(c->command, answer);
		add(c, o, optarg != NULL ? optarg : "");
		return true;
	}
}

struct cli *
cli_open(const struct cli_command *command, int argc, char **argv)
{
	struct cli *c = mem_zero(1, sizeof(*c));
	struct option *longs = long_options(command);
	char *shorts = letters(command);

	guard_descriptors();
	guard_writes();
	local_open();
	c->self = c;
	c->command = command;
	c->progress = mem_zero(1, sizeof(*c->progress));
	opterr = 0;
	while (parse(c, argc, argv, shorts, longs))
		continue;
	c->operands = argv + optind;
	c->count = (size_t)(argc - optind);
	free(shorts);
	free(longs);
	return c;
}

bool
cli_given(const struct cli *c, const char *name)
{
	return lookup(c->command, name) != NULL && cli_count(c, name) > 0;
}

bool
cli_flag(const struct cli *c, const char *name)
{
	return cli_count(c, name) > 0;
}

size_t
cli_count(const struct cli *c, const char *name)
{
	size_t i, n = 0;

	assert(lookup(c->command, name) != NULL);
	for (i = 0; i < c->value_count; i++)
		n += strcmp(c->values[i].option->name, name) == 0;
	return n;
}

const char *
cli_nth(const struct cli *c, const char *name, size_t i)
{
	size_t v;

	assert(lookup(c->command, name) != NULL);
	for (v = 0; v < c->value_count; v++)
		if (strcmp(c->values[v].option->name, name) == 0 && i-- == 0)
			return c->values[v].text;
	return NULL;
}

const char *
cli_text(const struct cli *c, const char *name)
{
	size_t n = cli_count(c, name);

	return n > 0 ? cli_nth(c, name, n - 1) : NULL;
}
