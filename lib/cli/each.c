/* SPDX-License-Identifier: ISC */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

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

static void
begin(struct cli *c, struct store *s)
{
	store_begin(s);
	c->inside = true;
}

static enum store_status
finish(struct cli *c, struct store *s)
{
	c->inside = false;
	return cli_given(c, "dry-run") ? store_drop(s) : store_end(s);
}

static bool
act(struct cli *c, const struct target *target, void *arg)
{
	const struct work *w = arg;
	enum store_status status;

	begin(c, w->s);
	if (store_ok(w->s))
		w->fn(w->s, target, w->arg);
	status = finish(c, w->s);
	if (status != STORE_OK) {
		cli_warn(c, "%" PRId64 ": %s", target->case_id,
		    store_why(w->s));
		cli_fail(c, status);
		return status != STORE_BROKEN;
	}
	if (!cli_given(c, "dry-run"))
		return cli_print_case(c, target->case_id);
	if (!cli_given(c, "quiet"))
		cli_warn(c, "%" PRId64 ": would be done", target->case_id);
	return true;
}

void
cli_each(struct cli *c, struct store *s, cli_fn *fn, void *arg)
{
	struct work w = { s, fn, arg };

	cli_targets(c, act, &w);
}

bool
cli_once(struct cli *c, struct store *s,
    void (*fn)(struct store *s, void *arg), void *arg)
{
	enum store_status status;

	begin(c, s);
	if (store_ok(s))
		fn(s, arg);
	status = finish(c, s);
	if (status != STORE_OK) {
		cli_warn(c, "%s", store_why(s));
		cli_fail(c, status);
	}
	return status == STORE_OK && !cli_given(c, "dry-run");
}
