/* SPDX-License-Identifier: ISC */
#ifndef JOURNAL_CHAIN_H
#define JOURNAL_CHAIN_H

#include <sha2.h>
#include <stddef.h>
#include <stdint.h>

/* Text or bytes with their length, so that a NUL inside does not end them. */
struct chain_text {
	const void	*data;		/* NULL: absent */
	size_t		 len;
};

/* An entry as its hash covers it. */
struct chain_entry {
	int64_t			 seq;
	int64_t			 case_id;	/* 0: none */
	struct chain_text	 verb;
	int64_t			 happened_at;
	int64_t			 recorded_at;
	struct chain_text	 actor;
	struct chain_text	 login;
	int64_t			 uid;
	uint8_t			 digest[SHA256_DIGEST_LENGTH];
	uint8_t			 prev[SHA256_DIGEST_LENGTH];
};

struct chain_text chain_text(const char *text);
void	 chain_digest(const void *data, size_t len,
	    uint8_t digest[SHA256_DIGEST_LENGTH]);

/* SHA-256 over the fields in their order, each as "LENGTH:BYTES,", a number in
 * decimal, an absent one as "-,": no two entries read the same. */
void	 chain_hash(const struct chain_entry *e,
	    uint8_t hash[SHA256_DIGEST_LENGTH]);

/* Lower-case hexadecimal with its NUL. */
void	 chain_hex(const uint8_t digest[SHA256_DIGEST_LENGTH],
	    char hex[SHA256_DIGEST_STRING_LENGTH]);

#endif
