/* SPDX-License-Identifier: ISC */
#include <inttypes.h>
#include <string.h>

#include "base/local.h"
#include "base/text.h"
#include "base/time.h"
#include "show_page.h"
#include "view/phrase.h"

/* What was recorded so much later is said to have been. */
#define LATER	INT64_C(3600)

void
page_head(struct page *p, const char *name)
{
	buf_char(p->b, '\n');
	grid_tone(p->b, page_say(p, name), GRID_BOLD, p->style->colour);
	buf_char(p->b, '\n');
}

void
page_grid(struct page *p)
{
	grid_print(&p->grid, 2, p->style->colour, p->b);
}

const char *
page_time(struct page *p, int64_t at, char *text)
{
	return time_format_person(at, p->style->zone, p->style->person, text);
}

/* One line of the head: a name, and what the grid's text has for it. */
static void
fact(struct page *p, const char *name)
{
	if (p->grid.text.len == 0)
		return;
	grid_text(&p->grid, page_say(p, name), GRID_FAINT);
	grid_take(&p->grid, GRID_PLAIN);
	grid_end_row(&p->grid);
}

const char *
page_say(const struct page *p, const char *text)
{
	return local_if(p->style->person, text);
}

const char *
page_word(const struct page *p, const char *use, const char *word)
{
	return word != NULL && p->style->person ? local_word(use, word) : word;
}

void
page_label(struct page *p, struct buf *b, const char *use, const char *word)
{
	const char *label = page_word(p, use, word);

	buf_text(b, word);
	if (strcmp(label, word) != 0)
		buf_printf(b, " (%s)", label);
}

void
page_more(struct page *p, const char *text)
{
	if (text != NULL)
		buf_printf(&p->grid.text, "%s%s",
		    p->grid.text.len > 0 ? ", " : "", text);
}

/* The same before its name: "expert JMARTIN". */
static void
more_of(struct page *p, const char *name, const char *text)
{
	if (text != NULL)
		buf_printf(&p->grid.text, "%s%s %s",
		    p->grid.text.len > 0 ? ", " : "", page_say(p, name), text);
}

static void
number(struct page *p, const char *name, int64_t n)
{
	if (n == 0)
		return;
	buf_printf(&p->grid.text, "%" PRId64, n);
	fact(p, name);
}

static void
put_title(struct page *p)
{
	const struct show *v = p->v;
	struct buf title = { 0 };

	buf_printf(&title, "%" PRId64 "  ", v->case_id);
	page_label(p, &title, "process", v->kind);
	grid_tone(p->b, buf_str(&title), GRID_BOLD, p->style->colour);
	buf_printf(p->b, "  %s", page_word(p, "case", v->status));
	if (v->risk != NULL) {
		buf_text(p->b, "  ");
		buf_clear(&title);
		buf_printf(&title, page_say(p, "risk: %s"),
		    page_word(p, "risk", v->risk));
		grid_tone(p->b, buf_str(&title), GRID_LATE, p->style->colour);
	}
	buf_char(p->b, '\n');
	buf_free(&title);
}

static void
put_people(struct page *p)
{
	const struct show *v = p->v;

	page_more(p, v->customer);
	page_more(p, v->customer_name);
	page_more(p, v->customer_city);
	page_more(p, v->customer_phone);
	fact(p, "customer");
	page_more(p, v->contact);
	fact(p, "contact");
	page_more(p, v->pilot != NULL ? v->pilot :
	    page_say(p, "nobody yet"));
	page_more(p, v->pilot_name);
	more_of(p, "expert", v->expert);
	more_of(p, "technician", v->technician);
	fact(p, "pilot");
}

static void
put_dates(struct page *p)
{
	const struct show *v = p->v;
	char text[40];

	buf_printf(&p->grid.text, page_say(p, "%s by %s"),
	    page_time(p, v->opened_at, text), v->opened_by);
	more_of(p, "by", page_word(p, "channel", v->channel));
	fact(p, "opened");
	if (v->closed_at == 0)
		return;
	buf_text(&p->grid.text, page_time(p, v->closed_at, text));
	page_more(p, page_word(p, "outcome", v->outcome));
	fact(p, page_word(p, "case", v->status));
}

/* The recall by name, and what the products did. */
static void
put_recall(struct page *p)
{
	const struct show *v = p->v;
	char text[40];

	if (v->recall != 0) {
		buf_printf(&p->grid.text, "%" PRId64, v->recall);
		page_more(p, v->recall_title);
		fact(p, "recall");
	}
	for (size_t i = 0; i < v->incident_count; i++) {
		bool none = strcmp(v->incidents[i].harm, "none") == 0;

		buf_text(&p->grid.text, none ? page_say(p, "no harm") :
		    page_word(p, "harm", v->incidents[i].harm));
		page_more(p, page_time(p, v->incidents[i].happened_at,
		    text));
		fact(p, "incident");
	}
}

static void
put_head(struct page *p)
{
	const struct show *v = p->v;

	put_title(p);
	put_people(p);
	put_dates(p);
	number(p, "satisfaction", v->satisfaction);
	number(p, "dissatisfaction", v->dissatisfaction);
	page_more(p, page_word(p, "nature", v->nature));
	fact(p, "nature");
	number(p, "criticality", v->criticality);
	page_more(p, v->sought);
	fact(p, "sought");
	put_recall(p);
	for (size_t i = 0; i < v->link_count; i++)
		buf_printf(&p->grid.text, "%s%" PRId64, i > 0 ? ", " : "",
		    v->links[i]);
	fact(p, "linked");
	page_grid(p);
}

/* Words as they were said, line by line. */
static void
put_words(struct page *p, const char *words, int indent)
{
	size_t len;

	for (;; words += len + 1) {
		len = strcspn(words, "\n");
		buf_printf(p->b, "%*s", len > 0 ? indent : 0, "");
		text_escape_bytes(p->b, words, len);
		buf_char(p->b, '\n');
		if (words[len] == '\0')
			break;
	}
}

static void
add_place(struct page *p, const struct show_item *it)
{
	struct buf *b = &p->grid.text;

	if (strcmp(it->place, "customer") == 0)
		buf_text(b, page_say(p, "with the customer"));
	else if (strcmp(it->place, "scrapped") == 0)
		buf_text(b, page_say(p, "scrapped"));
	else if (strcmp(it->place, "unknown") == 0)
		buf_text(b, page_say(p, "nobody knows where"));
	else if (strcmp(it->place, "carrier") != 0)
		buf_printf(b, page_say(p, "at %s"), it->place);
	else if (it->direction != NULL && strcmp(it->direction, "us") != 0)
		buf_text(b, page_say(p, "on its way to the customer"));
	else
		buf_printf(b, page_say(p, "on its way to %s"),
		    it->bound_for != NULL ? it->bound_for :
		    page_say(p, "us"));
}

static void
put_end(struct page *p, const char *why)
{
	if (why != NULL)
		buf_printf(&p->grid.text, page_say(p, " (ended: %s)"), why);
	else
		buf_text(&p->grid.text, page_say(p, " (ended)"));
}

/* What is in force first, what was given up after it. */
static void
add_procedures(struct page *p, int item)
{
	for (size_t i = 0; i < p->v->run_count; i++) {
		const struct show_run *r = &p->v->runs[i];

		if (!show_run_has(r, item))
			continue;
		page_more(p, page_word(p, "process", r->procedure));
		if (r->ended_at != 0)
			put_end(p, r->why);
	}
}

/* The second line of an item. */
static void
put_state(struct page *p, const struct show_item *it)
{
	struct buf *b = &p->grid.text;
	char text[40];

	grid_text(&p->grid, NULL, GRID_PLAIN);
	add_place(p, it);
	add_procedures(p, it->item);
	if (it->replacement != NULL)
		buf_printf(b, page_say(p, ", replaced by %s"), it->replacement);
	if (it->invoiced >= 0)
		page_more(p, it->invoiced ? page_say(p, "invoiced") :
		    page_say(p, "not invoiced"));
	page_more(p, page_word(p, "flag", it->flag));
	if (it->owed)
		buf_printf(b, page_say(p, ", owed since %s"),
		    page_time(p, it->owed_at, text));
	grid_take(&p->grid, it->owed ? GRID_LATE : GRID_PLAIN);
	grid_end_row(&p->grid);
}

static void
put_item(struct page *p, const struct show_item *it)
{
	struct buf *b = &p->grid.text;

	buf_printf(b, "/%d", it->item);
	grid_take(&p->grid, GRID_BOLD);
	buf_text(b, it->reference);
	if (it->serial != NULL)
		buf_printf(b, ":%s", it->serial);
	if (it->product != NULL)
		buf_printf(b, "  %s", it->product);
	if (it->lot != NULL)
		buf_printf(b, page_say(p, ", lot %s"), it->lot);
	grid_take(&p->grid, GRID_PLAIN);
	grid_end_row(&p->grid);
	put_state(p, it);
	grid_text(&p->grid, NULL, GRID_PLAIN);
	buf_printf(b, page_say(p, "warranty %s"),
	    page_word(p, "warranty", it->warranty));
	/* The reason names the day, as a rule. */
	if (it->warranty_until != NULL &&
	    strstr(it->warranty_reason, it->warranty_until) == NULL)
		buf_printf(b, page_say(p, ", until %s"), it->warranty_until);
	if (p->style->person) {
		buf_text(b, local_text(": "));
		phrase_reason(b, it->warranty_reason);
	} else
		buf_printf(b, ": %s", it->warranty_reason);
	grid_take(&p->grid, GRID_FAINT);
	grid_end_row(&p->grid);
}

static void
put_items(struct page *p)
{
	if (p->v->items_shown == 0)
		return;
	page_head(p, "Units");
	for (size_t i = 0; i < p->v->items_shown; i++)
		put_item(p, &p->v->items[i]);
	page_grid(p);
}

/* What was said, below the line of the event. The customer's request stands at
 * the top of the page. */
static void
put_said(struct page *p, const struct show_event *e)
{
	const char *line = e->text;
	size_t len;

	if (line == NULL || strcmp(e->verb, "open") == 0)
		return;
	for (;; line += len + 1) {
		len = strcspn(line, "\n");
		buf_add(&p->grid.text, line, len);
		grid_text(&p->grid, NULL, GRID_PLAIN);
		grid_take(&p->grid, GRID_PLAIN);
		grid_end_row(&p->grid);
		if (line[len] == '\0')
			return;
	}
}

static void
put_event(struct page *p, const struct show_event *e)
{
	char text[40];

	grid_text(&p->grid, page_time(p, e->happened_at, text), GRID_PLAIN);
	grid_text(&p->grid, page_word(p, "verb", e->verb), GRID_BOLD);
	grid_text(&p->grid, e->by != NULL ? e->by : e->login, GRID_PLAIN);
	page_more(p, e->facts);
	if (e->recorded_at - e->happened_at >= LATER)
		more_of(p, "recorded", page_time(p, e->recorded_at, text));
	grid_take(&p->grid, GRID_FAINT);
	grid_end_row(&p->grid);
	put_said(p, e);
}

static void
put_events(struct page *p)
{
	page_head(p, "History");
	for (size_t i = 0; i < p->v->event_count; i++)
		put_event(p, &p->v->events[i]);
	page_grid(p);
}

static void
put_files(struct page *p)
{
	if (p->v->file_count == 0)
		return;
	page_head(p, "Attachments");
	for (size_t i = 0; i < p->v->file_count; i++) {
		const struct show_file *f = &p->v->files[i];

		buf_printf(&p->grid.text, "%d", f->attachment);
		grid_take(&p->grid, GRID_PLAIN);
		grid_text(&p->grid, f->name, GRID_PLAIN);
		buf_printf(&p->grid.text, page_say(p, "%" PRId64 " bytes"),
		    f->size);
		grid_take(&p->grid, GRID_PLAIN);
		grid_end_row(&p->grid);
	}
	page_grid(p);
}

void
show_text(const struct show *v, const struct show_style *style, struct buf *b)
{
	struct page p = { .v = v, .style = style, .b = b };

	put_head(&p);
	if (v->description != NULL) {
		buf_char(b, '\n');
		put_words(&p, v->description, 4);
	}
	put_items(&p);
	page_steps(&p);
	put_events(&p);
	put_files(&p);
}
