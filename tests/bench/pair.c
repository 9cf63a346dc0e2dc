/* SPDX-License-Identifier: ISC */
/*
 * usage: pair RUNS COMMAND [ARG]... -- COMMAND [ARG]...
 * Runs the two commands in turn and prints the median of each in microseconds,
 * the ratio of the medians and the most memory either took in KiB:
 *	FIRST SECOND RATIO FIRST_KIB SECOND_KIB
 * What they print is thrown away; one that fails ends the bench.
 */
#include <sys/resource.h>
#include <sys/wait.h>

#include <err.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

struct side {
	char	**argv;
	double	*times;		/* microseconds */
	long	 most;		/* KiB */
};

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static void
run(struct side *s, int i)
{
	posix_spawn_file_actions_t actions;
	struct rusage usage;
	double start;
	int status;
	pid_t pid;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
	start = now();
	if (posix_spawnp(&pid, s->argv[0], &actions, NULL, s->argv,
	    environ) != 0)
		errx(1, "%s: cannot be run", s->argv[0]);
	if (wait4(pid, &status, 0, &usage) == -1)
		err(1, "wait4");
	s->times[i] = now() - start;
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		errx(1, "%s: failed", s->argv[0]);
	if (usage.ru_maxrss > s->most)
		s->most = usage.ru_maxrss;
	posix_spawn_file_actions_destroy(&actions);
}

static int
by_time(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double
median(struct side *s, int runs)
{
	qsort(s->times, (size_t)runs, sizeof(*s->times), by_time);
	return s->times[runs / 2];
}

int
main(int argc, char **argv)
{
	struct side a = { 0 }, b = { 0 };
	double first, second;
	int runs, i;

	if (argc < 5 || (runs = atoi(argv[1])) < 1)
		errx(2, "usage: pair RUNS COMMAND... -- COMMAND...");
	a.argv = argv + 2;
	for (i = 2; i < argc && strcmp(argv[i], "--") != 0; i++)
		;
	if (i >= argc - 1)
		errx(2, "usage: pair RUNS COMMAND... -- COMMAND...");
	argv[i] = NULL;
	b.argv = argv + i + 1;
	a.times = calloc((size_t)runs, sizeof(double));
	b.times = calloc((size_t)runs, sizeof(double));
	if (a.times == NULL || b.times == NULL)
		err(1, NULL);
	run(&a, 0);
	run(&b, 0);
	for (i = 0; i < runs; i++) {
		run(&a, i);
		run(&b, i);
	}
	first = median(&a, runs);
	second = median(&b, runs);
	printf("%.0f %.0f %.2f %ld %ld\n", first, second, first / second,
	    a.most, b.most);
	free(a.times);
	free(b.times);
	return 0;
}
