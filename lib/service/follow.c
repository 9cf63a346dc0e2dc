/* SPDX-License-Identifier: ISC */
#include <sha2.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "follow.h"
#include "service/follow.h"
#include "service/link.h"
#include "service/setting.h"

/* Another number makes every page anew: raise it with what pages say. */
#define PAGES	"1"

struct follow {
	struct act	 act;		/* of nobody */
	uint8_t		 secret[TOKEN_SECRET];
	int64_t		 now;
	char		*company, *national, *abroad, *zone;
	int64_t		 life;		/* of a link, after closing */
	struct json	 facts;
};

static char *
setting(struct follow *f, const char *name)
{
	return mem_text(setting_get(office_store(f->act.office), name));
}

struct follow *
follow_open(struct office *o, int64_t now)
{
	struct follow *f = mem_zero(1, sizeof(*f));

	f->act.office = o;
	f->act.at = f->now = now;
	f->company = setting(f, "company");
	f->national = setting(f, "hotline.national");
	f->abroad = setting(f, "hotline.abroad");
	f->zone = mem_text(office_zone(o));
	f->life = link_life(office_store(o));
	if (link_secret(office_store(o), f->secret))
		return f;
	follow_close(f);
	return NULL;
}

void
follow_close(struct follow *f)
{
	if (f == NULL)
		return;
	free(f->company);
	free(f->national);
	free(f->abroad);
	free(f->zone);
	json_free(&f->facts);
	freezero(f, sizeof(*f));
}

static void
put_int(struct json *j, const char *key, int64_t value)
{
	if (value != 0)
		json_int(j, key, value);
	else
		json_null(j, key);
}

static void
put_name(struct work *w, struct json *j, const char *reference)
{
	struct query *q = store_query(w->s,
	    "SELECT name FROM products WHERE reference = :reference");

	bind_text(q, ":reference", reference);
	json_text(j, "name", query_row(q) ? query_text(q, 0) : NULL);
	query_done(q);
}

static void
put_items(struct work *w, struct json *j)
{
	json_array(j, "items");
	for (size_t i = 1; i <= w->flow.item_count; i++) {
		const struct work_unit *u = work_unit(w, (int)i);

		json_object(j, NULL);
		json_int(j, "item", (int64_t)i);
		json_text(j, "reference", u->reference);
		json_text(j, "serial", u->serial);
		put_name(w, j, u->reference);
		json_end_object(j);
	}
	json_end_array(j);
}

static void
put_head(struct follow *f, struct work *w, struct json *j)
{
	json_int(j, "case", w->case_id);
	json_text(j, "kind", flow_process(w->flow.kind)->name);
	json_text(j, "language", w->language);
	json_text(j, "status", flow_status_name(w->flow.status));
	json_text(j, "zone", f->zone);
	json_text(j, "company", f->company);
	json_object(j, "hotline");
	json_text(j, "national", f->national);
	json_text(j, "abroad", f->abroad);
	json_end_object(j);
	json_int(j, "opened_at", w->flow.opened_at);
	put_int(j, "closed_at", w->flow.status != CASE_OPEN ?
	    w->flow.closed_at : 0);
}

/* Where a step is: its name, its process, its item and who acts. */
static void
put_step(struct json *j, const struct flow_step *s, const char *owner)
{
	json_text(j, "step", flow_step_name(s->rule->step));
	json_text(j, "process", flow_process(s->process)->name);
	put_int(j, "item", s->item);
	json_text(j, "owner", owner);
}

/* In the order in which they were done. */
static int
by_time(const void *a, const void *b)
{
	const struct flow_step *x = *(const struct flow_step *const *)a;
	const struct flow_step *y = *(const struct flow_step *const *)b;

	if (x->done_at != y->done_at)
		return x->done_at < y->done_at ? -1 : 1;
	return x->id - y->id;
}

static void
put_done(struct work *w, struct json *j)
{
	const struct flow_step **done = mem_zero(w->flow.step_count,
	    sizeof(const struct flow_step *));
	size_t count = 0;

	for (size_t i = 0; i < w->flow.step_count; i++)
		if (follow_shows_done(&w->flow.steps[i]))
			done[count++] = &w->flow.steps[i];
	qsort(done, count, sizeof(const struct flow_step *), by_time);
	json_array(j, "done");
	for (size_t i = 0; i < count; i++) {
		json_object(j, NULL);
		put_step(j, done[i], work_step(w, done[i])->owner);
		json_int(j, "at", done[i]->done_at);
		json_text(j, "outcome", flow_outcome_name(done[i]->outcome));
		json_end_object(j);
	}
	json_end_array(j);
	free(done);
}

static void
put_open_step(struct work *w, struct json *j, const struct flow_step *s)
{
	const struct work_step *ws = work_step(w, s);
	bool limit = ws->limit_at != 0 &&
	    (ws->due_at == 0 || ws->limit_at < ws->due_at);

	json_object(j, NULL);
	put_step(j, s, ws->owner);
	put_int(j, "due_at", ws->due_at);
	put_int(j, "limit_at", ws->limit_at);
	put_int(j, "binds_at", limit ? ws->limit_at : ws->due_at);
	json_text(j, "binds", limit ? "limit" : ws->due_at != 0 ? "due" : NULL);
	json_bool(j, "chased", s->rule->chased);
	json_end_object(j);
}

/* After closing a survey is all that may be open, and it has its own place. */
static void
put_open(struct work *w, struct json *j)
{
	json_array(j, "open");
	for (size_t i = 0; i < w->flow.step_count &&
	    w->flow.status == CASE_OPEN; i++)
		if (follow_shows_open(&w->flow.steps[i]))
			put_open_step(w, j, &w->flow.steps[i]);
	json_end_array(j);
}

/* What is not owned by the same role in every case. */
static const char *
owner_ahead(struct work *w, const struct flow_step *s)
{
	const char *kind = NULL;

	if (s->rule->owner == OWNER_EXPERT && !w->flow.has_expert)
		return flow_owner_name(OWNER_PILOT);
	if (s->rule->owner == OWNER_HOLDER && s->item != 0)
		kind = office_site_kind(w->act->office,
		    w->flow.items[s->item - 1].site);
	return kind != NULL ? kind : flow_owner_name(s->rule->owner);
}

static void
put_ahead(struct work *w, struct json *j)
{
	size_t known = w->flow.step_count;
	struct flow_step close = { .process = w->flow.kind,
	    .rule = flow_rule(w->flow.kind, STEP_CLOSE) };
	bool closes = w->flow.status == CASE_OPEN &&
	    flow_open_step(&w->flow, STEP_CLOSE, 0) == NULL &&
	    !flow_process(w->flow.kind)->closes_itself;

	if (w->flow.status == CASE_OPEN) {
		work_note_others(w);
		follow_play(&w->flow);
	}
	json_array(j, "ahead");
	for (size_t i = known; i < w->flow.step_count; i++) {
		const struct flow_step *s = &w->flow.steps[i];

		if (!follow_shows_ahead(s))
			continue;
		json_object(j, NULL);
		put_step(j, s, owner_ahead(w, s));
		json_end_object(j);
	}
	if (closes) {
		json_object(j, NULL);
		put_step(j, &close, flow_owner_name(close.rule->owner));
		json_end_object(j);
	}
	json_end_array(j);
}

static void
put_facts(struct follow *f, struct work *w, const char *documents,
    struct follow_page *page)
{
	struct json *j = &f->facts;
	struct survey_form form;

	survey_form(w, f->secret, f->now, &form);
	strlcpy(page->nonce, form.nonce, sizeof(page->nonce));
	json_clear(j);
	json_object(j, NULL);
	put_head(f, w, j);
	put_items(w, j);
	put_done(w, j);
	put_open(w, j);
	json_raw(j, "documents", documents);
	if (form.step_id != 0) {
		json_object(j, "survey");
		put_int(j, "item", form.item);
		json_end_object(j);
	} else
		json_null(j, "survey");
	/* Plays on: comes last. */
	put_ahead(w, j);
	json_end_object(j);
}

bool
follow_token(struct follow *f, int64_t case_id, uint8_t token[TOKEN_BYTES])
{
	struct query *q = store_query(office_store(f->act.office),
	    "SELECT renewed FROM cases WHERE case_id = :case "
	    "AND ifnull(closed_at > :dead, 1)");

	bind_int(q, ":case", case_id);
	bind_int(q, ":dead", f->now - f->life);
	if (!query_row(q))
		return false;
	token_make(f->secret, case_id, query_int(q, 0), token);
	query_done(q);
	return true;
}

bool
follow_case(struct follow *f, int64_t case_id, const char *documents,
    struct follow_page *page)
{
	struct work *w = work_open(&f->act, case_id);

	if (w == NULL)
		return false;
	*page = (struct follow_page){ .case_id = case_id };
	if (w->flow.status != CASE_OPEN)
		page->expires_at = w->flow.closed_at + f->life;
	if (w->flow.status == CASE_OPEN || page->expires_at > f->now) {
		put_facts(f, w, documents, page);
		page->facts = json_str(&f->facts);
	}
	work_close(w);
	return page->facts != NULL;
}

static void
add(SHA2_CTX *c, const char *value)
{
	/* With its NUL, so that neighbours do not run together. */
	if (value != NULL)
		SHA256Update(c, (const uint8_t *)value, strlen(value) + 1);
	else
		SHA256Update(c, (const uint8_t *)"\377", 1);
}

char *
follow_digest(struct follow *f)
{
	static const char *const others[] = { "web.days", "brand",
	    "mail.from", "desk", "template.dir" };
	char hex[SHA256_DIGEST_STRING_LENGTH];
	SHA2_CTX c;

	SHA256Init(&c);
	add(&c, PAGES);
	add(&c, f->company);
	add(&c, f->national);
	add(&c, f->abroad);
	add(&c, f->zone);
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		add(&c, setting_get(office_store(f->act.office), others[i]));
	return mem_text(SHA256End(&c, hex));
}
