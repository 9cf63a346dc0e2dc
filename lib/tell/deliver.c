/* SPDX-License-Identifier: ISC */
#include <sys/file.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/time.h"
#include "service/recall.h"
#include "service/setting.h"
#include "tell/deliver.h"

/* What the shell answers for a command that cannot be run. */
enum { NOT_RUNNABLE = 126, NOT_FOUND = 127 };

#define LONGEST_DELAY	(6 * 60 * 60)
#define LONGEST_RUN	(10 * 60)	/* of the command: then it hangs */

bool
deliver_lock(const char *path)
{
	/* Stays open: closing it would end the engine's own locks. */
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	return fd == -1 || flock(fd, LOCK_EX | LOCK_NB) == 0;
}

void
deliver_enrol(struct store *s)
{
	struct query *q;

	store_begin(s);
	q = store_query(s, "INSERT INTO delivery (seq, n, state, rank, "
	    "next_at, tries) SELECT seq, n, iif(address IS NULL, 'paper', "
	    "'queued'), rank, queued_at, 0 FROM outbox WHERE (seq, n) > "
	    "(SELECT ifnull(max(seq), 0), ifnull((SELECT max(n) FROM delivery "
	    "WHERE seq = (SELECT max(seq) FROM delivery)), 0) FROM delivery)");
	query_run(q);
	store_end(s);
}

void
deliver_retry(struct store *s)
{
	struct query *q;

	store_begin(s);
	q = store_query(s, "UPDATE delivery SET state = 'queued', "
	    "next_at = :now WHERE state IN ('failed', 'queued')");
	bind_int(q, ":now", time_now());
	query_run(q);
	store_end(s);
}

/* The message that is next, its texts in the arena. */
static bool
next(struct store *s, struct arena *texts, struct message *m, int64_t *tries)
{
	struct query *q = store_query(s, "SELECT d.seq, d.n, o.case_id, "
	    "o.kind, o.queued_at, o.name, o.address, o.language, o.message_id, "
	    "o.facts, d.tries, o.recipient_type = 'customer' "
	    "FROM delivery AS d JOIN outbox AS o USING (seq, n) "
	    "WHERE d.state = 'queued' AND d.next_at <= :now "
	    "ORDER BY d.rank, d.next_at, d.seq, d.n LIMIT 1");

	bind_int(q, ":now", time_now());
	if (!query_row(q))
		return false;
	*m = (struct message){
		.seq = query_int(q, 0), .n = query_int(q, 1),
		.case_id = query_int(q, 2),
		.kind = arena_text(texts, query_text(q, 3)),
		.queued_at = query_int(q, 4),
		.name = arena_text(texts, query_text(q, 5)),
		.address = arena_text(texts, query_text(q, 6)),
		.language = arena_text(texts, query_text(q, 7)),
		.message_id = arena_text(texts, query_text(q, 8)),
		.facts = arena_text(texts, query_text(q, 9)),
		.to_customer = query_int(q, 11) != 0,
	};
	*tries = query_int(q, 10);
	query_done(q);
	return true;
}

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
	int code;

	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM) {
		buf_printf(why, "it hung for %d minutes", LONGEST_RUN / 60);
		return DELIVER_LATER;
	}
	if (!WIFEXITED(status)) {
		buf_printf(why, " (killed by signal %d)", WTERMSIG(status));
		return DELIVER_LATER;
	}
	code = WEXITSTATUS(status);
	if (code == 0)
		return DELIVER_SENT;
	buf_printf(why, " (exit %d)", code);
	switch (code) {
	case NOT_RUNNABLE:
	case NOT_FOUND:
		return DELIVER_NOT_AT_ALL;
	case EX_USAGE:
	case EX_DATAERR:
	case EX_NOUSER:
	case EX_NOHOST:
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
	int status;
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

static enum deliver_state
hand_over(const char *command, const char *from, const struct buf *mail,
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

/* 1, 2, 4 ... minutes, up to six hours. */
static int64_t
delay(int64_t tries)
{
	int64_t seconds = tries < 9 ? 60 << tries : LONGEST_DELAY;

	return seconds < LONGEST_DELAY ? seconds : LONGEST_DELAY;
}

/* What is written down of a try. */
struct attempt {
	enum deliver_state state;
	int64_t		 tries;		/* before it */
	const char	*why;
};

/* Units that came into a recall later have a notice of their own. */
static bool
has_another(struct store *s, const struct message *m)
{
	struct query *q = store_query(s, "SELECT 1 FROM event AS e "
	    "JOIN outbox AS o USING (seq) LEFT JOIN delivery AS d USING (seq, "
	    "n) WHERE e.case_id = :case AND e.seq <> :seq "
	    "AND o.kind = 'notice' "
	    "AND ifnull(d.state, '') NOT IN ('sent', 'dropped')");

	bind_int(q, ":case", m->case_id);
	bind_int(q, ":seq", m->seq);
	return query_int_or(q, 0) != 0;
}

/* What came of the notice of a recall is part of the case. */
static void
note_notice(struct office *o, const struct message *m, const struct attempt *t)
{
	struct act act = { .office = o, .at = time_now(), .text = t->why };

	if (t->state == DELIVER_SENT && !has_another(office_store(o), m))
		recall_delivered(&act, m->case_id);
	else if (t->state == DELIVER_FAILED)
		recall_undelivered(&act, m->case_id);
	buf_free(&act.told);
	buf_free(&act.warned);
}

static enum store_status
note_once(struct office *o, const struct message *m, const struct attempt *t,
    bool notice)
{
	static const char *const states[] = {
		[DELIVER_SENT] = "sent", [DELIVER_LATER] = "queued",
		[DELIVER_FAILED] = "failed", [DELIVER_DROPPED] = "dropped",
	};
	struct store *s = office_store(o);
	struct query *q;

	store_begin(s);
	q = store_query(s, "UPDATE delivery SET state = :state, next_at = "
	    ":next, tries = tries + 1, tried_at = :now, why = :why "
	    "WHERE seq = :seq AND n = :n");
	bind_text(q, ":state", states[t->state]);
	bind_int(q, ":next", time_now() + delay(t->tries));
	bind_int(q, ":now", time_now());
	bind_text(q, ":why", t->why);
	bind_int(q, ":seq", m->seq);
	bind_int(q, ":n", m->n);
	query_run(q);
	if (notice)
		note_notice(o, m, t);
	return store_end(s);
}

/* Whatever the case thinks of it: what is sent is sent. */
static void
note(struct office *o, const struct message *m, const struct attempt *t)
{
	bool notice = strcmp(m->kind, "notice") == 0;

	if (note_once(o, m, t, notice) == STORE_REFUSED)
		note_once(o, m, t, false);
}

/* Nobody is told twice that his unit is recalled. */
static bool
is_overtaken(struct store *s, const struct message *m)
{
	return strcmp(m->kind, "notice") == 0 &&
	    !recall_awaits_notice(s, m->case_id);
}

void
deliver_all(struct office *o, const char *command, deliver_fn *told, void *arg)
{
	struct store *s = office_store(o);
	char *from = mem_text(setting_get(s, "mail.from"));
	struct arena texts = { 0 };
	enum deliver_state state = DELIVER_SENT;
	struct message m;
	int64_t tries;

	while (state != DELIVER_NOT_AT_ALL && store_ok(s) &&
	    next(s, &texts, &m, &tries)) {
		struct buf mail = { 0 }, why = { 0 };

		state = DELIVER_FAILED;
		if (is_overtaken(s, &m)) {
			state = DELIVER_DROPPED;
		} else if (from == NULL) {
			state = DELIVER_NOT_AT_ALL;
			buf_text(&why, "no sender is set; see case-config "
			    "mail.from");
		} else if (message_compose(o, &m, &mail, &why))
			state = hand_over(command, from, &mail, &why);
		if (state != DELIVER_NOT_AT_ALL)
			note(o, &m, &(struct attempt){ state, tries,
			    state == DELIVER_SENT ? NULL : buf_str(&why) });
		told(&m, state, buf_str(&why), arg);
		buf_free(&mail);
		buf_free(&why);
		arena_free(&texts);
	}
	free(from);
}

void
deliver_show(struct office *o, deliver_show_fn *show, deliver_fn *told,
    void *arg)
{
	struct store *s = office_store(o);
	struct query *q = store_query(s, "SELECT o.seq, o.n, o.case_id, "
	    "o.kind, o.queued_at, o.name, o.address, o.language, o.message_id, "
	    "o.facts, o.recipient_type = 'customer' "
	    "FROM outbox AS o LEFT JOIN delivery AS d USING (seq, n) "
	    "WHERE o.address IS NOT NULL AND ifnull(d.state, 'queued') = "
	    "'queued' AND ifnull(d.next_at, 0) <= :now "
	    "ORDER BY o.rank, o.seq, o.n");

	bind_int(q, ":now", time_now());
	while (query_row(q)) {
		struct message m = {
			.seq = query_int(q, 0), .n = query_int(q, 1),
			.case_id = query_int(q, 2), .kind = query_text(q, 3),
			.queued_at = query_int(q, 4), .name = query_text(q, 5),
			.address = query_text(q, 6),
			.language = query_text(q, 7),
			.message_id = query_text(q, 8),
			.facts = query_text(q, 9),
			.to_customer = query_int(q, 10) != 0,
		};
		struct buf mail = { 0 }, why = { 0 };

		if (is_overtaken(s, &m))
			continue;
		if (message_compose(o, &m, &mail, &why))
			show(&mail, arg);
		else
			told(&m, DELIVER_FAILED, buf_str(&why), arg);
		buf_free(&mail);
		buf_free(&why);
	}
}
