/* SPDX-License-Identifier: ISC */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/local.h"
#include "state.h"

/* What cli_each() and cli_once() are told to do, for the walk over targets. */
struct work {
	struct store	*s;
	cli_fn		*fn;
	void		*arg;
};

struct store *
cli_store(struct cli *c, enum store_mode mode)
{
	enum store_status status;

	c->store = store_open(store_default_path(), mode);
	status = store_status(c->store);
	if (status != STORE_OK) {
		cli_warn(c, "%s", store_why(c->store));
		cli_end(c, cli_exit_code(status));
	}
	return c->store;
}

bool
cli_print_case(struct cli *c, int64_t case_id)
{
	if (cli_given(c, "quiet"))
		return true;
	printf("%" PRId64 "\n", case_id);
	return cli_flush(c);
}

void
cli_begin(struct cli *c, struct store *s)
{
	buf_clear(&c->after);
	buf_clear(&c->would);
	store_begin(s);
	c->inside = true;
}

/* Is nothing to be kept? */
static bool
rehearses(const struct cli *c)
{
	return cli_given(c, "dry-run") || cli_given(c, "drill");
}

enum store_status
cli_finish(struct cli *c, struct store *s)
{
	c->inside = false;
	return rehearses(c) ? store_drop(s) : store_end(s);
}

static void
add_lines(struct buf *b, const char *lines)
{
	buf_text(b, lines);
	if (b->len > 0 && b->data[b->len - 1] != '\n')
		buf_char(b, '\n');
}

void
cli_after(struct cli *c, const char *lines)
{
	add_lines(&c->after, lines);
}

void
cli_would(struct cli *c, const char *lines)
{
	add_lines(&c->would, lines);
}

static void
say_lines(const struct cli *c, struct buf *b)
{
	const char *line = buf_str(b);
	size_t len;

	for (; *line != '\0'; line += len + 1) {
		len = strcspn(line, "\n");
		cli_warn(c, "%.*s", (int)len, line);
	}
}

void
cli_say(struct cli *c)
{
	if (cli_given(c, "dry-run") && !cli_given(c, "quiet"))
		say_lines(c, &c->would);
	say_lines(c, &c->after);
}

static bool
act(struct cli *c, const struct target *target, void *arg)
{
	const struct work *w = arg;
	enum store_status status;

	cli_begin(c, w->s);
	if (store_ok(w->s))
		w->fn(w->s, target, w->arg);
	status = cli_finish(c, w->s);
	if (status != STORE_OK) {
		cli_warn(c, "%" PRId64 ": %s", target->case_id,
		    store_why(w->s));
		cli_fail(c, status);
		return status != STORE_BROKEN;
	}
	if (c->would.len == 0)
		buf_printf(&c->would, local_text("%" PRId64 ": would be "
		    "done\n"), target->case_id);
	cli_say(c);
	return cli_given(c, "dry-run") || cli_print_case(c, target->case_id);
}

void
cli_each(struct cli *c, struct store *s, cli_fn *fn, void *arg)
{
	struct work w = { s, fn, arg };

	cli_targets(c, act, &w);
}

void
cli_one(struct cli *c, struct store *s, const struct target *target,
    cli_fn *fn, void *arg)
{
	struct work w = { s, fn, arg };

	act(c, target, &w);
}

bool
cli_once(struct cli *c, struct store *s,
    void (*fn)(struct store *s, void *arg), void *arg)
{
	enum store_status status;

	cli_begin(c, s);
	if (store_ok(s))
		fn(s, arg);
	status = cli_finish(c, s);
	if (status != STORE_OK) {
		cli_warn(c, "%s", store_why(s));
		cli_fail(c, status);
	} else
		cli_say(c);
	return status == STORE_OK && !rehearses(c);
}
