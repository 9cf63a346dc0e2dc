/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/time.h"
#include "document_case.h"
#include "service/setting.h"
#include "tell/words.h"

static const struct {
	const char	*name;
	bool		 customer;	/* it is for his eyes */
	document_make_fn *make;
	bool		 unit;		/* it has a sheet for each */
} kinds[DOCUMENT_KIND_COUNT] = {
	[DOCUMENT_RETURN_SLIP] = { "return-slip", true, document_make_slip },
	[DOCUMENT_LABEL] = { "label", true, document_make_label },
	[DOCUMENT_IDENTIFICATION_SHEET] = { "identification-sheet", true,
	    document_make_identification, true },
	[DOCUMENT_DOSSIER] = { "dossier", true, document_make_dossier, true },
	[DOCUMENT_ACKNOWLEDGEMENT] = { "acknowledgement", true,
	    document_make_acknowledgement },
	[DOCUMENT_QUOTE] = { "quote", true, document_make_quote },
	[DOCUMENT_ADVICE] = { "advice", true, document_make_advice },
	[DOCUMENT_REPORT] = { "report", true, document_make_report },
	[DOCUMENT_SURVEY] = { "survey", true, document_make_survey },
	[DOCUMENT_RECALL_NOTICE] = { "recall-notice", true,
	    document_make_notice },
	[DOCUMENT_CLOSING] = { "closing", true, document_make_closing },
	[DOCUMENT_8D] = { "8d", false, document_make_8d },
};

const char *
document_name(enum document_kind kind)
{
	return kinds[kind].name;
}

bool
document_parse(const char *name, enum document_kind *kind)
{
	for (size_t i = 0; i < DOCUMENT_KIND_COUNT; i++)
		if (strcmp(kinds[i].name, name) == 0) {
			*kind = (enum document_kind)i;
			return true;
		}
	return false;
}

bool
document_for_customer(enum document_kind kind)
{
	return kinds[kind].customer;
}

struct document *
document_open(struct office *o, enum document_kind kind,
    enum document_form form, const char *language)
{
	struct document *d = mem_zero(1, sizeof(*d));

	d->office = o;
	d->kind = kind;
	d->form = form;
	d->language = language;
	return d;
}

static void
drop_sheets(struct document *d)
{
	for (size_t i = 0; i < d->count; i++) {
		free(d->sheets[i].key);
		json_object_put(d->sheets[i].facts);
		buf_free(&d->sheets[i].code);
	}
	free(d->sheets);
	json_object_put(d->firm);
}

void
document_close(struct document *d)
{
	if (d == NULL)
		return;
	drop_sheets(d);
	free(d);
}

void
document_again(struct document *d)
{
	d->again = true;
}

bool
document_add(struct document *d, int64_t case_id, const int *items,
    struct buf *why)
{
	struct document_case c;
	bool made = document_case_read(&c, d->office, case_id, items,
	    d->language, why);

	c.again = d->again;
	made = made && kinds[d->kind].make(d, &c, why);
	document_case_free(&c);
	return made;
}

bool
document_add_fitting(struct document *d, int64_t case_id, int *items)
{
	struct document_case c;
	struct buf none = { 0 };
	bool made = document_case_read(&c, d->office, case_id, items,
	    d->language, &none);
	int *kept = items;

	c.whole = true;
	made = made && kinds[d->kind].make(d, &c, &none);
	for (; made && *items != 0; items++)
		if (c.items[*items - 1].taken)
			*kept++ = *items;
	if (made)
		*kept = 0;
	document_case_free(&c);
	buf_free(&none);
	return made;
}

/* What every sheet may say of the firm, in the language of the case. Thousands
 * of sheets share it. */
static struct json_object *
firm_facts(struct document *d, const char *language)
{
	struct store *s = office_store(d->office);
	const char *was = fact_get_text(d->firm, "language");

	if (was != NULL && strcmp(was, language) == 0)
		return d->firm;
	json_object_put(d->firm);
	d->firm = json_object_new_object();
	fact_text(d->firm, "language", language);
	fact_take(d->firm, "date", words_date(time_now(),
	    office_zone(d->office), language));
	fact_text(d->firm, "company", setting_get(s, "company"));
	fact_text(d->firm, "hotline_national",
	    setting_get(s, "hotline.national"));
	fact_text(d->firm, "hotline_abroad", setting_get(s, "hotline.abroad"));
	fact_text(d->firm, "mail", setting_get(s, "mail.from"));
	fact_bool(d->firm, "several_cases", false);
	fact_put(d->firm, "desk", document_site(d->office,
	    office_desk(d->office)));
	return d->firm;
}

struct document_sheet *
document_sheet(struct document *d, const struct document_case *c,
    const char *template, const char *key, bool *fresh)
{
	struct document_sheet *sheet;

	*fresh = false;
	for (size_t i = 0; key != NULL && i < d->count; i++)
		if (d->sheets[i].key != NULL &&
		    strcmp(d->sheets[i].key, key) == 0)
			return &d->sheets[i];
	*fresh = true;
	d->sheets = mem_array(d->sheets, d->count + 1, sizeof(*d->sheets));
	sheet = &d->sheets[d->count++];
	*sheet = (struct document_sheet){ .template = template,
	    .key = mem_text(key), .facts = json_object_new_object() };
	strlcpy(sheet->language, c->language, sizeof(sheet->language));
	fact_copy(sheet->facts, firm_facts(d, c->language));
	fact_text(sheet->facts, "title", words_find(WORDS_DOCUMENT, template,
	    c->language));
	return sheet;
}

/* The country of who gets the letter, unless it is the desk's. */
static void
put_abroad(struct json_object *facts, const char *language)
{
	const char *here = fact_get_text(fact_get(facts, "desk"), "country");
	const char *there = fact_get_text(fact_get(facts, "customer"),
	    "country");

	fact_take(facts, "abroad", here == NULL || there == NULL ||
	    strcmp(here, there) == 0 ? NULL : words_country(there, language));
}

static struct document_sheet *
letter(struct document *d, const struct document_case *c,
    const char *template, struct json_object *facts)
{
	struct document_sheet *sheet;
	bool fresh;

	sheet = document_sheet(d, c, template, NULL, &fresh);
	fact_copy(sheet->facts, facts);
	json_object_put(facts);
	buf_text(&sheet->code, fact_get_text(sheet->facts, "number"));
	put_abroad(sheet->facts, c->language);
	return sheet;
}

struct document_sheet *
document_letter(struct document *d, const struct document_case *c,
    const char *template)
{
	return letter(d, c, template, document_case_facts(c));
}

struct document_sheet *
document_item_letter(struct document *d, const struct document_case *c,
    const char *template, const struct document_item *it)
{
	return letter(d, c, template, document_item_facts(c, it));
}

static void
make_one(struct document_case *c, enum document_kind kind,
    document_taken_fn *fn, void *arg)
{
	struct document *d = document_open(c->office, kind, DOCUMENT_HTML,
	    NULL);
	struct buf page = { 0 }, why = { 0 };

	if (kinds[kind].make(d, c, &why) && document_write(d, &page, &why))
		fn(arg, kind, &page);
	document_close(d);
	buf_free(&page);
	buf_free(&why);
}

void
document_each(struct office *o, int64_t case_id, uint32_t of,
    document_taken_fn *fn, void *arg)
{
	struct document_case c;
	struct buf why = { 0 };
	bool many;

	if (document_case_read(&c, o, case_id, NULL, NULL, &why)) {
		many = c.item_count > DOCUMENT_MOST_SHEETS;
		for (enum document_kind k = 0; k < DOCUMENT_KIND_COUNT; k++)
			if ((of & UINT32_C(1) << k) != 0 &&
			    !(many && kinds[k].unit))
				make_one(&c, k, fn, arg);
	}
	document_case_free(&c);
	buf_free(&why);
}
