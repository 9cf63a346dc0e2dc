/* SPDX-License-Identifier: ISC */
#ifndef TELL_PUBLISH_H
#define TELL_PUBLISH_H

#include <stdbool.h>
#include <stdint.h>

#include "service/office.h"

/*
 * The folder from which the customer's page is shown:
 *
 *	pages/HEX.db	the pages whose hash begins with these digits, each file
 *			complete and replaced as a whole; none.db has none
 *	spool/		answers, written by the web server
 *	aside/		those that could not be taken, and why
 *	state		what was published last
 *
 * One process at a time works on it; killed at any point, the next one goes on.
 */
struct publish;

/* Makes what is missing of the folder; the group of `dir` may read it and write
 * into the spool. NULL when another process is at it, or the store broke. */
struct publish *publish_open(struct office *o, const char *dir);
void	 publish_close(struct publish *p);	/* takes NULL */

/* Outside a transaction: records the answers of the spool, each in one of its
 * own through another handle of the file. `refused` is called for each that is
 * put aside or cannot be taken now, `failed` when that is for the file of the
 * cases, and then the others are left as well. */
struct publish_listener {
	void	(*refused)(void *arg, const char *name, const char *why);
	void	(*failed)(void *arg, enum store_status status);
	void	(*progress)(void *arg, int64_t done, int64_t total);
	void	*arg;
};
void	 publish_collect(struct publish *p, const struct publish_listener *to);

/* Inside a transaction of a reader: writes what has changed, or everything. */
void	 publish_write(struct publish *p, bool all,
	    const struct publish_listener *to);

/* After that: the answers that were taken leave the spool. */
void	 publish_clear(struct publish *p);

#endif
