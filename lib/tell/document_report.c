/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "base/local.h"
#include "base/mem.h"
#include "document_case.h"
#include "tell/words.h"

/* What was found, what was done about it, and what the customer says to it. */

static const char *
not_analysed(const struct document_case *c, const struct document_item *it)
{
	if (document_newest(c, STEP_DOSSIER, it->item) == NULL)
		return local_text("no expertise was started; case-triage "
		    "expertise starts one");
	if (document_newest(c, STEP_REPORT, it->item) == NULL)
		return local_text("the analysis is not done yet; case-report "
		    "analyse records its conclusions");
	return NULL;
}

/* The cause in the words of the table, else its code; NULL for none. */
static char *
cause(const struct document_case *c, const struct document_event *e)
{
	const char *code = e == NULL ? NULL : fact_get_text(e->data, "cause");
	struct query *q;
	char *words;

	if (code == NULL)
		return NULL;
	q = words_french(c->language) ?
	    store_query(office_store(c->office),
	    "SELECT fr FROM causes WHERE code = :code") :
	    store_query(office_store(c->office),
	    "SELECT en FROM causes WHERE code = :code");
	bind_text(q, ":code", code);
	words = query_text_copy(q);
	return words != NULL ? words : mem_text(code);
}

static void
put_done(struct json_object *o, const char *name,
    const struct document_case *c, enum step step, int item)
{
	const struct document_step *s = document_newest(c, step, item);

	fact_take(o, name, s == NULL || s->state != STATE_DONE ? NULL :
	    words_date(s->done_at, office_zone(c->office), c->language));
}

/* The item with what was found: other documents do not tell of that. */
static struct json_object *
with_findings(const struct document_case *c, const struct document_item *it)
{
	const struct document_event *e = document_event(c, "analyse",
	    it->item);
	const struct document_step *s = document_newest(c, STEP_ANALYSE,
	    it->item);
	struct json_object *facts = json_object_new_object();

	fact_copy(facts, it->facts);
	fact_text(facts, "findings", e == NULL ? NULL : e->text);
	fact_take(facts, "cause", cause(c, e));
	fact_text(facts, "conclusion", words_find(WORDS_OUTCOME,
	    s == NULL ? NULL : s->outcome, c->language));
	put_done(facts, "collected", c, STEP_PICKUP, it->item);
	put_done(facts, "delivered", c, STEP_DELIVER, it->item);
	put_done(facts, "analysed", c, STEP_ANALYSE, it->item);
	return facts;
}

bool
document_make_report(struct document *d, struct document_case *c,
    struct buf *why)
{
	const struct document_event *e = NULL;
	struct json_object *facts, *items;

	if (!document_take(c, not_analysed, why))
		return false;
	items = json_object_new_array();
	for (size_t i = 0; i < c->item_count; i++) {
		if (!c->items[i].taken)
			continue;
		json_object_array_add(items, with_findings(c, &c->items[i]));
		if (e == NULL)
			e = document_event(c, "report", c->items[i].item);
	}
	facts = document_letter(d, c, "report")->facts;
	fact_put(facts, "items", items);
	fact_text(facts, "words", e == NULL ? NULL : e->text);
	return true;
}

/* There is something to ask about once the report is handed over, or all is
 * done. */
bool
document_make_survey(struct document *d, struct document_case *c,
    struct buf *why)
{
	bool ready = c->status == CASE_CLOSED ||
	    document_open_step(c, STEP_CLOSE, 0);

	for (size_t i = 0; i < c->item_count; i++) {
		c->items[i].taken = c->items[i].named;
		ready |= c->items[i].named &&
		    document_newest(c, STEP_SURVEY, c->items[i].item) != NULL;
	}
	if (!ready) {
		buf_text(why, local_text("it is too early to ask: neither is a "
		    "report handed over nor is the case ready to be closed"));
		return false;
	}
	document_letter(d, c, "survey");
	return true;
}

static void
add_member(struct json_object *team, const struct document_case *c,
    const char *role, const char *name)
{
	struct json_object *one;

	if (name == NULL)
		return;
	one = json_object_new_object();
	fact_text(one, "role", words_find(WORDS_ROLE, role, c->language));
	fact_text(one, "name", name);
	json_object_array_add(team, one);
}

static struct json_object *
team(const struct document_case *c)
{
	struct json_object *list = json_object_new_array();
	const struct document_step *correct = document_newest(c, STEP_CORRECT,
	    0);
	const struct document_event *check = document_event(c, "verify", 0);

	add_member(list, c, "pilot", fact_get_text(c->facts, "pilot"));
	add_member(list, c, "expert", fact_get_text(c->facts, "expert"));
	if (correct != NULL)
		add_member(list, c, "named", correct->person);
	if (check != NULL)
		add_member(list, c, "quality", check->by);
	return list;
}

/* When the step is due, or was done. */
static void
put_when(struct json_object *facts, const char *done, const char *due,
    const struct document_case *c, enum step step)
{
	const struct document_step *s = document_newest(c, step, 0);

	put_done(facts, done, c, step, 0);
	fact_take(facts, due, s == NULL || s->state != STATE_OPEN ||
	    s->due_at == 0 ? NULL : words_date(s->due_at,
	    office_zone(c->office), c->language));
}

/* What analyses of the units have found. */
static struct json_object *
findings(const struct document_case *c)
{
	static const char *const verbs[] = { "analyse", "fix", "intervene" };
	struct json_object *list = json_object_new_array(), *one;

	for (size_t n = 0; n < c->event_count; n++) {
		const struct document_event *e = &c->events[n];
		bool found = false;

		for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++)
			found |= strcmp(e->verb, verbs[i]) == 0;
		if (!found)
			continue;
		one = json_object_new_object();
		fact_take(one, "when", document_event_date(c, e));
		fact_text(one, "words", e->text);
		fact_take(one, "cause", cause(c, e));
		json_object_array_add(list, one);
	}
	return list;
}

static struct json_object *
procedures(const struct document_case *c)
{
	struct json_object *list = json_object_new_array(), *one;
	struct query *q = store_query(office_store(c->office), "SELECT "
	    "procedure, min(started_at) FROM procedure "
	    "WHERE case_id = :case AND ended_at IS NULL "
	    "AND procedure <> 'correction' GROUP BY procedure ORDER BY 2, 1");

	bind_int(q, ":case", c->case_id);
	while (query_row(q)) {
		one = json_object_new_object();
		fact_text(one, "what", words_find(WORDS_PROCESS,
		    query_text(q, 0), c->language));
		fact_take(one, "when", words_date(query_int(q, 1),
		    office_zone(c->office), c->language));
		json_object_array_add(list, one);
	}
	return list;
}

static void
put_said(struct json_object *facts, const char *name,
    const struct document_event *e, const char *part)
{
	fact_text(facts, name, e == NULL ? NULL : part == NULL ? e->text :
	    fact_get_text(e->data, part));
}

bool
document_make_8d(struct document *d, struct document_case *c,
    struct buf *why)
{
	const struct document_event *correct = document_event(c, "correct", 0);
	const struct document_step *verify = document_newest(c, STEP_VERIFY,
	    0);
	struct json_object *facts;

	if (c->kind != KIND_COMPLAINT) {
		buf_text(why, local_text("it is no complaint; an 8D report is "
		    "of one"));
		return false;
	}
	for (size_t i = 0; i < c->item_count; i++)
		c->items[i].taken = c->items[i].named;
	facts = document_letter(d, c, "8d")->facts;
	fact_put(facts, "team", team(c));
	put_said(facts, "solution", document_event(c, "solve", 0), NULL);
	put_when(facts, "solved", "solve_due", c, STEP_SOLVE);
	fact_put(facts, "procedures", procedures(c));
	fact_put(facts, "findings", findings(c));
	put_said(facts, "why", correct, "why");
	put_said(facts, "missed", correct, "missed");
	put_said(facts, "change", correct, "change");
	put_said(facts, "correction", correct, NULL);
	put_when(facts, "corrected", "correct_due", c, STEP_CORRECT);
	put_said(facts, "check", document_event(c, "verify", 0), NULL);
	put_when(facts, "verified", "verify_due", c, STEP_VERIFY);
	fact_text(facts, "effect", words_find(WORDS_OUTCOME,
	    verify == NULL ? NULL : verify->outcome, c->language));
	return true;
}
