/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "spool.h"

/* Single commands are to stay under 8 MiB, the buffer doubles when it grows. */
#define MEMORY_MAX	((size_t)1 << 20)

static void
fail(struct spool *s)
{
	if (s->error == 0)
		s->error = errno != 0 ? errno : EIO;
}

static void
write_out(struct spool *s)
{
	if (s->file == NULL && (s->file = tmpfile()) == NULL)
		fail(s);
	else if (fwrite(s->lines.data, 1, s->lines.len, s->file) <
	    s->lines.len)
		fail(s);
	buf_clear(&s->lines);
}

void
spool_add(struct spool *s, const char *text, size_t len)
{
	if (s->error != 0)
		return;
	buf_add(&s->lines, text, len);
	buf_char(&s->lines, '\n');
	if (s->lines.len > MEMORY_MAX)
		write_out(s);
}

bool
spool_rewind(struct spool *s)
{
	if (s->error == 0 && s->file != NULL) {
		write_out(s);
		if (fseek(s->file, 0, SEEK_SET) != 0)
			fail(s);
	}
	return s->error == 0;
}

static const char *
next_in_memory(struct spool *s, size_t *len)
{
	const char *line = s->lines.data + s->read, *end;

	if (s->read == s->lines.len)
		return NULL;
	end = memchr(line, '\n', s->lines.len - s->read);
	*len = (size_t)(end - line) + 1;
	s->read += *len;
	return line;
}

const char *
spool_next(struct spool *s, size_t *len)
{
	ssize_t n;

	if (s->file == NULL)
		return next_in_memory(s, len);
	n = getline(&s->line, &s->size, s->file);
	if (n < 0) {
		if (ferror(s->file))
			fail(s);
		return NULL;
	}
	*len = (size_t)n;
	return s->line;
}

void
spool_free(struct spool *s)
{
	if (s->file != NULL)
		fclose(s->file);
	buf_free(&s->lines);
	free(s->line);
	*s = (struct spool){ 0 };
}
