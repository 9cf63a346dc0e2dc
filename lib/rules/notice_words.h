/* SPDX-License-Identifier: ISC */
#ifndef RULES_NOTICE_WORDS_H
#define RULES_NOTICE_WORDS_H

#include "rules/notice.h"

/* Does the text tell people, in whatever words, to stop using the product? */
bool	 notice_says_stop(const char *text);

#endif
