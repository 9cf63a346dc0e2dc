/* SPDX-License-Identifier: ISC */
#ifndef SERVICE_SURVEY_PRIVATE_H
#define SERVICE_SURVEY_PRIVATE_H

#include "service/survey.h"
#include "work.h"

/* The form that the page of a case shows. */
struct survey_form {
	int	 step_id;	/* of the newest survey; 0: there is no form */
	int	 item;		/* 0: of several */
	char	 nonce[SURVEY_NONCE];
};

void	 survey_form(const struct work *w, const uint8_t secret[TOKEN_SECRET],
	    int64_t now, struct survey_form *form);

#endif
