/* SPDX-License-Identifier: ISC */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/mem.h"
#include "publish.h"
#include "tell/document.h"

struct papers {
	struct office	*office;
	struct buf	 html[DOCUMENT_KIND_COUNT];	/* empty: none */
	struct json	 names;
	struct buf	 sealed;
};

struct papers *
papers_open(struct office *o)
{
	struct papers *a = mem_zero(1, sizeof(*a));

	a->office = o;
	if (sodium_init() == -1)
		store_break(office_store(o), "the cipher cannot be used");
	return a;
}

void
papers_close(struct papers *a)
{
	if (a == NULL)
		return;
	for (int i = 0; i < DOCUMENT_KIND_COUNT; i++)
		buf_free(&a->html[i]);
	json_free(&a->names);
	buf_free(&a->sealed);
	free(a);
}

/* On the page there are no prices, so there is no quote: it goes by mail. */
static bool
is_shown(enum document_kind kind)
{
	return document_for_customer(kind) &&
	    strcmp(document_name(kind), "quote") != 0;
}

/* A paper that cannot be made is not on the page; whoever prints it is told
 * why. */
static void
make(struct papers *a, enum document_kind kind, int64_t case_id)
{
	struct document *d = document_open(a->office, kind, DOCUMENT_HTML,
	    NULL);
	struct buf why = { 0 };

	if (document_add(d, case_id, NULL, &why) &&
	    document_write(d, &a->html[kind], &why))
		json_text(&a->names, NULL, document_name(kind));
	document_close(d);
	buf_free(&why);
}

/* Before anything but the intake is done there are none for the customer, and
 * to see that is much less than to look for each. */
static bool
has_begun(struct papers *a, int64_t case_id)
{
	struct query *q = store_query(office_store(a->office), "SELECT 1 "
	    "FROM step WHERE case_id = :case AND state = 'done' AND step NOT "
	    "IN ('assign', 'triage', 'classify') LIMIT 1");

	bind_int(q, ":case", case_id);
	return query_int_or(q, 0) != 0;
}

const char *
papers_read(struct papers *a, int64_t case_id)
{
	uint32_t possible = has_begun(a, case_id) ?
	    document_possible(a->office, case_id) : 0;

	json_clear(&a->names);
	json_array(&a->names, NULL);
	for (enum document_kind k = 0; k < DOCUMENT_KIND_COUNT; k++) {
		buf_clear(&a->html[k]);
		if ((possible & UINT32_C(1) << k) != 0 && is_shown(k))
			make(a, k, case_id);
	}
	json_end_array(&a->names);
	return json_str(&a->names);
}

/* The nonce follows from what is sealed, so that the same paper is sealed the
 * same way each time, and another one otherwise. */
static void
seal(struct papers *a, const uint8_t key[TOKEN_HASH], const struct buf *html)
{
	uint8_t nonce[crypto_secretbox_NONCEBYTES];
	size_t len = html->len + crypto_secretbox_MACBYTES;
	uint8_t *box = mem_alloc(len);

	crypto_generichash(nonce, sizeof(nonce), (const uint8_t *)html->data,
	    html->len, key, TOKEN_HASH);
	crypto_secretbox_easy(box, (const uint8_t *)html->data, html->len,
	    nonce, key);
	buf_clear(&a->sealed);
	buf_add(&a->sealed, nonce, sizeof(nonce));
	buf_add(&a->sealed, box, len);
	free(box);
}

void
papers_write(struct papers *a, const uint8_t token[TOKEN_BYTES],
    struct shard *h)
{
	uint8_t key[TOKEN_HASH], hash[TOKEN_HASH];

	token_key(token, key);
	token_hash(token, hash);
	for (enum document_kind k = 0; k < DOCUMENT_KIND_COUNT; k++) {
		if (a->html[k].len == 0)
			continue;
		seal(a, key, &a->html[k]);
		shard_document(h, hash, document_name(k), &a->sealed);
	}
	explicit_bzero(key, sizeof(key));
}
