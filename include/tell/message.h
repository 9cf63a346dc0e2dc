/* SPDX-License-Identifier: ISC */
#ifndef TELL_MESSAGE_H
#define TELL_MESSAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "service/office.h"

/* A row of the outbox; borrowed. */
struct message {
	int64_t		 seq, n;
	int64_t		 case_id;	/* 0: about several */
	const char	*kind;
	int64_t		 queued_at;
	bool		 to_customer;
	const char	*name, *address;
	const char	*language;
	const char	*message_id;
	const char	*facts;		/* JSON object */
};

/* The mail as RFC 5322 has it, from the template of its kind and language: the
 * first line is the subject. The papers that belong to it are attached as the
 * case is now. Several rows are one mail under the Message-ID of the first:
 * slips to one customer, for one parcel. False, with the reason added to `why`
 * and nothing to `out`, when it cannot be composed. A transaction of its
 * own. */
bool	 message_compose(struct office *o, const struct message *rows,
	    size_t count, struct buf *out, struct buf *why);

#endif
