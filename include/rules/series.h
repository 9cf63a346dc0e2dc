/* SPDX-License-Identifier: ISC */
#ifndef RULES_SERIES_H
#define RULES_SERIES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/*
 * A series of units, as a recall names it: set algebra over the installed base.
 *
 *	selection = condition *("," condition)
 *	condition = key "=" value
 *	key       = "reference" | "serial" | "lot" | "made" | "sold" | "plant"
 *	value     = text | glob | "@" file	; reference
 *	          | text			; plant
 *	          | text | range		; serial, lot
 *	          | date | range		; made, sold
 *	range     = [bound] ".." [bound]	; one of them at least
 *
 * A key that is repeated means "or" for that key, different keys "and". Several
 * selections are a union, from which exclusions are taken. Bounds are included.
 * Serials and lots compare as natural_key() has it: SN99 before SN100, case
 * ignored. A text between double quotes may hold commas and dots, and is
 * neither a glob nor a file; "" is a quote in it. Blanks around a key or
 * a value go.
 * A unit of which something is not known does not meet a condition on it.
 */
enum series_key {
	SERIES_REFERENCE, SERIES_SERIAL, SERIES_LOT, SERIES_MADE, SERIES_SOLD,
	SERIES_PLANT,
	SERIES_KEYS
};
const char *series_key_name(enum series_key key);

/* In the order in which units compare: a natural key, a date, a text. */
struct series_condition {
	enum series_key	 key;
	bool		 glob;
	char		*from;		/* NULL: open below; a glob: it */
	char		*to;		/* NULL: open above */
	char		*text;		/* the value, to be parsed again */
};

struct series_selection {
	bool		 exclude;
	struct series_condition *conditions;
	size_t		 count;
};

/* All zero is the empty one. */
struct series {
	struct series_selection *selections;
	size_t		 count;
};

/* Absent is NULL. `plant` is the unit's own, else the product's. */
struct series_unit {
	const char	*reference;
	const char	*serial_key;
	const char	*lot_key;
	const char	*made_on, *sold_on;	/* YYYY-MM-DD */
	const char	*plant;
};

/* What @FILE names: the whole file as text, to free; NULL and why. */
typedef char *series_read_fn(void *arg, const char *path, struct buf *why);

struct series_parse {
	bool		 exclude;
	series_read_fn	*read;		/* NULL: there are no files */
	void		*arg;
	size_t		 at;		/* of the mistake, in bytes */
	struct buf	 why;		/* and what it is */
};

/* Adds a selection. False, with what is wrong and where, when the text is none;
 * the series is as before. The list in a file has references between commas,
 * blanks or line ends. */
bool	 series_add(struct series *s, const char *text, struct series_parse *p);
void	 series_free(struct series *s);

/* Both halves of being selected. A list may have thousands of references: ask
 * once for many units of one. */
bool	 series_is_of(const struct series_selection *selection,
	    const char *reference);
bool	 series_has(const struct series_selection *selection,
	    const struct series_unit *unit);
/* Selected by one, and excluded by none. */
bool	 series_matches(const struct series *s, const struct series_unit *unit);

/* The natural keys between which serials of that reference must be; spans are
 * ascending and apart, the texts borrowed from the series, NULL open. To
 * free. */
struct series_span {
	const char	*from, *to;
};
size_t	 series_spans(const struct series *s, const char *reference,
	    struct series_span **spans);

/* Appends what can be parsed again: "A or B except C". */
void	 series_write(const struct series *s, struct buf *b);

#endif
