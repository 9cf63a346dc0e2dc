/* SPDX-License-Identifier: ISC */
#ifndef VIEW_PHRASE_H
#define VIEW_PHRASE_H

#include "base/buf.h"

/*
 * What was recorded in words, in English since it is recorded, in the language
 * of the person at the terminal: why a unit has the warranty that it has, and
 * how long something may take ("10 bd"). Appended; what is not known is
 * appended as it is.
 */
void	 phrase_reason(struct buf *b, const char *reason);
void	 phrase_due(struct buf *b, const char *due);

#endif
