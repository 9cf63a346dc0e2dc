/* SPDX-License-Identifier: ISC */
#ifndef SERVICE_TARGET_H
#define SERVICE_TARGET_H

#include <stddef.h>
#include <stdint.h>

/* What an act is about, as the person wrote it: a case, and items of it. */
struct target_item {
	int		 item;		/* 0: the bare number, and alone */
	const char	*unit;		/* REF:SERIAL beside it, or NULL */
};

struct target {
	int64_t		 case_id;
	const struct target_item *items;	/* ascending, no doubles */
	size_t		 count;
};

#endif
