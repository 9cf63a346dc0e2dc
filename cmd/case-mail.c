/* SPDX-License-Identifier: ISC */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/local.h"
#include "base/mem.h"
#include "base/time.h"
#include "cli/cli.h"
#include "cli/out.h"
#include "service/setting.h"
#include "tell/deliver.h"

static const struct cli_option options[] = {
	{ .name = "list", .help = "list what was not delivered, and why" },
	{ .name = "retry", .help = "try now what failed or waits" },
	{ .name = "drop", .help = "take messages off the list: told otherwise" },
	CLI_DRY_RUN,
	CLI_JSON,
	CLI_COLUMNS,
	{ .name = NULL }
};

static const struct out_column columns[] = {
	{ .name = "message", .about = "of the event, and its number in it" },
	{ .name = "case", .kind = OUT_INT, .about = "the case; none for several" },
	{ .name = "kind", .about = "what it tells" },
	{ .name = "name", .heading = "to", .kind = OUT_NAME, .about = "to whom" },
	{ .name = "address", .kind = OUT_NAME, .about = "of mail; none: it has to go on paper" },
	{ .name = "state", .about = "queued, failed or paper" },
	{ .name = "queued_at", .heading = "queued", .kind = OUT_TIME, .about = "since when" },
	{ .name = "tries", .kind = OUT_INT, .about = "so far" },
	{ .name = "next_at", .heading = "next", .kind = OUT_TIME, .about = "when it is tried next" },
	{ .name = "why", .about = "it did not go" },
	{ .name = "together", .about = "the first message of the mail that it shares; none: it has its own" },
	{ .name = NULL }
};

static const struct cli_command command = {
	.synopsis = "[--retry]\n-n\n--list [-j] [-o LIST]\n--drop [MESSAGE...]",
	.about = "deliver the messages that are queued",
	.options = options,
	.columns = columns
};

static void
told(const struct message *m, enum deliver_state state, const char *why,
    void *arg)
{
	struct cli *c = arg;
	bool failed = state == DELIVER_FAILED || state == DELIVER_NOBODY;

	if (state == DELIVER_NOT_AT_ALL)
		cli_warn(c, "nothing can be delivered: %s", local_text(why));
	else if (failed && m->case_id != 0)
		cli_warn(c, "%" PRId64 ": %s to %s: %s", m->case_id, m->kind,
		    m->address, local_text(why));
	else if (failed)
		cli_warn(c, "%s to %s: %s", m->kind, m->address,
		    local_text(why));
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
	out = out_open(c, columns, "message,case,kind,name,address,state,why,"
	    "together", office_zone(o));
	/* Whoever was told of a recall on paper waits for no notice. */
	q = store_query(s, DELIVER_QUEUE "SELECT o.seq || '.' || o.n "
	    "AS message, o.case_id AS \"case\", "
	    "o.kind, o.name, m.address, m.state, o.queued_at, "
	    "ifnull(d.tries, 0) AS tries, d.next_at, d.why, "
	    "iif(count(*) OVER mail > 1, first_value(o.seq || '.' || o.n) "
	    "OVER mail, NULL) AS together "
	    "FROM mails AS m JOIN outbox AS o USING (seq, n) "
	    "LEFT JOIN delivery AS d USING (seq, n) "
	    "WHERE o.kind <> 'notice' OR EXISTS (SELECT 1 FROM step AS s "
	    "WHERE s.case_id = o.case_id AND step = 'notify' "
	    "AND s.state = 'open') WINDOW mail AS (PARTITION BY "
	    "m.lead_seq, m.lead_n ORDER BY (m.seq, m.n) <> (m.lead_seq, "
	    "m.lead_n), m.seq, m.n ROWS BETWEEN UNBOUNDED PRECEDING "
	    "AND UNBOUNDED FOLLOWING) ORDER BY o.seq, o.n");
	while (query_row(q))
		out_row(out, q);
	cli_fail(c, store_end(s));
	out_close(out);
	office_close(o);
}

static void
check_store(struct cli *c, struct store *s)
{
	if (store_ok(s))
		return;
	cli_warn(c, "%s", store_why(s));
	cli_fail(c, store_status(s));
}

static void
preview(struct cli *c, struct store *s)
{
	struct office *o = office_open(s);

	deliver_show(o, show, told, c);
	check_store(c, s);
	office_close(o);
}

/* Cron's user hears of a mailer that fails, and not every minute. */
static void
tell_delay(struct cli *c, struct office *o)
{
	char since[32];
	struct deliver_delay delay;

	if (deliver_delayed(office_store(o), &delay))
		cli_warn(c, "late messages: %" PRId64 ", the first queued at "
		    "%s: %s; case-mail --list shows them", delay.count,
		    time_format(delay.since, office_zone(o), since),
		    delay.why);
	free(delay.why);
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
	if (deliver_all(o, how, told, c))
		tell_delay(c, o);
	check_store(c, s);
	free(how);
	office_close(o);
}

/* A message by the number that the list gives it. */
struct number {
	int64_t		 seq, n;
};

/* "16.2", up to a tab. */
static bool
number_parse(const char *text, struct number *number)
{
	char copy[48], *dot;
	const char *wrong, *wrong_too;
	size_t len = strcspn(text, "\t\r\n");

	if (len >= sizeof(copy))
		return false;
	memcpy(copy, text, len);
	copy[len] = '\0';
	if ((dot = strchr(copy, '.')) == NULL)
		return false;
	*dot++ = '\0';
	number->seq = strtonum(copy, 1, INT64_MAX, &wrong);
	number->n = strtonum(dot, 1, INT64_MAX, &wrong_too);
	return wrong == NULL && wrong_too == NULL;
}

static void
drop(struct cli *c, struct store *s, struct number number)
{
	store_begin(s);
	deliver_drop(s, number.seq, number.n);
	if (store_end(s) == STORE_OK)
		return;
	cli_warn(c, "%" PRId64 ".%" PRId64 ": %s", number.seq, number.n,
	    store_why(s));
	cli_fail(c, store_status(s));
}

static void
drop_operands(struct cli *c)
{
	struct number *numbers = NULL;
	size_t count = 0;
	const char *text;
	struct store *s;

	for (; (text = cli_next(c)) != NULL; count++) {
		numbers = mem_array(numbers, count + 1, sizeof(*numbers));
		if (!number_parse(text, &numbers[count]))
			cli_usage(c, "'%s' is no message; as in 16.2", text);
	}
	s = cli_store(c, STORE_WRITE);
	for (size_t i = 0; i < count; i++)
		drop(c, s, numbers[i]);
	free(numbers);
}

/* The first field of each line. */
static void
drop_lines(struct cli *c)
{
	struct store *s = cli_store(c, STORE_WRITE);
	struct number number;
	char *line = NULL;
	size_t size = 0;

	while (getline(&line, &size, stdin) != -1) {
		if (number_parse(line, &number)) {
			drop(c, s, number);
			continue;
		}
		line[strcspn(line, "\t\r\n")] = '\0';
		cli_warn(c, "'%s' is no message; as in 16.2", line);
		cli_fail(c, STORE_REFUSED);
	}
	free(line);
}

/* One thing at a time. */
static void
check(struct cli *c)
{
	static const char *const ways[] = {
		"list", "dry-run", "retry", "drop",
	};
	const char *first = NULL;

	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		if (!cli_flag(c, ways[i]))
			continue;
		if (first != NULL)
			cli_usage(c, "--%s and --%s exclude one another",
			    first, ways[i]);
		first = ways[i];
	}
	if (!cli_flag(c, "list"))
		cli_only_for(c, "json columns", "--list");
	if (!cli_flag(c, "drop"))
		cli_last(c);
}

int
main(int argc, char **argv)
{
	struct cli *c = cli_open(&command, argc, argv);

	check(c);
	if (cli_flag(c, "drop")) {
		if (cli_peek(c) != NULL)
			drop_operands(c);
		else
			drop_lines(c);
		return cli_close(c);
	}
	if (cli_flag(c, "list")) {
		list(c, cli_store(c, STORE_READ));
		return cli_close(c);
	}
	if (cli_flag(c, "dry-run")) {
		preview(c, cli_store(c, STORE_READ));
		return cli_close(c);
	}
	/* Another one is at it: what is queued goes with that one. */
	if (!deliver_lock(store_default_path()))
		return cli_close(c);
	deliver(c, cli_store(c, STORE_WRITE));
	return cli_close(c);
}
