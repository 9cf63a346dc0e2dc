/* SPDX-License-Identifier: ISC */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "recall_row.h"
#include "rules/natural.h"
#include "rules/unit.h"
#include "rules/warranty.h"
#include "service/master.h"
#include "unit.h"

bool
unit_parse(struct work *w, const char *text, struct unit_name *name)
{
	char *copy = arena_text(&w->texts, text);
	char *colon = strchr(copy, ':');
	const char *why = unit_fault(text);

	name->reference = copy;
	name->serial = NULL;
	if (colon != NULL) {
		*colon = '\0';
		name->serial = colon + 1;
	}
	if (why != NULL)
		store_refuse(w->s, "'%.300s' %s", text, why);
	return why == NULL;
}

/* References under which a serial is known, in the installed base or in cases;
 * rows are reference, serial. */
static struct query *
known_as(struct work *w, const char *serial, struct buf *key)
{
	struct query *q = store_query(w->s,
	    "SELECT reference, serial FROM units WHERE serial_key = :key "
	    "UNION SELECT reference, serial FROM unit_state "
	    "WHERE serial = :serial COLLATE NOCASE ORDER BY 1, 2");

	natural_key(key, serial);
	bind_text(q, ":key", buf_str(key));
	bind_text(q, ":serial", serial);
	return q;
}

bool
unit_check(struct work *w, const struct unit_name *name, bool new_unit)
{
	struct buf key = { 0 }, others = { 0 };
	struct query *q;
	bool known = name->serial == NULL || new_unit;

	if (!master_require(w->s, MASTER_PRODUCTS, name->reference))
		return false;
	q = known ? NULL : known_as(w, name->serial, &key);
	while (q != NULL && query_row(q)) {
		if (strcmp(query_text(q, 0), name->reference) == 0)
			known = true;
		else
			buf_printf(&others, "%s%s", others.len > 0 ? ", " : "",
			    query_text(q, 0));
	}
	if (!known && others.len > 0)
		store_refuse(w->s, "serial '%s' is known under %s, not under "
		    "%s; --new-unit if it is another unit", name->serial,
		    buf_str(&others), name->reference);
	buf_free(&key);
	buf_free(&others);
	return store_ok(w->s);
}

bool
unit_by_serial(struct work *w, const char *serial, struct unit_name *name)
{
	struct buf key = { 0 }, list = { 0 };
	const char *why = unit_serial_fault(serial);
	int count = 0, exact = 0;
	struct query *q;

	if (why != NULL) {
		store_refuse(w->s, "'%.300s' %s", serial, why);
		return false;
	}
	q = known_as(w, serial, &key);
	while (query_row(q)) {
		bool same = strcmp(query_text(q, 1), serial) == 0;

		/* The serial as it is written goes before its look-alikes. */
		if (count == 0 || (same && exact == 0)) {
			name->reference = work_text(w, q, 0);
			name->serial = work_text(w, q, 1);
		}
		exact += same;
		buf_printf(&list, "%s%s:%s", count++ > 0 ? ", " : "",
		    query_text(q, 0), query_text(q, 1));
	}
	if (count == 0)
		store_refuse(w->s, "no unit with serial '%s' is known; give "
		    "its product: --unit REF:%s", serial, serial);
	else if (count > 1 && exact != 1)
		store_refuse(w->s, "serial '%s' fits several units: %s; name "
		    "one with --unit", serial, buf_str(&list));
	buf_free(&key);
	buf_free(&list);
	return store_ok(w->s);
}

/* The row of the installed base, or NULL. Columns: serial, lot, sold_on,
 * customer, warranty_until. */
static struct query *
base_row(struct work *w, const char *reference, const char *serial)
{
	struct buf key = { 0 };
	struct query *q;

	if (serial == NULL)
		return NULL;
	q = store_query(w->s, "SELECT serial, lot, sold_on, customer, "
	    "warranty_until FROM units WHERE reference = :reference "
	    "AND serial_key = :key ORDER BY serial <> :serial LIMIT 1");
	natural_key(&key, serial);
	bind_text(q, ":reference", reference);
	bind_text(q, ":key", buf_str(&key));
	bind_text(q, ":serial", serial);
	buf_free(&key);
	return query_row(q) ? q : NULL;
}

const char *
unit_customer(struct work *w, const struct unit_name *name)
{
	struct query *q = store_query(w->s, "SELECT holder FROM unit_state "
	    "WHERE serial = :serial COLLATE NOCASE AND reference = :reference");
	const char *customer = NULL;

	bind_text(q, ":serial", name->serial);
	bind_text(q, ":reference", name->reference);
	/* What went through our hands is known better than what was sold. */
	if (query_row(q)) {
		customer = work_text(w, q, 0);
		query_done(q);
		return customer;
	}
	q = base_row(w, name->reference, name->serial);
	if (q != NULL) {
		customer = work_text(w, q, 3);
		query_done(q);
	}
	return customer;
}

bool
unit_announce(struct work *w, const struct work_unit *u)
{
	struct query *q = store_query(w->s, "SELECT case_id, item, "
	    "kind = 'recall' FROM item "
	    "JOIN cases USING (case_id) WHERE unit_id = :unit "
	    "AND status = 'open' AND case_id <> :case ORDER BY case_id");
	bool found = false;

	bind_int(q, ":unit", u->unit_id);
	bind_int(q, ":case", w->case_id);
	while (query_row(q)) {
		found = true;
		/* Recalls are announced as such. */
		if (query_int(q, 2) != 0)
			continue;
		flow_warn(&w->flow, "%s:%s is under case %" PRId64 "/%" PRId64
		    " too", u->reference, u->serial != NULL ? u->serial : "",
		    query_int(q, 0), query_int(q, 1));
	}
	return found;
}

int64_t
unit_day(struct work *w, int64_t at)
{
	struct civil civil;

	time_civil(at, office_zone(w->act->office), &civil);
	return time_days(civil.year, civil.month, civil.day);
}

static int64_t
day_of(const char *date)
{
	int64_t day;

	return date != NULL && time_parse_date(date, &day) ? day :
	    WARRANTY_NO_DAY;
}

static const char *
date_text(struct work *w, int64_t day)
{
	char text[16];

	return day == WARRANTY_NO_DAY ? NULL :
	    arena_text(&w->texts, time_format_date(day, text));
}

/* What the file knows of the unit: product, sale, and what it inherited. */
static struct warranty_terms
terms_of(struct work *w, int item)
{
	struct work_item *wi = work_item(w, item);
	struct work_unit *u = work_unit(w, item);
	struct warranty_terms t = { .sold_on = WARRANTY_NO_DAY,
	    .until = day_of(u->warranty_until), .months = -1 };
	struct query *q = store_query(w->s, "SELECT warranty_months "
	    "FROM products WHERE reference = :reference");

	bind_text(q, ":reference", u->reference);
	if (query_row(q)) {
		t.months = query_null(q, 0) ? -1 : (int)query_int(q, 0);
		query_done(q);
	}
	if (wi->sold_on == NULL)
		wi->sold_on = u->proof_on;
	q = base_row(w, u->reference, u->serial);
	if (q != NULL) {
		if (u->lot == NULL)
			u->lot = work_text(w, q, 1);
		if (wi->sold_on == NULL)
			wi->sold_on = work_text(w, q, 2);
		if (t.until == WARRANTY_NO_DAY ||
		    day_of(query_text(q, 4)) > t.until)
			t.until = day_of(query_text(q, 4));
		query_done(q);
	}
	t.sold_on = day_of(wi->sold_on);
	return t;
}

/* A repaired or exchanged unit keeps what it had, if that is longer. */
static void
keep_longer(struct warranty_terms *t)
{
	int64_t sold;

	if (t->until == WARRANTY_NO_DAY || t->sold_on == WARRANTY_NO_DAY ||
	    t->months < 0)
		return;
	sold = warranty_add_months(t->sold_on, t->months);
	if (sold > t->until)
		t->until = WARRANTY_NO_DAY;
}

/* Whatever the warranty, a recalled unit is free. */
static void
free_by_recall(struct work *w, int item)
{
	struct flow_item *it = &w->flow.items[item - 1];
	struct work_item *wi = work_item(w, item);
	const struct work_unit *u = work_unit(w, item);
	struct recall_name name = { 0, u->reference, u->serial };
	struct buf reason = { 0 };
	struct recall_row *rows;
	size_t count;

	rows = recall_rows_find(w->s, &name, &w->texts, &count);
	if (w->recall != 0)
		buf_printf(&reason, "recall %" PRId64 "; ", w->recall);
	for (size_t i = 0; i < count; i++)
		if (rows[i].recall != w->recall)
			buf_printf(&reason, "recall %" PRId64 "; ",
			    rows[i].recall);
	if (reason.len > 0) {
		buf_text(&reason, wi->warranty_reason);
		wi->warranty = "recall";
		wi->warranty_reason = arena_text(&w->texts, buf_str(&reason));
		it->known = true;
		it->pays = false;
	}
	buf_free(&reason);
	free(rows);
}

void
unit_warrant(struct work *w, int item, const struct unit_proof *proof)
{
	struct flow_item *it = &w->flow.items[item - 1];
	struct work_item *wi = work_item(w, item);
	struct warranty_terms t;
	struct buf reason = { 0 };
	enum warranty decided;
	int64_t until;
	bool inherited;

	if (proof->sold_on != NULL) {
		wi->sold_on = arena_text(&w->texts, proof->sold_on);
		work_unit(w, item)->proof_on = wi->sold_on;
		work_unit(w, item)->changed = true;
	}
	t = terms_of(w, item);
	inherited = work_unit(w, item)->warranty_until != NULL;
	if (inherited)
		keep_longer(&t);
	t.no_proof = proof->no_proof;
	t.goodwill = proof->goodwill;
	decided = warranty_decide(&t, unit_day(w, w->flow.opened_at), &until,
	    &reason);
	if (inherited && t.until != WARRANTY_NO_DAY &&
	    work_unit(w, item)->warranty_reason != NULL)
		buf_printf(&reason, " (%s)",
		    work_unit(w, item)->warranty_reason);
	wi->warranty = warranty_name(decided);
	wi->warranty_until = date_text(w, until);
	wi->warranty_reason = arena_text(&w->texts, buf_str(&reason));
	it->known = decided != WARRANTY_UNKNOWN;
	it->pays = warranty_is_paid(decided);
	it->changed = true;
	buf_free(&reason);
	free_by_recall(w, item);
}
