/* SPDX-License-Identifier: ISC */
#ifndef UNIT_TRY_H
#define UNIT_TRY_H

/*
 * Runs try_main(), which the test program defines, as a command in a process of
 * its own, in a folder of its own, with files as its standard streams.
 */
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/mem.h"
#include "cli/out.h"

static int try_main(int argc, char **argv);

/* What the last run answered. */
static struct {
	int		code;		/* or its last signal, negated */
	char		out[4096], err[4096];
	const char	*out_path;	/* of stdout; NULL: it is kept */
	int		 stream;	/* stdout, if not a file; -1: none */
	int		 closed;	/* to close before; -1: none */
} got = { .stream = -1, .closed = -1 };

static void
redirect(int to, const char *path, int flags)
{
	int fd = open(path, flags, 0600);

	if (fd == -1 || dup2(fd, to) == -1)
		_exit(99);
	if (fd != to)
		close(fd);
}

static void
slurp(const char *path, char *text, size_t size)
{
	FILE *f = fopen(path, "r");

	assert_non_null(f);
	text[fread(text, 1, size - 1, f)] = '\0';
	fclose(f);
}

static void
spill(const char *path, const char *text, size_t len)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	assert_int_equal(fwrite(text, 1, len, f), len);
	assert_int_equal(fclose(f), 0);
}

static _Noreturn void
child(char **argv)
{
	int argc = 0;

	while (argv[argc] != NULL)
		argc++;
	redirect(STDIN_FILENO, "in", O_RDONLY);
	redirect(STDERR_FILENO, "err", O_WRONLY | O_CREAT | O_TRUNC);
	redirect(STDOUT_FILENO, got.out_path != NULL ? got.out_path : "out",
	    O_WRONLY | O_CREAT | O_TRUNC);
	if (got.stream != -1 && dup2(got.stream, STDOUT_FILENO) == -1)
		_exit(99);
	if (got.closed != -1)
		close(got.closed);
	setprogname("case-try");
	exit(try_main(argc, argv));
}

static int
run_bytes(const char *input, size_t len, char **argv)
{
	int status;
	pid_t pid;

	spill("in", input, len);
	spill("out", "", 0);
	fflush(NULL);
	pid = fork();
	assert_int_not_equal(pid, -1);
	if (pid == 0)
		child(argv);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	got.code = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
	slurp("out", got.out, sizeof(got.out));
	slurp("err", got.err, sizeof(got.err));
	return got.code;
}

#define ARGV(...) \
	((char *[]){ (char[]){ "case-try" }, __VA_ARGS__, NULL })
#define A(text)		((char[]){ text })
#define RUN(input, ...)	run_bytes(input, strlen(input), ARGV(__VA_ARGS__))

static void
expect(int code, const char *out, const char *err)
{
	assert_string_equal(got.out, out);
	assert_string_equal(got.err, err);
	assert_int_equal(got.code, code);
}

static int
make_file(void **state)
{
	char *dir = mem_text("/tmp/case-cli-" "XX" "XX" "XX");
	struct store *s;

	if (mkdtemp(dir) == NULL || chdir(dir) == -1)
		return -1;
	*state = dir;
	got.out_path = NULL;
	setenv("CASE_DB", "case.db", 1);
	setenv("CASE_NOW", "2026-05-04T10:00:00Z", 1);
	s = store_open("case.db", STORE_CREATE);
	if (!store_ok(s))
		print_error("%s\n", store_why(s));
	store_close(s);
	return 0;
}

static int
remove_file(void **state)
{
	static const char *const names[] = {
		"in", "out", "err", "words", "case.db", "case.db-wal",
		"case.db-shm"
	};
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(*names); i++)
		unlink(names[i]);
	if (chdir("/") == -1 || rmdir(*state) == -1)
		return -1;
	free(*state);
	return 0;
}

#define TEST(test) \
	cmocka_unit_test_setup_teardown(test, make_file, remove_file)

#endif
