/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "base/embed.h"
#include "base/mem.h"
#include "base/time.h"
#include "document_case.h"
#include "service/setting.h"
#include "tell/barcode.h"
#include "tell/layout.h"
#include "tell/template.h"
#include "tell/words.h"

extern const struct embedded tell_documents[];

struct document {
	struct office	*office;
	enum document_kind kind;
	enum document_form form;
	const char	*language;
	struct document_sheet *sheets;
	size_t		 count;
};

static const struct {
	const char	*name;
	bool		 customer;	/* it is for his eyes */
	document_make_fn *make;
} kinds[DOCUMENT_KIND_COUNT] = {
	[DOCUMENT_RETURN_SLIP] = { "return-slip", true, document_make_slip },
	[DOCUMENT_LABEL] = { "label", true, document_make_label },
	[DOCUMENT_IDENTIFICATION_SHEET] = { "identification-sheet", true,
	    document_make_identification },
	[DOCUMENT_DOSSIER] = { "dossier", true, document_make_dossier },
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
}

void
document_close(struct document *d)
{
	if (d == NULL)
		return;
	drop_sheets(d);
	free(d);
}

bool
document_add(struct document *d, int64_t case_id, const int *items,
    struct buf *why)
{
	struct document_case c;
	bool made = document_case_read(&c, d->office, case_id, items,
	    d->language, why) && kinds[d->kind].make(d, &c, why);

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

/* What every sheet may say of the firm, and of itself. */
static struct json_object *
firm_facts(struct office *o, const char *template, const char *language)
{
	struct store *s = office_store(o);
	struct json_object *facts = json_object_new_object();

	fact_text(facts, "language", language);
	fact_text(facts, "title", words_find(WORDS_DOCUMENT, template,
	    language));
	fact_take(facts, "date", words_date(time_now(), office_zone(o),
	    language));
	fact_text(facts, "company", setting_get(s, "company"));
	fact_text(facts, "hotline_national",
	    setting_get(s, "hotline.national"));
	fact_text(facts, "hotline_abroad", setting_get(s, "hotline.abroad"));
	fact_text(facts, "mail", setting_get(s, "mail.from"));
	fact_bool(facts, "several_cases", false);
	fact_put(facts, "desk", document_site(o, office_desk(o)));
	return facts;
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
	    .key = mem_text(key),
	    .facts = firm_facts(d->office, template, c->language) };
	strlcpy(sheet->language, c->language, sizeof(sheet->language));
	return sheet;
}

/* The country of who gets the letter, unless it is the desk's. */
static void
put_abroad(struct json_object *facts, const char *language)
{
	const char *here = fact_get_text(fact_get(facts, "desk"), "country");
	const char *there = fact_get_text(fact_get(facts, "customer"),
	    "country");

	fact_text(facts, "abroad", here == NULL || there == NULL ||
	    strcmp(here, there) == 0 ? NULL :
	    words_find(WORDS_COUNTRY, there, language));
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

/* In text, templates say only where it is to stand. */
static void
put_barcode(const struct document *d, struct document_sheet *sheet,
    struct buf *picture)
{
	static const char place[] = { LAYOUT_PICTURE, '\0' };
	bool html = d->form == DOCUMENT_HTML;
	bool made = html ? barcode_svg(buf_str(&sheet->code), picture) :
	    barcode_text(buf_str(&sheet->code), LAYOUT_COLUMNS, picture);

	fact_text(sheet->facts, "barcode", !made ? NULL : html ?
	    buf_str(picture) : place);
}

/* Into pages of text, or the body of a page of HTML. */
static bool
render_sheet(const struct document *d, const struct template_set *set,
    struct document_sheet *sheet, struct buf *out, struct buf *why)
{
	char *name = mem_printf("%s.%s.%s", sheet->template, sheet->language,
	    set->html ? "html" : "txt");
	char *head = mem_printf("%s %s",
	    fact_get_text(sheet->facts, "title"),
	    fact_get_text(sheet->facts, "number"));
	struct buf rendered = { 0 }, picture = { 0 };
	bool done;

	put_barcode(d, sheet, &picture);
	done = template_render(set, name, sheet->facts, &rendered, why);
	if (done && set->html)
		buf_printf(out, "<article lang=\"%s\">\n%s</article>\n",
		    sheet->language, buf_str(&rendered));
	else if (done) {
		if (out->len > 0)
			buf_char(out, '\f');
		layout_text(buf_str(&rendered), buf_str(&picture), head, out);
	}
	buf_free(&rendered);
	buf_free(&picture);
	free(name);
	free(head);
	return done;
}

/* The sheets within a page of HTML. */
static bool
render_page(const struct document *d, const struct template_set *set,
    const char *sheets, struct buf *out, struct buf *why)
{
	struct json_object *facts = json_object_new_object();
	bool done;

	fact_text(facts, "language", d->sheets[0].language);
	fact_text(facts, "title", fact_get_text(d->sheets[0].facts, "title"));
	fact_text(facts, "number", fact_get_text(d->sheets[0].facts,
	    "number"));
	fact_text(facts, "company", fact_get_text(d->sheets[0].facts,
	    "company"));
	fact_text(facts, "sheets", sheets);
	done = template_render(set, "page.html", facts, out, why);
	json_object_put(facts);
	return done;
}

bool
document_write(struct document *d, struct buf *out, struct buf *why)
{
	const char *dir = setting_get(office_store(d->office), "template.dir");
	char *folder = dir == NULL ? NULL : mem_printf("%s/documents", dir);
	struct template_set set = { .folder = folder,
	    .html = d->form == DOCUMENT_HTML, .shipped = tell_documents };
	struct buf sheets = { 0 };
	bool done = true;

	for (size_t i = 0; done && i < d->count; i++)
		done = render_sheet(d, &set, &d->sheets[i], &sheets, why);
	if (done && d->count > 0 && set.html)
		done = render_page(d, &set, buf_str(&sheets), out, why);
	else if (done)
		buf_add(out, buf_str(&sheets), sheets.len);
	buf_free(&sheets);
	free(folder);
	return done;
}

/* Whether a sheet can be made is known only by making it. */
static bool
can(struct office *o, enum document_kind kind, struct document_case *c)
{
	struct document *d = document_open(o, kind, DOCUMENT_TEXT, NULL);
	struct buf why = { 0 };
	bool made = kinds[kind].make(d, c, &why);

	document_close(d);
	buf_free(&why);
	return made;
}

uint32_t
document_possible(struct office *o, int64_t case_id)
{
	struct document_case c;
	struct buf why = { 0 };
	uint32_t possible = 0;

	if (document_case_read(&c, o, case_id, NULL, NULL, &why))
		for (enum document_kind k = 0; k < DOCUMENT_KIND_COUNT; k++)
			if (can(o, k, &c))
				possible |= UINT32_C(1) << k;
	document_case_free(&c);
	buf_free(&why);
	return possible;
}
