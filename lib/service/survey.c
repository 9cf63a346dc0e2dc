/* SPDX-License-Identifier: ISC */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/local.h"
#include "base/mem.h"
#include "base/time.h"
#include "request.h"
#include "service/link.h"
#include "service/report.h"
#include "survey.h"

#define DAY	INT64_C(86400)

static void
nonce_of(const struct work *w, const struct flow_step *s,
    const uint8_t secret[TOKEN_SECRET], char nonce[SURVEY_NONCE])
{
	uint8_t bytes[TOKEN_BYTES];

	token_form(secret, w->case_id, s->id, bytes);
	for (int i = 0; i < TOKEN_BYTES; i++)
		snprintf(nonce + 2 * i, 3, "%02x", bytes[i]);
}

static bool
is_survey(const struct flow_step *s)
{
	return s->rule->step == STEP_SURVEY;
}

void
survey_form(const struct work *w, const uint8_t secret[TOKEN_SECRET],
    int64_t now, struct survey_form *form)
{
	const struct flow_case *c = &w->flow;

	*form = (struct survey_form){ 0 };
	if (c->status != CASE_OPEN &&
	    now > c->closed_at + REPORT_SURVEY_DAYS * DAY)
		return;
	for (size_t i = 0; i < c->step_count; i++) {
		if (!is_survey(&c->steps[i]) ||
		    c->steps[i].state != STATE_OPEN)
			continue;
		form->item = form->step_id == 0 ? c->steps[i].item : 0;
		form->step_id = c->steps[i].id;
	}
	if (form->step_id != 0)
		nonce_of(w, &c->steps[form->step_id - 1], secret, form->nonce);
}

/* The survey that the form was for, in whatever state, or NULL. */
static const struct flow_step *
asked_by(const struct work *w, const uint8_t secret[TOKEN_SECRET],
    const char *nonce)
{
	char own[SURVEY_NONCE];

	for (size_t i = 0; i < w->flow.step_count; i++) {
		if (!is_survey(&w->flow.steps[i]))
			continue;
		nonce_of(w, &w->flow.steps[i], secret, own);
		if (strcmp(own, nonce) == 0)
			return &w->flow.steps[i];
	}
	return NULL;
}

static bool
has_link(const struct work *w, const uint8_t secret[TOKEN_SECRET],
    const uint8_t hash[TOKEN_HASH])
{
	uint8_t token[TOKEN_BYTES], own[TOKEN_HASH];

	token_make(secret, w->case_id, w->renewed, token);
	token_hash(token, own);
	return memcmp(own, hash, TOKEN_HASH) == 0;
}

static int
by_item(const void *a, const void *b)
{
	return ((const struct target_item *)a)->item -
	    ((const struct target_item *)b)->item;
}

/* The items that the answer is about, to free; none after a refusal. The clock
 * of the web server may be another one. */
static struct target_item *
find_items(struct work *w, const struct survey_answer *a, struct act *act,
    size_t *count)
{
	struct target_item *items = mem_zero(w->flow.step_count,
	    sizeof(*items));
	uint8_t secret[TOKEN_SECRET];
	const struct flow_step *last, *s;

	*count = 0;
	act->at = a->at < time_now() ? a->at : time_now();
	if (!link_secret(w->s, secret))
		return items;
	last = asked_by(w, secret, a->nonce);
	if (!has_link(w, secret, a->hash))
		store_refuse(w->s, "the case was given another link since");
	else if (last == NULL)
		store_refuse(w->s, "its form is none of the case");
	else if (last->state != STATE_OPEN)
		store_refuse(w->s, "the survey is %s already",
		    last->state == STATE_DONE ?
		    local_text("answered") : local_text("given up"));
	for (int i = 0; store_ok(w->s) && i < last->id; i++) {
		s = &w->flow.steps[i];
		if (!is_survey(s) || s->state != STATE_OPEN)
			continue;
		items[(*count)++].item = s->item;
		if (act->at < s->since)
			act->at = s->since;
	}
	qsort(items, *count, sizeof(*items), by_item);
	explicit_bzero(secret, sizeof(secret));
	return items;
}

/* Everything in it, so that another answer is not taken for the same one. */
static void
put_request(const struct survey_answer *a, struct json *j)
{
	json_object(j, NULL);
	json_text(j, "survey", a->nonce);
	json_int(j, "case", a->case_id);
	json_int(j, "at", a->at);
	json_int(j, "degree", a->degree);
	if (a->text != NULL)
		json_text(j, "text", a->text);
	json_end_object(j);
}

static void
record(struct act *act, const struct survey_answer *a)
{
	struct work *w = work_open(act, a->case_id);
	struct target target = { .case_id = a->case_id };
	struct target_item *items;

	if (w == NULL)
		return;
	items = find_items(w, a, act, &target.count);
	work_close(w);
	target.items = items;
	act->text = a->text;
	if (target.count > 0)
		report_step(act, &target, &(struct report_request){
			.step = STEP_SURVEY, .degree = a->degree });
	free(items);
}

void
survey_take(struct act *act, const struct survey_answer *a)
{
	struct store *s = office_store(act->office);
	char *key = mem_printf("survey %s", a->nonce);
	struct json request = { 0 };

	put_request(a, &request);
	if (!request_same(s, key, &request.out)) {
		record(act, a);
		request_answer(s, key, &request.out, a->case_id);
	}
	json_free(&request);
	free(key);
}
