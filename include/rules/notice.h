/* SPDX-License-Identifier: ISC */
#ifndef RULES_NOTICE_H
#define RULES_NOTICE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/*
 * The notice of a recall. Regulation (EU) 2023/988, article 36, says what it
 * has to have, and that nothing in it may make the risk look smaller. Heading
 * and "pass this on" come from the template.
 */
enum notice_element {
	NOTICE_TITLE,		/* what is recalled, in a line */
	NOTICE_PRODUCT,		/* name and brand */
	NOTICE_DEFECT,		/* what is wrong with it */
	NOTICE_HAZARD,		/* what that can do, in plain words */
	NOTICE_INSTRUCTION,	/* to stop using it, and what else to do */
	NOTICE_FIND,		/* the series, and where the number is */
	NOTICE_SOLD,		/* when and where it was sold */
	NOTICE_REMEDY,		/* two to choose from */
	NOTICE_ONLY_ONE,	/* or why there is but one */
	NOTICE_CONTACT,		/* free of charge */
	NOTICE_ELEMENTS
};
const char *notice_element_name(enum notice_element element);

/* In one language; absent is NULL. */
struct notice {
	const char	*language;	/* "fr", "en" */
	const char	*texts[NOTICE_ELEMENTS];
	size_t		 remedies;	/* to choose from */
};

/* Appends what is wrong to `why`, each on a line of its own: elements that are
 * missing, by name, and phrases that play the risk down, with their place. True
 * when there is nothing. */
bool	 notice_check(const struct notice *notice, struct buf *why);

/* A phrase that plays the risk down, in whatever language. */
struct notice_phrase {
	size_t		 at, len;	/* bytes of the text */
	int		 line, column;	/* from 1, columns in characters */
};

/* The first one from byte `from` on; false when there is none. */
bool	 notice_plays_down(const char *text, size_t from,
	    struct notice_phrase *phrase);

#endif
