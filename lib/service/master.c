/* SPDX-License-Identifier: ISC */
#include "service/master.h"

bool
master_has(struct store *s, enum master table, const char *code)
{
	static const char *const questions[MASTER_COUNT] = {
		[MASTER_SITES] = "SELECT 1 FROM sites WHERE code = :code",
		[MASTER_CUSTOMERS] = "SELECT 1 FROM customers WHERE code = :code",
		[MASTER_CARRIERS] = "SELECT 1 FROM carriers WHERE code = :code",
		[MASTER_PRODUCTS] = "SELECT 1 FROM products WHERE reference = :code",
		[MASTER_STAFF] = "SELECT 1 FROM staff WHERE code = :code",
		[MASTER_CAUSES] = "SELECT 1 FROM causes WHERE code = :code",
	};
	struct query *q = store_query(s, questions[table]);

	bind_text(q, ":code", code);
	return query_int_or(q, 0) != 0;
}

static bool
is_empty(struct store *s, enum master table)
{
	static const char *const questions[MASTER_COUNT] = {
		[MASTER_SITES] = "SELECT 1 FROM sites LIMIT 1",
		[MASTER_CUSTOMERS] = "SELECT 1 FROM customers LIMIT 1",
		[MASTER_CARRIERS] = "SELECT 1 FROM carriers LIMIT 1",
		[MASTER_PRODUCTS] = "SELECT 1 FROM products LIMIT 1",
		[MASTER_STAFF] = "SELECT 1 FROM staff LIMIT 1",
		[MASTER_CAUSES] = "SELECT 1 FROM causes LIMIT 1",
	};

	return query_int_or(store_query(s, questions[table]), 0) == 0;
}

static void
refuse(struct store *s, enum master table, const char *code)
{
	switch (table) {
	case MASTER_SITES:
		store_refuse(s, "no site '%s' is known; case-load sites adds "
		    "one", code);
		break;
	case MASTER_CUSTOMERS:
		store_refuse(s, "no customer '%s' is known; case-load "
		    "customers adds him", code);
		break;
	case MASTER_CARRIERS:
		store_refuse(s, "no carrier '%s' is known; case-load carriers "
		    "adds one", code);
		break;
	case MASTER_PRODUCTS:
		store_refuse(s, "no product '%s' is known; case-load products "
		    "adds it", code);
		break;
	case MASTER_STAFF:
		store_refuse(s, "no staff member '%s' is known; case-load "
		    "staff adds one", code);
		break;
	case MASTER_CAUSES:
		store_refuse(s, "no cause '%s' is known; case-load causes adds "
		    "one", code);
		break;
	case MASTER_COUNT:
		break;
	}
}

bool
master_require(struct store *s, enum master table, const char *code)
{
	bool has = master_has(s, table, code);

	if (!has)
		refuse(s, table, code);
	return has;
}

bool
master_require_if_any(struct store *s, enum master table, const char *code)
{
	if (master_has(s, table, code) || is_empty(s, table))
		return true;
	refuse(s, table, code);
	return false;
}
