/* SPDX-License-Identifier: ISC */
#ifndef RULES_NATURAL_H
#define RULES_NATURAL_H

#include "base/buf.h"

/*
 * The order of serial numbers and lots: runs of digits compare as numbers (SN99
 * before SN100, SN099 beside SN99), ASCII letters without regard to case, the
 * rest byte by byte. Bytewise order of the keys, as of SQLite's BINARY or
 * strcmp(3), is that order; texts of equal rank have equal keys.
 *
 * A key is the text in upper case with each run of digits stripped of leading
 * zeros and headed by its length, a digit 0-8, or 9 and the length less 9 in
 * the same way: "sn99" SN299, "SN0100" SN3100, "7/0" 17/0, ten digits 91 and
 * they.
 */

/* Appends the key of `text`. */
void	 natural_key(struct buf *key, const char *text);

#endif
