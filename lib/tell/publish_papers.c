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
	uint32_t	 kinds;		/* that are shown: 1 << kind */
	struct json	 names;
	struct buf	 sealed;
};

/* Those of one page. */
struct writing {
	struct papers	*papers;
	struct shard	*shard;
	uint8_t		 key[TOKEN_HASH], hash[TOKEN_HASH];
};

/* On the page there are no prices, so there is no quote: it goes by mail. */
static bool
is_shown(enum document_kind kind)
{
	return document_for_customer(kind) &&
	    strcmp(document_name(kind), "quote") != 0;
}

struct papers *
papers_open(struct office *o)
{
	struct papers *a = mem_zero(1, sizeof(*a));

	a->office = o;
	for (enum document_kind k = 0; k < DOCUMENT_KIND_COUNT; k++)
		if (is_shown(k))
			a->kinds |= UINT32_C(1) << k;
	if (sodium_init() == -1)
		store_break(office_store(o), "the cipher cannot be used");
	return a;
}

void
papers_close(struct papers *a)
{
	if (a == NULL)
		return;
	json_free(&a->names);
	buf_free(&a->sealed);
	free(a);
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

/* The nonce follows from what is sealed, so that the same paper is sealed the
 * same way each time, and another one otherwise. */
static void
seal(struct buf *sealed, const uint8_t key[TOKEN_HASH], const struct buf *page)
{
	static const uint8_t room[crypto_secretbox_MACBYTES];
	uint8_t nonce[crypto_secretbox_NONCEBYTES], *box;

	crypto_generichash(nonce, sizeof(nonce), (const uint8_t *)page->data,
	    page->len, key, TOKEN_HASH);
	buf_clear(sealed);
	buf_add(sealed, nonce, sizeof(nonce));
	buf_add(sealed, page->data, page->len);
	buf_add(sealed, room, sizeof(room));
	/* In its place: it may be large. */
	box = (uint8_t *)sealed->data + sizeof(nonce);
	crypto_secretbox_easy(box, box, page->len, nonce, key);
}

static void
write_paper(void *arg, enum document_kind kind, const struct buf *page)
{
	struct writing *w = arg;
	struct papers *a = w->papers;

	seal(&a->sealed, w->key, page);
	shard_document(w->shard, w->hash, document_name(kind), &a->sealed);
	json_text(&a->names, NULL, document_name(kind));
}

/* A paper that cannot be made is not on the page; whoever prints it is told
 * why. */
const char *
papers_write(struct papers *a, int64_t case_id,
    const uint8_t token[TOKEN_BYTES], struct shard *h)
{
	struct writing w = { .papers = a, .shard = h };

	token_key(token, w.key);
	token_hash(token, w.hash);
	json_clear(&a->names);
	json_array(&a->names, NULL);
	if (has_begun(a, case_id))
		document_each(a->office, case_id, a->kinds, write_paper, &w);
	json_end_array(&a->names);
	explicit_bzero(w.key, sizeof(w.key));
	return json_str(&a->names);
}
