/* SPDX-License-Identifier: ISC */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/local.h"
#include "base/mem.h"
#include "base/time.h"
#include "journal/journal.h"
#include "recall_answer.h"
#include "request.h"
#include "service/master.h"

/* The answer of a distributor: who has the units that he sold on. */

/* A unit, where it was and where it goes. */
struct sale {
	struct recall_row row;
	const char	*customer;
	size_t		 line;		/* of the answer, from 0 */
};

static const char *
objection(struct store *s, const struct recall_row *row,
    const struct recall_buyer *buyer, struct buf *why)
{
	bool same = row->customer != NULL &&
	    strcmp(row->customer, buyer->customer) == 0;

	if (!master_has(s, MASTER_CUSTOMERS, buyer->customer)) {
		buf_printf(why, local_text("customer: no customer '%s' is "
		    "known"), buyer->customer);
	} else if (!same && (row->bucket == RECALL_REMEDIED ||
	    row->bucket == RECALL_DISPOSED ||
	    row->bucket == RECALL_TAKEN_OUT)) {
		buf_printf(why, local_text("serial: %s:%s is %s already"),
		    row->reference, row->serial, local_word("recall",
		    row->bucket == RECALL_TAKEN_OUT ? "taken out" :
		    recall_bucket_name(row->bucket)));
	} else if (!same && row->bucket == RECALL_ANSWERED) {
		buf_printf(why, local_text("serial: %s:%s is held by %s, who "
		    "answered so"), row->reference, row->serial, row->customer);
	} else
		return NULL;
	return buf_str(why);
}

const char *
recall_check_buyer(struct act *act, int64_t recall,
    const struct recall_buyer *buyer, struct buf *why)
{
	struct store *s = office_store(act->office);
	struct recall_name name = { recall, buyer->reference, buyer->serial };
	struct arena texts = { 0 };
	struct recall_row row;
	const char *said;

	if (recall_row_find(s, &name, &texts, &row))
		said = objection(s, &row, buyer, why);
	else {
		buf_printf(why, local_text("serial: %s:%s is not under the "
		    "recall"), buyer->reference, buyer->serial);
		said = buf_str(why);
	}
	arena_free(&texts);
	return said;
}

static int
by_case(const void *a, const void *b)
{
	const struct sale *x = a, *y = b;

	if (x->row.case_id != y->row.case_id)
		return x->row.case_id < y->row.case_id ? -1 : 1;
	return (x->row.item > y->row.item) - (x->row.item < y->row.item);
}

static int
by_buyer(const void *a, const void *b)
{
	const struct sale *x = a, *y = b;
	int order = strcmp(x->customer, y->customer);

	return order != 0 ? order : by_case(a, b);
}

/* Whoever answers has been told, whether or not the mail system said so. */
static void
answer(struct work *w, int item)
{
	struct flow_act act = { .at = w->act->at, .outcome = OUTCOME_SOLD_ON };

	if (flow_open_step(&w->flow, STEP_NOTIFY, 0) != NULL) {
		work_take(w, flow_complete(&w->flow, STEP_NOTIFY, 0,
		    &(struct flow_act){ .at = w->act->at }));
		work_settle(w);
	}
	if (flow_open_step(&w->flow, STEP_RESPOND, item) != NULL)
		work_take(w, flow_complete(&w->flow, STEP_RESPOND, item,
		    &act));
}

/* The seller's case: the sales at `first` and after it. */
static size_t
answer_case(struct act *act, const struct sale *sales, size_t first,
    size_t count)
{
	int64_t case_id = sales[first].row.case_id;
	struct work *w = case_id != 0 ? work_open(act, case_id) : NULL;
	struct json items = { 0 };

	json_array(&items, NULL);
	for (; first < count && sales[first].row.case_id == case_id; first++) {
		int item = sales[first].row.item;

		if (w == NULL || !store_ok(w->s) ||
		    w->flow.status != CASE_OPEN)
			continue;
		answer(w, item);
		json_int(&items, NULL, item);
	}
	json_end_array(&items);
	if (w != NULL && w->flow.status == CASE_OPEN) {
		json_raw(&w->data, "items", json_str(&items));
		json_text(&w->data, "outcome",
		    flow_outcome_name(OUTCOME_SOLD_ON));
		work_commit(w, "respond");
	}
	work_close(w);
	json_free(&items);
	return first;
}

/* The units of one buyer; answers where the next one's begin. */
static size_t
hand_on(struct act *act, const struct sale *sales, size_t first, size_t count)
{
	struct recall_row *rows = mem_array(NULL, count - first, sizeof(*rows));
	const char *customer = sales[first].customer;
	size_t n = 0;

	for (; first < count && strcmp(sales[first].customer, customer) == 0;
	    first++)
		rows[n++] = sales[first].row;
	recall_hand_on(act, &(struct recall_handing){ .rows = rows, .count = n,
	    .customer = customer });
	free(rows);
	return first;
}

static void
append(struct act *act, int64_t recall, size_t count)
{
	struct json data = { 0 };

	json_object(&data, NULL);
	json_int(&data, "recall", recall);
	json_int(&data, "units", (int64_t)count);
	json_end_object(&data);
	journal_append(office_store(act->office), &(struct journal_event){
		.verb = "buyers", .happened_at = act->at, .by = act->by,
		.text = act->text, .data = json_str(&data),
	});
	json_free(&data);
}

static bool
same_unit(const struct sale *a, const struct sale *b)
{
	return strcmp(a->row.reference, b->row.reference) == 0 &&
	    strcmp(a->row.serial, b->row.serial) == 0;
}

static int
by_unit(const void *a, const void *b)
{
	const struct sale *x = a, *y = b;
	int order = strcmp(x->row.reference, y->row.reference);

	if (order == 0)
		order = strcmp(x->row.serial, y->row.serial);
	return order != 0 ? order : (x->line > y->line) - (x->line < y->line);
}

/* The units of the lines; refuses what cannot be. To free. */
static struct sale *
read_sales(struct act *act, int64_t recall, const struct recall_buyer *buyers,
    size_t count, struct arena *texts)
{
	struct store *s = office_store(act->office);
	struct sale *sales = mem_zero(count + 1, sizeof(*sales));
	struct buf why = { 0 };

	for (size_t i = 0; i < count && store_ok(s); i++) {
		struct recall_name name = { recall, buyers[i].reference,
		    buyers[i].serial };

		sales[i].customer = buyers[i].customer;
		sales[i].line = i;
		if (!recall_row_find(s, &name, texts, &sales[i].row))
			store_refuse(s, "%s:%s is not under the recall",
			    name.reference, name.serial);
		else if (objection(s, &sales[i].row, &buyers[i], &why) != NULL)
			store_refuse(s, "%s", buf_str(&why));
	}
	buf_free(&why);
	return sales;
}

/* Sorted by unit, the first line of a unit says who has it. */
static void
find_clashes(const struct sale *sales, size_t count, recall_clash_fn *fn,
    void *arg)
{
	size_t first = 0;

	for (size_t i = 1; i < count; i++) {
		const struct recall_row *row = &sales[i].row;

		if (!same_unit(&sales[first], &sales[i]))
			first = i;
		else if (strcmp(sales[first].customer, sales[i].customer) != 0)
			fn(arg, &(struct recall_clash){
			    .reference = row->reference, .serial = row->serial,
			    .line = sales[i].line, .before = sales[first].line,
			});
	}
}

void
recall_find_clashes(struct act *act, int64_t recall,
    const struct recall_buyer *buyers, size_t count, recall_clash_fn *fn,
    void *arg)
{
	struct arena texts = { 0 };
	struct sale *sales = read_sales(act, recall, buyers, count, &texts);

	if (store_ok(office_store(act->office))) {
		qsort(sales, count, sizeof(*sales), by_unit);
		find_clashes(sales, count, fn, arg);
	}
	arena_free(&texts);
	free(sales);
}

struct refusing {
	struct store	*s;
	const struct recall_buyer *buyers;
};

static void
refuse_clash(void *arg, const struct recall_clash *clash)
{
	const struct refusing *r = arg;

	store_refuse(r->s, "%s:%s has two buyers, %s and %s", clash->reference,
	    clash->serial, r->buyers[clash->before].customer,
	    r->buyers[clash->line].customer);
}

/* What is news, each once: sorted by unit, a line may stand there twice, and
 * may name who has it anyway. */
static size_t
only_news(struct sale *sales, size_t count)
{
	size_t n = 0;

	for (size_t i = 0; i < count; i++) {
		const struct recall_row *row = &sales[i].row;

		if (row->customer != NULL &&
		    strcmp(row->customer, sales[i].customer) == 0)
			continue;
		if (n == 0 || !same_unit(&sales[n - 1], &sales[i]))
			sales[n++] = sales[i];
	}
	return n;
}

static void
sell_on(struct act *act, const struct recall_request *request,
    const struct recall_buyer *buyers, size_t count)
{
	struct store *s = office_store(act->office);
	struct arena texts = { 0 };
	struct act quiet = *act;
	struct sale *sales;

	quiet.told = quiet.warned = (struct buf){ 0 };
	quiet.text = NULL;
	sales = read_sales(act, request->recall, buyers, count, &texts);
	if (store_ok(s)) {
		qsort(sales, count, sizeof(*sales), by_unit);
		find_clashes(sales, count, refuse_clash,
		    &(struct refusing){ s, buyers });
	}
	count = store_ok(s) ? only_news(sales, count) : 0;
	if (store_ok(s) && count > 0)
		append(act, request->recall, count);
	qsort(sales, count, sizeof(*sales), by_case);
	for (size_t i = 0; i < count && store_ok(s); )
		i = answer_case(&quiet, sales, i, count);
	qsort(sales, count, sizeof(*sales), by_buyer);
	for (size_t i = 0; i < count && store_ok(s); )
		i = hand_on(&quiet, sales, i, count);
	buf_printf(&act->told, local_text("recall %" PRId64 ": %zu units have "
	    "another holder\n"), request->recall, count);
	buf_free(&quiet.told);
	buf_free(&quiet.warned);
	arena_free(&texts);
	free(sales);
}

int64_t
recall_buyers(struct act *act, struct recall_request *request,
    const struct recall_buyer *buyers, size_t count)
{
	struct store *s = office_store(act->office);
	int64_t number = request_known(s, request->key, &request->request);

	if (number != 0 || !store_ok(s))
		return number;
	if (act->at > time_now())
		store_refuse(s, "it cannot have happened in the future");
	if (recall_exists(s, request->recall))
		sell_on(act, request, buyers, count);
	request_answer(s, request->key, &request->request, request->recall);
	return store_ok(s) ? request->recall : 0;
}
