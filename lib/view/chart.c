/* SPDX-License-Identifier: ISC */
#include <stdarg.h>

#include "base/local.h"
#include "view/chart.h"
#include "view/phrase.h"

/* A case that closes itself waits for nobody to do so. */
static bool
happens_by_itself(const struct flow_process *p, const struct flow_rule *rule)
{
	return p->closes_itself && rule->step == STEP_CLOSE;
}

/* What is put together for a person or for a program. */
struct prose {
	struct buf	 b;
	struct buf	 time;
	bool		 person;
};

static void
more(struct prose *t, const char *text)
{
	buf_printf(&t->b, "%s%s", t->b.len > 0 ? ", " : "",
	    local_if(t->person, text));
}

static void __attribute__((__format__(__printf__, 2, 3)))
more_of(struct prose *t, const char *fmt, ...)
{
	va_list ap;

	buf_text(&t->b, t->b.len > 0 ? ", " : "");
	va_start(ap, fmt);
	buf_vprintf(&t->b, local_if(t->person, fmt), ap);
	va_end(ap);
}

/* "10 bd"; good until the next. */
static const char *
time_of(struct prose *t, struct due due)
{
	char text[24];

	buf_clear(&t->time);
	due_format(due, text);
	if (t->person)
		phrase_due(&t->time, text);
	else
		buf_text(&t->time, text);
	return buf_str(&t->time);
}

static void
end(struct prose *t)
{
	buf_free(&t->b);
	buf_free(&t->time);
}

static struct due
due_of(struct office *o, enum process p, const struct flow_rule *rule,
    enum process kind)
{
	bool urgent = kind == KIND_EMERGENCY && rule->urgent.unit != DUE_NONE;

	if (o != NULL)
		return office_due(o, p, rule, kind);
	return urgent ? rule->urgent : rule->due;
}

/* Figures as the file has them, and what sets the time besides them. */
static void
put_due(struct office *o, enum process p, const struct flow_rule *rule,
    struct prose *t)
{
	struct due due = due_of(o, p, rule, KIND_FAULT);

	if (rule->from == FROM_GIVEN)
		more(t, "the date given");
	if (rule->from == FROM_APPOINTMENT)
		more(t, "the day of the appointment");
	if (due.unit != DUE_NONE && (rule->from == FROM_GIVEN ||
	    rule->from == FROM_APPOINTMENT))
		more_of(t, "else %s", time_of(t, due));
	else if (due.unit != DUE_NONE)
		more_of(t, "%s", time_of(t, due));
	if (rule->from == FROM_OPENING)
		buf_text(&t->b, local_if(t->person, " from opening"));
	if (rule->promised)
		buf_text(&t->b, " °");
	if (rule->urgent.unit != DUE_NONE)
		more_of(t, "in an emergency %s", time_of(t, due_of(o, p, rule,
		    KIND_EMERGENCY)));
}

static void
put_after(enum process p, const struct flow_rule *rule, struct prose *t)
{
	for (enum step step = 0; step < STEP_COUNT; step++)
		if ((rule->after & AFTER(step)) != 0)
			more_of(t, "%s", flow_step_name(step));
	if (t->b.len > 0)
		return;
	if (rule->step == STEP_CLOSE)
		more(t, "all that holds the case");
	else if (rule->when == WHEN_ASKED)
		more(t, "when it is asked for");
	else if (p < KIND_COUNT)
		more(t, "opening");
	else
		more(t, "start");
}

static void
put_when(const struct flow_rule *rule, struct prose *t)
{
	switch (rule->when) {
	case WHEN_PAID:
		more(t, "if the item has to be paid");
		break;
	case WHEN_FIXED:
		more(t, "if repaired or no fault found");
		break;
	case WHEN_RETURN:
		more(t, "if the unit is to go back");
		break;
	case WHEN_ALWAYS:
	case WHEN_GOODS:
	case WHEN_ASKED:
		break;
	}
}

static void
put_held(const struct flow_rule *rule, struct prose *t)
{
	switch (rule->held) {
	case HELD_COMING:
		more(t, "not if the unit is with us or on its way");
		break;
	case HELD_ARRIVED:
		more(t, "not if the unit is with us");
		break;
	case HELD_AT_OWNER:
	case HELD_AT_PLANT:
		more(t, "not if the unit is there already");
		break;
	case HELD_NEVER:
		break;
	}
}

/* What may be started: told at the steps that start it. */
static void
put_offers(enum process kind, const struct flow_rule *rule, struct prose *t)
{
	uint64_t offers = flow_process(kind)->offers;
	bool first = true;

	if (rule->step != STEP_TRIAGE && rule->step != STEP_SOLVE &&
	    rule->step != STEP_RESPOND)
		return;
	for (enum process p = KIND_COUNT; p < PROCESS_COUNT; p++) {
		if ((offers & UINT64_C(1) << p) == 0)
			continue;
		if (first)
			more_of(t, "starts %s", flow_process(p)->name);
		else
			buf_printf(&t->b, " %s", flow_process(p)->name);
		first = false;
	}
}

static void
put_notes(struct office *o, enum process p, const struct flow_rule *rule,
    struct prose *t)
{
	put_when(rule, t);
	put_held(rule, t);
	if (rule->chased)
		more(t, "chased");
	if (rule->loose)
		more(t, "does not hold the case");
	if (rule->again)
		more(t, "opens again whenever what is before it is done");
	put_offers(p, rule, t);
	if (rule->promised)
		more_of(t, "° the whole is promised within %s", time_of(t,
		    o != NULL ? office_promise(o) : flow_promise()));
}

static const char *
say(const struct chart *c, const char *text)
{
	return local_if(c->person, text);
}

static const char *
text_of(struct prose *t)
{
	return t->b.len > 0 ? buf_str(&t->b) : NULL;
}

void
chart_each(const struct chart *c, enum process process, chart_fn *fn,
    void *arg)
{
	static const char *const per[] = {
		[SCOPE_CASE] = LOCAL("case"), [SCOPE_ITEM] = LOCAL("item"),
		[SCOPE_EITHER] = LOCAL("item or case"),
	};
	static const char *const waive[] = {
		[WAIVE_NO] = LOCAL("no"), [WAIVE_PASSES] = LOCAL("passes"),
		[WAIVE_ENDS] = LOCAL("ends"),
	};
	const struct flow_process *p = flow_process(process);
	struct prose after = { .person = c->person };
	struct prose due = after, notes = after;

	for (size_t i = 0; i < p->count; i++) {
		const struct flow_rule *rule = &p->rules[i];

		if (happens_by_itself(p, rule))
			continue;
		put_after(process, rule, &after);
		put_due(c->office, process, rule, &due);
		put_notes(c->office, process, rule, &notes);
		fn(&(struct chart_row){
			.process = p->name,
			.type = process < KIND_COUNT ? say(c, "kind") :
			    say(c, "procedure"),
			.step = flow_step_name(rule->step),
			.per = say(c, per[rule->scope]),
			.owner = c->person ? local_word("owner",
			    flow_owner_name(rule->owner)) :
			    flow_owner_name(rule->owner),
			.after = text_of(&after),
			.due = text_of(&due),
			.waive = say(c, waive[rule->waive]),
			.notes = text_of(&notes),
		}, arg);
		buf_clear(&after.b);
		buf_clear(&due.b);
		buf_clear(&notes.b);
	}
	end(&after);
	end(&due);
	end(&notes);
}

void
chart_dot_begin(struct buf *b)
{
	buf_text(b, "digraph case {\n"
	    "\trankdir=LR;\n"
	    "\tfontname=\"sans-serif\";\n"
	    "\tnode [shape=box, fontname=\"sans-serif\", fontsize=11];\n");
}

/* A step as a box; dashed when only acts open it, dotted when the case does not
 * wait for it, round when it is not ours to do. */
static void
put_node(struct office *o, enum process process, const struct flow_rule *rule,
    struct buf *b)
{
	bool outside = rule->owner == OWNER_CUSTOMER ||
	    rule->owner == OWNER_CARRIER;
	struct prose due = { .person = false };

	put_due(o, process, rule, &due);
	buf_printf(b, "\t\tp%d_%d [label=\"%s\\n%s", (int)process,
	    (int)rule->step, flow_step_name(rule->step),
	    flow_owner_name(rule->owner));
	if (due.b.len > 0)
		buf_printf(b, "\\n%s", buf_str(&due.b));
	buf_printf(b, "\", style=\"%s%s\"];\n", outside ? "rounded," : "",
	    rule->loose ? "dotted" : rule->when == WHEN_ASKED ? "dashed" :
	    "solid");
	end(&due);
}

static void
put_arrows(enum process process, const struct flow_rule *rule, struct buf *b)
{
	for (enum step step = 0; step < STEP_COUNT; step++)
		if ((rule->after & AFTER(step)) != 0)
			buf_printf(b, "\t\tp%d_%d -> p%d_%d;\n", (int)process,
			    (int)step, (int)process, (int)rule->step);
}

void
chart_dot(struct office *o, enum process process, struct buf *b)
{
	const struct flow_process *p = flow_process(process);

	buf_printf(b, "\tsubgraph cluster_%d {\n\t\tlabel=\"%s (%s)\";\n",
	    (int)process, p->name, p->french);
	for (size_t i = 0; i < p->count; i++)
		if (!happens_by_itself(p, &p->rules[i]))
			put_node(o, process, &p->rules[i], b);
	for (size_t i = 0; i < p->count; i++)
		put_arrows(process, &p->rules[i], b);
	buf_text(b, "\t}\n");
}

void
chart_dot_end(struct buf *b)
{
	buf_text(b, "}\n");
}
