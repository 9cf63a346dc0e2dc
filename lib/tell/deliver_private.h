/* SPDX-License-Identifier: ISC */
#ifndef TELL_DELIVER_PRIVATE_H
#define TELL_DELIVER_PRIVATE_H

#include "base/arena.h"
#include "tell/deliver.h"

/* The messages of one mail, the first of which gives it its Message-ID; for the
 * deliver*.c files only. */
struct deliver_mail {
	struct arena	 texts;
	struct message	*rows;
	size_t		 count;
	int64_t		 tries;		/* so far */
};
void	 deliver_mail_free(struct deliver_mail *mail);

/* Settles which of those that are new go in one mail, before any is tried: a
 * second try after a crash is then the same mail. Own transaction. */
void	 deliver_join(struct store *s);

/* The mail that is next; false when none is due. */
bool	 deliver_next(struct store *s, struct deliver_mail *mail);

/* A message of the queue and the first of its mail. */
struct deliver_key {
	int64_t		 seq, n, lead_seq, lead_n;
};
/* What a run would take now, mail by mail in its order; to free. */
struct deliver_key *deliver_keys(struct store *s, size_t *count);
/* Adds the message to the mail. */
bool	 deliver_find(struct store *s, struct deliver_key key,
	    struct deliver_mail *mail);

#endif
