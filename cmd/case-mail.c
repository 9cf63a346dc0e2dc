/* SPDX-License-Identifier: ISC */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "cli/cli.h"
#include "cli/out.h"
#include "service/setting.h"
#include "tell/deliver.h"

static const struct cli_option options[] = {
	{ .name = "list", .help = "list what was not delivered, and why" },
	{ .name = "retry", .help = "try now what failed or waits" },
	CLI_DRY_RUN,
	CLI_JSON,
	CLI_COLUMNS,
	{ .name = NULL }
};

static const struct out_column columns[] = {
	{ .name = "message", .about = "of the event, and its number in it" },
	{ .name = "case", .about = "the case; none for several" },
	{ .name = "kind", .about = "what it tells" },
	{ .name = "name", .heading = "to", .about = "to whom" },
	{ .name = "address", .about = "of mail; none: it has to go on paper" },
	{ .name = "state", .about = "queued, failed or paper" },
	{ .name = "queued_at", .heading = "queued", .kind = OUT_TIME, .about = "since when" },
	{ .name = "tries", .kind = OUT_INT, .about = "so far" },
	{ .name = "next_at", .heading = "next", .kind = OUT_TIME, .about = "when it is tried next" },
	{ .name = "why", .about = "it did not go" },
	{ .name = NULL }
};

static const struct cli_command command = {
	.synopsis = "[--retry]\n-n\n--list [-j] [-o LIST]",
	.about = "deliver the messages that are queued",
	.options = options,
	.columns = columns
};

static void
told(const struct message *m, enum deliver_state state, const char *why,
    void *arg)
{
	struct cli *c = arg;

	if (state == DELIVER_NOT_AT_ALL)
		cli_warn(c, "nothing can be delivered: %s", why);
	else if (state == DELIVER_FAILED && m->case_id != 0)
		cli_warn(c, "%" PRId64 ": %s to %s: %s", m->case_id, m->kind,
		    m->address, why);
	else if (state == DELIVER_FAILED)
		cli_warn(c, "%s to %s: %s", m->kind, m->address, why);
	else
		return;
	cli_fail(c, STORE_REFUSED);
}

static void
show(const struct buf *mail, void *arg)
{
	(void)arg;
	fwrite(mail->data, 1, mail->len, stdout);
	putchar('\n');
}

static void
list(struct cli *c, struct store *s)
{
	struct office *o = office_open(s);
	struct out *out;
	struct query *q;

	store_begin(s);
	out = out_open(c, columns, "message,case,kind,name,address,state,why",
	    office_zone(o));
	q = store_query(s, "SELECT o.seq || '.' || o.n AS message, o.case_id "
	    "AS \"case\", o.kind, o.name, o.address, ifnull(d.state, "
	    "iif(o.address IS NULL, 'paper', 'queued')) AS state, o.queued_at, "
	    "ifnull(d.tries, 0) AS tries, d.next_at, d.why "
	    "FROM " DELIVER_WAITING " JOIN outbox AS o USING (seq, n) "
	    "LEFT JOIN delivery AS d USING (seq, n) ORDER BY o.seq, o.n");
	while (query_row(q))
		out_row(out, q);
	cli_fail(c, store_end(s));
	out_close(out);
	office_close(o);
}

static void
deliver(struct cli *c, struct store *s)
{
	const char *given = getenv("CASE_SENDMAIL");
	struct office *o = office_open(s);
	char *how;

	if (cli_flag(c, "retry"))
		deliver_retry(s);
	deliver_enrol(s);
	how = mem_text(given != NULL ? given : setting_get(s, "mail.command"));
	deliver_all(o, how, told, c);
	if (!store_ok(s)) {
		cli_warn(c, "%s", store_why(s));
		cli_fail(c, store_status(s));
	}
	free(how);
	office_close(o);
}

int
main(int argc, char **argv)
{
	struct cli *c = cli_open(&command, argc, argv);
	struct store *s;
	struct office *o;

	cli_last(c);
	if (cli_flag(c, "list")) {
		list(c, cli_store(c, STORE_READ));
		return cli_close(c);
	}
	if (cli_flag(c, "dry-run")) {
		o = office_open(s = cli_store(c, STORE_READ));
		deliver_show(o, show, told, c);
		office_close(o);
		return cli_close(c);
	}
	/* Another one is at it: what is queued goes with that one. */
	if (!deliver_lock(store_default_path()))
		return cli_close(c);
	deliver(c, cli_store(c, STORE_WRITE));
	return cli_close(c);
}
