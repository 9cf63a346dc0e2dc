/* SPDX-License-Identifier: ISC */
#include <sys/file.h>
#include <sys/stat.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/sync.h"
#include "publish.h"

/* What is put into them is the group's, too. */
#define READ_MODE	(S_ISGID | 0750)
#define WRITE_MODE	(S_ISGID | 0770)
#define OWN_MODE	0700
#define FILE_MODE	0640

void
publish_broken(struct publish *p, const char *what)
{
	store_break(p->s, "%s/%s: %s", p->dir, what, strerror(errno));
}

void
publish_sync(struct publish *p, int folder)
{
	if (!sync_names(folder))
		store_break(p->s, "%s: %s", p->dir, strerror(errno));
}

/* Nobody's umask counts. In a folder that hands its group down, the new one
 * does so by itself, and whoever is not of the group could not make it so. */
static bool
make_folder(struct publish *p, const char *name, mode_t mode)
{
	mode_t mask = umask(0);
	bool made = mkdirat(p->fd, name, mode & 0777) == 0;

	umask(mask);
	return made;
}

/* The group of DIR, and handed down. */
static bool
hand_down(struct publish *p, int fd, mode_t mode)
{
	struct stat st;

	if (fstat(fd, &st) == -1)
		return false;
	if (st.st_gid == p->group && (st.st_mode & S_ISGID) != 0)
		return true;
	return fchown(fd, (uid_t)-1, p->group) == 0 && fchmod(fd, mode) == 0;
}

/* A folder that is there already stays as somebody made it. */
static int
folder(struct publish *p, const char *name, mode_t mode)
{
	bool made = make_folder(p, name, mode);
	int fd;

	fd = openat(p->fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW |
	    O_CLOEXEC);
	if (fd == -1) {
		publish_broken(p, name);
		return -1;
	}
	if (!made || mode == OWN_MODE || hand_down(p, fd, mode))
		return fd;
	store_refuse(p->s, "%s/%s: cannot be given to the group of %s: %s; "
	    "chmod g+s %s makes that go by itself", p->dir, name, p->dir,
	    strerror(errno), p->dir);
	/* Made anew, and rightly, the next time. */
	unlinkat(p->fd, name, AT_REMOVEDIR);
	close(fd);
	return -1;
}

static bool
open_dir(struct publish *p)
{
	struct stat st;

	if (mkdir(p->dir, 0750) == -1 && errno != EEXIST) {
		if (errno == ENOENT || errno == ENOTDIR)
			store_refuse(p->s, "%s: %s", p->dir, strerror(errno));
		else
			store_break(p->s, "%s: %s", p->dir, strerror(errno));
		return false;
	}
	p->fd = open(p->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (p->fd == -1 && errno == ENOTDIR) {
		store_refuse(p->s, "%s: is no folder", p->dir);
		return false;
	}
	if (p->fd == -1 || fstat(p->fd, &st) == -1) {
		store_break(p->s, "%s: %s", p->dir, strerror(errno));
		return false;
	}
	p->group = st.st_gid;
	return true;
}

/* What a run that was killed left: it never got its name. */
static void
tidy(int folder)
{
	int fd = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *d = fd != -1 ? fdopendir(fd) : NULL;
	const struct dirent *e;
	size_t len;

	if (d == NULL)
		return;
	while ((e = readdir(d)) != NULL) {
		len = strlen(e->d_name);
		if (e->d_name[0] == '.' && len > 4 &&
		    strcmp(e->d_name + len - 4, ".new") == 0)
			unlinkat(folder, e->d_name, 0);
	}
	closedir(d);
}

bool
publish_place(struct publish *p)
{
	if (!open_dir(p))
		return false;
	if (flock(p->fd, LOCK_EX | LOCK_NB) == -1) {
		if (errno != EWOULDBLOCK)
			store_break(p->s, "%s: %s", p->dir, strerror(errno));
		return false;
	}
	if ((p->pages = folder(p, "pages", READ_MODE)) == -1 ||
	    (p->spool = folder(p, "spool", WRITE_MODE)) == -1 ||
	    (p->aside = folder(p, "aside", OWN_MODE)) == -1)
		return false;
	tidy(p->fd);
	tidy(p->pages);
	tidy(p->aside);
	return true;
}

/* Opens it to do something to it, by `fn`. */
static bool
change(struct publish *p, int folder, const char *name,
    bool (*fn)(struct publish *p, int folder, int fd))
{
	int fd = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	bool done = false;

	if (fd != -1) {
		done = fn(p, folder, fd);
		close(fd);
	}
	if (!done)
		publish_broken(p, name);
	return done;
}

static bool
hand_over(struct publish *p, int folder, int fd)
{
	if (folder == p->aside)
		return fchmod(fd, 0600) == 0;
	return fchown(fd, (uid_t)-1, p->group) == 0 &&
	    fchmod(fd, FILE_MODE) == 0;
}

static bool
sync_file(struct publish *p, int folder, int fd)
{
	(void)p;
	(void)folder;
	return fsync(fd) == 0;
}

bool
publish_ready(struct publish *p, int folder, const char *name)
{
	return change(p, folder, name, hand_over);
}

bool
publish_settled(struct publish *p, int folder, const char *name)
{
	return change(p, folder, name, sync_file);
}

/* A disk that is nearly full takes a part, and says why at the next. */
static bool
write_all(int fd, const struct buf *content)
{
	ssize_t n;

	for (size_t at = 0; at < content->len; at += (size_t)n) {
		n = write(fd, content->data + at, content->len - at);
		if (n == -1)
			return false;
	}
	return true;
}

static bool
write_new(int folder, const char *new, const struct buf *content)
{
	int fd, why;

	unlinkat(folder, new, 0);
	fd = openat(folder, new, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW |
	    O_CLOEXEC, 0600);
	if (fd == -1)
		return false;
	if (write_all(fd, content))
		return close(fd) == 0;
	why = errno;
	close(fd);
	errno = why;
	return false;
}

bool
publish_file(struct publish *p, int folder, const char *name,
    const struct buf *content)
{
	char *new = mem_printf(".%s.new", name);
	bool done = write_new(folder, new, content);

	if (!done)
		publish_broken(p, name);
	else if ((done = publish_ready(p, folder, new) &&
	    publish_settled(p, folder, new)) &&
	    renameat(folder, new, folder, name) == -1) {
		publish_broken(p, name);
		done = false;
	}
	if (!done)
		unlinkat(folder, new, 0);
	free(new);
	return done;
}
