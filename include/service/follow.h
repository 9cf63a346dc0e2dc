/* SPDX-License-Identifier: ISC */
#ifndef SERVICE_FOLLOW_H
#define SERVICE_FOLLOW_H

#include <stdbool.h>
#include <stdint.h>

#include "base/json.h"
#include "rules/token.h"
#include "service/office.h"
#include "service/survey.h"

/*
 * What a customer may see of his case, and nothing else: what was done, what is
 * open, who must act as a role and by when, what follows. No names of people,
 * no addresses, no prices. This is the one place that decides it.
 */
struct follow;

struct follow_page {
	int64_t		 case_id;
	int64_t		 expires_at;	/* 0: the case is open */
	char		 nonce[SURVEY_NONCE];	/* "": no form */
	const char	*facts;		/* JSON object */
};

/* Settings are read once; pages are as they are at `now`. NULL when the store
 * failed. */
struct follow *follow_open(struct office *o, int64_t now);
void	 follow_close(struct follow *f);	/* takes NULL */

/* The link of the case. False when there is no such case, or the link has
 * died. */
bool	 follow_token(struct follow *f, int64_t case_id,
	    uint8_t token[TOKEN_BYTES]);
/* `documents` are the names of the papers that go with the page, as a JSON
 * array. The facts are borrowed until the next call. False when there is no
 * such case, or its link has died. */
bool	 follow_case(struct follow *f, int64_t case_id, const char *documents,
	    struct follow_page *page);

/* Changes when something that is on every page did: settings, and how pages are
 * made. To free. */
char	*follow_digest(struct follow *f);

#endif
