/* SPDX-License-Identifier: ISC */
#ifndef BASE_EMBED_H
#define BASE_EMBED_H

#include <stddef.h>

/*
 * A file of the source tree, built in. The Makefile's EMBED lists the folders;
 * the files of lib/store/sql become `const struct embedded store_sql[]`, in the
 * order of their names, ended by a row without a name. The user declares it.
 */
struct embedded {
	const char	*name;	/* without the folder */
	const char	*text;	/* ends with a NUL that is not counted */
	size_t		 len;
};

#endif
