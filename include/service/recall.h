/* SPDX-License-Identifier: ISC */
#ifndef SERVICE_RECALL_H
#define SERVICE_RECALL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rules/flow.h"
#include "rules/notice.h"
#include "rules/series.h"
#include "service/act.h"

/*
 * Recalls: a series found over the installed base, its units recorded one by
 * one, a case for each customer. Each act is one transaction in whole.
 */
enum recall_bucket {
	RECALL_UNKNOWN_HOLDER, RECALL_TO_NOTIFY, RECALL_NOTIFIED,
	RECALL_ANSWERED, RECALL_REMEDIED, RECALL_DISPOSED, RECALL_UNREACHABLE,
	RECALL_TAKEN_OUT,
	RECALL_BUCKETS
};
const char *recall_bucket_name(enum recall_bucket bucket);
bool	 recall_bucket_parse(const char *name, enum recall_bucket *bucket);

/* Languages of notices, ended by NULL. */
#define RECALL_LANGUAGES	2
extern const char *const recall_languages[RECALL_LANGUAGES + 1];

struct recall_request {
	int64_t		 recall;	/* expand, reduce, buyers */
	const struct series *series;
	/* By language; NOTICE_PRODUCT and _REMEDY are not used. */
	const char	*texts[RECALL_LANGUAGES][NOTICE_ELEMENTS];
	const enum process *remedies;
	size_t		 remedy_count;
	const char	*cause;
	const char	*pilot;
	/* Where a language has none of its own. */
	const char	*contact;	/* NULL: the hotline */
	const char	*only_one;
	bool		 yes;		/* also all or none of a reference */
	bool		 drill;		/* the units only, for a rollback */
	const char	*key;		/* the same one creates once */
	struct buf	 request;	/* what the key stands for */
	void		(*progress)(void *arg, int64_t done, int64_t total,
			    const char *what);	/* or NULL */
	void		*arg;
};

/* Each answers the number, or 0 after a refusal. What there is to say of it is
 * in act->told. */
int64_t	 recall_issue(struct act *act, struct recall_request *request);
/* Adds what the series has and the recall has not. */
int64_t	 recall_expand(struct act *act, struct recall_request *request);
/* Takes out what the series has, save what is remedied or disposed of; those
 * who had been told are told so. act->text is the reason. */
int64_t	 recall_reduce(struct act *act, struct recall_request *request);

/* Who has a unit now, by the answer of a distributor. */
struct recall_buyer {
	const char	*reference, *serial, *customer;
};
/* Lines, from 0, that name different buyers of one unit, however it is written;
 * told of each but the first. */
struct recall_clash {
	const char	*reference, *serial;
	size_t		 line, before;
};
typedef void recall_clash_fn(void *arg, const struct recall_clash *clash);
void	 recall_find_clashes(struct act *act, int64_t recall,
	    const struct recall_buyer *buyers, size_t count,
	    recall_clash_fn *fn, void *arg);
/* NULL when the row can be taken, else why not, and of which field; in the
 * buffer. */
const char *recall_check_buyer(struct act *act, int64_t recall,
	    const struct recall_buyer *buyer, struct buf *why);
/* Completes what the sellers owed, and opens cases for the buyers. */
int64_t	 recall_buyers(struct act *act, struct recall_request *request,
	    const struct recall_buyer *buyers, size_t count);

/* The mail system took the notice: completes notify, if it is still open. */
void	 recall_delivered(struct act *act, int64_t case_id);
/* It will not take it. Without a postal address nobody can be reached. */
void	 recall_undelivered(struct act *act, int64_t case_id);
/* Is somebody still to be notified? */
bool	 recall_awaits_notice(struct store *s, int64_t case_id);

/* Refuses when there is no such recall. */
bool	 recall_exists(struct store *s, int64_t recall);

#endif
