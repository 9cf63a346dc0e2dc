/* SPDX-License-Identifier: ISC */
#include <inttypes.h>
#include <sha2.h>
#include <string.h>

#include "request.h"

static void
digest(struct buf *request, uint8_t out[SHA256_DIGEST_LENGTH])
{
	SHA2_CTX c;

	SHA256Init(&c);
	SHA256Update(&c, (const uint8_t *)buf_str(request), request->len);
	SHA256Final(out, &c);
}

/* What was answered under the key, 0 for nothing, and whether to the same. */
static int64_t
look(struct store *s, const char *key, struct buf *request, bool *same)
{
	uint8_t want[SHA256_DIGEST_LENGTH];
	const void *have;
	struct query *q;
	int64_t answer;
	size_t len;

	*same = false;
	q = store_query(s, "SELECT request, answer FROM request_key "
	    "WHERE key = :key");
	bind_text(q, ":key", key);
	if (!query_row(q))
		return 0;
	digest(request, want);
	have = query_blob(q, 0, &len);
	*same = len == sizeof(want) && memcmp(have, want, len) == 0;
	answer = query_int(q, 1);
	query_done(q);
	return answer;
}

int64_t
request_known(struct store *s, const char *key, struct buf *request)
{
	int64_t answer;
	bool same;

	if (key == NULL)
		return 0;
	answer = look(s, key, request, &same);
	if (answer != 0 && !same)
		store_refuse(s, "key '%s' was used for another request, which "
		    "was answered with %" PRId64, key, answer);
	return answer;
}

bool
request_same(struct store *s, const char *key, struct buf *request)
{
	bool same;

	look(s, key, request, &same);
	return same;
}

void
request_answer(struct store *s, const char *key, struct buf *request,
    int64_t answer)
{
	uint8_t out[SHA256_DIGEST_LENGTH];
	struct query *q;

	if (key == NULL || !store_ok(s))
		return;
	digest(request, out);
	q = store_query(s, "INSERT INTO request_key (key, request, answer) "
	    "VALUES (:key, :request, :answer)");
	bind_text(q, ":key", key);
	bind_blob(q, ":request", out, sizeof(out));
	bind_int(q, ":answer", answer);
	query_run(q);
}
