/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "base/text.h"
#include "cli/cases.h"

static const struct cli_option options[] = {
	{ .name = "limit", .value = "N", .help = "the first N" },
	CLI_COLUMNS,
	CLI_JSON,
	{ .name = NULL }
};

static const struct cli_command command = {
	.synopsis = "[-j] [-o LIST] [--limit N] TEXT...",
	.about = "find cases by a number of any sort, a name or words",
	.options = options,
	.columns = cases_columns
};

struct finding {
	struct cli	*cli;
	const char	*text;
	int64_t		 limit;
	struct cases	*cases;
	int64_t		 found;
};

/* A number that is exactly somebody's is not looked for among the words. */
static void
find(struct store *s, void *arg)
{
	struct finding *f = arg;
	struct office *office = office_open(s);
	struct list_filter filter = { .status = LIST_ALL, .find = f->text,
	    .limit = f->limit };

	f->cases = cases_open(f->cli, s, office_zone(office));
	f->found = cases_add(f->cases, &filter);
	filter.find = NULL;
	filter.find_words = f->text;
	if (f->found == 0)
		f->found = cases_add(f->cases, &filter);
	office_close(office);
}

/* The operands as one text. */
static void
read_text(struct cli *c, struct buf *b)
{
	const char *word;

	while ((word = cli_next(c)) != NULL) {
		if (!text_valid(word, strlen(word)))
			cli_usage(c, "not UTF-8: %s", word);
		buf_printf(b, "%s%s", b->len > 0 ? " " : "", word);
	}
	while (b->len > 0 && b->data[b->len - 1] == ' ')
		b->data[--b->len] = '\0';
	if (b->len == 0)
		cli_usage(c, "say what to look for");
}

int
main(int argc, char **argv)
{
	struct finding f = { .cli = cli_open(&command, argc, argv) };
	struct buf text = { 0 };

	f.limit = cli_number(f.cli, "limit", 1, INT32_MAX, 0);
	read_text(f.cli, &text);
	f.text = buf_str(&text) + strspn(buf_str(&text), " ");
	if (cli_once(f.cli, cli_store(f.cli, STORE_READ), find, &f) &&
	    f.found == 0) {
		cli_warn(f.cli, "nothing is known of '%s'", f.text);
		cli_fail(f.cli, STORE_REFUSED);
	}
	cases_close(f.cases);
	buf_free(&text);
	return cli_close(f.cli);
}
