/* SPDX-License-Identifier: ISC */
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>

#include <fcntl.h>
#include <linux/landlock.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"
#include "fence.h"

#define MIB	(UINT64_C(1) << 20)

static const struct {
	int		 what;
	rlim_t		 most;
} limits[] = {
	{ RLIMIT_CORE, 0 },
	{ RLIMIT_CPU, 5 },
	{ RLIMIT_FSIZE, 16 * MIB },	/* the answer may go to a file */
	{ RLIMIT_NOFILE, 32 },
	{ RLIMIT_NPROC, 0 },
#ifndef __SANITIZE_ADDRESS__	/* its shadow is larger than any bound */
	{ RLIMIT_AS, 512 * MIB },	/* a recall of 100,000 units */
#endif
};

#ifdef __SANITIZE_ADDRESS__
/* Leaks are looked for by another process, in /proc: neither is allowed. */
int __lsan_is_turned_off(void);

int
__lsan_is_turned_off(void)
{
	return 1;
}
#endif

static void
limit(void)
{
	struct rlimit now;

	for (size_t i = 0; i < sizeof(limits) / sizeof(limits[0]); i++) {
		if (getrlimit(limits[i].what, &now) == -1)
			continue;
		if (now.rlim_max > limits[i].most)
			now.rlim_max = limits[i].most;
		now.rlim_cur = now.rlim_max;
		/* At the hard one the kernel kills, and nothing is answered. */
		if (limits[i].what == RLIMIT_CPU && now.rlim_cur > 1)
			now.rlim_cur--;
		setrlimit(limits[i].what, &now);
	}
}

/* The rights on files that the running kernel knows: later versions added to
 * the 13 of the first. */
static uint64_t
rights(long version)
{
	uint64_t known = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1;

	if (version >= 2)
		known |= LANDLOCK_ACCESS_FS_REFER;
	if (version >= 3)
		known |= UINT64_C(1) << 14;	/* truncate */
	return known;
}

static void
allow(int rules, const char *path, uint64_t what)
{
	struct landlock_path_beneath_attr rule = { .allowed_access = what };

	rule.parent_fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (rule.parent_fd == -1)
		return;
	syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH,
	    &rule, 0);
	close(rule.parent_fd);
}

static void
allow_in(int rules, const char *folder, const char *name, uint64_t what)
{
	char *path = mem_printf("%s/%s", folder, name);

	allow(rules, path, what);
	free(path);
}

static void
enclose(const char *folder)
{
	struct landlock_ruleset_attr attr = { 0 };
	long version;
	int rules;

	version = syscall(SYS_landlock_create_ruleset, NULL, 0,
	    LANDLOCK_CREATE_RULESET_VERSION);
	if (version < 1)
		return;
	attr.handled_access_fs = rights(version);
	rules = (int)syscall(SYS_landlock_create_ruleset, &attr, sizeof(attr),
	    0);
	if (rules == -1)
		return;
	allow_in(rules, folder, "pages", LANDLOCK_ACCESS_FS_READ_FILE);
	allow_in(rules, folder, "spool", LANDLOCK_ACCESS_FS_READ_DIR |
	    LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_WRITE_FILE |
	    LANDLOCK_ACCESS_FS_REMOVE_FILE);
	allow(rules, "/usr/share/zoneinfo", LANDLOCK_ACCESS_FS_READ_FILE);
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0)
		syscall(SYS_landlock_restrict_self, rules, 0);
	close(rules);
}

void
fence(const char *folder)
{
	limit();
	enclose(folder);
}
