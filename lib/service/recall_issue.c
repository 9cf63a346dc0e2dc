/* SPDX-License-Identifier: ISC */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/sort.h"
#include "base/time.h"
#include "journal/journal.h"
#include "recall_case.h"
#include "recall_private.h"
#include "recall_tell.h"
#include "request.h"
#include "rules/number.h"
#include "service/setting.h"

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

/* Is the unit in the recall already, not taken out of it, and nothing new of who
 * has it? Since when, it keeps in any case. */
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
	if (sort_error(x->sorted) != 0)
		store_break(x->s, "sorting: %s", strerror(sort_error(
		    x->sorted)));
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
	    .found = found, .arg = x, .request = x->request };

	recall_walk(&walk);
	return store_ok(x->s);
}

void
recall_place(struct recall_issuing *x)
{
	place_units(x);
	buf_printf(&x->act->told, "recall %" PRId64 ": %" PRId64 " units, %"
	    PRId64 " cases\n", x->frame.recall, x->count, x->cases);
}

static bool
is_in(struct recall_issuing *x, const char *table, const char *code)
{
	bool staff = strcmp(table, "staff") == 0;
	struct query *q = store_query(x->s, staff ?
	    "SELECT 1 FROM staff WHERE code = :code" :
	    "SELECT 1 FROM causes WHERE code = :code");

	bind_text(q, ":code", code);
	if (query_int_or(q, 0) != 0)
		return true;
	store_refuse(x->s, "no %s '%s' is known; case-load %s adds one",
	    staff ? "staff member" : "cause", code, table);
	return false;
}

/* Where nothing else was given: what the settings say, which may be nothing. */
static const char *
find_contact(struct recall_issuing *x)
{
	char *national, *abroad;
	const char *found;

	if (x->request->contact != NULL)
		return x->request->contact;
	national = mem_text(setting_get(x->s, "hotline.national"));
	abroad = mem_text(setting_get(x->s, "hotline.abroad"));
	found = national == NULL && abroad == NULL ? NULL :
	    arena_printf(&x->frame.texts, "%s%s%s",
	    national != NULL ? national : "", national != NULL &&
	    abroad != NULL ? ", " : "", abroad != NULL ? abroad : "");
	free(national);
	free(abroad);
	return found;
}

static const char *
contact(const struct recall_issuing *x, size_t language)
{
	const char *said = x->request->texts[language][NOTICE_CONTACT];

	return said != NULL ? said : x->contact;
}

static const char *
only_one(const struct recall_issuing *x, size_t language)
{
	const char *said = x->request->texts[language][NOTICE_ONLY_ONE];

	return said != NULL ? said : x->request->only_one;
}

/* ONLY_ONE and CONTACT come after the texts that only a language has. */
static bool
has_language(const struct recall_request *r, size_t language)
{
	for (enum notice_element e = 0; e < NOTICE_ONLY_ONE; e++)
		if (r->texts[language][e] != NULL)
			return true;
	return false;
}

/* One refusal with all that is wrong, a line each. */
static void
refuse_notice(struct recall_issuing *x, struct buf *why)
{
	struct buf all = { 0 };
	const char *line = buf_str(why);

	while (*line != '\0') {
		size_t len = strcspn(line, "\n");

		buf_printf(&all, "%s%.*s", all.len > 0 ? "; " : "", (int)len,
		    line);
		line += len + 1;
	}
	store_refuse(x->s, "%s", buf_str(&all));
	buf_free(&all);
}

/* In each language that has a word; the product's name is the catalogue's. */
static void
check_notice(struct recall_issuing *x)
{
	const struct recall_request *r = x->request;
	struct buf why = { 0 };
	bool any = has_language(r, 0) || has_language(r, 1);

	for (size_t i = 0; i < RECALL_LANGUAGES; i++) {
		struct notice n = { .language = recall_languages[i],
		    .remedies = r->remedy_count };

		if (any ? !has_language(r, i) : i > 0)
			continue;
		memcpy(n.texts, r->texts[i], sizeof(n.texts));
		n.texts[NOTICE_CONTACT] = contact(x, i);
		n.texts[NOTICE_ONLY_ONE] = only_one(x, i);
		/* Looked at product by product, with the units. */
		n.texts[NOTICE_PRODUCT] = "product";
		notice_check(&n, &why);
	}
	if (why.len > 0)
		refuse_notice(x, &why);
	buf_free(&why);
}

/* Customers read it in their own language. */
void
recall_check_languages(struct recall_issuing *x)
{
	char *customer = mem_text("");
	struct sort_row row;

	sort_rewind(x->sorted);
	while (store_ok(x->s) && sort_next(x->sorted, &row)) {
		struct query *q;
		bool known = false;

		if (strlen(customer) == row.key_len &&
		    memcmp(customer, row.key, row.key_len) == 0)
			continue;
		free(customer);
		customer = mem_printf("%.*s", (int)row.key_len, row.key);
		q = store_query(x->s, "SELECT language FROM customers "
		    "WHERE code = :code");
		bind_text(q, ":code", customer);
		if (!query_row(q))
			continue;
		for (size_t i = 0; i < RECALL_LANGUAGES; i++)
			known = known || (x->frame.titles[i] != NULL &&
			    strcmp(recall_languages[i], query_text(q, 0)) == 0);
		if (!known)
			store_refuse(x->s, "the notice lacks every text in "
			    "'%s', the language of %s", query_text(q, 0),
			    customer);
		query_done(q);
	}
	free(customer);
}

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
	json_int(j, "issued_at", x->act->at);
	json_text(j, "issued_by", x->act->by != NULL ? x->act->by : "");
	json_end_object(j);
	json_end_array(j);
}

static void
put_texts(struct recall_issuing *x, struct json *j)
{
	json_array(j, "recall_text");
	for (size_t i = 0; i < RECALL_LANGUAGES; i++) {
		const char *const *texts = x->request->texts[i];

		if (x->frame.titles[i] == NULL)
			continue;
		json_object(j, NULL);
		json_int(j, "recall", x->frame.recall);
		json_text(j, "language", recall_languages[i]);
		json_text(j, "title", texts[NOTICE_TITLE]);
		json_text(j, "defect", texts[NOTICE_DEFECT]);
		json_text(j, "hazard", texts[NOTICE_HAZARD]);
		json_text(j, "instruction", texts[NOTICE_INSTRUCTION]);
		json_text(j, "find", texts[NOTICE_FIND]);
		json_text(j, "sold", texts[NOTICE_SOLD]);
		json_text(j, "contact", contact(x, i));
		if (only_one(x, i) != NULL)
			json_text(j, "only_one", only_one(x, i));
		json_end_object(j);
	}
	json_end_array(j);
}

/* The event that is about the recall itself. */
static void
append(struct recall_issuing *x)
{
	struct json rows = { 0 }, data = { 0 };
	struct buf series = { 0 };

	series_write(x->request->series, &series);
	json_object(&data, NULL);
	json_int(&data, "recall", x->frame.recall);
	json_text(&data, "series", buf_str(&series));
	json_int(&data, "units", x->count);
	json_end_object(&data);
	json_object(&rows, NULL);
	put_recall(x, &rows, buf_str(&series));
	if (!x->request->drill) {
		put_texts(x, &rows);
		recall_tell_pilot(x->act, &x->frame, x->count, &rows);
	}
	json_end_object(&rows);
	journal_append(x->s, &(struct journal_event){
		.verb = "recall", .happened_at = x->act->at, .by = x->act->by,
		.text = x->act->text, .data = json_str(&data),
		.rows = json_str(&rows),
	});
	json_free(&data);
	json_free(&rows);
	buf_free(&series);
}

static void
check_request(struct recall_issuing *x)
{
	if (x->act->at > time_now())
		store_refuse(x->s, "it cannot have happened in the future");
	/* A drill may say less, but nothing that is wrong. */
	if (x->request->cause != NULL)
		is_in(x, "causes", x->cause);
	if (x->request->pilot != NULL)
		is_in(x, "staff", x->frame.pilot);
	if (!x->request->drill || has_language(x->request, 0) ||
	    has_language(x->request, 1))
		check_notice(x);
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
	x.contact = find_contact(&x);
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
