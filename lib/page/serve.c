/* SPDX-License-Identifier: ISC */
#include <sys/stat.h>

#include <err.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/time.h"
#include "fence.h"
#include "page/page.h"
#include "reply.h"
#include "request.h"

#define SECONDS		10	/* for all of it */

/* For when the process has to end before it has an answer: no memory, too
 * much time. Only what a signal handler may use. */
static volatile sig_atomic_t answered;

static void
apologize(void)
{
	static const char sorry[] =
	    "Status: 503 Service Unavailable\n"
	    "Content-Type: text/plain; charset=UTF-8\n"
	    "Content-Security-Policy: default-src 'none'\n"
	    "Cache-Control: no-store\n"
	    "X-Content-Type-Options: nosniff\n"
	    "\n"
	    "Cette page est momentanément indisponible.\n"
	    "This page is not available at the moment.\n";
	ssize_t n;

	if (answered)
		return;
	answered = 1;
	n = write(STDOUT_FILENO, sorry, sizeof(sorry) - 1);
	(void)n;
}

static _Noreturn void
out_of_time(int number)
{
	(void)number;
	apologize();
	_exit(3);
}

static void
prepare(void)
{
	struct sigaction action = { .sa_handler = out_of_time };

	umask(077);
	atexit(apologize);
	sigaction(SIGALRM, &action, NULL);
	sigaction(SIGXCPU, &action, NULL);
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);
	alarm(SECONDS);
}

static void
write_all(const char *data, size_t len)
{
	ssize_t n;

	for (; len > 0; data += n, len -= (size_t)n)
		if ((n = write(STDOUT_FILENO, data, len)) <= 0)
			return;
}

int
page_serve(void)
{
	struct request r;
	struct reply reply = { 0 };
	struct buf out = { 0 }, why = { 0 };
	int64_t now;

	prepare();
	request_take(&r);
	now = time_now();
	/* Nothing below asks the environment. */
	clearenv();
	if (r.folder[0] != '\0') {
		fence(r.folder);
		reply_make(&reply, &r, now, &why);
	} else {
		buf_text(&why, "CASE_PUBLISHED is not set");
		reply_unavailable(&reply, &r);
	}
	if (why.len > 0)
		warnx("%s", buf_str(&why));
	reply_write(&reply, &r, &out);
	answered = 1;
	write_all(buf_str(&out), out.len);
	buf_free(&out);
	reply_free(&reply);
	request_free(&r);
	buf_free(&why);
	return reply.status == 503 ? 3 : 0;
}
