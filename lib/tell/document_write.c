/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "base/embed.h"
#include "base/mem.h"
#include "document_case.h"
#include "service/setting.h"
#include "tell/barcode.h"
#include "tell/layout.h"
#include "tell/template.h"

/* From sheets to a document. */

extern const struct embedded tell_documents[];

/* Written by no template: what it stands for is put there afterwards. */
static const char sheets_here[] = "\001";

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

/* Appends a page of text, or a part of the body of a page of HTML. */
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
	else if (done)
		layout_text(buf_str(&rendered), buf_str(&picture), head, out);
	buf_free(&rendered);
	buf_free(&picture);
	free(name);
	free(head);
	return done;
}

/* Of thousands, only one is in memory twice. */
static bool
render_sheets(const struct document *d, const struct template_set *set,
    struct buf *out, struct buf *why)
{
	struct document_sheet *sheet;
	bool done = true;

	for (size_t i = 0; done && i < d->count; i++) {
		sheet = &d->sheets[i];
		if (i > 0 && !set->html)
			buf_char(out, '\f');
		done = render_sheet(d, set, sheet, out, why);
		json_object_put(sheet->facts);
		sheet->facts = NULL;
	}
	return done;
}

/* The page around the sheets, with a mark in their place. */
static bool
render_page(const struct document *d, const struct template_set *set,
    struct buf *page, struct buf *why)
{
	struct json_object *facts = json_object_new_object();
	struct json_object *first = d->sheets[0].facts;
	bool done;

	fact_text(facts, "language", d->sheets[0].language);
	fact_text(facts, "title", fact_get_text(first, "title"));
	fact_text(facts, "number", fact_get_text(first, "number"));
	fact_text(facts, "company", fact_get_text(first, "company"));
	fact_text(facts, "sheets", sheets_here);
	done = template_render(set, "page.html", facts, page, why);
	json_object_put(facts);
	return done;
}

static bool
write_html(const struct document *d, const struct template_set *set,
    struct buf *out, struct buf *why)
{
	struct buf page = { 0 };
	const char *head, *tail;
	bool done;

	done = render_page(d, set, &page, why);
	head = buf_str(&page);
	tail = strstr(head, sheets_here);
	if (tail == NULL)
		tail = head + page.len;
	buf_add(out, head, (size_t)(tail - head));
	done = done && render_sheets(d, set, out, why);
	if (*tail != '\0')
		buf_text(out, tail + strlen(sheets_here));
	buf_free(&page);
	return done;
}

bool
document_write(struct document *d, struct buf *out, struct buf *why)
{
	const char *dir = setting_get(office_store(d->office), "template.dir");
	char *folder = dir == NULL ? NULL : mem_printf("%s/documents", dir);
	struct template_set set = { .folder = folder,
	    .html = d->form == DOCUMENT_HTML, .shipped = tell_documents,
	    .names = template_document_names };
	size_t before = out->len;
	bool done = d->count == 0;

	if (!done)
		done = (set.html ? write_html : render_sheets)(d, &set, out,
		    why);
	if (!done)
		out->len = before;
	free(folder);
	return done;
}
