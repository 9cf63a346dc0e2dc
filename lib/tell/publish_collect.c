/* SPDX-License-Identifier: ISC */
#include <sys/stat.h>

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/local.h"
#include "base/mem.h"
#include "base/time.h"
#include "publish.h"

/* Whoever writes into the spool may write anything: it is looked at as what a
 * stranger sent. */

#define HALF_WRITTEN	(60 * 60)	/* older ones will not be finished */

struct collecting {
	struct publish	*p;
	const struct publish_listener *to;
	struct store	*s;		/* to write; NULL until it is needed */
	struct act	 act;
	bool		 ready;		/* the file can be written */
};

/* A name that is harmless anywhere, and short. */
static void
tame(const char *name, char as[SURVEY_NONCE + 8])
{
	size_t i;

	for (i = 0; i < SURVEY_NONCE + 4 && name[i] != '\0'; i++)
		as[i] = isalnum((unsigned char)name[i]) ||
		    (i > 0 && strchr(".-_", name[i]) != NULL) ? name[i] : '_';
	as[i] = '\0';
}

static void
take_away(struct collecting *c, const char *name)
{
	if (unlinkat(c->p->spool, name, 0) == -1 &&
	    unlinkat(c->p->spool, name, AT_REMOVEDIR) == -1)
		c->to->refused(c->to->arg, name, strerror(errno));
}

/* Kept for a person to look at, with the reason. */
static void
put_aside(struct collecting *c, const char *name, const struct buf *content,
    const char *why)
{
	struct publish *p = c->p;
	struct buf reason = { 0 };
	char as[SURVEY_NONCE + 8], *other;

	c->to->refused(c->to->arg, name, why);
	tame(name, as);
	other = mem_printf("%.*s.why", (int)strcspn(as, "."), as);
	buf_printf(&reason, "%s: %s\n", name, why);
	if (publish_file(p, p->aside, as, content) &&
	    publish_file(p, p->aside, other, &reason)) {
		publish_sync(p, p->aside);
		take_away(c, name);
	}
	buf_free(&reason);
	free(other);
}

/* NULL when it is recorded, or why not. */
static char *
record(struct collecting *c, const struct survey_answer *a, enum reading *how)
{
	enum store_status status;

	if (c->s == NULL) {
		c->s = store_open(store_path(c->p->s), STORE_WRITE);
		c->act.office = office_open(c->s);
	}
	buf_clear(&c->act.told);
	buf_clear(&c->act.warned);
	store_begin(c->s);
	/* A refusal is kept beside the answer. */
	local_pause();
	survey_take(&c->act, a);
	local_resume();
	status = store_end(c->s);
	if (status == STORE_OK || status == STORE_REFUSED) {
		*how = status == STORE_OK ? READ_WELL : READ_STRANGE;
	} else {
		*how = READ_NOT;
		c->ready = false;
		c->to->failed(c->to->arg, status);
	}
	return status != STORE_OK ? mem_text(store_why(c->s)) : NULL;
}

static void
taken(struct publish *p, const char *name)
{
	p->taken = mem_array(p->taken, p->taken_count + 1,
	    sizeof(*p->taken));
	p->taken[p->taken_count++] = mem_text(name);
}

/* What is wrong with what was read, to free; NULL when it is recorded. Answers
 * in `how` whether that can be known now. */
static char *
judge(struct collecting *c, const char *name, struct buf *content,
    enum reading *how)
{
	struct survey_answer a = { 0 };
	char *words = NULL, *refusal = NULL;
	const char *why = answer_parse(c->p, name, content, &a, &words);

	*how = READ_STRANGE;
	if (why == NULL && !answer_find(c->p, &a)) {
		*how = READ_NOT;
		why = LOCAL("its page cannot be read");
	} else if (why == NULL && a.case_id == 0)
		why = LOCAL("no page has its link");
	if (why == NULL)
		refusal = record(c, &a, how);
	free(words);
	return why != NULL ? mem_text(why) : refusal;
}

/* Answers whether others can be recorded as well. */
static bool
take(struct collecting *c, const char *name)
{
	struct buf content = { 0 };
	char *refusal = NULL;
	const char *why;
	enum reading how = answer_read(c->p, name, &content, &why);

	if (how == READ_WELL)
		why = refusal = judge(c, name, &content, &how);
	switch (how) {
	case READ_WELL:
		taken(c->p, name);
		break;
	case READ_STRANGE:
		put_aside(c, name, &content, why);
		break;
	case READ_NOT:
		c->to->refused(c->to->arg, name, why);
		break;
	}
	free(refusal);
	buf_free(&content);
	return c->ready && store_ok(c->p->s);
}

/* What an answer is written under before it has its name. */
static void
drop_old(struct publish *p, const char *name)
{
	struct stat st;

	if (fstatat(p->spool, name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
	    st.st_mtime < time(NULL) - HALF_WRITTEN)
		unlinkat(p->spool, name, 0);
}

void
publish_collect(struct publish *p, const struct publish_listener *to)
{
	struct collecting c = { .p = p, .to = to, .ready = true };
	int fd = openat(p->spool, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *d = fd != -1 ? fdopendir(fd) : NULL;
	const struct dirent *e;
	bool more = true;

	if (d == NULL) {
		publish_broken(p, "spool");
		return;
	}
	while (more && (e = readdir(d)) != NULL) {
		if (e->d_name[0] == '.')
			drop_old(p, e->d_name);
		else
			more = take(&c, e->d_name);
	}
	closedir(d);
	office_close(c.act.office);
	store_close(c.s);
	buf_free(&c.act.told);
	buf_free(&c.act.warned);
}

void
publish_clear(struct publish *p)
{
	for (size_t i = 0; i < p->taken_count; i++)
		if (unlinkat(p->spool, p->taken[i], 0) == -1 &&
		    errno != ENOENT)
			publish_broken(p, p->taken[i]);
}
