/* SPDX-License-Identifier: ISC */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/local.h"
#include "base/text.h"
#include "cli/out.h"
#include "state.h"

enum {
	OPTION_WIDTH = 26,	/* where the explanations begin */
	LINE_WIDTH = 79
};

/* The next word, or what is in brackets as if it were one; as text_word(). */
static const char *
piece(const char *text, size_t *len)
{
	int depth = 0;
	size_t n;

	text += strspn(text, " ");
	for (n = 0; text[n] != '\0' && text[n] != '\n'; n++) {
		if (text[n] == ' ' && depth == 0)
			break;
		depth += (text[n] == '[') - (text[n] == ']');
	}
	*len = n;
	return n > 0 ? text : NULL;
}

/* The line of text, begun in that column and wrapped under `indent`. */
static void
print_line(const char *text, int column, int indent)
{
	int from = column, more;
	size_t len;

	for (; (text = piece(text, &len)) != NULL; text += len) {
		more = text_width_part(text, len);
		if (column > from && column + 1 + more > LINE_WIDTH) {
			printf("\n%*s", indent, "");
			column = from = indent;
		}
		printf("%s%.*s", column > from ? " " : "", (int)len, text);
		column += (column > from) + more;
	}
	putchar('\n');
}

/* Nothing for NULL. */
static void
print_words(const char *words, int indent)
{
	if (words == NULL)
		return;
	printf("%*s", indent, "");
	print_line(words, indent, indent);
}

/* Answers its width. */
static int
print_value(const char *value)
{
	const char *word = local_word("value", value);

	printf(" %s", word);
	return 1 + text_width(word);
}

static void
print_option(char letter, const char *name, const char *value,
    const char *help)
{
	int n;

	n = letter != 0 ? printf("  -%c, --%s", letter, name) :
	    printf("      --%s", name);
	if (value != NULL)
		n += print_value(value);
	if (n + 2 > OPTION_WIDTH) {
		putchar('\n');
		n = 0;
	}
	printf("%*s", OPTION_WIDTH - n, "");
	print_line(local_text(help), OPTION_WIDTH, OPTION_WIDTH);
}

static void
print_columns(const struct out_column *columns)
{
	printf("\n%s\n", local_text("Columns:"));
	for (; columns->name != NULL; columns++) {
		printf("  %-*s", OPTION_WIDTH - 2, columns->name);
		print_line(columns->about != NULL ?
		    local_text(columns->about) : "", OPTION_WIDTH,
		    OPTION_WIDTH);
	}
}

static void
print_synopsis(const char *synopsis)
{
	const char *line = local_text(synopsis);
	const char *usage = local_text("usage:");
	int indent = text_width(usage) + 2 + (int)strlen(getprogname());

	printf("%s", usage);
	for (;;) {
		printf(" %s%s", getprogname(), *line != '\0' &&
		    *line != '\n' ? " " : "");
		print_line(line, indent, indent);
		line += strcspn(line, "\n");
		if (*line++ == '\0')
			break;
		printf("%*s", text_width(usage), "");
	}
}

void
help_print(const struct cli_command *command)
{
	const struct cli_option *o;
	char *words;

	print_synopsis(command->synopsis);
	printf("\n%s\n", local_text(command->about));
	words = options_words(command->words, command->list);
	if (words != NULL)
		printf("\n%s\n", command->several ?
		    local_text("The first operands are among:") :
		    local_text("The first operand is one of:"));
	print_words(words, 6);
	free(words);
	printf("\n%s\n", local_text("Options:"));
	for (o = command->options; o != NULL && o->name != NULL; o++) {
		print_option(o->letter, o->name, o->value, o->help);
		words = options_words(o->words, o->list);
		print_words(words, OPTION_WIDTH);
		free(words);
	}
	print_option(0, "help", NULL, LOCAL("print this and end"));
	print_option(0, "version", NULL, LOCAL("print the version and end"));
	if (command->columns != NULL)
		print_columns(command->columns);
	printf(local_text("\nSee %s(1).\n"), getprogname());
}

void
help_version(void)
{
	printf("%s (case) %s\n", getprogname(), CASE_VERSION);
}

static void
print_row(char letter, const struct cli_option *o)
{
	char *words = options_words(o->words, o->list);

	printf("option\t--%s\t", o->name);
	if (letter != 0)
		printf("-%c", letter);
	printf("\t%s\t%s\t%s\n", o->value != NULL ? o->value : "",
	    words != NULL ? words : "", o->help);
	free(words);
}

/*
 * For completions/: "option --LONG -LETTER VALUE WORDS HELP", "words WORDS",
 * "several" when further operands may be words, "column NAME", "cases" and
 * "files" for the operands; fields separated by tabs.
 */
void
help_completions(const struct cli_command *command)
{
	static const struct cli_option own[] = {
		{ .name = "help", .help = "print help and end" },
		{ .name = "version", .help = "print the version and end" },
	};
	const struct out_column *column;
	const struct cli_option *o;
	char *words;
	size_t i;

	for (o = command->options; o != NULL && o->name != NULL; o++)
		print_row(o->letter, o);
	for (i = 0; i < sizeof(own) / sizeof(*own); i++)
		print_row(0, &own[i]);
	words = options_words(command->words, command->list);
	if (words != NULL)
		printf("words\t%s\n", words);
	free(words);
	if (command->several)
		printf("several\n");
	for (column = command->columns; column != NULL && column->name != NULL;
	    column++)
		printf("column\t%s\n", column->name);
	if (command->cases)
		printf("cases\n");
	if (command->files)
		printf("files\n");
}
