/* SPDX-License-Identifier: ISC */
#ifndef RULES_TOKEN_H
#define RULES_TOKEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What lets a customer look at the page of his case, and nobody else: 16 bytes
 * that nobody can guess. They follow from a secret of the file, so that they
 * need not be kept; what leaves the file is a hash of them, from which they do
 * not follow.
 */
#define TOKEN_SECRET	32
#define TOKEN_BYTES	16
#define TOKEN_TEXT	23	/* base64url without padding, with its NUL */
#define TOKEN_HASH	32	/* also the size of a key */

/* `renewed` says how often the case was given a new one. */
void	 token_make(const uint8_t secret[TOKEN_SECRET], int64_t case_id,
	    int64_t renewed, uint8_t token[TOKEN_BYTES]);

/* The same for the form of a survey, by its step; good once. */
void	 token_form(const uint8_t secret[TOKEN_SECRET], int64_t case_id,
	    int64_t step_id, uint8_t nonce[TOKEN_BYTES]);

void	 token_format(const uint8_t token[TOKEN_BYTES], char text[TOKEN_TEXT]);
/* False unless the text is what token_format() gives for some token. */
bool	 token_parse(const char *text, size_t len, uint8_t token[TOKEN_BYTES]);

/* Under what the page is found. */
void	 token_hash(const uint8_t token[TOKEN_BYTES],
	    uint8_t hash[TOKEN_HASH]);
/* What its documents are sealed with. */
void	 token_key(const uint8_t token[TOKEN_BYTES], uint8_t key[TOKEN_HASH]);

#endif
