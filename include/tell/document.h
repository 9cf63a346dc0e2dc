/* SPDX-License-Identifier: ISC */
#ifndef TELL_DOCUMENT_H
#define TELL_DOCUMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "service/office.h"

/*
 * Papers that go with a case. Each is made of sheets, from the template of its
 * name, language and form; cases that are added to one document share a sheet
 * where that makes sense: a return slip is one for each destination.
 */
enum document_kind {
	DOCUMENT_RETURN_SLIP, DOCUMENT_LABEL, DOCUMENT_IDENTIFICATION_SHEET,
	DOCUMENT_DOSSIER, DOCUMENT_ACKNOWLEDGEMENT, DOCUMENT_QUOTE,
	DOCUMENT_ADVICE, DOCUMENT_REPORT, DOCUMENT_SURVEY,
	DOCUMENT_RECALL_NOTICE, DOCUMENT_CLOSING, DOCUMENT_8D,
	DOCUMENT_KIND_COUNT
};
/* Their names, in that order. */
#define DOCUMENT_WORDS	"return-slip label identification-sheet dossier " \
	"acknowledgement quote advice report survey recall-notice closing 8d"

enum document_form { DOCUMENT_TEXT, DOCUMENT_HTML };

const char *document_name(enum document_kind kind);
bool	 document_parse(const char *name, enum document_kind *kind);
/* Is it for the customer's eyes? */
bool	 document_for_customer(enum document_kind kind);

/* The file is read between store_begin() and store_end() of the caller. A
 * `language` of NULL is that of each case. */
struct document;
struct document *document_open(struct office *o, enum document_kind kind,
	    enum document_form form, const char *language);
/* A paper that was sent is made once more also when it is of no use any more:
 * for who prints it, not for who sends it. */
void	 document_again(struct document *d);
/* Adds a case, or only items of it: numbers ended by 0; NULL: all that it can
 * be about. False, with the reason added to `why` and nothing to the document,
 * when there is no such paper of it. */
bool	 document_add(struct document *d, int64_t case_id, const int *items,
	    struct buf *why);
/* Adds those of the items that there is such a paper of, and leaves these alone
 * in the list. False when there are none. */
bool	 document_add_fitting(struct document *d, int64_t case_id,
	    int *items);
/* To be called once. Appends it whole: UTF-8 text with form feeds between its
 * pages, or a page of HTML that needs nothing else. False, with the reason
 * added to `why` and nothing to `out`, when a template is wrong. */
bool	 document_write(struct document *d, struct buf *out, struct buf *why);
void	 document_close(struct document *d);		/* takes NULL */

/* Hands over, as HTML in its language, each document of a case that it can have
 * now, of the kinds given as bits: 1 << kind. Of a case of more units than that
 * not those with a sheet for each: nobody reads them in one piece. */
#define DOCUMENT_MOST_SHEETS	500
typedef void document_taken_fn(void *arg, enum document_kind kind,
	    const struct buf *page);
void	 document_each(struct office *o, int64_t case_id, uint32_t kinds,
	    document_taken_fn *fn, void *arg);

#endif
