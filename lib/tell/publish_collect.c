/* SPDX-License-Identifier: ISC */
#include <sys/stat.h>

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/time.h"
#include "publish.h"
#include "service/survey.h"

/* Whoever writes into the spool may write anything: it is looked at as what a
 * stranger sent. */

#define MOST		16384		/* bytes of an answer */
#define HALF_WRITTEN	(60 * 60)	/* older ones will not be finished */

struct collecting {
	struct publish	*p;
	const struct publish_listener *to;
	struct store	*s;		/* to write; NULL until it is needed */
	struct act	 act;
	bool		 ready;		/* the file can be written */
};

static bool
hex(const char *text, size_t digits)
{
	return strlen(text) == digits &&
	    strspn(text, "0123456789abcdef") == digits;
}

static void
from_hex(const char *text, uint8_t *bytes, size_t len)
{
	char pair[3] = { 0 };

	for (size_t i = 0; i < len; i++) {
		memcpy(pair, text + 2 * i, 2);
		bytes[i] = (uint8_t)strtoul(pair, NULL, 16);
	}
}

/* What became of reading an answer. */
enum reading {
	READ_WELL,
	READ_STRANGE,		/* it can never be taken */
	READ_NOT		/* now: it stays where it is */
};

/* One byte more than may be tells that there are too many. */
static enum reading
read_answer(struct collecting *c, const char *name, struct buf *content,
    const char **why)
{
	int fd = openat(c->p->spool, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK |
	    O_NOCTTY | O_CLOEXEC);
	enum reading how = READ_STRANGE;
	char block[MOST + 1];
	struct stat st;
	ssize_t n = 0;

	*why = "is no plain file";
	if (fd == -1 && (errno == ELOOP || errno == ENXIO))
		return READ_STRANGE;
	if (fd == -1 || fstat(fd, &st) == -1 ||
	    (S_ISREG(st.st_mode) &&
	    (n = read(fd, block, sizeof(block))) == -1)) {
		*why = strerror(errno);
		how = READ_NOT;
	} else if (S_ISREG(st.st_mode)) {
		buf_add(content, block, (size_t)n);
		*why = "is larger than 16 KiB";
		how = n <= MOST ? READ_WELL : READ_STRANGE;
	}
	if (fd != -1)
		close(fd);
	return how;
}

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

/* Reads the members; NULL, or what is wrong with them. Words are to free. */
static const char *
parse(struct store *s, struct buf *content, const char *nonce,
    struct survey_answer *a, char **words)
{
	struct query *q;
	const char *why = NULL;

	if (memchr(content->data, '\0', content->len) != NULL ||
	    !text_valid(content->data, content->len))
		return "is not UTF-8";
	q = store_query(s, "SELECT json_valid(:text)");
	bind_text(q, ":text", buf_str(content));
	if (query_int_or(q, 0) == 0)
		return "is not JSON";
	q = store_query(s, "SELECT ifnull(:text ->> '$.hash', ''), "
	    "ifnull(:text ->> '$.nonce', ''), :text ->> '$.at', "
	    ":text ->> '$.degree', :text ->> '$.text', json_type(:text, "
	    "'$.at') IS 'integer' AND json_type(:text, '$.degree') IS "
	    "'integer' AND ifnull(json_type(:text, '$.text'), 'null') "
	    "IN ('text', 'null')");
	bind_text(q, ":text", buf_str(content));
	if (!query_row(q))
		return "is not JSON";
	a->at = query_int(q, 2);
	a->degree = (int)query_int(q, 3);
	if (query_int(q, 5) == 0)
		why = "lacks the time, the degree or the words";
	else if (query_int(q, 3) < 1 || query_int(q, 3) > 5)
		why = "has a degree that is not 1 to 5";
	else if (strcmp(query_text(q, 1), nonce) != 0)
		why = "has the name of another form";
	else if (!hex(query_text(q, 0), 2 * TOKEN_HASH))
		why = "names no link";
	else {
		from_hex(query_text(q, 0), a->hash, TOKEN_HASH);
		*words = mem_text(query_text(q, 4));
	}
	query_done(q);
	return why;
}

/* The case whose page has the link; 0: none has. False when that cannot be seen:
 * then the pages are made anew. */
static bool
find_case(struct publish *p, const uint8_t hash[TOKEN_HASH], int64_t *case_id)
{
	char name[PUBLISH_NAME], *path;
	struct store *s;
	struct query *q;

	*case_id = 0;
	shard_name(hash[0] << 4 | hash[1] >> 4, name);
	if (faccessat(p->pages, name, F_OK, 0) == -1 && errno == ENOENT)
		return true;
	path = mem_printf("%s/pages/%s", p->dir, name);
	s = store_open(path, STORE_EXTRACT);
	store_begin(s);
	q = store_query(s, "SELECT facts ->> '$.case' FROM page "
	    "WHERE hash = :hash");
	bind_blob(q, ":hash", hash, TOKEN_HASH);
	*case_id = query_int_or(q, 0);
	if (store_end(s) != STORE_OK)
		p->damaged = true;
	store_close(s);
	free(path);
	return !p->damaged;
}

/* Blank words are none. */
static const char *
spoken(const char *words)
{
	return words != NULL && words[strspn(words, " \t\r\n")] != '\0' ?
	    words : NULL;
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
	survey_take(&c->act, a);
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

static bool
is_answer(const char *name)
{
	const char *dot = strchr(name, '.');
	char nonce[SURVEY_NONCE];

	if (dot == NULL || dot - name != SURVEY_NONCE - 1 ||
	    strcmp(dot, ".json") != 0)
		return false;
	strlcpy(nonce, name, sizeof(nonce));
	return hex(nonce, SURVEY_NONCE - 1);
}

/* What is wrong with what was read, to free; NULL when it is recorded. Answers
 * in `how` whether that can be known now. */
static char *
judge(struct collecting *c, const char *name, struct buf *content,
    enum reading *how)
{
	struct survey_answer a = { 0 };
	char *words = NULL, *refusal = NULL;
	const char *why = "has no name of an answer";

	*how = READ_STRANGE;
	strlcpy(a.nonce, name, sizeof(a.nonce));
	if (is_answer(name))
		why = parse(c->p->s, content, a.nonce, &a, &words);
	if (why == NULL && !find_case(c->p, a.hash, &a.case_id)) {
		*how = READ_NOT;
		why = "its page cannot be read";
	} else if (why == NULL && a.case_id == 0)
		why = "no page has its link";
	if (why == NULL) {
		a.text = spoken(words);
		refusal = record(c, &a, how);
	}
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
	enum reading how = read_answer(c, name, &content, &why);

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
