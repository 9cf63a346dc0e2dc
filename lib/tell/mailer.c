/* SPDX-License-Identifier: ISC */
#include <sys/wait.h>

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/local.h"
#include "base/mem.h"
#include "base/text.h"
#include "mailer.h"

/* What the shell answers for a command that cannot be run. */
enum { NOT_RUNNABLE = 126, NOT_FOUND = 127 };

#define LONGEST_RUN	(10 * 60)	/* of the command: then it hangs */

/* The child: the mail on its standard input, what it says on `said`. Under cron
 * sendmail is not among the commands that are found, and a mailer that hangs
 * must not hold up the queue for ever. */
static _Noreturn void
become(const char *command, const char *from, int in, int said)
{
	char *line = mem_printf("PATH=$PATH:/usr/sbin:/usr/lib; exec %s "
	    "\"$@\"", command);

	dup2(in, STDIN_FILENO);
	dup2(said, STDOUT_FILENO);
	dup2(said, STDERR_FILENO);
	signal(SIGALRM, SIG_DFL);
	alarm(LONGEST_RUN);
	execl("/bin/sh", "sh", "-c", line, "sh", "-f", from, (char *)NULL);
	_exit(NOT_FOUND);
}

/* The first line of what it said, for the reason. */
static void
hear(FILE *said, struct buf *why)
{
	char text[512];

	rewind(said);
	if (fgets(text, sizeof(text), said) == NULL)
		return;
	text[strcspn(text, "\r\n")] = '\0';
	text_escape(why, text);
}

/* The mail as a file without a name: whoever is killed here, the other side
 * reads all of it. */
static FILE *
as_file(const struct buf *mail)
{
	FILE *f = tmpfile();

	if (f == NULL)
		return NULL;
	if (fwrite(mail->data, 1, mail->len, f) == mail->len &&
	    fflush(f) == 0 && lseek(fileno(f), 0, SEEK_SET) == 0)
		return f;
	fclose(f);
	return NULL;
}

/* As sysexits.h has it: what may pass is tried again. */
static enum deliver_state
outcome(int status, struct buf *why)
{
	const char *space = why->len > 0 ? " " : "";
	int code;

	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM) {
		buf_printf(why, LOCAL("it hung for %d minutes"), LONGEST_RUN
		    / 60);
		return DELIVER_LATER;
	}
	if (!WIFEXITED(status)) {
		buf_printf(why, "%s(killed by signal %d)", space,
		    WTERMSIG(status));
		return DELIVER_LATER;
	}
	code = WEXITSTATUS(status);
	if (code == 0)
		return DELIVER_SENT;
	buf_printf(why, "%s(exit %d)", space, code);
	switch (code) {
	case NOT_RUNNABLE:
	case NOT_FOUND:
		return DELIVER_NOT_AT_ALL;
	case EX_DATAERR:
	case EX_NOUSER:
	case EX_NOHOST:
		return DELIVER_NOBODY;
	case EX_USAGE:
	case EX_SOFTWARE:
	case EX_NOPERM:
		return DELIVER_FAILED;
	}
	return DELIVER_LATER;
}

/* What the mailer leaves running in the background must not be waited for:
 * `said` is a file and no pipe. Who started us may have SIGCHLD ignored; then
 * no exit code would come, and a failure look like success. */
static enum deliver_state
run(const char *command, const char *from, FILE *in, FILE *said,
    struct buf *why)
{
	int status = 0;
	pid_t pid, ended = -1;

	signal(SIGCHLD, SIG_DFL);
	if ((pid = fork()) == 0)
		become(command, from, fileno(in), fileno(said));
	while (pid != -1 && (ended = waitpid(pid, &status, 0)) == -1 &&
	    errno == EINTR)
		;
	if (ended == -1) {
		buf_printf(why, "%s", strerror(errno));
		return DELIVER_LATER;
	}
	hear(said, why);
	return outcome(status, why);
}

enum deliver_state
mailer_run(const char *command, const char *from, const struct buf *mail,
    struct buf *why)
{
	FILE *in = as_file(mail), *said = tmpfile();
	enum deliver_state state = DELIVER_LATER;

	if (in == NULL || said == NULL)
		buf_printf(why, "%s", strerror(errno));
	else
		state = run(command, from, in, said, why);
	if (in != NULL)
		fclose(in);
	if (said != NULL)
		fclose(said);
	return state;
}
