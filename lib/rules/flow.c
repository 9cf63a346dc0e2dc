/* SPDX-License-Identifier: ISC */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/local.h"
#include "base/mem.h"
#include "flow_private.h"

void
flow_free(struct flow_case *c)
{
	for (size_t i = 0; i < c->run_count; i++) {
		free(c->runs[i].items);
		free(c->runs[i].why);
	}
	free(c->items);
	free(c->runs);
	free(c->steps);
	buf_free(&c->why);
	buf_free(&c->warning);
	buf_free(&c->warned);
	*c = (struct flow_case){ 0 };
}

/* One more zeroed row at the end of an array, grown by doubling. */
static void *
grown(void *rows, size_t count, size_t size)
{
	if ((count & (count - 1)) == 0)
		rows = mem_array(rows, count == 0 ? 1 : count * 2, size);
	memset((char *)rows + count * size, 0, size);
	return rows;
}

struct flow_item *
flow_add_item(struct flow_case *c)
{
	struct flow_item *it;

	c->items = grown(c->items, c->item_count, sizeof(*c->items));
	it = &c->items[c->item_count++];
	it->item = (int)c->item_count;
	it->changed = true;
	return it;
}

struct flow_item *
flow_item(const struct flow_case *c, int item)
{
	return item == 0 ? NULL : &c->items[item - 1];
}

struct flow_run *
flow_run(const struct flow_case *c, int run)
{
	return run == 0 ? NULL : &c->runs[run - 1];
}

struct flow_run *
flow_add_run(struct flow_case *c, enum process procedure, int item)
{
	int *last = item == 0 ? &c->last_run : &flow_item(c, item)->last_run;
	struct flow_run *r;

	c->runs = grown(c->runs, c->run_count, sizeof(*c->runs));
	r = &c->runs[c->run_count++];
	r->run = (int)c->run_count;
	r->procedure = procedure;
	r->item = item;
	r->changed = true;
	r->before = *last;
	*last = r->run;
	return r;
}

/* Where the newest row of each step is noted. */
static int *
notes(struct flow_case *c, int run, int item)
{
	if (run != 0)
		return flow_run(c, run)->latest;
	return item != 0 ? flow_item(c, item)->latest : c->latest;
}

struct flow_step *
flow_add_step(struct flow_case *c, enum step step, int run, int item)
{
	struct flow_step *s;

	c->steps = grown(c->steps, c->step_count, sizeof(*c->steps));
	s = &c->steps[c->step_count++];
	s->id = (int)c->step_count;
	s->process = run == 0 ? c->kind : flow_run(c, run)->procedure;
	s->rule = flow_rule(s->process, step);
	s->run = run;
	s->item = item;
	s->changed = true;
	notes(c, run, item)[step] = s->id;
	return s;
}

struct flow_step *
flow_latest(const struct flow_case *c, int run, enum step step, int item)
{
	int id = run != 0 ? flow_run(c, run)->latest[step] :
	    item != 0 ? flow_item(c, item)->latest[step] : c->latest[step];

	return id == 0 ? NULL : &c->steps[id - 1];
}

struct flow_step *
flow_open_step(const struct flow_case *c, enum step step, int item)
{
	struct flow_step *s = flow_latest(c, 0, step, item);
	int run = item == 0 ? c->last_run : flow_item(c, item)->last_run;

	while (s == NULL || s->state != STATE_OPEN) {
		if (run == 0)
			return NULL;
		s = flow_latest(c, run, step, item);
		run = flow_run(c, run)->before;
	}
	return s;
}

bool
flow_under_way(const struct flow_case *c, const struct flow_run *r)
{
	bool exclusive = flow_process(r->procedure)->exclusive;
	bool begun = false;

	for (size_t i = 0; i < STEP_COUNT; i++) {
		const struct flow_step *s;

		if (r->latest[i] == 0)
			continue;
		begun = true;
		s = &c->steps[r->latest[i] - 1];
		if (s->state == STATE_OPEN &&
		    (!exclusive || flow_is_goods(s->rule->step)))
			return true;
	}
	return !begun;
}

struct flow_run *
flow_goods_run(const struct flow_case *c, int item)
{
	int run = item == 0 ? 0 : flow_item(c, item)->last_run;
	struct flow_run *r;

	for (; run != 0; run = r->before) {
		r = flow_run(c, run);
		if (flow_process(r->procedure)->exclusive && r->ended_at == 0)
			return r;
	}
	return NULL;
}

void
flow_list_open(const struct flow_case *c, int item, struct buf *b)
{
	uint64_t told = 0;

	for (size_t i = 0; i < c->step_count; i++) {
		const struct flow_step *s = &c->steps[i];

		if (s->state != STATE_OPEN || told & AFTER(s->rule->step) ||
		    (item != 0 && s->item != 0 && s->item != item))
			continue;
		buf_printf(b, "%s%s (%s)", told == 0 ? "" : ", ",
		    flow_step_name(s->rule->step),
		    local_word("owner", flow_owner_name(
		    s->rule->owner == OWNER_EXPERT && !c->has_expert ?
		    OWNER_PILOT : s->rule->owner)));
		told |= AFTER(s->rule->step);
	}
	if (told == 0)
		buf_text(b, local_text("none"));
}

bool
flow_refuse(struct flow_case *c, const char *fmt, ...)
{
	va_list ap;

	if (c->why.len > 0)
		return false;
	va_start(ap, fmt);
	buf_vprintf(&c->why, local_text(fmt), ap);
	va_end(ap);
	return false;
}

void
flow_warn(struct flow_case *c, const char *fmt, ...)
{
	struct buf *const both[] = { &c->warning, &c->warned };
	va_list ap;

	for (size_t i = 0; i < 2; i++) {
		if (both[i]->len > 0)
			buf_text(both[i], local_if(i == 1, "; "));
		va_start(ap, fmt);
		buf_vprintf(both[i], local_if(i == 1, fmt), ap);
		va_end(ap);
	}
}
