/* SPDX-License-Identifier: ISC */
#ifndef UNIT_PLACE_H
#define UNIT_PLACE_H

#include <sys/stat.h>
#include <sys/types.h>
#include <sys/wait.h>

#include <fts.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"

/* A folder of its own for each test, in the test's state. */
struct place {
	char	*dir;
	char	*db;		/* a name in it, nothing there yet */
};

static inline int
place_setup(void **state)
{
	struct place *p = mem_zero(1, sizeof(*p));
	const char *tmp = getenv("TMPDIR");

	p->dir = mem_printf("%s/case-" "XX" "XX" "XX", tmp != NULL ? tmp :
	    "/tmp");
	if (mkdtemp(p->dir) == NULL)
		return -1;
	p->db = mem_printf("%s/case.db", p->dir);
	*state = p;
	return 0;
}

static inline int
place_teardown(void **state)
{
	struct place *p = *state;
	char *paths[] = { p->dir, NULL };
	FTS *fts = fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
	FTSENT *e;

	while (fts != NULL && (e = fts_read(fts)) != NULL) {
		if (e->fts_info == FTS_D)
			chmod(e->fts_accpath, 0700);
		else
			remove(e->fts_accpath);
	}
	if (fts != NULL)
		fts_close(fts);
	free(p->dir);
	free(p->db);
	free(p);
	return 0;
}

/* Runs fn in a process of its own; its wait status. */
static inline int
place_fork(int (*fn)(const struct place *), const struct place *p)
{
	pid_t pid;
	int status = -1;

	fflush(NULL);
	if ((pid = fork()) == 0)
		_exit(fn(p));
	if (pid > 0)
		waitpid(pid, &status, 0);
	return status;
}

#endif
