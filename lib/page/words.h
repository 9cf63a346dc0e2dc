/* SPDX-License-Identifier: ISC */
#ifndef PAGE_WORDS_H
#define PAGE_WORDS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "rules/flow.h"

/*
 * What the page says, in both languages, in one place. It is HTML: nothing in
 * it needs an escape.
 */
enum language { FRENCH, ENGLISH, LANGUAGE_COUNT };

struct both {
	const char	*in[LANGUAGE_COUNT];
};

/* A step as the customer is told of it. */
struct step_words {
	struct both	 name;		/* on the way: "Return slip" */
	struct both	 done;		/* "We have sent you the slip." */
	struct both	 open;		/* who does what now; of a step of the
					 * customer: what he has to do */
	struct both	 how;		/* and what that takes; or NULL */
};

/* Every step has words, some other ones in one process; NULL: they were
 * forgotten, and a page must not say what is not so. */
const struct step_words *words_step(enum process process, enum step step);
/* That it was done, or what came of it. */
const char *words_done(const struct step_words *words, enum step step,
	    enum outcome outcome, enum language language);

enum word {
	WORD_LANGUAGE, WORD_CASE, WORD_OPENED, WORD_OPEN, WORD_CLOSED,
	WORD_CANCELLED, WORD_CLOSED_ON, WORD_CANCELLED_ON, WORD_YOUR_TURN,
	WORD_NOTHING, WORD_NOTHING_MORE, WORD_OUR_TURN, WORD_BY, WORD_PROMISED,
	WORD_LATE_YOU, WORD_LATE_WE, WORD_WHOLE, WORD_WHOLE_BINDS, WORD_WAY,
	WORD_WAY_CASE, WORD_PLACE, WORD_PLACE_END, WORD_PLACE_CUT, WORD_DONE,
	WORD_NOW, WORD_NOW_YOU, WORD_AHEAD, WORD_WHO, WORD_PRODUCTS,
	WORD_PRODUCT, WORD_NAME, WORD_REFERENCE, WORD_SERIAL, WORD_UNIT,
	WORD_UNITS, WORD_RANGE, WORD_COLON, WORD_AND_MORE, WORD_DOCUMENTS,
	WORD_DOCUMENTS_HINT, WORD_CONTACT, WORD_CONTACT_HINT, WORD_NATIONAL,
	WORD_ABROAD, WORD_URGENT, WORD_DANGER, WORD_SURVEY, WORD_SURVEY_HINT,
	WORD_SURVEY_GO, WORD_DEGREE, WORD_TEXT, WORD_TEXT_HINT, WORD_SEND,
	WORD_THANKS, WORD_THANKS_HINT, WORD_ERROR, WORD_ERROR_DEGREE,
	WORD_ERROR_LONG, WORD_ERROR_UNREADABLE, WORD_ANSWERED,
	WORD_ANSWERED_HINT, WORD_SHUT, WORD_SHUT_HINT, WORD_READ_ON, WORD_LINK,
	WORD_LINK_UNTIL, WORD_SUMMARY, WORD_NOT_FOUND, WORD_NOT_FOUND_HINT,
	WORD_UNAVAILABLE, WORD_UNAVAILABLE_HINT, WORD_REFUSED,
	WORD_REFUSED_HINT,
	WORD_COUNT
};

const char *word(enum word which, enum language language);
const char *word_kind(enum process kind, enum language language);
const char *word_owner(enum owner owner, enum language language);
const char *word_degree(int degree, enum language language);	/* 1 to 5 */
/* NULL for a document that customers do not get. */
const char *word_document(const char *name, enum language language);

/* Appends the words with `what` in the place of the first {}, and `more` in
 * that of the second. */
void	 word_with(struct buf *b, enum word which, enum language language,
	    const char *what, const char *more);

/* The language of the header Accept-Language that is liked best; French when
 * it says nothing of either. */
enum language word_language(const char *accepted);

#endif
