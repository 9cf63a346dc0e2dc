/* SPDX-License-Identifier: ISC */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "chain.h"

struct chain_text
chain_text(const char *text)
{
	return (struct chain_text){ text, text != NULL ? strlen(text) : 0 };
}

void
chain_digest(const void *data, size_t len, uint8_t digest[SHA256_DIGEST_LENGTH])
{
	SHA2_CTX ctx;

	SHA256Init(&ctx);
	SHA256Update(&ctx, data, len);
	SHA256Final(digest, &ctx);
}

static void
field(SHA2_CTX *ctx, const void *data, size_t len)
{
	char head[24];
	int n;

	if (data == NULL) {
		SHA256Update(ctx, (const uint8_t *)"-,", 2);
		return;
	}
	n = snprintf(head, sizeof(head), "%zu:", len);
	SHA256Update(ctx, (const uint8_t *)head, (size_t)n);
	SHA256Update(ctx, data, len);
	SHA256Update(ctx, (const uint8_t *)",", 1);
}

static void
text(SHA2_CTX *ctx, struct chain_text t)
{
	field(ctx, t.data, t.len);
}

static void
number(SHA2_CTX *ctx, int64_t value)
{
	char digits[24];
	int n = snprintf(digits, sizeof(digits), "%" PRId64, value);

	field(ctx, digits, (size_t)n);
}

void
chain_hash(const struct chain_entry *e, uint8_t hash[SHA256_DIGEST_LENGTH])
{
	SHA2_CTX ctx;

	SHA256Init(&ctx);
	number(&ctx, e->seq);
	if (e->case_id != 0)
		number(&ctx, e->case_id);
	else
		field(&ctx, NULL, 0);
	text(&ctx, e->verb);
	number(&ctx, e->happened_at);
	number(&ctx, e->recorded_at);
	text(&ctx, e->actor);
	text(&ctx, e->login);
	number(&ctx, e->uid);
	field(&ctx, e->digest, sizeof(e->digest));
	field(&ctx, e->prev, sizeof(e->prev));
	SHA256Final(hash, &ctx);
}

void
chain_hex(const uint8_t digest[SHA256_DIGEST_LENGTH],
    char hex[SHA256_DIGEST_STRING_LENGTH])
{
	static const char digits[] = "0123456789abcdef";
	size_t i;

	for (i = 0; i < SHA256_DIGEST_LENGTH; i++) {
		hex[2 * i] = digits[digest[i] >> 4];
		hex[2 * i + 1] = digits[digest[i] & 15];
	}
	hex[2 * i] = '\0';
}
