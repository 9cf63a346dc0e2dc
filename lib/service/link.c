/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "base/mem.h"
#include "base/time.h"
#include "service/link.h"
#include "service/office.h"
#include "service/setting.h"

#define DAY		INT64_C(86400)

/* What a link is made of, as the file has it. */
struct made_of {
	int64_t	 renewed;
	int64_t	 ends_at;	/* 0: the case is open */
};

bool
link_secret(struct store *s, uint8_t secret[TOKEN_SECRET])
{
	struct query *q = store_query(s, "SELECT secret FROM secret");
	const void *found;
	size_t len = 0;

	if (query_row(q)) {
		found = query_blob(q, 0, &len);
		if (len == TOKEN_SECRET)
			memcpy(secret, found, len);
		query_done(q);
	}
	if (len != TOKEN_SECRET)
		store_break(s, "%s: has lost the secret of its links",
		    store_path(s));
	return store_ok(s);
}

int64_t
link_life(struct store *s)
{
	return setting_number(s, "web.days", 0) * DAY;
}

static bool
find(struct store *s, int64_t case_id, struct made_of *of)
{
	struct query *q = store_query(s, "SELECT renewed, closed_at FROM cases "
	    "WHERE case_id = :case");
	int64_t closed_at;

	bind_int(q, ":case", case_id);
	if (!query_row(q))
		return false;
	of->renewed = query_int(q, 0);
	closed_at = query_int(q, 1);
	query_done(q);
	of->ends_at = closed_at != 0 ? closed_at + link_life(s) : 0;
	return store_ok(s);
}

static char *
address(struct store *s, int64_t case_id, const struct made_of *of)
{
	const char *url = setting_get(s, "web.url");
	uint8_t secret[TOKEN_SECRET], token[TOKEN_BYTES];
	char text[TOKEN_TEXT], *whole = NULL;

	if (url != NULL && link_secret(s, secret)) {
		token_make(secret, case_id, of->renewed, token);
		token_format(token, text);
		whole = mem_printf("%s/%s", url, text);
		explicit_bzero(secret, sizeof(secret));
	}
	return whole;
}

char *
link_address(struct store *s, int64_t case_id, int64_t now)
{
	struct made_of of;

	if (!find(s, case_id, &of) || (of.ends_at != 0 && of.ends_at <= now))
		return NULL;
	return address(s, case_id, &of);
}

/* Says when it was, by the clock of the desk. */
static void
refuse_dead(struct store *s, int64_t ended_at)
{
	struct office *o = office_open(s);
	char when[40];

	store_refuse(s, "its link died on %s; case-config web.days says how "
	    "long after closing", time_format(ended_at, office_zone(o), when));
	office_close(o);
}

char *
link_require(struct store *s, int64_t case_id, int64_t now)
{
	struct made_of of;

	if (!find(s, case_id, &of))
		store_refuse(s, "no such case");
	else if (setting_get(s, "web.url") == NULL)
		store_refuse(s, "the customer's page has no address; "
		    "case-config web.url https://... sets it");
	else if (of.ends_at != 0 && of.ends_at <= now)
		refuse_dead(s, of.ends_at);
	return store_ok(s) ? address(s, case_id, &of) : NULL;
}
