/* SPDX-License-Identifier: ISC */
#ifndef SERVICE_RECALL_PRIVATE_H
#define SERVICE_RECALL_PRIVATE_H

#include "base/json.h"
#include "base/sort.h"
#include "recall_case.h"

/* Units on their way into a recall; of issuing and expanding only. */
struct recall_issuing {
	struct act	*act;
	struct act	 quiet;		/* of the cases, perhaps thousands */
	struct store	*s;
	const struct recall_request *request;
	struct recall_frame frame;
	const char	*cause;
	const char	*series;	/* it had before; NULL: it is new */
	int64_t		 issued_at;
	const char	*issued_by;
	const char	*contact;	/* where a language has none */
	bool		 expands;	/* the recall is there already */
	struct sort	*sorted;	/* units, by customer */
	struct buf	 packed;
	struct work	*work;		/* the case of the customer in hand */
	struct json	 rows;		/* of units without a case */
	int		 row_count;
	char		*branded;	/* the product looked at last */
	int64_t		 count;		/* units that are new to the recall */
	int64_t		 known;		/* and those that are not */
	int64_t		 cases;
	int64_t		 kept;		/* of a reduction: replaced already */
	int64_t		 given_up;	/* remedies that were under way */
	bool		 gave_up;	/* one of the case in hand */
	int64_t		 done;
};

void	 recall_begin(struct recall_issuing *x, struct act *act,
	    const struct recall_request *request);
void	 recall_end(struct recall_issuing *x);
/* The event about the recall itself: its row, with the series gone on by a word
 * if there was one, "or", "except", and what else the open object `rows` has,
 * which is freed. */
void	 recall_append(struct recall_issuing *x, const char *verb,
	    const char *word, struct json *rows);
/* Walks over the series; false after a refusal. */
bool	 recall_find(struct recall_issuing *x);
/* Breaks the store when the sort has lost units: it only ends early. */
void	 recall_check_sorted(struct recall_issuing *x);
/* Records what was found, and opens the cases. */
void	 recall_place(struct recall_issuing *x);
/* Where people turn to: what was said, else the hotline; maybe nothing. */
void	 recall_find_contact(struct recall_issuing *x);
/* Is there a text of the notice, in whatever language? */
bool	 recall_has_words(const struct recall_request *request);
/* Refuses what lacks an element or plays the risk down. */
void	 recall_check_notice(struct recall_issuing *x);
void	 recall_put_texts(struct recall_issuing *x, struct json *rows);
/* Refuses when a customer reads a language that the notice has not. */
void	 recall_check_languages(struct recall_issuing *x);
/* A row that is no case's; written with the next flush at latest. */
void	 recall_put_row(struct recall_issuing *x,
	    const struct recall_row *row);
void	 recall_flush(struct recall_issuing *x);

#endif
