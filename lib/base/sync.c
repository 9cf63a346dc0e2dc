/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <unistd.h>

#include "base/sync.h"

bool
sync_names(int directory)
{
	return fsync(directory) == 0 || errno == EINVAL;
}
