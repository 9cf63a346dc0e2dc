/* SPDX-License-Identifier: ISC */
#include <inttypes.h>

#include "base/local.h"
#include "cli/cli.h"
#include "tell/publish.h"

static const struct cli_option options[] = {
	{ .name = "all", .help = "publish everything anew, not only what has changed" },
	{ .name = NULL }
};

static const struct cli_command command = {
	.synopsis = "[--all] DIR",
	.about = "write the extract for the customer's page, and collect answers",
	.files = true,
	.options = options
};

struct publishing {
	struct cli	*cli;
	struct publish	*publish;
	struct publish_listener listener;
};

static void
refused(void *arg, const char *name, const char *why)
{
	struct publishing *w = arg;

	cli_warn(w->cli, "spool/%s: %s", name, local_text(why));
	cli_fail(w->cli, STORE_REFUSED);
}

static void
failed(void *arg, enum store_status status)
{
	struct publishing *w = arg;

	cli_fail(w->cli, status);
}

static void
progress(void *arg, int64_t done, int64_t total)
{
	struct publishing *w = arg;

	cli_progress(w->cli, done, total, "pages");
}

static void
publish(struct store *s, void *arg)
{
	struct publishing *w = arg;

	(void)s;
	publish_write(w->publish, cli_flag(w->cli, "all"), &w->listener);
	cli_progress_end(w->cli);
}

/* What went wrong with the folder before anything was read. */
static bool
well(struct cli *c, struct store *s)
{
	if (store_ok(s))
		return true;
	cli_warn(c, "%s", store_why(s));
	cli_fail(c, store_status(s));
	return false;
}

int
main(int argc, char **argv)
{
	struct publishing w = { .listener = { refused, failed, progress,
	    &w } };
	struct cli *c = w.cli = cli_open(&command, argc, argv);
	const char *dir = cli_next(c);
	struct office *o;
	struct store *s;

	if (dir == NULL)
		cli_usage(c, "name the DIR of the extract");
	cli_last(c);
	s = cli_store(c, STORE_READ);
	o = office_open(s);
	/* When another one is at it, that one does it. */
	if ((w.publish = publish_open(o, dir)) != NULL)
		publish_collect(w.publish, &w.listener);
	if (well(c, s) && w.publish != NULL &&
	    cli_once(c, s, publish, &w)) {
		publish_clear(w.publish);
		well(c, s);
	}
	publish_close(w.publish);
	office_close(o);
	return cli_close(c);
}
