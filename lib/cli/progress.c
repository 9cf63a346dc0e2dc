/* SPDX-License-Identifier: ISC */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/local.h"
#include "state.h"
#include "term.h"

enum {
	PATIENCE = 1000,	/* milliseconds before anything is shown */
	REDRAW = 200
};

/* Not time_now(): that one may stand still, and this is about the wait. */
static int64_t
milliseconds(void)
{
	struct timespec t;

	if (clock_gettime(CLOCK_MONOTONIC, &t) != 0)
		return 0;
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void
draw(const char *line, int len)
{
	ssize_t n = write(STDERR_FILENO, line, (size_t)len);

	(void)n;
}

void
cli_progress(struct cli *c, int64_t done, int64_t total, const char *what)
{
	struct progress *p = c->progress;
	int64_t now = milliseconds();
	char said[96], line[128];
	int n;

	if (p->started == 0)
		p->started = now;
	if (now - p->started < PATIENCE || now - p->shown < REDRAW)
		return;
	p->shown = now;
	if (!isatty(STDERR_FILENO) || term_is_dumb() || cli_given(c, "quiet"))
		return;
	n = total > 0 ?
	    snprintf(said, sizeof(said), local_text("%" PRId64 " of %" PRId64
	    " %s, %d%%"), done, total, local_text(what),
	    (int)(done * 100 / total)) :
	    snprintf(said, sizeof(said), "%" PRId64 " %s", done,
	    local_text(what));
	if (n > 0 && (size_t)n < sizeof(said))
		n = snprintf(line, sizeof(line), "\r%s\033[K", said);
	if (n > 0 && (size_t)n < sizeof(line))
		draw(line, n);
}

void
progress_clear(struct progress *p)
{
	static const char blank[] = "\r\033[K";

	if (p->shown != 0 && isatty(STDERR_FILENO) && !term_is_dumb())
		draw(blank, (int)strlen(blank));
	p->shown = 0;
}

void
cli_progress_end(struct cli *c)
{
	progress_clear(c->progress);
	c->progress->started = 0;
}
