/* SPDX-License-Identifier: ISC */
#ifndef SERVICE_MASTER_H
#define SERVICE_MASTER_H

#include <stdbool.h>

#include "store/store.h"

/* Master data as acts name it: by code, a product by its reference. */
enum master {
	MASTER_SITES, MASTER_CUSTOMERS, MASTER_CARRIERS, MASTER_PRODUCTS,
	MASTER_STAFF, MASTER_CAUSES,
	MASTER_COUNT
};

/* Is there such a one? */
bool	 master_has(struct store *s, enum master table, const char *code);
/* The same; refuses when there is none. */
bool	 master_require(struct store *s, enum master table, const char *code);
/* The same, but any will do for a service that keeps no such table. */
bool	 master_require_if_any(struct store *s, enum master table,
	    const char *code);

#endif
