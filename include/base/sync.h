/* SPDX-License-Identifier: ISC */
#ifndef BASE_SYNC_H
#define BASE_SYNC_H

#include <stdbool.h>

/* The names in an open directory reach the disk; false and errno if not. Some
 * file systems do not know how, and need not. */
bool	 sync_names(int directory);

#endif
