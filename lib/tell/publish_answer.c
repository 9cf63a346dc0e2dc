/* SPDX-License-Identifier: ISC */
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/local.h"
#include "base/mem.h"
#include "base/text.h"
#include "publish.h"

/* Whoever writes into the spool may write anything: it is looked at as what a
 * stranger sent. */

#define MOST	16384		/* bytes of an answer */

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

/* Blank words are none. */
static const char *
spoken(const char *words)
{
	return words != NULL && words[strspn(words, " \t\r\n")] != '\0' ?
	    words : NULL;
}

/* One byte more than may be tells that there are too many. */
enum reading
answer_read(struct publish *p, const char *name, struct buf *content,
    const char **why)
{
	int fd = openat(p->spool, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK |
	    O_NOCTTY | O_CLOEXEC);
	enum reading how = READ_STRANGE;
	char block[MOST + 1];
	struct stat st;
	ssize_t n = 0;

	*why = LOCAL("is no plain file");
	if (fd == -1 && (errno == ELOOP || errno == ENXIO))
		return READ_STRANGE;
	if (fd == -1 || fstat(fd, &st) == -1 ||
	    (S_ISREG(st.st_mode) &&
	    (n = read(fd, block, sizeof(block))) == -1)) {
		*why = strerror(errno);
		how = READ_NOT;
	} else if (S_ISREG(st.st_mode)) {
		buf_add(content, block, (size_t)n);
		*why = LOCAL("is larger than 16 KiB");
		how = n <= MOST ? READ_WELL : READ_STRANGE;
	}
	if (fd != -1)
		close(fd);
	return how;
}

const char *
answer_parse(struct publish *p, const char *name, struct buf *content,
    struct survey_answer *a, char **words)
{
	const char *text = buf_str(content), *why = NULL;
	struct query *q;

	if (!is_answer(name))
		return LOCAL("has no name of an answer");
	strlcpy(a->nonce, name, sizeof(a->nonce));
	if (strlen(text) != content->len || !text_valid(text, content->len))
		return LOCAL("is not UTF-8");
	q = store_query(p->s, "SELECT json_valid(:text)");
	bind_text(q, ":text", text);
	if (query_int_or(q, 0) == 0)
		return LOCAL("is not JSON");
	q = store_query(p->s, "SELECT ifnull(:text ->> '$.hash', ''), "
	    "ifnull(:text ->> '$.nonce', ''), :text ->> '$.at', "
	    ":text ->> '$.degree', :text ->> '$.text', json_type(:text, "
	    "'$.at') IS 'integer' AND json_type(:text, '$.degree') IS "
	    "'integer' AND ifnull(json_type(:text, '$.text'), 'null') "
	    "IN ('text', 'null')");
	bind_text(q, ":text", text);
	if (!query_row(q))
		return LOCAL("is not JSON");
	a->at = query_int(q, 2);
	a->degree = (int)query_int(q, 3);
	if (query_int(q, 5) == 0)
		why = LOCAL("lacks the time, the degree or the words");
	else if (query_int(q, 3) < 1 || query_int(q, 3) > 5)
		why = LOCAL("has a degree that is not 1 to 5");
	else if (strcmp(query_text(q, 1), a->nonce) != 0)
		why = LOCAL("has the name of another form");
	else if (!hex(query_text(q, 0), 2 * TOKEN_HASH))
		why = LOCAL("names no link");
	else {
		from_hex(query_text(q, 0), a->hash, TOKEN_HASH);
		*words = mem_text(query_text(q, 4));
		a->text = spoken(*words);
	}
	query_done(q);
	return why;
}

bool
answer_find(struct publish *p, struct survey_answer *a)
{
	char name[PUBLISH_NAME], *path;
	struct store *s;
	struct query *q;

	a->case_id = 0;
	shard_name(a->hash[0] << 4 | a->hash[1] >> 4, name);
	if (faccessat(p->pages, name, F_OK, 0) == -1 && errno == ENOENT)
		return true;
	path = mem_printf("%s/pages/%s", p->dir, name);
	s = store_open(path, STORE_EXTRACT);
	store_begin(s);
	q = store_query(s, "SELECT facts ->> '$.case' FROM page "
	    "WHERE hash = :hash");
	bind_blob(q, ":hash", a->hash, TOKEN_HASH);
	a->case_id = query_int_or(q, 0);
	if (store_end(s) != STORE_OK)
		p->damaged = true;
	store_close(s);
	free(path);
	return !p->damaged;
}
