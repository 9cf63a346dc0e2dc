/* SPDX-License-Identifier: ISC */
#define _GNU_SOURCE
#include <sys/mman.h>
#include <sys/select.h>
#include <sys/syscall.h>
#include <sys/time.h>

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

/*
 * Preloaded into a daemon and all that it starts: the time of day is the number
 * in the file CLOCK, and stands still while somebody works. When the daemon
 * sleeps it waits for what it started to end, and sets the clock on; at
 * CLOCK_END it ends. So a month passes in seconds, and in the same way on the
 * slowest machine. What it starts sleeps as ever.
 */
static int64_t *now;
static bool daemon_itself;
static int started[2] = { -1, -1 };	/* held open by those who run */

static void __attribute__((__constructor__))
begin(void)
{
	const char *file = getenv("CLOCK");
	int fd;

	if (file == NULL || (fd = open(file, O_RDWR | O_CLOEXEC)) == -1)
		_exit(70);
	now = mmap(NULL, sizeof(*now), PROT_READ | PROT_WRITE, MAP_SHARED, fd,
	    0);
	close(fd);
	if (now == MAP_FAILED)
		_exit(70);
	daemon_itself = getenv("CLOCK_RUNS") == NULL;
	setenv("CLOCK_RUNS", "1", 1);
}

/* A pipe is at its end when nobody has its other end open any more. */
static void
await_started(void)
{
	char c;

	if (started[0] != -1) {
		close(started[1]);
		while (read(started[0], &c, 1) == -1 && errno == EINTR)
			;
		close(started[0]);
	}
	if (pipe(started) == -1)
		_exit(70);
	fcntl(started[0], F_SETFD, FD_CLOEXEC);
}

static void
pass(int64_t seconds)
{
	const char *end = getenv("CLOCK_END");

	await_started();
	*now += seconds > 0 ? seconds : 1;
	if (end != NULL && *now >= strtoll(end, NULL, 10))
		_exit(0);
}

time_t
time(time_t *t)
{
	time_t at = (time_t)*now;

	if (t != NULL)
		*t = at;
	return at;
}

int
gettimeofday(struct timeval *restrict tv, void *restrict zone)
{
	(void)zone;
	*tv = (struct timeval){ .tv_sec = (time_t)*now };
	return 0;
}

int
clock_gettime(clockid_t clock, struct timespec *t)
{
	if (clock != CLOCK_REALTIME && clock != CLOCK_REALTIME_COARSE)
		return (int)syscall(SYS_clock_gettime, clock, t);
	*t = (struct timespec){ .tv_sec = (time_t)*now };
	return 0;
}

unsigned int
sleep(unsigned int seconds)
{
	if (!daemon_itself) {
		unsigned int (*real)(unsigned int);

		*(void **)&real = dlsym(RTLD_NEXT, "sleep");
		return real(seconds);
	}
	pass(seconds);
	return 0;
}

int
select(int n, fd_set *restrict in, fd_set *restrict out, fd_set *restrict bad,
    struct timeval *restrict t)
{
	if (!daemon_itself) {
		int (*real)(int, fd_set *, fd_set *, fd_set *,
		    struct timeval *);

		*(void **)&real = dlsym(RTLD_NEXT, "select");
		return real(n, in, out, bad, t);
	}
	pass(t != NULL ? t->tv_sec : 60);
	if (in != NULL)
		FD_ZERO(in);
	if (out != NULL)
		FD_ZERO(out);
	if (bad != NULL)
		FD_ZERO(bad);
	return 0;
}
