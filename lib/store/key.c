/* SPDX-License-Identifier: ISC */
#include <sha2.h>
#include <string.h>

#include "store/key.h"

static void
fingerprint(const char *request, uint8_t digest[SHA256_DIGEST_LENGTH])
{
	SHA2_CTX ctx;

	SHA256Init(&ctx);
	SHA256Update(&ctx, (const uint8_t *)request, strlen(request));
	SHA256Final(digest, &ctx);
}

int64_t
key_answer(struct store *s, const char *key, const char *request)
{
	uint8_t digest[SHA256_DIGEST_LENGTH];
	struct query *q;
	int64_t answer = 0;
	bool same;

	fingerprint(request, digest);
	q = store_query(s, "SELECT answer, request = :request "
	    "FROM request_key WHERE key = :key");
	bind_text(q, ":key", key);
	bind_blob(q, ":request", digest, sizeof(digest));
	if (!query_row(q))
		return 0;
	answer = query_int(q, 0);
	same = query_int(q, 1) != 0;
	query_done(q);
	if (same)
		return answer;
	store_refuse(s, "the key '%s' was used for another request, "
	    "which made %lld", key, (long long)answer);
	return 0;
}

void
key_keep(struct store *s, const char *key, const char *request, int64_t answer)
{
	uint8_t digest[SHA256_DIGEST_LENGTH];
	struct query *q;

	fingerprint(request, digest);
	q = store_query(s, "INSERT INTO request_key(key, request, answer) "
	    "VALUES (:key, :request, :answer)");
	bind_text(q, ":key", key);
	bind_blob(q, ":request", digest, sizeof(digest));
	bind_int(q, ":answer", answer);
	query_run(q);
}
