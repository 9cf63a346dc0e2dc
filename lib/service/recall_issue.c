/* SPDX-License-Identifier: ISC */

#include "base/time.h"
#include "journal/journal.h"
#include "recall_private.h"
#include "recall_tell.h"
#include "request.h"
#include "rules/number.h"
#include "service/master.h"

static int64_t
next_number(struct store *s)
{
	int64_t last = query_int_or(store_query(s,
	    "SELECT max(recall) FROM recall"), 0);

	if (last / 10 >= NUMBER_LAST_RECALL)
		store_refuse(s, "there are no more numbers for recalls");
	return store_ok(s) ? number_make_recall(last == 0 ?
	    NUMBER_FIRST_RECALL : last / 10 + 1) : 0;
}

/* What the recall is, from the request. */
static void
make_frame(struct recall_issuing *x)
{
	const struct recall_request *r = x->request;
	struct buf remedies = { 0 };

	x->frame.recall = next_number(x->s);
	x->frame.pilot = r->pilot != NULL ? r->pilot : "";
	for (size_t i = 0; i < r->remedy_count; i++)
		buf_printf(&remedies, "%s%s", i > 0 ? " " : "",
		    flow_process(r->remedies[i])->name);
	x->frame.remedies = arena_text(&x->frame.texts, buf_str(&remedies));
	buf_free(&remedies);
	for (size_t i = 0; i < RECALL_LANGUAGES; i++)
		x->frame.titles[i] = r->texts[i][NOTICE_TITLE];
	x->cause = r->cause != NULL ? r->cause : "";
	x->issued_at = x->act->at;
	x->issued_by = x->act->by != NULL ? x->act->by : "";
}

/* What the series was, and what it is from now on. */
static void
write_series(struct recall_issuing *x, const char *word, struct buf *b)
{
	bool several = x->request->series->count > 1;

	if (x->series != NULL)
		buf_printf(b, "%s %s %s", x->series, word, several ? "(" : "");
	series_write(x->request->series, b);
	if (x->series != NULL && several)
		buf_char(b, ')');
}

static void
put_recall(struct recall_issuing *x, struct json *j, const char *series)
{
	json_array(j, "recall");
	json_object(j, NULL);
	json_int(j, "recall", x->frame.recall);
	json_text(j, "series", series);
	json_text(j, "cause", x->cause);
	json_text(j, "remedies", x->frame.remedies);
	json_text(j, "pilot", x->frame.pilot);
	json_int(j, "issued_at", x->issued_at);
	json_text(j, "issued_by", x->issued_by);
	json_end_object(j);
	json_end_array(j);
}

void
recall_append(struct recall_issuing *x, const char *verb, const char *word,
    struct json *rows)
{
	struct json data = { 0 };
	struct buf whole = { 0 }, added = { 0 };

	write_series(x, word, &whole);
	series_write(x->request->series, &added);
	json_object(&data, NULL);
	json_int(&data, "recall", x->frame.recall);
	json_text(&data, "series", buf_str(&added));
	json_int(&data, "units", x->count);
	json_end_object(&data);
	put_recall(x, rows, buf_str(&whole));
	json_end_object(rows);
	journal_append(x->s, &(struct journal_event){
		.verb = verb, .happened_at = x->act->at, .by = x->act->by,
		.text = x->act->text, .data = json_str(&data),
		.rows = json_str(rows),
	});
	json_free(&data);
	json_free(rows);
	buf_free(&whole);
	buf_free(&added);
}

static void
append(struct recall_issuing *x)
{
	struct json rows = { 0 };

	json_object(&rows, NULL);
	if (!x->request->drill) {
		recall_put_texts(x, &rows);
		recall_tell_pilot(x->act, &x->frame, x->count, &rows);
	}
	recall_append(x, "recall", NULL, &rows);
}

static void
check_request(struct recall_issuing *x)
{
	if (x->act->at > time_now())
		store_refuse(x->s, "it cannot have happened in the future");
	/* A drill may say less, but nothing that is wrong. */
	if (x->request->cause != NULL)
		master_require(x->s, MASTER_CAUSES, x->cause);
	if (x->request->pilot != NULL)
		master_require(x->s, MASTER_STAFF, x->frame.pilot);
	if (!x->request->drill || recall_has_words(x->request))
		recall_check_notice(x);
}

int64_t
recall_issue(struct act *act, struct recall_request *request)
{
	struct recall_issuing x;
	int64_t number = request_known(office_store(act->office),
	    request->key, &request->request);

	if (number != 0 || !store_ok(office_store(act->office)))
		return number;
	recall_begin(&x, act, request);
	make_frame(&x);
	recall_find_contact(&x);
	check_request(&x);
	if (store_ok(x.s) && recall_find(&x) && !request->drill)
		recall_check_languages(&x);
	if (store_ok(x.s)) {
		append(&x);
		recall_place(&x);
	}
	request_answer(x.s, request->key, &request->request, x.frame.recall);
	number = store_ok(x.s) ? x.frame.recall : 0;
	recall_end(&x);
	return number;
}
