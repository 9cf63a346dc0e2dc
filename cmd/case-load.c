/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/local.h"
#include "base/text.h"
#include "cli/cli.h"
#include "service/load.h"

static const struct cli_option options[] = {
	CLI_DRY_RUN,
	CLI_QUIET,
	{ .name = NULL }
};

static const struct cli_command command = {
	.synopsis = "[-nq] TABLE [FILE]",
	.about = "load or update master data from CSV or JSON Lines",
	.words = LOAD_TABLES,
	.files = true,
	.options = options
};

struct loading {
	struct cli	*cli;
	const char	*name;		/* of the file */
};

/* As compilers do it, for editors that jump to the place. */
static void
tell(void *arg, int64_t line, const char *field, const char *why)
{
	struct loading *l = arg;
	struct buf b = { 0 };

	cli_progress_end(l->cli);
	text_escape(&b, l->name);
	buf_printf(&b, ":%" PRId64 ": ", line);
	if (field != NULL)
		buf_printf(&b, "%s: ", field);
	text_escape(&b, why);
	fprintf(stderr, "%s\n", buf_str(&b));
	buf_free(&b);
}

static void
show_progress(void *arg, int64_t done, int64_t total, const char *what)
{
	struct loading *l = arg;

	cli_progress(l->cli, done, total, what);
}

static void
say(const struct load *load, const struct load_result *r, bool person)
{
	printf(local_if(person, "%s: %" PRId64 " rows"), load->table, r->rows);
	if (!load->check_only)
		printf(local_if(person, ", %" PRId64 " added, %" PRId64
		    " changed, %" PRId64 " unchanged"), r->added, r->changed,
		    r->unchanged);
	printf("\n");
}

static void
report(struct loading *l, struct store *s, const struct load *load,
    const struct load_result *r)
{
	cli_progress_end(l->cli);
	if (store_status(s) != STORE_OK) {
		cli_warn(l->cli, "%s: %s", l->name, store_why(s));
		cli_fail(l->cli, store_status(s));
	} else if (r->bad > 0) {
		cli_warn(l->cli, "%s: nothing was loaded", l->name);
		cli_fail(l->cli, STORE_REFUSED);
	} else if (!cli_flag(l->cli, "quiet")) {
		say(load, r, isatty(STDOUT_FILENO) != 0);
	}
}

int
main(int argc, char **argv)
{
	struct cli *c = cli_open(&command, argc, argv);
	struct load load = { .complain = tell, .progress = show_progress };
	struct loading l = { .cli = c };
	struct load_result result;
	struct store *s;

	load.table = cli_word(c, "TABLE");
	load.arg = &l;
	load.check_only = cli_flag(c, "dry-run");
	l.name = cli_next(c);
	cli_last(c);
	s = cli_store(c, load.check_only ? STORE_READ : STORE_WRITE);
	if (l.name == NULL || strcmp(l.name, "-") == 0) {
		l.name = "stdin";
		load.in = stdin;
	} else if ((load.in = cli_fopen(c, l.name)) == NULL) {
		cli_warn(c, "%s: %s", l.name, strerror(errno));
		cli_fail(c, STORE_REFUSED);
		return cli_close(c);
	}
	load_run(s, &load, &result);
	report(&l, s, &load, &result);
	if (load.in != stdin)
		fclose(load.in);
	return cli_close(c);
}
