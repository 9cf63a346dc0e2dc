/* SPDX-License-Identifier: ISC */
#ifndef JOURNAL_AUDIT_H
#define JOURNAL_AUDIT_H

#include <stdbool.h>
#include <stdint.h>

#include "store/store.h"

/* The last event and its hash, which covers all before it. */
struct audit_head {
	int64_t	 seq;		/* 0: nothing happened yet */
	char	 hash[65];	/* hexadecimal */
};

/* How far it is, for a person who waits; NULL for nobody. */
typedef void audit_progress(void *arg, int64_t done, int64_t of);

/* A row that replaying does not give as it stands. */
struct audit_difference {
	const char	*table;
	const char	*row;		/* its key in words; borrowed */
	bool		 lost;		/* the journal has it so: the file lacks
					 * it; else: nothing in the journal
					 * says so */
};
typedef void audit_report(void *arg, const struct audit_difference *d);

/* All inside a transaction of a reader, so that others go on writing. */
void	 audit_head(struct store *s, struct audit_head *head);

/* Checks every entry, content and page; the store breaks, naming the first that
 * is not what was recorded. With a head noted earlier: also that the journal
 * still leads up to it. */
void	 audit_verify(struct store *s, const struct audit_head *noted,
	    audit_progress *progress, void *arg);

/* Replays the journal into empty tables and compares; answers how many rows
 * differ, and reports each (`row` differing in one column is lost and found
 * once each). */
int64_t	 audit_rebuild(struct store *s, audit_report *report,
	    audit_progress *progress, void *arg);

/* Copies the file as it is now to `path`, which takes its name only when the
 * copy was verified. `head` is that of the copy. */
void	 audit_backup(struct store *s, const char *path,
	    struct audit_head *head);

/* "SEQ HASH" as audit_head() gives it; false if it is not that. */
bool	 audit_parse_head(const char *text, struct audit_head *head);

/* Does the recording time follow CASE_NOW? */
bool	 audit_clock_fixed(struct store *s);

#endif
