/* SPDX-License-Identifier: ISC */
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/json.h"
#include "base/mem.h"
#include "base/sync.h"
#include "base/text.h"
#include "survey.h"

static int
hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* A name or value of application/x-www-form-urlencoded, to free, with its
 * length; NULL when it is malformed. */
static char *
decode(const char *from, size_t len, size_t *decoded)
{
	char *out = mem_alloc(len + 1);
	size_t i, n = 0;

	for (i = 0; i < len; i++) {
		if (from[i] != '%') {
			out[n++] = from[i] == '+' ? ' ' : from[i];
			continue;
		}
		if (len - i < 3 || hex(from[i + 1]) < 0 ||
		    hex(from[i + 2]) < 0) {
			free(out);
			return NULL;
		}
		out[n++] = (char)(hex(from[i + 1]) << 4 | hex(from[i + 2]));
		i += 2;
	}
	out[n] = '\0';
	*decoded = n;
	return out;
}

/* Browsers end lines as mail does. Blanks around the text are none of it. */
static void
take_text(struct survey *v, char *text, size_t len)
{
	size_t i, n = 0, characters = 0;

	v->readable = text_valid(text, len);
	for (i = 0; i < len; i++)
		if (text[i] != '\r')
			text[n++] = text[i];
	while (n > 0 && strchr(" \n\t", text[n - 1]) != NULL)
		n--;
	text[n] = '\0';
	for (i = 0; i < n; i++)
		characters += (text[i] & 0xc0) != 0x80;
	v->fits = characters <= SURVEY_TEXT;
	v->text = text;
}

/* Takes the value, to free or to keep. */
static bool
take(struct survey *v, const char *name, char *value, size_t len)
{
	if (strcmp(name, "nonce") == 0 && v->nonce == NULL)
		v->nonce = value;
	else if (strcmp(name, "text") == 0 && v->text == NULL)
		take_text(v, value, len);
	else if (strcmp(name, "degree") == 0 && v->degree == 0 && len == 1 &&
	    *value >= '1' && *value <= '5') {
		v->degree = *value - '0';
		free(value);
	} else {
		free(value);
		return false;
	}
	return true;
}

static bool
take_pair(struct survey *v, const char *pair, size_t len)
{
	const char *equals = memchr(pair, '=', len);
	size_t name_len, value_len;
	char *name, *value;
	bool known = false;

	if (equals == NULL)
		return false;
	name = decode(pair, (size_t)(equals - pair), &name_len);
	value = decode(equals + 1, len - (size_t)(equals - pair) - 1,
	    &value_len);
	if (name != NULL && value != NULL)
		known = take(v, name, value, value_len);
	else
		free(value);
	free(name);
	return known;
}

bool
survey_parse(struct survey *v, const char *body, size_t len)
{
	const char *end = body + len, *next;

	*v = (struct survey){ .readable = true, .fits = true };
	for (; body < end; body = next + 1) {
		if ((next = memchr(body, '&', (size_t)(end - body))) == NULL)
			next = end;
		if (!take_pair(v, body, (size_t)(next - body)))
			return false;
	}
	return v->nonce != NULL && strlen(v->nonce) == NONCE_DIGITS;
}

void
survey_free(struct survey *v)
{
	free(v->nonce);
	free(v->text);
}

bool
survey_answered(const char *folder, const struct found *f)
{
	char *path = mem_printf("%s/spool/%s.json", folder, f->nonce);
	bool there = access(path, F_OK) == 0;

	free(path);
	return there;
}

static void
compose(struct json *j, const struct wanted *w, const struct found *f,
    const struct survey *v, enum language language, int64_t now)
{
	char hash[2 * TOKEN_HASH + 1];

	for (int i = 0; i < TOKEN_HASH; i++)
		snprintf(hash + 2 * i, 3, "%02x", w->hash[i]);
	json_object(j, NULL);
	json_text(j, "hash", hash);
	json_text(j, "nonce", f->nonce);
	json_int(j, "at", now);
	json_int(j, "degree", v->degree);
	json_text(j, "text", v->text != NULL ? v->text : "");
	json_text(j, "language", word(WORD_LANGUAGE, language));
	json_end_object(j);
	buf_char(&j->out, '\n');
}

/* The folder, not the mode, keeps others from reading it: who collects the
 * answers is not who runs the web server. */
static bool
write_aside(int spool, const char *name, const char *data, size_t len)
{
	int fd = openat(spool, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW |
	    O_CLOEXEC, 0600);
	bool done = false;
	ssize_t n;

	if (fd == -1)
		return false;
	for (; len > 0; data += n, len -= (size_t)n)
		if ((n = write(fd, data, len)) <= 0)
			goto out;
	done = fchmod(fd, 0644) == 0 && fsync(fd) == 0;
out:
	return close(fd) == 0 && done;
}

/* Only link(2) does not go over a name that another one has made meanwhile. */
static enum survey_end
put(int spool, const char *aside, const char *name, struct json *j)
{
	const char *data = json_str(j);
	enum survey_end end = SURVEY_FAILED;

	if (!write_aside(spool, aside, data, j->out.len))
		;
	else if (linkat(spool, aside, spool, name, 0) == 0)
		end = sync_names(spool) ? SURVEY_KEPT : SURVEY_FAILED;
	else if (errno == EEXIST)
		end = SURVEY_SECOND;
	return end;
}

enum survey_end
survey_keep(const char *folder, const struct wanted *w, const struct found *f,
    const struct survey *v, enum language language, int64_t now,
    struct buf *why)
{
	char *path = mem_printf("%s/spool", folder);
	char *name = mem_printf("%s.json", f->nonce);
	char *aside = mem_printf(".%08x%08x", (unsigned)arc4random(),
	    (unsigned)arc4random());
	enum survey_end end = SURVEY_FAILED;
	struct json j = { 0 };
	int spool, error;

	compose(&j, w, f, v, language, now);
	spool = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (spool != -1)
		end = put(spool, aside, name, &j);
	error = errno;
	if (spool != -1) {
		unlinkat(spool, aside, 0);
		close(spool);
	}
	if (end == SURVEY_FAILED)
		buf_printf(why, "%s: %s", path, strerror(error));
	json_free(&j);
	free(aside);
	free(name);
	free(path);
	return end;
}
