/* SPDX-License-Identifier: ISC */
#ifndef BASE_LOCAL_H
#define BASE_LOCAL_H

#include <stdbool.h>

/*
 * The language of the person at the terminal. The sources say everything in
 * English, and the function that says it asks here for the words, so that a
 * message is written once, as a literal: lib/po/messages finds it by the name
 * of the function. Only this part knows libintl.
 *
 * What is recorded, sent, or read by scripts never goes through here.
 */

/* By LC_ALL, LC_MESSAGES, LANG and LANGUAGE; without a call all is English. The
 * numbers and characters of the program stay those of the C locale. */
void	 local_open(void);

/* The words for a text or a format; the text itself when there are none. */
const char *local_text(const char *text) __attribute__((__format_arg__(1)));
/* The same if `person`, who reads on a terminal; a pipe gets the text. */
const char *local_if(bool person, const char *text)
	    __attribute__((__format_arg__(2)));
/* A word of a table, where the same one may mean something else elsewhere:
 * "column", "to". LOCAL_WORD() marks it for the catalogue. */
const char *local_word(const char *use, const char *word);

/* Between the two everything is in English, strerror(3) too: what is written
 * there is recorded. */
void	 local_pause(void);
void	 local_resume(void);

/* Marks a literal that comes to local_text() by way of a variable, and a word
 * with its use. */
#define LOCAL(text)		text
#define LOCAL_WORD(use, word)	word

#endif
