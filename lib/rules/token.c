/* SPDX-License-Identifier: ISC */
#include <sha2.h>
#include <string.h>

#include "rules/token.h"

static const char alphabet[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

static void
number(SHA2_CTX *ctx, int64_t value)
{
	uint8_t bytes[8];

	for (int i = 0; i < 8; i++)
		bytes[i] = (uint8_t)((uint64_t)value >> (56 - 8 * i));
	SHA256Update(ctx, bytes, sizeof(bytes));
}

/* Hashes for different ends begin differently. */
static void
begin(SHA2_CTX *ctx, const char *end)
{
	SHA256Init(ctx);
	SHA256Update(ctx, (const uint8_t *)end, strlen(end));
}

static void
derive(const char *end, const uint8_t secret[TOKEN_SECRET],
    const int64_t of[2], uint8_t out[TOKEN_BYTES])
{
	uint8_t digest[SHA256_DIGEST_LENGTH];
	SHA2_CTX ctx;

	begin(&ctx, end);
	SHA256Update(&ctx, secret, TOKEN_SECRET);
	number(&ctx, of[0]);
	number(&ctx, of[1]);
	SHA256Final(digest, &ctx);
	memcpy(out, digest, TOKEN_BYTES);
}

void
token_make(const uint8_t secret[TOKEN_SECRET], int64_t case_id,
    int64_t renewed, uint8_t token[TOKEN_BYTES])
{
	derive("case link", secret, (int64_t[]){ case_id, renewed }, token);
}

void
token_form(const uint8_t secret[TOKEN_SECRET], int64_t case_id,
    int64_t step_id, uint8_t nonce[TOKEN_BYTES])
{
	derive("case survey", secret, (int64_t[]){ case_id, step_id }, nonce);
}

void
token_hash(const uint8_t token[TOKEN_BYTES], uint8_t hash[TOKEN_HASH])
{
	SHA2_CTX ctx;

	begin(&ctx, "");
	SHA256Update(&ctx, token, TOKEN_BYTES);
	SHA256Final(hash, &ctx);
}

void
token_key(const uint8_t token[TOKEN_BYTES], uint8_t key[TOKEN_HASH])
{
	SHA2_CTX ctx;

	begin(&ctx, "case document");
	SHA256Update(&ctx, token, TOKEN_BYTES);
	SHA256Final(key, &ctx);
}

/* Three bytes are four letters; the last one alone is two. */
void
token_format(const uint8_t token[TOKEN_BYTES], char text[TOKEN_TEXT])
{
	uint32_t bits = 0;
	int have = 0;

	for (int i = 0; i < TOKEN_BYTES; i++) {
		bits = bits << 8 | token[i];
		for (have += 8; have >= 6; have -= 6)
			*text++ = alphabet[bits >> (have - 6) & 63];
	}
	*text++ = alphabet[bits << (6 - have) & 63];
	*text = '\0';
}

bool
token_parse(const char *text, size_t len, uint8_t token[TOKEN_BYTES])
{
	const char *letter;
	uint32_t bits = 0;
	int have = 0, n = 0;

	if (len != TOKEN_TEXT - 1)
		return false;
	for (size_t i = 0; i < len; i++) {
		letter = text[i] != '\0' ? strchr(alphabet, text[i]) : NULL;
		if (letter == NULL)
			return false;
		bits = bits << 6 | (uint32_t)(letter - alphabet);
		have += 6;
		if (have >= 8 && n < TOKEN_BYTES)
			token[n++] = (uint8_t)(bits >> (have -= 8));
	}
	/* Bits that stand for nothing are zero: one text for each token. */
	return (bits & 15) == 0;
}
