/* SPDX-License-Identifier: ISC */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/local.h"
#include "base/mem.h"
#include "base/time.h"
#include "journal/journal.h"
#include "recall_private.h"
#include "request.h"

/* A recall grows and shrinks; its number stays. */

/* Digits of a case's number in the sort. */
enum { KEY = 20 };

/* What the recall was issued for; false after a refusal. */
static bool
read_recall(struct recall_issuing *x)
{
	struct query *q;

	if (!recall_frame_read(x->s, x->request->recall, &x->frame))
		return false;
	q = store_query(x->s, "SELECT cause, issued_at, issued_by, series "
	    "FROM recall WHERE recall = :recall");
	bind_int(q, ":recall", x->frame.recall);
	if (!query_row(q))
		return false;
	x->cause = arena_text(&x->frame.texts, query_text(q, 0));
	x->issued_at = query_int(q, 1);
	x->issued_by = arena_text(&x->frame.texts, query_text(q, 2));
	x->series = arena_text(&x->frame.texts, query_text(q, 3));
	if (x->act->at < x->issued_at)
		store_refuse(x->s, "it cannot have happened before the recall "
		    "was issued");
	query_done(q);
	if (x->act->at > time_now())
		store_refuse(x->s, "it cannot have happened in the future");
	return store_ok(x->s);
}

static void
append(struct recall_issuing *x, const char *verb, const char *word)
{
	struct json rows = { 0 };

	json_object(&rows, NULL);
	recall_append(x, verb, word, &rows);
}

static void
expand(struct recall_issuing *x)
{
	x->expands = true;
	if (!read_recall(x) || !recall_find(x))
		return;
	if (x->count == 0 && x->known == 0)
		store_refuse(x->s, "no unit is in the series");
	else if (x->count == 0 && x->known == 1)
		store_refuse(x->s, "the unit is in the recall already");
	else if (x->count == 0)
		store_refuse(x->s, "all %" PRId64 " units are in the recall "
		    "already", x->known);
	recall_check_languages(x);
	if (!store_ok(x->s))
		return;
	append(x, "expand", "or");
	recall_place(x);
}

/* With a key, once. */
static int64_t
change(struct act *act, struct recall_request *request,
    void (*fn)(struct recall_issuing *x))
{
	struct store *s = office_store(act->office);
	struct recall_issuing x;
	int64_t number = request_known(s, request->key, &request->request);

	if (number != 0 || !store_ok(s))
		return number;
	recall_begin(&x, act, request);
	fn(&x);
	request_answer(s, request->key, &request->request, request->recall);
	recall_end(&x);
	return store_ok(s) ? request->recall : 0;
}

int64_t
recall_expand(struct act *act, struct recall_request *request)
{
	return change(act, request, expand);
}

/* The units to be taken out, by their case: those without one come first. */
static void
collect(struct recall_issuing *x, int64_t *left)
{
	struct query *q = store_query(x->s, "SELECT r.reference, "
	    "r.serial_key, r.serial, r.case_id, r.item, "
	    "ifnull(r.told_at, r.answered_at), u.lot_key, "
	    "u.made_on, u.sold_on, ifnull(u.plant, p.plant), "
	    "(SELECT replacement FROM item AS i WHERE i.case_id = r.case_id "
	    "AND i.item = r.item) "
	    "FROM recall_unit AS r JOIN products AS p USING (reference) "
	    "LEFT JOIN units AS u USING (reference, serial_key, serial) "
	    "WHERE r.recall = :recall AND r.bucket NOT IN ('remedied', "
	    "'disposed', 'taken_out')");

	bind_int(q, ":recall", x->frame.recall);
	while (query_row(q)) {
		struct series_unit u = {
			.reference = query_text(q, 0),
			.serial_key = query_text(q, 1),
			.lot_key = query_text(q, 6),
			.made_on = query_text(q, 7),
			.sold_on = query_text(q, 8), .plant = query_text(q, 9),
		};
		char key[KEY + 1];
		struct sort_row row = { .key = key, .key_len = KEY + 1 };

		if (!series_matches(x->request->series, &u)) {
			++*left;
			continue;
		}
		/* Its customer is served: it only has to come back. */
		if (!query_null(q, 10)) {
			++*left;
			x->kept++;
			continue;
		}
		x->count++;
		snprintf(key, sizeof(key), "%0*" PRId64, KEY,
		    query_int(q, 3));
		buf_clear(&x->packed);
		buf_printf(&x->packed, "%d %d %s", (int)query_int(q, 4),
		    query_null(q, 5) ? 0 : 1, u.reference);
		buf_char(&x->packed, '\0');
		buf_add(&x->packed, u.serial_key, strlen(u.serial_key) + 1);
		buf_text(&x->packed, query_text(q, 2));
		buf_char(&x->packed, '\0');
		row.data = x->packed.data;
		row.len = x->packed.len;
		sort_add(x->sorted, &row);
	}
}

/* The items of a case that are told so, as work_note_items() takes them. */
struct told {
	int	*items;
	size_t	 count;
};

static void
end_case(struct recall_issuing *x, struct told *told)
{
	if (x->work == NULL)
		return;
	if (told->count > 0)
		work_note_items(x->work, told->items);
	json_int(&x->work->data, "recall", x->frame.recall);
	work_commit(x->work, "reduce");
	work_close(x->work);
	x->work = NULL;
	x->gave_up = false;
	x->cases++;
	buf_clear(&x->quiet.told);
	free(told->items);
	*told = (struct told){ 0 };
}

static void
tell_item(struct told *told, int item)
{
	told->items = mem_array(told->items, told->count + 2,
	    sizeof(*told->items));
	told->items[told->count++] = item;
	told->items[told->count] = 0;
}

/* One that nobody is asked of. */
static void
take_alone(struct recall_issuing *x, const struct recall_found *f)
{
	struct recall_name name = { x->frame.recall, f->reference, f->serial };
	struct arena texts = { 0 };
	struct recall_row row;

	if (recall_row_find(x->s, &name, &texts, &row)) {
		row.bucket = RECALL_TAKEN_OUT;
		row.since = x->act->at;
		recall_put_row(x, &row);
	}
	arena_free(&texts);
}

static void
withdraw(struct recall_issuing *x, int item)
{
	char why[40];
	struct flow_act act = { .at = x->act->at, .why = why };

	snprintf(why, sizeof(why), "taken out of recall %" PRId64,
	    x->frame.recall);
	if (!flow_withdraw(&x->work->flow, item, &act))
		return;
	x->given_up++;
	if (!x->gave_up)
		json_bool(&x->work->data, "given_up", true);
	x->gave_up = true;
}

static void
take_out(struct recall_issuing *x, const struct sort_row *row,
    struct told *told)
{
	char *p;
	int item = (int)strtol(row->data, &p, 10);
	bool was_told = p[1] == '1';
	struct recall_found f = { .reference = p + 3 };

	f.serial_key = f.reference + strlen(f.reference) + 1;
	f.serial = f.serial_key + strlen(f.serial_key) + 1;
	if (item == 0) {
		take_alone(x, &f);
		return;
	}
	if (x->work == NULL)
		x->work = work_open(&x->quiet, strtoll(row->key, NULL, 10));
	if (x->work == NULL)
		return;
	if (x->work->flow.status == CASE_OPEN)
		withdraw(x, item);
	work_item(x->work, item)->taken_out = true;
	if (was_told)
		tell_item(told, item);
}

static void
take_all_out(struct recall_issuing *x)
{
	struct told told = { 0 };
	struct sort_row row;
	int64_t before = -1;

	sort_rewind(x->sorted);
	while (store_ok(x->s) && sort_next(x->sorted, &row)) {
		int64_t case_id = strtoll(row.key, NULL, 10);

		if (case_id != before)
			end_case(x, &told);
		before = case_id;
		take_out(x, &row, &told);
	}
	end_case(x, &told);
	recall_check_sorted(x);
	recall_flush(x);
	free(told.items);
}

static void
reduce(struct recall_issuing *x)
{
	int64_t left = 0;

	x->quiet.text = x->act->text;
	if (!read_recall(x))
		return;
	recall_check_names(x->s, x->request->series);
	collect(x, &left);
	if (x->count == 0)
		store_refuse(x->s, "no unit of the recall is in the series, or "
		    "they are replaced, remedied or disposed of");
	else if (left == 0 && !x->request->yes && !x->request->drill)
		store_refuse(x->s, "that is every unit that the recall has "
		    "left, %" PRId64 " of them; --yes if that is meant",
		    x->count);
	if (!store_ok(x->s))
		return;
	append(x, "reduce", "except");
	take_all_out(x);
	buf_printf(&x->act->told, local_text("recall %" PRId64 ": %" PRId64
	    " units taken out, %" PRId64 " cases\n"), x->frame.recall, x->count,
	    x->cases);
	if (x->given_up > 0)
		buf_printf(&x->act->warned, local_text("recall %" PRId64
		    ": %" PRId64 " remedies under way were given up; what is "
		    "with us goes back\n"), x->frame.recall, x->given_up);
	if (x->kept > 0)
		buf_printf(&x->act->warned, local_text("recall %" PRId64
		    ": %" PRId64 " units stay in it, for their replacement was "
		    "shipped\n"), x->frame.recall, x->kept);
}

int64_t
recall_reduce(struct act *act, struct recall_request *request)
{
	return change(act, request, reduce);
}
