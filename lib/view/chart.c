/* SPDX-License-Identifier: ISC */
#include "view/chart.h"

/* A case that closes itself waits for nobody to do so. */
static bool
happens_by_itself(const struct flow_process *p, const struct flow_rule *rule)
{
	return p->closes_itself && rule->step == STEP_CLOSE;
}

static void
more(struct buf *b, const char *before, const char *text)
{
	buf_printf(b, "%s%s%s", b->len > 0 ? ", " : "", before, text);
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
    struct buf *b)
{
	struct due due = due_of(o, p, rule, KIND_FAULT);
	char text[24];

	if (rule->from == FROM_GIVEN)
		more(b, "", "the date given");
	if (rule->from == FROM_APPOINTMENT)
		more(b, "", "the day of the appointment");
	if (due.unit != DUE_NONE)
		more(b, rule->from == FROM_GIVEN ||
		    rule->from == FROM_APPOINTMENT ? "else " : "",
		    due_format(due, text));
	if (rule->from == FROM_OPENING)
		buf_text(b, " from opening");
	if (rule->promised)
		buf_text(b, " °");
	if (rule->urgent.unit != DUE_NONE)
		more(b, "in an emergency ", due_format(due_of(o, p, rule,
		    KIND_EMERGENCY), text));
}

static void
put_after(enum process p, const struct flow_rule *rule, struct buf *b)
{
	for (enum step step = 0; step < STEP_COUNT; step++)
		if ((rule->after & AFTER(step)) != 0)
			more(b, "", flow_step_name(step));
	if (b->len > 0)
		return;
	if (rule->step == STEP_CLOSE)
		buf_text(b, "all that holds the case");
	else if (rule->when == WHEN_ASKED)
		buf_text(b, "when it is asked for");
	else
		buf_text(b, p < KIND_COUNT ? "opening" : "start");
}

static void
put_when(const struct flow_rule *rule, struct buf *b)
{
	switch (rule->when) {
	case WHEN_PAID:
		more(b, "", "if the item has to be paid");
		break;
	case WHEN_FIXED:
		more(b, "", "if repaired or no fault found");
		break;
	case WHEN_RETURN:
		more(b, "", "if the unit is to go back");
		break;
	case WHEN_ALWAYS:
	case WHEN_GOODS:
	case WHEN_ASKED:
		break;
	}
}

static void
put_held(const struct flow_rule *rule, struct buf *b)
{
	switch (rule->held) {
	case HELD_COMING:
		more(b, "", "not if the unit is with us or on its way");
		break;
	case HELD_ARRIVED:
		more(b, "", "not if the unit is with us");
		break;
	case HELD_AT_OWNER:
	case HELD_AT_PLANT:
		more(b, "", "not if the unit is there already");
		break;
	case HELD_NEVER:
		break;
	}
}

/* What may be started: told at the steps that start it. */
static void
put_offers(enum process kind, const struct flow_rule *rule, struct buf *b)
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
			more(b, "starts ", flow_process(p)->name);
		else
			buf_printf(b, " %s", flow_process(p)->name);
		first = false;
	}
}

static void
put_notes(struct office *o, enum process p, const struct flow_rule *rule,
    struct buf *b)
{
	char text[24];

	put_when(rule, b);
	put_held(rule, b);
	if (rule->chased)
		more(b, "", "chased");
	if (rule->loose)
		more(b, "", "does not hold the case");
	if (rule->again)
		more(b, "", "opens again whenever what is before it is done");
	put_offers(p, rule, b);
	if (rule->promised)
		more(b, "° the whole is promised within ",
		    due_format(o != NULL ? office_promise(o) :
		    flow_promise(), text));
}

void
chart_each(struct office *o, enum process process, chart_fn *fn, void *arg)
{
	static const char *const per[] = {
		[SCOPE_CASE] = "case", [SCOPE_ITEM] = "item",
		[SCOPE_EITHER] = "item or case",
	};
	static const char *const waive[] = {
		[WAIVE_NO] = "no", [WAIVE_PASSES] = "passes",
		[WAIVE_ENDS] = "ends",
	};
	const struct flow_process *p = flow_process(process);
	struct buf after = { 0 }, due = { 0 }, notes = { 0 };

	for (size_t i = 0; i < p->count; i++) {
		const struct flow_rule *rule = &p->rules[i];

		if (happens_by_itself(p, rule))
			continue;
		put_after(process, rule, &after);
		put_due(o, process, rule, &due);
		put_notes(o, process, rule, &notes);
		fn(&(struct chart_row){
			.process = p->name,
			.type = process < KIND_COUNT ? "kind" : "procedure",
			.step = flow_step_name(rule->step),
			.per = per[rule->scope],
			.owner = flow_owner_name(rule->owner),
			.after = buf_str(&after),
			.due = due.len > 0 ? buf_str(&due) : NULL,
			.waive = waive[rule->waive],
			.notes = notes.len > 0 ? buf_str(&notes) : NULL,
		}, arg);
		buf_clear(&after);
		buf_clear(&due);
		buf_clear(&notes);
	}
	buf_free(&after);
	buf_free(&due);
	buf_free(&notes);
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
	struct buf due = { 0 };

	put_due(o, process, rule, &due);
	buf_printf(b, "\t\tp%d_%d [label=\"%s\\n%s", (int)process,
	    (int)rule->step, flow_step_name(rule->step),
	    flow_owner_name(rule->owner));
	if (due.len > 0)
		buf_printf(b, "\\n%s", buf_str(&due));
	buf_printf(b, "\", style=\"%s%s\"];\n", outside ? "rounded," : "",
	    rule->loose ? "dotted" : rule->when == WHEN_ASKED ? "dashed" :
	    "solid");
	buf_free(&due);
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
