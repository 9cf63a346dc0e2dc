/* SPDX-License-Identifier: ISC */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/* Decodes the character at `text`, of which `len` bytes are there. Answers its
 * length in bytes, or 0 when it is no UTF-8 (RFC 3629: no overlong form, no
 * surrogate, nothing past U+10FFFF) or when len is 0. */
size_t	 text_decode(const char *text, size_t len, uint32_t *character);

/* UTF-8 throughout, and without a NUL among the `len` bytes. */
bool	 text_valid(const char *text, size_t len);

/* Appends the text so that it stays on its line and in its column and moves
 * nothing on a terminal: controls, line separators and characters that change
 * the direction of writing become \t \n \r \xNN or \uNNNN, as do bytes that are
 * no UTF-8. Everything else, the backslash too, is left as it is. */
void	 text_escape(struct buf *b, const char *text);
void	 text_escape_bytes(struct buf *b, const char *text, size_t len);

/* Appends the text as HTML has it, also within an attribute; what is unsafe on
 * a terminal is left as it is. */
void	 text_html(struct buf *b, const char *text);
/* The same of that many bytes. */
void	 text_html_part(struct buf *b, const char *text, size_t len);

/* Appends the text as words are looked for: Latin letters small and without
 * accents or other marks, so that "Œuvré" is "oeuvre". */
void	 text_fold(struct buf *b, const char *text, size_t len);

/* Columns on a terminal: 0 for combining characters, 2 for wide ones. The text
 * is taken as text_escape() leaves it. */
int	 text_width(const char *text);
int	 text_width_part(const char *text, size_t len);	/* of those bytes */
int	 text_character_width(uint32_t character);
/* Would be escaped by text_escape(). */
bool	 text_character_unsafe(uint32_t character);

/* Do both say the same, or both nothing (NULL)? */
bool	 text_same(const char *a, const char *b);

/* The first blank-separated word of `words`, its length in `len`; NULL when
 * there is none. Go on with the answer plus `len`. */
const char *text_word(const char *words, size_t *len);
/* The next of a list with commas, blanks around it left out, its length in
 * `len`; `list` moves behind it and is NULL after the last. Answers NULL for a
 * list that is NULL; each comma has something on either side, if only "". */
const char *text_item(const char **list, size_t *len);
/* Is `word` one of the blank-separated `words`? */
bool	 text_has_word(const char *words, const char *word);

#endif
