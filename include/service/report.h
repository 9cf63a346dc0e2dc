/* SPDX-License-Identifier: ISC */
#ifndef SERVICE_REPORT_H
#define SERVICE_REPORT_H

#include "rules/flow.h"
#include "service/act.h"
#include "service/triage.h"

/* A file to keep: its bytes are read by the command. */
struct report_file {
	const char	*name;		/* without folders */
	void		*data;
	size_t		 len;
};

/* What was found, answered or handed over; absent is NULL or 0. */
struct report_request {
	enum step	 step;
	enum outcome	 outcome;
	const char	*cause;
	int		 degree;	/* 1-5 */
	int64_t		 amount;	/* cents */
	const char	*currency;
	const char	*why, *missed, *change;
	int64_t		 until;		/* of correct: the check is due */
	const char	*incident;	/* whom or what it harmed */
	const struct report_file *files;
	size_t		 file_count;
	const struct triage_request *start;	/* of solve; or NULL */
	const char	*to;		/* respond: who has it now */
	bool		 has_remedy;	/* respond: this one was chosen */
	enum process	 remedy;
};

void	 report_step(struct act *act, const struct target *target,
	    const struct report_request *request);

/* How long after closing a survey is still taken. */
#define REPORT_SURVEY_DAYS	60

#endif
