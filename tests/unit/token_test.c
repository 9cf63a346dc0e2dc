/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "rules/token.h"

static const uint8_t secret[TOKEN_SECRET] = "a secret that nobody must know.";

static void
parse(const char *text, bool good)
{
	uint8_t token[TOKEN_BYTES];

	assert_int_equal(token_parse(text, strlen(text), token), good);
}

static void
every_token_has_one_text(void **state)
{
	uint8_t token[TOKEN_BYTES], again[TOKEN_BYTES];
	char text[TOKEN_TEXT];

	(void)state;
	for (int64_t n = 0; n < 10000; n++) {
		token_make(secret, 1000015, n, token);
		token_format(token, text);
		assert_int_equal(strlen(text), TOKEN_TEXT - 1);
		assert_true(token_parse(text, strlen(text), again));
		assert_memory_equal(token, again, TOKEN_BYTES);
	}
}

/* By `printf '\0\1...\17' | base64`. */
static void
the_text_is_base64url(void **state)
{
	uint8_t token[TOKEN_BYTES];
	char text[TOKEN_TEXT];

	(void)state;
	for (uint8_t i = 0; i < TOKEN_BYTES; i++)
		token[i] = i;
	token_format(token, text);
	assert_string_equal(text, "AAECAwQFBgcICQoLDA0ODw");
	memset(token, 0xff, sizeof(token));
	token_format(token, text);
	assert_string_equal(text, "_____________________w");
	memset(token, 0xfb, sizeof(token));
	token_format(token, text);
	assert_string_equal(text, "-_v7-_v7-_v7-_v7-_v7-w");
}

static void
nothing_else_is_a_token(void **state)
{
	uint8_t token[TOKEN_BYTES];

	(void)state;
	parse("AAECAwQFBgcICQoLDA0ODw", true);
	parse("", false);
	parse("AAECAwQFBgcICQoLDA0OD", false);
	parse("AAECAwQFBgcICQoLDA0ODw=", false);
	parse("AAECAwQFBgcICQoLDA0ODwA", false);
	parse("AAECAwQFBgcICQoLDA0O/w", false);
	parse("AAECAwQFBgcICQoLDA0O+w", false);
	parse("AAECAwQFBgcICQoLDA0 Dw", false);
	/* Bits beyond the last byte would make a second text of it. */
	parse("AAECAwQFBgcICQoLDA0ODx", false);
	parse("AAECAwQFBgcICQoLDA0OD_", false);
	assert_false(token_parse("AAECAwQFBgcICQoLDA0O\0w", 22, token));
}

/* By Python's hashlib, and never to change: links that were sent must go on
 * working. */
static void
links_stay_what_they_are(void **state)
{
	uint8_t token[TOKEN_BYTES], hash[TOKEN_HASH];
	char text[TOKEN_TEXT];

	(void)state;
	token_make(secret, 1000015, 0, token);
	token_format(token, text);
	assert_string_equal(text, "6Ip_OZEbj1mQZxRKK33vSQ");
	token_hash(token, hash);
	assert_int_equal(hash[0], 0x16);
	assert_int_equal(hash[31], 0xdb);
	token_key(token, hash);
	assert_int_equal(hash[0], 0x10);
	assert_int_equal(hash[31], 0x3e);
}

static void
each_part_makes_another_token(void **state)
{
	uint8_t other[TOKEN_SECRET], one[TOKEN_BYTES], two[TOKEN_BYTES];

	(void)state;
	memcpy(other, secret, sizeof(other));
	other[TOKEN_SECRET - 1] ^= 1;
	token_make(secret, 1000015, 0, one);
	token_make(other, 1000015, 0, two);
	assert_memory_not_equal(one, two, TOKEN_BYTES);
	token_make(secret, 1000028, 0, two);
	assert_memory_not_equal(one, two, TOKEN_BYTES);
	token_make(secret, 1000015, 1, two);
	assert_memory_not_equal(one, two, TOKEN_BYTES);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_token_has_one_text),
		cmocka_unit_test(the_text_is_base64url),
		cmocka_unit_test(nothing_else_is_a_token),
		cmocka_unit_test(links_stay_what_they_are),
		cmocka_unit_test(each_part_makes_another_token),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
