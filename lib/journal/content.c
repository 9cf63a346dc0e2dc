/* SPDX-License-Identifier: ISC */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "journal/content.h"

#include "chain.h"

static void
hex_digest(const void *data, size_t len, char hex[CONTENT_DIGEST])
{
	uint8_t digest[SHA256_DIGEST_LENGTH];

	chain_digest(data, len, digest);
	chain_hex(digest, hex);
}

void
content_put(struct store *s, const void *data, size_t len,
    char digest[CONTENT_DIGEST])
{
	struct query *q;

	hex_digest(data, len, digest);
	q = store_query(s, "SELECT 1 FROM content WHERE digest = :digest");
	bind_text(q, ":digest", digest);
	if (query_int_or(q, 0) != 0)
		return;
	q = store_query(s, "INSERT INTO content(digest, bytes) "
	    "VALUES (:digest, :bytes)");
	bind_text(q, ":digest", digest);
	bind_lent_blob(q, ":bytes", data, len);
	query_run(q);
}

void *
content_get(struct store *s, const char *digest, size_t *len)
{
	struct query *q = store_query(s,
	    "SELECT bytes FROM content WHERE digest = :digest");
	char found[CONTENT_DIGEST];
	const void *data;
	void *copy;

	*len = 0;
	bind_text(q, ":digest", digest);
	if (!query_row(q)) {
		store_refuse(s, "there is no content %s", digest);
		return NULL;
	}
	data = query_blob(q, 0, len);
	hex_digest(data, *len, found);
	copy = mem_alloc(*len);
	if (*len > 0)
		memcpy(copy, data, *len);
	query_done(q);
	if (strcmp(found, digest) == 0)
		return copy;
	store_break(s, "content %s is not what it was", digest);
	free(copy);
	return NULL;
}
