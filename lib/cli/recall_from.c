/* SPDX-License-Identifier: ISC */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cli/recall_words.h"
#include "state.h"

/*
 * A recall in a file: "NAME: VALUE", names as those of the options. Lines that
 * begin with a blank go on with the value before; empty ones and those that
 * begin with # say nothing.
 */
#define NAMES "title defect hazard instruction find sold remedy only-one " \
	"contact select exclude cause pilot"

struct from {
	struct cli	*cli;
	struct cli_recall_words *words;
	const char	*path;
	size_t		 given;		/* options of the command line */
	int64_t		 line;
	char		*name;		/* of the value that is under way */
	struct buf	 value;
};

static size_t
language_len(const char *text)
{
	size_t len = strcspn(text, ":");

	for (size_t i = 0; i < RECALL_LANGUAGES; i++)
		if (strlen(recall_languages[i]) == len &&
		    strncmp(recall_languages[i], text, len) == 0)
			return len + 1;
	return 0;
}

/* Does the command line say otherwise, in the same language? Selections add
 * up. */
static bool
is_replaced(const struct from *f)
{
	size_t len = language_len(f->value.data);

	if (text_has_word("select exclude", f->name))
		return false;
	for (size_t i = 0; i < f->given; i++) {
		const struct cli_value *v = &f->cli->values[i];

		if (strcmp(v->option->name, f->name) == 0 &&
		    language_len(v->text) == len &&
		    strncmp(v->text, f->value.data, len) == 0)
			return true;
	}
	return false;
}

static void
end_value(struct from *f)
{
	if (f->name == NULL)
		return;
	while (f->value.len > 0 && strchr(" \t\r\n",
	    f->value.data[f->value.len - 1]) != NULL)
		f->value.len--;
	buf_str(&f->value);
	if (!is_replaced(f))
		options_add(f->cli, f->name, arena_text(&f->words->texts,
		    f->value.data));
	buf_clear(&f->value);
	f->name = NULL;
}

static void
begin_value(struct from *f, const char *line)
{
	size_t len = strcspn(line, ":= \t\r");
	const char *value = line + len;

	f->name = arena_printf(&f->words->texts, "%.*s", (int)len, line);
	if (len == 0 || !text_has_word(NAMES, f->name))
		cli_usage(f->cli, "%s:%" PRId64 ": '%s' is none of: %s",
		    f->path, f->line, f->name, NAMES);
	value += strspn(value, " \t");
	if (*value != ':' && *value != '=')
		cli_usage(f->cli, "%s:%" PRId64 ": ':' is missing after '%s'",
		    f->path, f->line, f->name);
	value++;
	buf_text(&f->value, value + strspn(value, " \t"));
}

static void
take_line(struct from *f, const char *line)
{
	const char *words = line + strspn(line, " \t\r");

	f->line++;
	if (*words == '\0' || *line == '#')
		return;
	if (words == line) {
		end_value(f);
		begin_value(f, line);
		return;
	}
	if (f->name == NULL)
		cli_usage(f->cli, "%s:%" PRId64 ": there is nothing that this "
		    "goes on with: '%s'", f->path, f->line, words);
	buf_char(&f->value, '\n');
	buf_text(&f->value, words);
}

void
cli_recall_from(struct cli *c, struct cli_recall_words *w)
{
	struct from f = { .cli = c, .words = w, .path = cli_text(c, "from"),
	    .given = c->value_count };
	struct buf why = { 0 };
	char *text, *line;

	if (f.path == NULL)
		return;
	text = cli_recall_read(f.path, &why);
	if (text == NULL)
		cli_usage(c, "--from: %s", buf_str(&why));
	for (char *rest = text; (line = strsep(&rest, "\n")) != NULL; )
		take_line(&f, line);
	end_value(&f);
	buf_free(&f.value);
	buf_free(&why);
	free(text);
}
