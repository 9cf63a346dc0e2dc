/* SPDX-License-Identifier: ISC */
#ifndef SERVICE_NOTE_H
#define SERVICE_NOTE_H

#include "service/report.h"

enum note_kind {
	NOTE_REMARK,
	NOTE_ASK,		/* a question to the customer: opens answer */
	NOTE_ANSWER,		/* his answer: completes it */
	NOTE_NEW_LINK		/* to the page; the old one dies */
};

struct note_request {
	enum note_kind	 kind;
	const int64_t	*links;		/* cases that belong together */
	size_t		 link_count;
	const char	*incident;	/* whom or what it harmed, or NULL */
	const struct report_file *files;
	size_t		 file_count;
};

void	 note_case(struct act *act, const struct target *target,
	    const struct note_request *request);

#endif
