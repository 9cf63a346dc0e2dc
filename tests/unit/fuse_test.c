/* SPDX-License-Identifier: ISC */
#include <sys/sysmacros.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

#include "../../lib/store/handle.h"

/* As proc(5) has them: a disk, FUSE on a disk, FUSE on others, one of them
 * mounted with optional fields, one on a folder that looks like a kind. */
static const char mountinfo[] =
    "22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda1 rw\n"
    "30 22 8:17 / /media/usb rw - fuseblk /dev/sdb1 rw,user_id=0\n"
    "31 22 0:50 / /media/host rw,nosuid shared:9 master:2 - fuse.sshfs "
    "a@host:/srv rw,user_id=1000\n"
    "32 22 0:51 / /media/\\040-\\040fuse.sshfs rw - fuse.bindfs /opt rw\n"
    "33 22 0:52 / /media/s3 rw - fuse.s3fs s3fs rw\n"
    "34 22 0:53 / /media/sshfs2 rw - fuse.sshfs2 x rw\n"
    "35 22 0:54 / /media/doc rw - fuse.portal portal rw\n";

static const char *
asked(unsigned int major, unsigned int minor)
{
	char text[sizeof(mountinfo)];
	const char *name;
	FILE *f;

	memcpy(text, mountinfo, sizeof(text));
	f = fmemopen(text, sizeof(text) - 1, "r");
	assert_non_null(f);
	name = place_fuse_network(f, makedev(major, minor));
	fclose(f);
	return name;
}

static void
networks_are_known_by_their_kind(void **state)
{
	(void)state;
	assert_string_equal(asked(0, 50), "sshfs");
	assert_string_equal(asked(0, 52), "s3fs");
}

static void
disks_behind_fuse_are_disks(void **state)
{
	(void)state;
	assert_null(asked(254, 0));
	assert_null(asked(8, 17));
	assert_null(asked(0, 51));
	assert_null(asked(0, 53));
	assert_null(asked(0, 54));
	assert_null(asked(0, 99));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(networks_are_known_by_their_kind),
		cmocka_unit_test(disks_behind_fuse_are_disks),
	};

	return cmocka_run_group_tests_name("fuse", tests, NULL, NULL);
}
