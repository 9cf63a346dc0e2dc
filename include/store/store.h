/* SPDX-License-Identifier: ISC */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The one file. Errors stick: between store_begin() and store_end() the first
 * failure wins, later calls do nothing and queries answer "no row". Ask once,
 * at the end.
 */
struct store;
struct query;

enum store_mode {
	STORE_READ,		/* looks only */
	STORE_WRITE,		/* acts */
	STORE_CREATE,		/* case-init: creates or upgrades */
	STORE_COPY,		/* looks at a copy that nobody else uses, on
				 * whatever file system */
	STORE_EXTRACT,		/* looks at a file of the customer's page, which
				 * is replaced and never changed */
	STORE_EXTRACT_NEW	/* makes such a file, whose name nobody knows
				 * yet; not synced */
};

enum store_status {
	STORE_OK,
	STORE_REFUSED,		/* a rule said no, or not found: exit 1 */
	STORE_BUSY,		/* try again: exit 75 */
	STORE_BROKEN		/* file, disk, corruption: exit 3 */
};

/* Never NULL; when the file cannot be used the status says so at once. The
 * default path is that of CASE_DB or the user's data directory. */
struct store *store_open(const char *path, enum store_mode mode);
void	 store_close(struct store *s);		/* takes NULL */
/* For one who writes much, between transactions: once the log has that many
 * bytes and nobody else has the file, closes and opens it again, so that the
 * log is written back. True when it did; what was borrowed is gone then. */
bool	 store_relieve(struct store *s, int64_t bytes);
#define STORE_LOG_LARGE	(INT64_C(64) << 20)
/* Is that one of the files that are open here? To open one of them besides, and
 * close it, would give up the locks of the whole process. */
bool	 store_owns(const struct store *s, const char *path);
/* No other process has the file open now. */
bool	 store_alone(struct store *s);
const char *store_default_path(void);		/* borrowed, static */
const char *store_path(const struct store *s);	/* absolute, borrowed */

/* BEGIN IMMEDIATE for a writer, one snapshot for a reader. Clears a refusal,
 * never a breakage. store_end() commits, or rolls back after any failure;
 * store_drop() always rolls back (--dry-run). */
void	 store_begin(struct store *s);
enum store_status store_end(struct store *s);
enum store_status store_drop(struct store *s);

enum store_status store_status(const struct store *s);
bool	 store_ok(const struct store *s);
const char *store_why(const struct store *s);	/* borrowed; "" if well */

/* The first one wins. */
void	 store_refuse(struct store *s, const char *fmt, ...)
	    __attribute__((__format__(__printf__, 2, 3)));
void	 store_break(struct store *s, const char *fmt, ...)
	    __attribute__((__format__(__printf__, 2, 3)));

/* A statement, prepared once per handle and reset; `sql` is a literal that
 * outlives the store. Borrowed; asking for a statement that is under way gives
 * a second one. */
struct query *store_query(struct store *s, const char *sql);

/* A name that the statement does not have, or one left unbound, is a bug and
 * ends the process by assert(). The name is a literal, as the statement is.
 * Text and blobs are copied; NULL is NULL. */
void	 bind_text(struct query *q, const char *name, const char *value);
/* Not copied: it must stay until the statement has run to its end. */
void	 bind_lent(struct query *q, const char *name, const char *value);
void	 bind_lent_blob(struct query *q, const char *name, const void *data,
	    size_t len);
void	 bind_int(struct query *q, const char *name, int64_t value);
void	 bind_blob(struct query *q, const char *name, const void *data,
	    size_t len);
void	 bind_null(struct query *q, const char *name);

/* The same by the number of the parameter, from 1: for statements made from the
 * schema. The text is borrowed until the statement has run. */
void	 bind_nth_text(struct query *q, int n, const char *value, size_t len);
void	 bind_nth_int(struct query *q, int n, int64_t value);
void	 bind_nth_null(struct query *q, int n);

/* True: a row is there, borrowed until the next call. False: no more, or a
 * failure; the statement is reset either way. */
bool	 query_row(struct query *q);
/* Runs a statement that answers no rows; returns the rows it changed. */
int64_t	 query_run(struct query *q);
/* Stops before the last row. */
void	 query_done(struct query *q);

int	 query_columns(struct query *q);
const char *query_name(struct query *q, int column);
bool	 query_null(struct query *q, int column);
int64_t	 query_int(struct query *q, int column);
const char *query_text(struct query *q, int column);	/* NULL for NULL */
const void *query_blob(struct query *q, int column, size_t *len);

/* Several statements without parameters or rows. */
void	 store_exec(struct store *s, const char *sql);

/* The first column of the first row, or `none`. */
int64_t	 query_int_or(struct query *q, int64_t none);
/* The same as text, for the caller to free; NULL for no row. */
char	*query_text_copy(struct query *q);

/* Keeps more of the file in memory, for a transaction that writes all over it;
 * a fixed amount, until the store is closed. */
void	 store_widen(struct store *s);

/* For a reader, until the end of its transaction: empty tables take the names
 * of the derived ones, private and gone afterwards. Those of the file are still
 * there as main.NAME. */
void	 store_scratch(struct store *s);

/* Writes the file, as this transaction sees it, into a new one. */
void	 store_copy(struct store *s, const char *path);

#endif
