/* SPDX-License-Identifier: ISC */
#include <stdlib.h>

#include "base/local.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/time.h"
#include "cli/out.h"
#include "view/roster.h"

/* How far around a moment the roster is looked at. */
#define AROUND	INT64_C(31 * 86400)

static const struct cli_option options[] = {
	{ .name = "at", .letter = 'a', .value = "TIME", .help = "at that time instead of now" },
	{ .name = "check", .help = "look for gaps and overlaps between two times" },
	CLI_COLUMNS,
	CLI_JSON,
	{ .name = NULL }
};

static const struct out_column columns[] = {
	{ "what", NULL, OUT_TEXT, "desk, duty, gap or overlap" },
	{ "from", NULL, OUT_TIME, "since when" },
	{ "to", NULL, OUT_TIME, "until when" },
	{ "who", NULL, OUT_TEXT, "who answers: the desk's site or staff; in a gap the fallback" },
	{ "name", NULL, OUT_TEXT, "the name of that one" },
	{ .name = NULL }
};

static const struct cli_command command = {
	.synopsis = "[-j] [-o LIST] [-a TIME]\n[-j] [-o LIST] --check FROM TO",
	.about = "say who is on duty, or check the roster",
	.options = options,
	.columns = columns
};

struct duty {
	struct cli	*cli;
	struct store	*s;
	const char	*first, *last;	/* as given for --check; or NULL */
	int64_t		 at;
	struct out	*out;
	char		*zone;
	bool		 bad;		/* a gap, or an overlap */
};

static void
put(struct duty *d, const struct roster_span *span, const char *who)
{
	struct query *q = store_query(d->s, "SELECT name FROM staff "
	    "WHERE code = :who AND :desk = 0 UNION ALL SELECT name FROM sites "
	    "WHERE code = :who AND :desk = 1");

	bind_text(q, ":who", who);
	bind_int(q, ":desk", span->state == ROSTER_DESK);
	out_put_text(d->out, "what", out_for_person(d->out) ?
	    local_word("roster", roster_state_name(span->state)) :
	    roster_state_name(span->state));
	out_put_int(d->out, "from", span->from);
	out_put_int(d->out, "to", span->to);
	out_put_text(d->out, "who", who);
	if (query_row(q)) {
		out_put_text(d->out, "name", query_text(q, 0));
		query_done(q);
	}
	out_put_row(d->out);
}

static void
put_bad(const struct roster_span *span, void *arg)
{
	struct duty *d = arg;

	if (span->state != ROSTER_GAP && span->state != ROSTER_OVERLAP)
		return;
	d->bad = true;
	put(d, span, span->who);
}

/* Several may be on duty: each has a line of his own. */
static void
put_now(const struct roster_span *span, void *arg)
{
	struct duty *d = arg;
	struct roster_span one = *span;
	const char *who = span->who != NULL ? span->who : "";
	struct buf b = { 0 };
	size_t len;

	if (d->at < span->from || d->at >= span->to)
		return;
	d->bad = span->state == ROSTER_GAP;
	if (span->state == ROSTER_OVERLAP)
		one.state = ROSTER_DUTY;
	if (span->who == NULL)
		put(d, &one, NULL);
	for (; (who = text_word(who, &len)) != NULL; who += len) {
		buf_clear(&b);
		buf_add(&b, who, len);
		put(d, &one, buf_str(&b));
	}
	buf_free(&b);
}

/* A date alone is its first moment, or, as the end, its last. */
static int64_t
bound(struct duty *d, const char *text, bool end, const char *zone)
{
	bool day_only;
	int64_t at = 0;

	if (!time_parse(text, zone, time_now(), &at, &day_only))
		cli_usage(d->cli, "'%s' is no time; as in 2026-04-30, "
		    "2026-04-30T14:05, now", text);
	if (end && day_only)
		time_parse_ahead("1d", zone, at, &at);
	return at;
}

static void
look(struct store *s, void *arg)
{
	struct duty *d = arg;
	struct office *o = office_open(s);
	int64_t from, to;

	d->zone = mem_text(office_zone(o));
	d->out = out_open(d->cli, columns, "what,from,to,who,name", d->zone);
	if (d->first != NULL) {
		from = bound(d, d->first, false, d->zone);
		to = bound(d, d->last, true, d->zone);
		if (from < to)
			roster_each(o, from, to, put_bad, d);
	} else {
		d->at = cli_at(d->cli, d->zone);
		roster_each(o, d->at - AROUND, d->at + AROUND, put_now, d);
	}
	office_close(o);
}

/* What can be said of the period without the file. */
static void
read_period(struct duty *d)
{
	d->first = cli_next(d->cli);
	d->last = cli_next(d->cli);
	if (d->last == NULL)
		cli_usage(d->cli, "--check needs two times: FROM TO");
	if (cli_text(d->cli, "at") != NULL)
		cli_usage(d->cli, "--at and --check exclude one another");
	if (bound(d, d->first, false, "UTC") >= bound(d, d->last, true, "UTC"))
		cli_usage(d->cli, "'%s' is not before '%s'", d->first,
		    d->last);
}

int
main(int argc, char **argv)
{
	struct duty d = { .cli = cli_open(&command, argc, argv) };

	if (cli_flag(d.cli, "check"))
		read_period(&d);
	cli_last(d.cli);
	d.s = cli_store(d.cli, STORE_READ);
	cli_once(d.cli, d.s, look, &d);
	if (d.out != NULL)
		out_close(d.out);
	if (d.bad)
		cli_fail(d.cli, STORE_REFUSED);
	free(d.zone);
	return cli_close(d.cli);
}
