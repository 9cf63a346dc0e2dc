/* SPDX-License-Identifier: ISC */

/*
 * The workflow explored: every state that a case can get into, by every act.
 * States are alike when the newest row of each step, where the units are and
 * the warranty are alike; numbers and times do not count. Items and procedures
 * are bounded. Then many long walks at random, with acts that are told late.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/mem.h"
#include "flow_deals.h"
#include "flow_laws.h"
#include "flow_play.h"
#include "flow_state.h"

struct state {
	char		*key;
	struct play	 play;		/* until it is looked at */
	size_t		 from;
	struct deal	 by;
	bool		 ends;		/* closed can be reached */
};

struct edge {
	size_t		 from, to;
};

struct map {
	struct state	*states;
	size_t		 count;
	size_t		*slots;		/* index + 1, by hash */
	size_t		 slot_count;
	struct edge	*edges;
	size_t		 edge_count;
	struct buf	 key;
};

/* What was seen of the tables in all explorations. */
static struct {
	bool opened, done, waived;
} seen[PROCESS_COUNT][STEP_COUNT];

static size_t
hash(const char *text)
{
	size_t h = 14695981039346656037u;

	for (; *text != '\0'; text++)
		h = (h ^ (unsigned char)*text) * 1099511628211u;
	return h;
}

static void
explain(const struct map *m, size_t i, const struct deal *last)
{
	const struct deal *d = last != NULL ? last : &m->states[i].by;

	if (last != NULL)
		explain(m, i, NULL);
	else if (i != 0)
		explain(m, m->states[i].from, NULL);
	if (i == 0 && last == NULL)
		return;
	print_error("%s %s %s/%d %s %s\n", deeds[d->deed],
	    flow_step_name(d->step), d->procedure == 0 ? "" :
	    flow_process(d->procedure)->name, d->item,
	    d->outcome == OUTCOME_NONE ? "" : flow_outcome_name(d->outcome),
	    d->site == NULL ? "" : d->site);
}

static void
rehash(struct map *m)
{
	m->slot_count = m->slot_count == 0 ? 1024 : m->slot_count * 2;
	free(m->slots);
	m->slots = mem_zero(m->slot_count, sizeof(*m->slots));
	for (size_t i = 0; i < m->count; i++) {
		size_t at = hash(m->states[i].key) % m->slot_count;

		while (m->slots[at] != 0)
			at = (at + 1) % m->slot_count;
		m->slots[at] = i + 1;
	}
}

static void *
room(void *rows, size_t count, size_t size)
{
	if ((count & (count - 1)) != 0)
		return rows;
	return mem_array(rows, count == 0 ? 1 : count * 2, size);
}

/* The state's place in the map; the play is taken over. */
static size_t
enter(struct map *m, struct play *p, size_t from, const struct deal *by)
{
	size_t at;

	if (m->count * 2 >= m->slot_count)
		rehash(m);
	put_state(&m->key, &p->c);
	for (at = hash(buf_str(&m->key)) % m->slot_count; m->slots[at] != 0;
	    at = (at + 1) % m->slot_count)
		if (strcmp(m->states[m->slots[at] - 1].key,
		    buf_str(&m->key)) == 0) {
			play_end(p);
			return m->slots[at] - 1;
		}
	m->states = room(m->states, m->count, sizeof(*m->states));
	m->states[m->count] = (struct state){ .from = from, .play = *p,
	    .key = mem_text(buf_str(&m->key)),
	    .ends = p->c.status == CASE_CLOSED };
	if (by != NULL)
		m->states[m->count].by = *by;
	m->slots[at] = ++m->count;
	return m->count - 1;
}

static void
look(const struct flow_case *c)
{
	for (size_t i = 0; i < c->step_count; i++) {
		const struct flow_step *s = &c->steps[i];

		seen[s->process][s->rule->step].opened |=
		    s->state == STATE_OPEN;
		seen[s->process][s->rule->step].done |=
		    s->state == STATE_DONE && !s->born;
		seen[s->process][s->rule->step].waived |=
		    s->state == STATE_WAIVED;
	}
}

/* Settling once more changes nothing. */
static bool
is_settled(struct map *m, size_t i)
{
	struct play p = play_copy(&m->states[i].play);
	bool same;

	flow_settle(&p.c, p.at);
	put_state(&m->key, &p.c);
	same = strcmp(m->states[i].key, buf_str(&m->key)) == 0 &&
	    p.c.step_count == m->states[i].play.c.step_count;
	play_end(&p);
	return same;
}

/* What the bare number of a case would pick can be done, and the other way. */
static void
check_reach(const struct map *m, size_t from, const struct deal *d,
    const struct play *before, bool ok, const char *why)
{
	bool in_reach;

	if (d->deed != COMPLETE || d->item == 0)
		return;
	in_reach = flow_in_reach(&before->c, d->step, d->item);
	if (in_reach == ok || (ok && d->step == STEP_RECEIVE) ||
	    (in_reach && (strstr(why, "picked up") != NULL ||
	    d->step == STEP_RESPOND || d->procedure != 0)))
		return;
	explain(m, from, d);
	fail_msg("in reach: %d, but completed: %d %s", in_reach, ok, why);
}

static void
attempt(struct map *m, size_t from, const struct play *before,
    const struct deal *d)
{
	struct play p = play_copy(before);
	const char *why;
	bool ok;

	p.at += 10;
	ok = perform(&p, d);
	if (ok == (p.c.why.len > 0)) {
		explain(m, from, d);
		fail_msg("done: %d, why: %s", ok, buf_str(&p.c.why));
	}
	check_reach(m, from, d, before, ok, buf_str(&p.c.why));
	if (!ok) {
		play_end(&p);
		return;
	}
	flow_settle(&p.c, p.at);
	why = laws_broken(&p.c);
	if (why != NULL) {
		explain(m, from, d);
		put_state(&m->key, &p.c);
		print_error("%s\n", buf_str(&m->key));
		fail_msg("%s", why);
	}
	look(&p.c);
	m->edges = room(m->edges, m->edge_count, sizeof(*m->edges));
	m->edges[m->edge_count].from = from;
	m->edges[m->edge_count].to = enter(m, &p, from, d);
	m->edge_count++;
}

/* From every state closed can be reached. */
static void
check_ends(struct map *m)
{
	bool changed;

	do {
		changed = false;
		for (size_t i = m->edge_count; i-- > 0; ) {
			struct state *from = &m->states[m->edges[i].from];

			if (from->ends || !m->states[m->edges[i].to].ends)
				continue;
			from->ends = changed = true;
		}
	} while (changed);
	for (size_t i = 0; i < m->count; i++)
		if (!m->states[i].ends) {
			explain(m, i, NULL);
			fail_msg("closed cannot be reached from here");
		}
}

/* Is it worth a try, that is, not refused for a step that is not there? All are
 * tried in some states. */
static bool
worth(const struct play *p, const struct deal *d, const struct bounds *to,
    size_t state)
{
	const struct flow_case *c = &p->c;

	if (to->plain && (d->site != NULL || d->deed == STOP ||
	    d->deed == INSTEAD))
		return false;
	if (state % 64 == 0 && !to->plain)
		return true;
	if (d->deed == COMPLETE && (to->plain || d->step != STEP_RECEIVE))
		return flow_in_reach(c, d->step, d->item);
	if (d->deed == WAIVE)
		return flow_open_step(c, d->step, d->item) != NULL;
	return true;
}

static void
explore(struct play *start, const struct bounds *to)
{
	static struct deals deals;
	struct map m = { 0 };

	assert_null(laws_broken(&start->c));
	look(&start->c);
	enter(&m, start, 0, NULL);
	for (size_t i = 0; i < m.count; i++) {
		struct play p = m.states[i].play;

		if (!is_settled(&m, i)) {
			explain(&m, i, NULL);
			fail_msg("settling again changes it");
		}
		deal_all(&deals, &p, to);
		for (size_t n = 0; n < deals.count; n++)
			if (worth(&p, &deals.list[n], to, i))
				attempt(&m, i, &p, &deals.list[n]);
		play_end(&p);
	}
	check_ends(&m);
	print_message("%zu states, %zu ways\n", m.count, m.edge_count);
	for (size_t i = 0; i < m.count; i++)
		free(m.states[i].key);
	free(m.states);
	free(m.slots);
	free(m.edges);
	buf_free(&m.key);
}

#define GOODS \
	(AFTER(PROC_EXCHANGE) | AFTER(PROC_REPAIR) | AFTER(PROC_EXPERTISE) | \
	AFTER(PROC_REFUND))

static void
assign(struct play *p)
{
	assert_true(flow_complete(&p->c, STEP_ASSIGN, 0,
	    &(struct flow_act){ .at = p->at }));
	flow_settle(&p->c, p->at);
}

/* The warranty of the unit is not known, so that each way is taken. */
static void
fault(void **state)
{
	struct bounds to = { .runs = 1, .items = 1, .procedures = UINT64_MAX,
	    .beside = true };
	struct play p;

	(void)state;
	play_open(&p, KIND_FAULT, 1);
	p.c.items[0].known = false;
	explore(&p, &to);
}

static void
one_after_the_other(void **state)
{
	struct bounds to = { .runs = 2, .items = 1, .procedures = GOODS };
	struct play p;

	(void)state;
	play_open(&p, KIND_FAULT, 1);
	assign(&p);
	explore(&p, &to);
}

/* An item may be added to a case that had none. */
static void
emergency(void **state)
{
	struct bounds to = { .runs = 2, .items = 1, .beside = true,
	    .procedures = AFTER(PROC_PARTS) | AFTER(PROC_INTERVENTION) };
	struct play p;

	(void)state;
	play_open(&p, KIND_EMERGENCY, 0);
	explore(&p, &to);
}

static void
kinds(void **state)
{
	static const enum process others[] = { KIND_EMERGENCY, KIND_EXPERTISE,
	    KIND_COMPLAINT };
	struct bounds to = { .runs = 1, .items = 1, .procedures = UINT64_MAX };
	struct play p;

	(void)state;
	for (size_t i = 0; i < COUNT(others); i++) {
		play_open(&p, others[i], 1);
		explore(&p, &to);
	}
}

static void
complaint(void **state)
{
	struct bounds to = { .runs = 1, .items = 1, .beside = true,
	    .procedures = AFTER(PROC_CORRECTION) };
	struct play p;

	(void)state;
	play_open(&p, KIND_COMPLAINT, 0);
	explore(&p, &to);
}

static void
recall(void **state)
{
	struct bounds to = { .runs = 1, .items = 1, .procedures = UINT64_MAX };
	struct play p;

	(void)state;
	play_open(&p, KIND_RECALL, 1);
	explore(&p, &to);
	to = (struct bounds){ .items = 2, .plain = true };
	play_open(&p, KIND_RECALL, 1);
	explore(&p, &to);
}

static void
two_items(void **state)
{
	struct bounds to = { .runs = 2, .items = 2, .plain = true,
	    .procedures = AFTER(PROC_EXCHANGE) | AFTER(PROC_INTERVENTION) };
	struct play p;

	(void)state;
	play_open(&p, KIND_EMERGENCY, 2);
	assign(&p);
	explore(&p, &to);
}

/* Numbers at random, the same ones each time (xorshift). */
static uint64_t
any(uint64_t *seed, uint64_t below)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return *seed % below;
}

/* One act of many, told late now and then; whatever comes of it. */
static void
stride(struct play *p, struct deals *deals, const struct bounds *to,
    uint64_t *seed)
{
	struct play q;
	const char *why;
	const struct deal *d;
	bool ok;

	deal_all(deals, p, to);
	do
		d = &deals->list[any(seed, deals->count)];
	while (!worth(p, d, to, 1));
	q = play_copy(p);
	q.at = any(seed, 3) == 0 ? PLAY_START + (int64_t)any(seed,
	    (uint64_t)(p->at - PLAY_START + 1)) : p->at + 10;
	ok = perform(&q, d);
	assert_int_equal(ok, q.c.why.len == 0);
	if (ok) {
		flow_settle(&q.c, q.at);
		why = laws_broken(&q.c);
		if (why != NULL)
			fail_msg("%s %s/%d at %d of %d: %s", deeds[d->deed],
			    flow_step_name(d->step), d->item, (int)q.at,
			    (int)p->at, why);
		look(&q.c);
		q.at = q.at > p->at ? q.at : p->at;
		play_end(p);
		*p = q;
	} else
		play_end(&q);
}

static void
walk_at_random(void **state)
{
	static struct deals deals;
	const struct bounds to = { .runs = 6, .items = 3, .beside = true,
	    .procedures = UINT64_MAX };
	uint64_t seed = 20260430;
	struct play p;

	(void)state;
	for (int walk = 0; walk < 1500; walk++) {
		enum process kind = (enum process)any(&seed, KIND_COUNT);

		play_open(&p, kind, (int)any(&seed, 3));
		for (int i = 0; i < 60; i++)
			stride(&p, &deals, &to, &seed);
		play_end(&p);
	}
}

/* A step was open, was done, and was waived just where the tables let it. */
static bool
was_reached(enum process process, const struct flow_rule *rule)
{
	bool itself = rule->step == STEP_CLOSE &&
	    flow_process(process)->closes_itself;

	return seen[process][rule->step].opened != itself &&
	    seen[process][rule->step].done &&
	    seen[process][rule->step].waived == (rule->waive != WAIVE_NO);
}

/* Comes last, when all has been explored. */
static void
all_steps_were_reached(void **state)
{
	(void)state;
	for (size_t p = 0; p < PROCESS_COUNT; p++)
		for (size_t i = 0; i < flow_process(p)->count; i++) {
			const struct flow_rule *rule =
			    &flow_process(p)->rules[i];

			if (was_reached((enum process)p, rule))
				continue;
			fail_msg("%s %s: open %d, done %d, waived %d",
			    flow_process(p)->name, flow_step_name(rule->step),
			    seen[p][rule->step].opened,
			    seen[p][rule->step].done,
			    seen[p][rule->step].waived);
		}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(walk_at_random),
		cmocka_unit_test(fault),
		cmocka_unit_test(one_after_the_other),
		cmocka_unit_test(emergency),
		cmocka_unit_test(kinds),
		cmocka_unit_test(complaint),
		cmocka_unit_test(recall),
		cmocka_unit_test(two_items),
		cmocka_unit_test(all_steps_were_reached),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
