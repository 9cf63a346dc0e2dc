/* SPDX-License-Identifier: ISC */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/local.h"
#include "base/mem.h"
#include "journal/journal.h"
#include "recall_private.h"

/* Units on their way from the installed base into a recall, by customer. */

enum {
	SORT_MEMORY = 8 << 20,
	ROWS_AT_ONCE = 500	/* of units without a case, in an event */
};

/* Texts of a unit on their way through the sort, one after the other; an empty
 * one is NULL. */
enum { REFERENCE, SERIAL_KEY, SERIAL, LOT, SOLD_ON, UNTIL, PLACE, TEXTS };

struct packed {
	int64_t		 unit_id;
	int64_t		 added_at;
	bool		 ours;
};

static void
pack(struct recall_issuing *x, const struct recall_found *f)
{
	const char *const texts[TEXTS] = { f->reference, f->serial_key,
	    f->serial, f->lot, f->sold_on, f->warranty_until, f->place };
	struct packed head = { f->unit_id, f->added_at, f->ours };
	const char *customer = f->customer != NULL && !f->ours ? f->customer :
	    "";
	struct sort_row row = { .key = customer,
	    .key_len = strlen(customer) };

	buf_clear(&x->packed);
	buf_add(&x->packed, &head, sizeof(head));
	for (size_t i = 0; i < TEXTS; i++)
		buf_add(&x->packed, texts[i] != NULL ? texts[i] : "",
		    texts[i] != NULL ? strlen(texts[i]) + 1 : 1);
	row.data = x->packed.data;
	row.len = x->packed.len;
	sort_add(x->sorted, &row);
}

static void
unpack(const struct sort_row *row, struct recall_found *f)
{
	const char *texts[TEXTS], *p = row->data + sizeof(struct packed);
	struct packed head;

	memcpy(&head, row->data, sizeof(head));
	for (size_t i = 0; i < TEXTS; i++) {
		texts[i] = *p != '\0' ? p : NULL;
		p += strlen(p) + 1;
	}
	*f = (struct recall_found){
		.reference = texts[REFERENCE], .serial_key = texts[SERIAL_KEY],
		.serial = texts[SERIAL], .lot = texts[LOT],
		.sold_on = texts[SOLD_ON], .warranty_until = texts[UNTIL],
		.place = texts[PLACE], .unit_id = head.unit_id,
		.added_at = head.added_at, .ours = head.ours,
	};
}

/* Is the unit in the recall already, not taken out of it, and nothing new of
 * who has it? Since when, it keeps in any case. */
static bool
has_already(struct recall_issuing *x, const struct recall_found *f,
    int64_t *added_at)
{
	struct query *q;
	bool there = false;

	if (!x->expands)
		return false;
	q = store_query(x->s, "SELECT added_at, bucket <> 'taken_out' "
	    "AND (bucket <> 'unknown_holder' OR :customer IS NULL) "
	    "FROM recall_unit WHERE recall = :recall "
	    "AND reference = :reference AND serial_key = :key "
	    "AND serial = :serial");
	bind_int(q, ":recall", x->frame.recall);
	bind_text(q, ":reference", f->reference);
	bind_text(q, ":key", f->serial_key);
	bind_text(q, ":serial", f->serial);
	bind_text(q, ":customer", f->customer);
	if (query_row(q)) {
		*added_at = query_int(q, 0);
		there = query_int(q, 1) != 0;
		query_done(q);
	}
	return there;
}

/* A name for the product is there; the brand may be the file's. */
static void
check_brand(struct recall_issuing *x, const char *reference)
{
	struct query *q;

	if (x->request->drill || (x->branded != NULL &&
	    strcmp(x->branded, reference) == 0))
		return;
	free(x->branded);
	x->branded = mem_text(reference);
	q = store_query(x->s, "SELECT brand IS NOT NULL OR EXISTS (SELECT 1 "
	    "FROM setting WHERE name = 'brand') FROM products "
	    "WHERE reference = :reference");
	bind_text(q, ":reference", reference);
	if (query_int_or(q, 0) == 0)
		store_refuse(x->s, "the notice lacks 'product': %s has no "
		    "brand; case-config brand sets one for all", reference);
}

static void
found(void *arg, const struct recall_found *f)
{
	struct recall_issuing *x = arg;
	struct recall_found unit = *f;

	if (has_already(x, f, &unit.added_at)) {
		x->known++;
		return;
	}
	x->count++;
	check_brand(x, f->reference);
	pack(x, &unit);
}

/* Repaired for this cause; what was exchanged is no customer's any more. */
static bool
mended(struct recall_issuing *x, int64_t unit_id)
{
	struct query *q;

	if (unit_id == 0)
		return false;
	q = store_query(x->s, "SELECT EXISTS (SELECT 1 FROM item AS i "
	    "JOIN finding AS f ON f.case_id = i.case_id AND f.item = i.item "
	    "JOIN step AS s ON s.case_id = i.case_id AND s.item = i.item "
	    "WHERE i.unit_id = :unit AND f.cause = :cause AND s.step = 'fix' "
	    "AND s.outcome IN ('repaired', 'no-fault-found'))");
	bind_int(q, ":unit", unit_id);
	bind_text(q, ":cause", x->cause);
	return query_int_or(q, 0) != 0;
}

/* What needs no case: nobody has it, or nothing is to be done any more. */
static bool
settled(struct recall_issuing *x, const struct recall_found *f,
    enum recall_bucket *bucket)
{
	if (f->place != NULL && strcmp(f->place, "scrapped") == 0)
		*bucket = RECALL_DISPOSED;
	else if (f->ours || mended(x, f->unit_id))
		*bucket = RECALL_REMEDIED;
	else if (f->customer == NULL)
		*bucket = RECALL_UNKNOWN_HOLDER;
	else
		return false;
	return true;
}

void
recall_flush(struct recall_issuing *x)
{
	struct json rows = { 0 };

	if (x->rows.out.len == 0)
		return;
	json_end_array(&x->rows);
	json_object(&rows, NULL);
	json_raw(&rows, "recall_unit", json_str(&x->rows));
	json_end_object(&rows);
	journal_append(x->s, &(struct journal_event){
		.verb = "recall-units", .happened_at = x->act->at,
		.by = x->act->by, .rows = json_str(&rows),
	});
	json_free(&rows);
	json_clear(&x->rows);
	x->row_count = 0;
}

static const char *
level_of(struct recall_issuing *x, const struct recall_found *f)
{
	struct query *q;
	bool distributor;

	if (f->ours)
		return "manufacturer";
	if (f->customer == NULL)
		return "unknown";
	q = store_query(x->s, "SELECT type = 'distributor' FROM customers "
	    "WHERE code = :code");
	bind_text(q, ":code", f->customer);
	distributor = query_int_or(q, 0) != 0;
	return distributor ? "distributor" : "consumer";
}

void
recall_put_row(struct recall_issuing *x, const struct recall_row *row)
{
	if (x->rows.out.len == 0)
		json_array(&x->rows, NULL);
	recall_row_write(&x->rows, row);
	if (++x->row_count >= ROWS_AT_ONCE)
		recall_flush(x);
}

/* A unit for which no case is opened. */
static void
put_alone(struct recall_issuing *x, const struct recall_found *f,
    enum recall_bucket bucket)
{
	recall_put_row(x, &(struct recall_row){
		.recall = x->frame.recall, .reference = f->reference,
		.serial_key = f->serial_key, .serial = f->serial,
		.bucket = bucket, .since = x->act->at,
		.added_at = f->added_at, .level = level_of(x, f), .customer = f->customer,
		.remedied_at = bucket == RECALL_REMEDIED ? x->act->at : 0,
	});
}

static void
tick(struct recall_issuing *x)
{
	const struct recall_request *r = x->request;

	if (r->progress != NULL)
		r->progress(r->arg, ++x->done, x->count, "units");
}

/* Ends the case of the customer before, and says so in few words: there may be
 * thousands. */
static void
end_case(struct recall_issuing *x)
{
	if (x->work != NULL)
		recall_case_end(x->work, &x->frame);
	x->work = NULL;
	buf_clear(&x->quiet.told);
}

static void
place_unit(struct recall_issuing *x, const struct recall_found *f)
{
	enum recall_bucket bucket;

	tick(x);
	if (settled(x, f, &bucket))
		put_alone(x, f, bucket);
	else if (x->request->drill)
		put_alone(x, f, RECALL_TO_NOTIFY);
	else {
		if (x->work == NULL) {
			x->work = recall_case_begin(&x->quiet, &x->frame,
			    f->customer, x->expands);
			x->cases++;
		}
		if (x->work != NULL)
			recall_case_add(x->work, &x->frame, f);
	}
}

void
recall_check_sorted(struct recall_issuing *x)
{
	if (sort_error(x->sorted) != 0)
		store_break(x->s, "sorting: %s", strerror(sort_error(
		    x->sorted)));
}

/* Units come by customer, those without one first. */
static void
place_units(struct recall_issuing *x)
{
	char *customer = NULL;
	struct sort_row row;
	struct recall_found f;

	sort_rewind(x->sorted);
	while (store_ok(x->s) && sort_next(x->sorted, &row)) {
		if (customer == NULL || strlen(customer) != row.key_len ||
		    memcmp(customer, row.key, row.key_len) != 0) {
			end_case(x);
			free(customer);
			customer = mem_printf("%.*s", (int)row.key_len,
			    row.key);
		}
		unpack(&row, &f);
		f.customer = *customer != '\0' ? customer : NULL;
		place_unit(x, &f);
	}
	end_case(x);
	recall_flush(x);
	free(customer);
	recall_check_sorted(x);
}

void
recall_begin(struct recall_issuing *x, struct act *act,
    const struct recall_request *request)
{
	*x = (struct recall_issuing){ .act = act, .request = request,
	    .s = office_store(act->office), .quiet = *act };
	x->quiet.told = x->quiet.warned = (struct buf){ 0 };
	x->quiet.text = NULL;
	store_widen(x->s);
	x->sorted = sort_open(SORT_MEMORY);
}

void
recall_end(struct recall_issuing *x)
{
	work_close(x->work);
	sort_close(x->sorted);
	recall_frame_free(&x->frame);
	json_free(&x->rows);
	buf_free(&x->packed);
	buf_free(&x->quiet.told);
	buf_free(&x->quiet.warned);
	free(x->branded);
}

bool
recall_find(struct recall_issuing *x)
{
	struct recall_walk walk = { .s = x->s, .series = x->request->series,
	    .found = found, .arg = x, .request = x->request,
	    .warned = &x->act->warned };

	recall_walk(&walk);
	return store_ok(x->s);
}

void
recall_place(struct recall_issuing *x)
{
	place_units(x);
	buf_printf(&x->act->told, local_text("recall %" PRId64 ": %" PRId64
	    " units, %" PRId64 " cases\n"), x->frame.recall, x->count, x->cases);
}
