/* SPDX-License-Identifier: ISC */
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

int64_t
request_known(struct store *s, const char *key, struct buf *request)
{
	uint8_t want[SHA256_DIGEST_LENGTH];
	const void *have;
	struct query *q;
	int64_t answer;
	size_t len;

	if (key == NULL)
		return 0;
	q = store_query(s, "SELECT request, answer FROM request_key "
	    "WHERE key = :key");
	bind_text(q, ":key", key);
	if (!query_row(q))
		return 0;
	digest(request, want);
	have = query_blob(q, 0, &len);
	answer = query_int(q, 1);
	if (len != sizeof(want) || memcmp(have, want, len) != 0)
		store_refuse(s, "key '%s' was used for another request, which "
		    "was answered with %lld", key, (long long)answer);
	query_done(q);
	return answer;
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
