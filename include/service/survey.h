/* SPDX-License-Identifier: ISC */
#ifndef SERVICE_SURVEY_H
#define SERVICE_SURVEY_H

#include "rules/token.h"
#include "service/act.h"

/*
 * What a customer answered on his page. A form is for the newest survey that is
 * open, and for those of other units that opened before it. It is good once.
 */
#define SURVEY_NONCE	33	/* hexadecimal, with its NUL */

struct survey_answer {
	int64_t		 case_id;
	uint8_t		 hash[TOKEN_HASH];	/* of the link */
	char		 nonce[SURVEY_NONCE];	/* of the form */
	int64_t		 at;		/* when he sent it */
	int		 degree;	/* 1-5 */
	const char	*text;		/* his words, or NULL */
};

/* Inside a transaction: records it as `case-report survey` would, though nobody
 * of the staff is named. The same answer again is taken, and changes nothing. A
 * refusal says why it is none. */
void	 survey_take(struct act *act, const struct survey_answer *answer);

#endif
