/* SPDX-License-Identifier: ISC */
#ifndef STORE_HANDLE_H
#define STORE_HANDLE_H

#include <sys/stat.h>

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/embed.h"
#include "store/store.h"

/* What the files of lib/store share. Nobody else includes it. */
struct query {
	struct store	*store;
	const char	*sql;		/* its address is the key */
	sqlite3_stmt	*stmt;		/* NULL: does nothing */
	int		 parameters;	/* from 1 */
	const char	**names;	/* literals met as the name of each */
	uint64_t	 unbound;	/* one bit a parameter */
	bool		 taken;		/* asked for, not yet run to its end */
	struct query	*next;		/* of the same bucket */
};

#define STORE_BUCKETS	64

struct store {
	sqlite3		*db;
	char		*path;		/* absolute */
	char		*why;
	enum store_status status;
	enum store_mode	 mode;
	bool		 inside;	/* between begin and end */
	bool		 scratch;	/* names stand for private tables */
	bool		 empty;		/* nothing in it yet */
	bool		 immutable;	/* read without a lock, see open.c */
	bool		 looks_on;	/* beside a log it cannot write to */
	struct stat	 seen;		/* the file when opened immutable */
	int		 watch;		/* on the file, for its locks; or -1 */
	int64_t		 since;		/* when the present wait began, ms */
	bool		 told;		/* that it waits */
	struct query	 inert;		/* what a stuck store hands out */
	struct query	*queries[STORE_BUCKETS];
};

/* "CASE", as file(1) would show it. */
#define STORE_APPLICATION	0x43415345

/* "CASP": a file of the customer's page, made by case-publish. */
#define STORE_EXTRACT_APPLICATION	0x43415350
#define STORE_EXTRACT_VERSION		1

/* The version that this program works with. */
int	 schema_version(void);

/* SQL as the engine shall keep it; to free. */
char	*schema_text(const char *sql);
/* The end of a statement that starts at sql, after its semicolon. */
const char *schema_statement_end(const char *sql);
extern const struct embedded store_sql[];	/* 0001-derived.sql ... */
extern const struct embedded store_extract[];	/* 0001.sql */

/* Adds the SQL function fold(), see text_fold(). */
int	 store_add_says(sqlite3 *db);

/* Opens what s->path names, in the store's mode. */
void	 store_connect(struct store *s);

/* Back to the tables of the file. */
void	 scratch_end(struct store *s);

/* extract.c: files of the customer's page. The first is place_create() for one
 * that is new; the last makes its tables from lib/store/extract. */
bool	 extract_create(const char *path);
void	 extract_identify(struct store *s, int64_t application,
	    int64_t version);
void	 extract_make(struct store *s);

/* Makes or upgrades the tables from lib/store/sql: the files of one number are
 * one step, in one transaction. */
void	 store_upgrade(struct store *s);

/* store_begin() for any version. */
void	 store_start(struct store *s);

/* The failure that the engine just reported becomes the store's. */
void	 store_fail(struct store *s, int code);
/* For sqlite3_exec() of PRAGMA journal_mode: sets a bool, is it "wal"? */
int	 store_mode_row(void *arg, int columns, char **values, char **names);
bool	 store_writes(const struct store *s);
void	 store_reset(struct store *s);		/* every statement */
void	 store_finalize(struct store *s);

/* place.c: an absolute path whose last name may not exist yet; NULL and a
 * reason in *why (to free) when there can be no such file. */
char	*place_absolute(const char *path, char **why);
/* Makes the directories above path, where they are missing. */
bool	 place_make(const char *path);
/* An empty file, the group's in a group's directory; fine if it exists. */
bool	 place_create(const char *path);
/* One process at a time makes or upgrades the files of a folder: a descriptor
 * to close, or -1. */
int	 place_lock(const char *path);
/* The network behind the FUSE mount of a device, by proc(5)'s mountinfo; NULL:
 * none that is known. */
const char *place_fuse_network(FILE *mounts, dev_t device);
/* Why the file cannot be used where it is, `locked` between commands; NULL when
 * it can. To free. */
char	*place_objection(const char *path, bool locked);

#endif
