/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "publish.h"

#define STATE	"state"
#define LAYOUT	"1"		/* of this file */

/* "WORD VALUE" on a line of its own. */
static bool
line(FILE *f, const char *word, char *value, size_t size)
{
	char text[256];
	size_t len = strlen(word);

	if (fgets(text, sizeof(text), f) == NULL ||
	    strncmp(text, word, len) != 0 || text[len] != ' ')
		return false;
	text[strcspn(text, "\n")] = '\0';
	return strlcpy(value, text + len + 1, size) < size;
}

static bool
number(const char *text, int64_t *value)
{
	const char *why;

	*value = strtonum(text, 0, INT64_MAX, &why);
	return why == NULL;
}

bool
state_read(struct publish *p, struct state *state)
{
	int fd = openat(p->fd, STATE, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	FILE *f = fd != -1 ? fdopen(fd, "r") : NULL;
	char seq[32], at[32], layout[8];
	bool whole;

	if (f == NULL)
		return false;
	whole = line(f, "case-publish", layout, sizeof(layout)) &&
	    strcmp(layout, LAYOUT) == 0 &&
	    line(f, "seq", seq, sizeof(seq)) && number(seq, &state->seq) &&
	    line(f, "hash", state->hash, sizeof(state->hash)) &&
	    line(f, "at", at, sizeof(at)) && number(at, &state->at) &&
	    line(f, "digest", state->digest, sizeof(state->digest));
	fclose(f);
	return whole;
}

void
state_write(struct publish *p, const struct state *state)
{
	struct buf b = { 0 };

	buf_printf(&b, "case-publish " LAYOUT "\nseq %" PRId64 "\nhash %s\n"
	    "at %" PRId64 "\ndigest %s\n", state->seq, state->hash, state->at,
	    state->digest);
	publish_file(p, p->fd, STATE, &b);
	publish_sync(p, p->fd);
	buf_free(&b);
}

void
state_forget(struct publish *p)
{
	if (unlinkat(p->fd, STATE, 0) == -1 && errno != ENOENT)
		publish_broken(p, STATE);
	publish_sync(p, p->fd);
}
