/* SPDX-License-Identifier: ISC */
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pwd.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/local.h"
#include "base/mem.h"
#include "base/sync.h"
#include "handle.h"

#define COUNT(a)	(sizeof(a) / sizeof((a)[0]))

/* Write-ahead logging shares memory between the commands, which machines that
 * share a disk over a network do not. What is not listed is taken for local. */
static const struct {
	uint32_t	 magic;		/* statfs(2) */
	const char	*name;
} networks[] = {
	{ 0x00006969, "NFS" },
	{ 0x0000517b, "SMB" },
	{ 0xff534d42, "CIFS" },
	{ 0xfe534d42, "SMB" },
	{ 0x01021997, "9P" },
	{ 0x5346414f, "AFS" },
	{ 0x6b414653, "AFS" },
	{ 0x73757245, "Coda" },
	{ 0x00c36400, "Ceph" },
	{ 0x0bd00bd0, "Lustre" },
	{ 0x0000564c, "NCP" },
	{ 0x786f4256, "shared folders" },
};

/* Behind FUSE there are disks of this machine as well as others: the kind of
 * the mount tells. */
#define FUSE_MAGIC	0x65735546
static const char *const fuse_networks[] = {
	"sshfs", "s3fs", "glusterfs", "ceph-fuse", "davfs", "davfs2",
	"curlftpfs", "rclone", "gvfsd-fuse", "smbnetfs", "goofys", "gcsfuse", "juicefs",
	"mfs", "lizardfs", "blobfuse", "blobfuse2", "geesefs", "mount-s3",
	"vmhgfs-fuse",
};

/* HOME, or where there is none, as in a service's environment, what the user
 * database says. */
static const char *
home(void)
{
	const char *dir = getenv("HOME");
	struct passwd *user;

	if (dir != NULL && *dir != '\0')
		return dir;
	user = getpwuid(getuid());
	return user != NULL ? user->pw_dir : "";
}

const char *
store_default_path(void)
{
	static char path[PATH_MAX];
	const char *dir;

	if ((dir = getenv("CASE_DB")) != NULL && *dir != '\0')
		return dir;
	if ((dir = getenv("XDG_DATA_HOME")) != NULL && *dir == '/')
		snprintf(path, sizeof(path), "%s/case/case.db", dir);
	else
		snprintf(path, sizeof(path), "%s/.local/share/case/case.db",
		    home());
	return path;
}

bool
place_make(const char *path)
{
	char *dir = mem_text(path), *slash;
	bool made = true;

	if (*dir == '\0' || dir[strlen(dir) - 1] == '/') {
		errno = EISDIR;
		free(dir);
		return false;
	}
	for (slash = strchr(dir + 1, '/'); slash != NULL && made;
	    slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		made = mkdir(dir, 0700) == 0 || errno == EEXIST ||
		    errno == EISDIR;
		*slash = '/';
	}
	free(dir);
	return made;
}

char *
place_absolute(const char *path, char **why)
{
	char dir[PATH_MAX], *real, *whole;
	const char *name = strrchr(path, '/');

	name = name != NULL ? name + 1 : path;
	if (*name == '\0' || strcmp(name, ".") == 0 ||
	    strcmp(name, "..") == 0) {
		*why = mem_printf(local_text("%s: is not the name of a file"),
		    path);
		return NULL;
	}
	if (snprintf(dir, sizeof(dir), "%.*s.", (int)(name - path), path) >=
	    (int)sizeof(dir)) {
		*why = mem_printf("%s: %s", path, strerror(ENAMETOOLONG));
		return NULL;
	}
	if ((real = realpath(dir, NULL)) == NULL) {
		*why = mem_printf("%s: %s", path, strerror(errno));
		return NULL;
	}
	whole = mem_printf("%s/%s", strcmp(real, "/") == 0 ? "" : real, name);
	free(real);
	return whole;
}

/* The file starts empty. In a directory that a group may write to, the group
 * may write to the file as well, whatever the umask. */
bool
place_create(const char *path)
{
	char *dir = mem_text(path);
	struct stat st;
	bool done = false;
	int fd, dirfd = -1;

	*strrchr(dir, '/') = '\0';
	fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
	    0600);
	if (fd == -1) {
		done = errno == EEXIST;
		goto out;
	}
	if ((dirfd = open(*dir != '\0' ? dir : "/", O_RDONLY | O_DIRECTORY |
	    O_CLOEXEC)) == -1 || fstat(dirfd, &st) == -1)
		goto out;
	if ((st.st_mode & S_IWGRP) != 0 && fchmod(fd, 0660) == -1)
		goto out;
	done = sync_names(dirfd);
out:
	if (fd != -1)
		close(fd);
	if (dirfd != -1)
		close(dirfd);
	free(dir);
	return done;
}

/* The engine's own locks do not cover the change of mode of a new file. */
int
place_lock(const char *path)
{
	char *dir = mem_text(path);
	int fd;

	strrchr(dir, '/')[1] = '\0';
	fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd != -1)
		flock(fd, LOCK_EX);
	free(dir);
	return fd;
}

/* One line of proc(5)'s mountinfo: is it of that device and FUSE's? Then the
 * kind after "fuse." becomes `kind`. */
static bool
is_fuse(char *line, dev_t device, char **kind)
{
	char *type = strstr(line, " - fuse.");
	unsigned int major, minor;

	if (type == NULL || sscanf(line, "%*d %*d %u:%u", &major, &minor) !=
	    2 || makedev(major, minor) != device)
		return false;
	*kind = type + strlen(" - fuse.");
	(*kind)[strcspn(*kind, " ")] = '\0';
	return true;
}

const char *
place_fuse_network(FILE *mounts, dev_t device)
{
	const char *name = NULL;
	char *line = NULL, *kind;
	size_t size = 0, i;

	while (name == NULL && getline(&line, &size, mounts) != -1) {
		if (!is_fuse(line, device, &kind))
			continue;
		for (i = 0; i < COUNT(fuse_networks); i++)
			if (strcmp(fuse_networks[i], kind) == 0)
				name = fuse_networks[i];
	}
	free(line);
	return name;
}

static const char *
fuse_network(const char *path)
{
	const char *name = NULL;
	struct stat st;
	FILE *mounts;

	if (stat(path, &st) == -1 ||
	    (mounts = fopen("/proc/self/mountinfo", "re")) == NULL)
		return NULL;
	name = place_fuse_network(mounts, st.st_dev);
	fclose(mounts);
	return name;
}

static char *
network(const char *path)
{
	const char *name = NULL;
	struct statfs fs;
	size_t i;

	if (statfs(path, &fs) == -1)
		return mem_printf("%s: %s", path, strerror(errno));
	for (i = 0; i < COUNT(networks); i++)
		if ((uint32_t)fs.f_type == networks[i].magic)
			name = networks[i].name;
	if ((uint32_t)fs.f_type == FUSE_MAGIC)
		name = fuse_network(path);
	if (name != NULL)
		return mem_printf(local_text("%s: is on a network file system "
		    "(%s); it must be on a disk of this machine"), path, name);
	return NULL;
}

char *
place_objection(const char *path, bool locked)
{
	struct stat st;

	if (lstat(path, &st) == -1)
		return mem_printf("%s: %s", path, strerror(errno));
	if (S_ISLNK(st.st_mode))
		return mem_printf(local_text("%s: is a symbolic link; "
		    "name the file itself"), path);
	if (!S_ISREG(st.st_mode))
		return mem_printf(local_text("%s: is not a regular file"),
		    path);
	return locked ? network(path) : NULL;
}
