/* SPDX-License-Identifier: ISC */
#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/local.h"
#include "base/text.h"
#include "state.h"

/* In one write, so that lines of commands in a pipe do not run into each
 * other. Nothing can be said about a failure here. */
static void __attribute__((__format__(__printf__, 3, 0)))
complain(const struct cli *c, const char *hint, const char *fmt, va_list ap)
{
	struct buf said = { 0 }, line = { 0 };
	ssize_t n;

	buf_vprintf(&said, local_text(fmt), ap);
	buf_printf(&line, "%s: ", getprogname());
	text_escape_bytes(&line, buf_str(&said), said.len);
	buf_printf(&line, "%s\n", hint);
	progress_clear(c->progress);
	n = write(STDERR_FILENO, buf_str(&line), line.len);
	(void)n;
	buf_free(&said);
	buf_free(&line);
}

void
cli_warn(const struct cli *c, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	complain(c, "", fmt, ap);
	va_end(ap);
}

_Noreturn void
cli_usage(const struct cli *c, const char *fmt, ...)
{
	struct buf hint = { 0 };
	va_list ap;

	buf_printf(&hint, local_text(" (see %s --help)"), getprogname());
	va_start(ap, fmt);
	complain(c, buf_str(&hint), fmt, ap);
	va_end(ap);
	cli_end(c, EXIT_USAGE);
}

int
cli_exit_code(enum store_status status)
{
	switch (status) {
	case STORE_OK:
		return EXIT_DONE;
	case STORE_REFUSED:
		return EXIT_REFUSED;
	case STORE_BUSY:
		return EXIT_BUSY;
	case STORE_BROKEN:
		return EXIT_BROKEN;
	}
	assert(false);
	return EXIT_BROKEN;
}

static int
gravity(int code)
{
	static const int order[] = {
		EXIT_DONE, EXIT_REFUSED, EXIT_USAGE, EXIT_BUSY, EXIT_BROKEN
	};
	int i;

	for (i = 0; order[i] != code && order[i] != EXIT_BROKEN; i++)
		continue;
	return i;
}

void
cli_worsen(struct cli *c, int code)
{
	if (gravity(code) > gravity(c->exit_code))
		c->exit_code = code;
}

void
cli_fail(struct cli *c, enum store_status status)
{
	cli_worsen(c, cli_exit_code(status));
}

/* stdio forgets the errno of an earlier failure; the pipe itself remembers. */
static bool
reader_gone(void)
{
	struct pollfd out = { .fd = STDOUT_FILENO, .events = POLLOUT };

	return poll(&out, 1, 0) == 1 &&
	    (out.revents & (POLLERR | POLLHUP)) != 0;
}

void
cli_output_error(struct cli *c, int why)
{
	if (c->output_failed)
		return;
	c->output_failed = true;
	cli_worsen(c, EXIT_BROKEN);
	if (!reader_gone())
		cli_warn(c, "standard output: %s",
		    why != 0 ? strerror(why) :
		    local_text("could not be written"));
}

bool
cli_flush(struct cli *c)
{
	if (fflush(stdout) != 0)
		cli_output_error(c, errno);
	else if (ferror(stdout))
		cli_output_error(c, 0);
	return !c->output_failed;
}

/* A reader that has seen enough is no failure to report: end by the signal, as
 * other tools do in a pipe. */
static void
end_by_pipe(const struct cli *c)
{
	struct sigaction act = { .sa_handler = SIG_DFL };

	if (!c->output_failed || !reader_gone())
		return;
	sigemptyset(&act.sa_mask);
	(void)sigaction(SIGPIPE, &act, NULL);
	(void)raise(SIGPIPE);
}

static void
dispose(struct cli *c)
{
	free(c->values);
	free(c->message);
	free(c->staff);
	json_free(&c->request);
	buf_free(&c->after);
	buf_free(&c->would);
	free(c->progress);
	free(c);
}

_Noreturn void
cli_end(const struct cli *c, int code)
{
	progress_clear(c->progress);
	if (c->inside)
		(void)store_drop(c->store);
	store_close(c->store);
	end_by_pipe(c);
	dispose(c->self);
	exit(code);
}

int
cli_close(struct cli *c)
{
	int code;

	cli_progress_end(c);
	(void)cli_flush(c);
	store_close(c->store);
	end_by_pipe(c);
	if (!c->output_failed && fclose(stdout) != 0) {
		cli_warn(c, "standard output: %s", strerror(errno));
		cli_worsen(c, EXIT_BROKEN);
	}
	code = c->exit_code;
	dispose(c);
	return code;
}
