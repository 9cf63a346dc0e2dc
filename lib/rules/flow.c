/* SPDX-License-Identifier: ISC */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

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
latest(const struct flow_case *c, int run, int item)
{
	if (run != 0)
		return c->runs[run - 1].latest;
	if (item != 0)
		return c->items[item - 1].latest;
	/* The case's own notes; the caller decides whether it may write. */
	return (int *)(uintptr_t)c->latest;
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
	latest(c, run, item)[step] = s->id;
	return s;
}

struct flow_step *
flow_latest(const struct flow_case *c, int run, enum step step, int item)
{
	int id = latest(c, run, item)[step];

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
		    flow_owner_name(s->rule->owner));
		told |= AFTER(s->rule->step);
	}
	if (told == 0)
		buf_text(b, "none");
}

bool
flow_refuse(struct flow_case *c, const char *fmt, ...)
{
	va_list ap;

	if (c->why.len > 0)
		return false;
	va_start(ap, fmt);
	buf_vprintf(&c->why, fmt, ap);
	va_end(ap);
	return false;
}

static bool
ended_with(const struct flow_case *c, struct flow_spot at, enum step step,
    uint64_t outcomes)
{
	const struct flow_step *s = flow_latest(c, at.run, step, at.item);

	return s != NULL && s->state == STATE_DONE &&
	    (outcomes & (UINT64_C(1) << s->outcome)) != 0;
}

bool
flow_applies(const struct flow_case *c, struct flow_spot spot,
    const struct flow_rule *rule)
{
	const struct flow_item *it = flow_item(c, spot.item);

	switch (rule->when) {
	case WHEN_ALWAYS:
		return true;
	case WHEN_PAID:
		return it != NULL && it->pays;
	case WHEN_GOODS:
		return it != NULL && it->place != PLACE_SCRAPPED;
	case WHEN_FIXED:
		return ended_with(c, spot, STEP_FIX,
		    UINT64_C(1) << OUTCOME_REPAIRED |
		    UINT64_C(1) << OUTCOME_NO_FAULT_FOUND);
	case WHEN_RETURN:
		return ended_with(c, spot, STEP_ANALYSE,
		    UINT64_C(1) << OUTCOME_RETURN);
	case WHEN_ASKED:
		return false;
	}
	return false;
}

bool
flow_held(const struct flow_case *c, struct flow_spot spot,
    const struct flow_rule *rule)
{
	const struct flow_item *it = flow_item(c, spot.item);
	const char *site;

	if (it == NULL)
		return false;
	switch (rule->held) {
	case HELD_NEVER:
		return false;
	case HELD_COMING:
		return it->place == PLACE_SITE || it->place == PLACE_TO_US;
	case HELD_ARRIVED:
		return it->place == PLACE_SITE;
	case HELD_AT_OWNER:
		site = flow_site(it, rule->owner);
		return it->place == PLACE_SITE && site != NULL &&
		    strcmp(it->site, site) == 0;
	}
	return false;
}

/* Is one prerequisite behind us? */
static bool
behind(const struct flow_case *c, struct flow_spot spot,
    const struct flow_rule *rule, int64_t *since)
{
	const struct flow_step *s = flow_latest(c, spot.run, rule->step,
	    rule->scope == SCOPE_CASE ? 0 : spot.item);

	if (s == NULL || s->state == STATE_OPEN ||
	    s->outcome == OUTCOME_CANCELLED)
		return false;
	if (s->state == STATE_WAIVED && rule->waive == WAIVE_ENDS)
		return false;
	if (rule->held == HELD_AT_OWNER && !flow_held(c, spot, rule))
		return false;
	if (s->done_at > *since)
		*since = s->done_at;
	return true;
}

bool
flow_ready(const struct flow_case *c, struct flow_spot spot,
    const struct flow_rule *rule, int64_t *since)
{
	const struct flow_process *p = flow_process(spot.process);

	for (size_t i = 0; i < p->count; i++) {
		const struct flow_rule *before = &p->rules[i];

		if ((rule->after & AFTER(before->step)) != 0 &&
		    flow_applies(c, spot, before) &&
		    !behind(c, spot, before, since))
			return false;
	}
	return true;
}

/* Has a prerequisite been done once more since the step was? */
static bool
due_again(const struct flow_case *c, const struct flow_step *s)
{
	const struct flow_process *p = flow_process(s->process);

	if (!s->rule->again)
		return false;
	for (size_t i = 0; i < p->count; i++) {
		const struct flow_step *before;

		if ((s->rule->after & AFTER(p->rules[i].step)) == 0)
			continue;
		before = flow_latest(c, s->run, p->rules[i].step, s->item);
		if (before != NULL && before->id > s->id)
			return true;
	}
	return false;
}

/* An open step whose ground has gone, or whose effect has come about. */
static bool
review(struct flow_case *c, struct flow_spot spot, struct flow_step *s,
    int64_t at)
{
	if (s->rule->when == WHEN_ASKED)
		return false;
	if (s->rule->scope == SCOPE_EITHER && s->run == 0 && s->item == 0 &&
	    c->item_count > 0) {
		flow_finish(c, s, STATE_DROPPED, at);
		return true;
	}
	if (!flow_applies(c, spot, s->rule)) {
		flow_finish(c, s, STATE_DROPPED, at);
		return true;
	}
	if (!flow_held(c, spot, s->rule))
		return false;
	/* A paper that was not sent is not sent any more; a movement that
	 * nobody reported has taken place. */
	s->born = true;
	flow_finish(c, s, s->rule->step == STEP_SLIP ? STATE_DROPPED :
	    STATE_DONE, at > s->since ? at : s->since);
	return true;
}

/* One rule at one spot. True: something has changed. */
static bool
consider(struct flow_case *c, struct flow_spot spot,
    const struct flow_rule *rule, int64_t at)
{
	struct flow_step *s = flow_latest(c, spot.run, rule->step, spot.item);
	int64_t since = at;

	if (s != NULL && s->state == STATE_OPEN)
		return review(c, spot, s, at);
	if (s != NULL && s->outcome != OUTCOME_CANCELLED && !due_again(c, s))
		return false;
	if (!flow_applies(c, spot, rule))
		return false;
	if (flow_held(c, spot, rule)) {
		s = flow_add_step(c, rule->step, spot.run, spot.item);
		s->since = at;
		s->born = true;
		flow_finish(c, s, STATE_DONE, at);
		return true;
	}
	if (spot.run != 0 && flow_run(c, spot.run)->started_at > since)
		since = flow_run(c, spot.run)->started_at;
	if (!flow_ready(c, spot, rule, &since))
		return false;
	s = flow_add_step(c, rule->step, spot.run, spot.item);
	s->since = since;
	return true;
}

/* Steps of each item stand aside for the case's own when it has none; one of
 * the case that is still open is looked at until it has gone. */
static bool
on_case(const struct flow_case *c, const struct flow_rule *rule)
{
	const struct flow_step *s;

	if (rule->scope != SCOPE_EITHER || c->item_count == 0)
		return rule->scope != SCOPE_ITEM;
	s = flow_latest(c, 0, rule->step, 0);
	return s != NULL && s->state == STATE_OPEN;
}

static bool
consider_kind(struct flow_case *c, int64_t at)
{
	const struct flow_process *p = flow_process(c->kind);
	struct flow_spot spot = { .process = c->kind };
	bool changed = false;

	for (size_t i = 0; i < p->count; i++) {
		const struct flow_rule *rule = &p->rules[i];

		spot.item = 0;
		if (on_case(c, rule))
			changed |= consider(c, spot, rule, at);
		if (rule->scope == SCOPE_CASE)
			continue;
		for (size_t n = 1; n <= c->item_count; n++) {
			spot.item = (int)n;
			changed |= consider(c, spot, rule, at);
		}
	}
	return changed;
}

static bool
consider_run(struct flow_case *c, int run, int64_t at)
{
	const struct flow_run *r = flow_run(c, run);
	struct flow_spot spot = { r->procedure, run, r->item };
	const struct flow_process *p = flow_process(spot.process);
	bool changed = false;

	if (r->ended_at != 0)
		return false;
	for (size_t i = 0; i < p->count; i++)
		changed |= consider(c, spot, &p->rules[i], at);
	return changed;
}

/* The last step: open when nothing else holds the case, else withdrawn. */
static void
consider_close(struct flow_case *c, int64_t at)
{
	struct flow_step *s = flow_latest(c, 0, STEP_CLOSE, 0);
	int64_t since = at;

	for (size_t i = 0; i < c->step_count; i++) {
		const struct flow_step *other = &c->steps[i];

		if (other->rule->loose || other->rule->step == STEP_CLOSE)
			continue;
		if (other->state == STATE_OPEN) {
			if (s != NULL && s->state == STATE_OPEN)
				flow_finish(c, s, STATE_DROPPED, at);
			return;
		}
		if (other->done_at > since)
			since = other->done_at;
	}
	flow_ask(c, STEP_CLOSE, 0, since);
}

void
flow_settle(struct flow_case *c, int64_t at)
{
	bool changed;

	if (c->status != CASE_OPEN)
		return;
	do {
		changed = consider_kind(c, at);
		for (size_t i = 1; i <= c->run_count; i++)
			changed |= consider_run(c, (int)i, at);
		for (size_t i = 1; i <= c->item_count; i++)
			changed |= flow_goods_watch(c, (int)i, at);
	} while (changed);
	consider_close(c, at);
}
