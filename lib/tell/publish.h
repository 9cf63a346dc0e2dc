/* SPDX-License-Identifier: ISC */
#ifndef TELL_PUBLISH_PRIVATE_H
#define TELL_PUBLISH_PRIVATE_H

#include <sys/types.h>

#include "base/buf.h"
#include "service/follow.h"
#include "service/survey.h"
#include "tell/publish.h"

/* Shared by the files of case-publish, for nobody else. Failures are the
 * store's. */

#define PUBLISH_SHARDS	4096
#define PUBLISH_NAME	8		/* "abc.db" with its NUL */

struct publish {
	struct store	*s;		/* the file of the cases, to read */
	struct office	*office;
	char		*dir;
	int		 fd;		/* of it, locked */
	int		 pages, spool, aside;	/* folders */
	gid_t		 group;
	int		*written;	/* files that await their names */
	size_t		 written_count;
	char		**taken;	/* answers that are recorded */
	size_t		 taken_count;
	bool		 damaged;	/* a file could not be read */
};

/* publish_place.c: the folder. */
bool	 publish_place(struct publish *p);
/* The file is the group's to read; synced, so that it can take its name. */
bool	 publish_ready(struct publish *p, int folder, const char *name);
bool	 publish_settled(struct publish *p, int folder, const char *name);
/* Writes a file aside, and gives it its name once it is on the disk. */
bool	 publish_file(struct publish *p, int folder, const char *name,
	    const struct buf *content);
void	 publish_sync(struct publish *p, int folder);
void	 publish_broken(struct publish *p, const char *what);	/* by errno */

/* publish_shard.c: one file of pages. */
struct shard;
struct shard *shard_open(struct publish *p, int number, bool keep);
/* By ascending hash: leaves out the page that the old file has, with its
 * papers. Then new ones may be added. */
void	 shard_drop(struct shard *h, const uint8_t hash[TOKEN_HASH]);
void	 shard_page(struct shard *h, const uint8_t hash[TOKEN_HASH],
	    const struct follow_page *page);
void	 shard_document(struct shard *h, const uint8_t hash[TOKEN_HASH],
	    const char *name, const struct buf *sealed);
/* False when the old file cannot be read: it is as it was. Else the new one is
 * there, or will be after shard_name_all(). */
bool	 shard_close(struct shard *h);
/* Those that were closed get their names, once they are on the disk. */
void	 shard_name_all(struct publish *p);
/* There is no page that belongs there any more. */
void	 shard_remove(struct publish *p, int number);
/* "abc.db"; below 0 for the one without pages. */
void	 shard_name(int number, char name[PUBLISH_NAME]);

/* publish_answer.c: one answer, as the spool has it. */
enum reading {
	READ_WELL,
	READ_STRANGE,		/* it can never be taken */
	READ_NOT		/* now: it stays where it is */
};
/* Its bytes, or why not. */
enum reading answer_read(struct publish *p, const char *name,
	    struct buf *content, const char **why);
/* NULL, or what is wrong with it. Its words are in `words`, to free. */
const char *answer_parse(struct publish *p, const char *name,
	    struct buf *content, struct survey_answer *a, char **words);
/* The case whose page has its link; 0: none has. False when that cannot be
 * seen: then the pages are made anew. */
bool	 answer_find(struct publish *p, struct survey_answer *a);

/* publish_papers.c: what goes with a page, sealed. */
struct papers;
struct papers *papers_open(struct office *o);
void	 papers_close(struct papers *a);
/* Those of the case go into its file, one at a time; their names as a JSON
 * array, borrowed. */
const char *papers_write(struct papers *a, int64_t case_id,
	    const uint8_t token[TOKEN_BYTES], struct shard *h);

/* publish_state.c: what was published last. */
struct state {
	int64_t	 seq;		/* of the journal */
	char	 hash[65];	/* of that event */
	int64_t	 at;		/* when */
	char	 digest[65];	/* follow_digest() */
};
/* False: nothing that can be gone on from. */
bool	 state_read(struct publish *p, struct state *state);
void	 state_write(struct publish *p, const struct state *state);
void	 state_forget(struct publish *p);

#endif
