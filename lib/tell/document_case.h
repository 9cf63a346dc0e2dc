/* SPDX-License-Identifier: ISC */
#ifndef TELL_DOCUMENT_CASE_H
#define TELL_DOCUMENT_CASE_H

#include "base/arena.h"
#include "fact.h"
#include "rules/flow.h"
#include "tell/document.h"

/* A case as documents see it, and the sheets that are made of it; for the
 * document*.c files only. Times are 0 for none, texts NULL. */
struct document_item {
	int		 item;
	bool		 named;		/* it may be about this one */
	bool		 taken;		/* and is */
	const char	*place, *direction;
	const char	*way_back;	/* of a parcel to the customer */
	const char	*sites[SITE_ROLES];
	struct json_object *facts;	/* owned */
};

struct document_step {
	enum step	 step;
	const char	*process;
	int		 item;		/* 0: of the case */
	enum step_state	 state;
	bool		 born;
	int64_t		 due_at, limit_at, done_at, appointment;
	const char	*outcome;
	const char	*person;	/* who owes it, by name */
};

struct document_event {
	const char	*verb;
	int64_t		 at;
	const char	*by;		/* name */
	const char	*text;
	struct json_object *data;	/* owned */
};

struct document_case {
	struct office	*office;
	struct arena	 texts;
	int64_t		 case_id;
	const char	*language;	/* of the document */
	enum process	 kind;
	enum case_status status;
	const char	*customer;
	bool		 whole;		/* no items were named */
	bool		 again;		/* what was sent prints for ever */
	struct json_object *facts;	/* owned */
	struct document_item *items;
	size_t		 item_count;
	struct document_step *steps;
	size_t		 step_count;
	size_t		*newest;	/* by item and step: place + 1 */
	struct document_event *events;
	size_t		 event_count;
};

/* Reads it; false, with the reason, when there is no such case or item. */
bool	 document_case_read(struct document_case *c, struct office *o,
	    int64_t case_id, const int *items, const char *language,
	    struct buf *why);
void	 document_case_free(struct document_case *c);

/* The newest of a step for an item (0: the case); NULL for none. */
const struct document_step *document_newest(const struct document_case *c,
	    enum step step, int item);
bool	 document_open_step(const struct document_case *c, enum step step,
	    int item);
bool	 document_done_step(const struct document_case *c, enum step step,
	    int item);
/* Is the event about the item? */
bool	 document_event_has(const struct document_event *e, int item);

/* Takes the items that fit: all that were named must, of a whole case one. The
 * function says why one does not, NULL when it does. */
typedef const char *document_unfit_fn(const struct document_case *c,
	    const struct document_item *it);
bool	 document_take(struct document_case *c, document_unfit_fn *unfit,
	    struct buf *why);

/* The same; if none fits any more, those of which the paper was sent before, if
 * it may be made again. */
bool	 document_take_again(struct document_case *c, document_unfit_fn *unfit,
	    document_unfit_fn *unsent, struct buf *why);
/* Was the step that sends a paper done, as it was not for a unit that was here
 * already? */
bool	 document_was_sent(const struct document_case *c, enum step step,
	    int item);

struct document_sheet {
	const char	*template;	/* its name */
	char		*key;		/* cases of the same share it */
	char		 language[4];
	struct json_object *facts;	/* owned; NULL once it is written */
	struct buf	 code;		/* of its barcode, lines */
};

struct document {
	struct office	*office;
	enum document_kind kind;
	enum document_form form;
	const char	*language;	/* NULL: that of each case */
	bool		 again;		/* also what is of no use any more */
	struct document_sheet *sheets;
	size_t		 count;
	struct json_object *firm;	/* facts of all sheets of a language */
};

/* The sheet of that key, else a new one with the facts of the firm; NULL: it is
 * of this case alone. */
struct document_sheet *document_sheet(struct document *d,
	    const struct document_case *c, const char *template,
	    const char *key, bool *fresh);
/* The facts of the case with the items that were taken; to own. */
struct json_object *document_case_facts(const struct document_case *c);
/* The same with one item only: each of thousands may have its sheet, and they
 * cannot all name all. */
struct json_object *document_item_facts(const struct document_case *c,
	    const struct document_item *it);
/* A sheet of the one case, with the former or the latter facts in it. */
struct document_sheet *document_letter(struct document *d,
	    const struct document_case *c, const char *template);
struct document_sheet *document_item_letter(struct document *d,
	    const struct document_case *c, const char *template,
	    const struct document_item *it);

/* Each adds the sheets of its kind. */
typedef bool document_make_fn(struct document *d, struct document_case *c,
	    struct buf *why);
document_make_fn document_make_slip, document_make_label,
	    document_make_identification, document_make_dossier,
	    document_make_acknowledgement, document_make_quote,
	    document_make_advice, document_make_report, document_make_survey,
	    document_make_closing, document_make_8d, document_make_notice;

/* The newest event of the verb about the item (0: any); NULL for none. */
const struct document_event *document_event(const struct document_case *c,
	    const char *verb, int item);
/* To free: its date in words; NULL stays NULL. */
char	*document_event_date(const struct document_case *c,
	    const struct document_event *e);

/* A site's or customer's place as facts, null when it is not known. */
struct json_object *document_site(struct office *o, const char *code);
struct json_object *document_customer(struct office *o, const char *code);

#endif
