/* SPDX-License-Identifier: ISC */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/local.h"
#include "cli/cli.h"
#include "journal/audit.h"

static const struct cli_option options[] = {
	CLI_QUIET,
	{ .name = NULL }
};

static const struct cli_command command = {
	.synopsis = "[-q] verify [SEQ HASH]\n[-q] rebuild\nhead\nbackup FILE",
	.about = "check the journal, or keep a copy of the file",
	.words = "verify rebuild head backup",
	.files = true,
	.options = options
};

struct audit {
	struct cli		*cli;
	struct audit_head	 head;
	bool			 noted;		/* head was given */
	const char		*file;
	int64_t			 differ;
};

static void
show_progress(void *arg, int64_t done, int64_t of)
{
	cli_progress(arg, done, of, "entries");
}

static void
verify(struct store *s, void *arg)
{
	struct audit *a = arg;

	audit_verify(s, a->noted ? &a->head : NULL, show_progress, a->cli);
	cli_progress_end(a->cli);
	if (audit_clock_fixed(s) && !cli_flag(a->cli, "quiet"))
		cli_warn(a->cli, "the file was created under CASE_NOW, which "
		    "its recording times follow");
}

static void
tell(void *arg, const struct audit_difference *d)
{
	cli_warn(arg, "%s: %s: %s", d->table, d->row, d->lost ?
	    local_text("is so in the journal, but not in the file") :
	    local_text("is so in the file, but not in the journal"));
}

static void
rebuild(struct store *s, void *arg)
{
	struct audit *a = arg;

	a->differ = audit_rebuild(s, tell, show_progress, a->cli);
	cli_progress_end(a->cli);
	if (a->differ > 0)
		store_break(s, "%" PRId64 " rows are not as the journal has "
		    "them", a->differ);
}

static void
head(struct store *s, void *arg)
{
	struct audit *a = arg;

	audit_head(s, &a->head);
}

static void
backup(struct store *s, void *arg)
{
	struct audit *a = arg;

	audit_backup(s, a->file, &a->head);
}

/* Two operands, or the line of `case-audit head` as one. */
static void
take_head(struct audit *a)
{
	const char *seq = cli_next(a->cli), *hash;
	char line[128];

	if (seq == NULL)
		return;
	hash = cli_next(a->cli);
	snprintf(line, sizeof(line), "%s%s%s", seq, hash != NULL ? " " : "",
	    hash != NULL ? hash : "");
	if (!audit_parse_head(line, &a->head))
		cli_usage(a->cli, "'%s' is not a head: give SEQ HASH as "
		    "'case-audit head' prints them", line);
	a->noted = true;
}

int
main(int argc, char **argv)
{
	struct audit a = { .cli = cli_open(&command, argc, argv) };
	struct cli *c = a.cli;
	const char *act = cli_word(c, "ACT");
	void (*fn)(struct store *, void *) = head;

	if (strcmp(act, "verify") == 0) {
		take_head(&a);
		fn = verify;
	} else if (strcmp(act, "backup") == 0) {
		if ((a.file = cli_next(c)) == NULL)
			cli_usage(c, "backup: name the FILE to write");
		fn = backup;
	} else if (strcmp(act, "rebuild") == 0)
		fn = rebuild;
	cli_last(c);
	if (cli_once(c, cli_store(c, STORE_READ), fn, &a) && fn == head)
		printf("%" PRId64 " %s\n", a.head.seq, a.head.hash);
	return cli_close(c);
}
