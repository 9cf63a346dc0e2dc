/* SPDX-License-Identifier: ISC */
#ifndef PAGE_FENCE_H
#define PAGE_FENCE_H

/* Bounds what this process can use and reach from here on: the extract in
 * `folder` to read, its spool to write, the zone database. What the kernel
 * cannot do is left out. */
void	 fence(const char *folder);

#endif
