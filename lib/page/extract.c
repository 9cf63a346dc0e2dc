/* SPDX-License-Identifier: ISC */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "extract.h"
#include "store/store.h"

static bool
document_name(const char *text, char *name, size_t size)
{
	size_t len = strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-");

	if (len == 0 || text[len] != '\0' || len >= size)
		return false;
	memcpy(name, text, len + 1);
	return true;
}

void
wanted_parse(struct wanted *w, const char *path)
{
	size_t len;

	*w = (struct wanted){ .formed = *path == '/' };
	path += *path == '/';
	len = strcspn(path, "/");
	w->formed = token_parse(path, len, w->token) && w->formed;
	if (path[len] == '/')
		w->formed = document_name(path + len + 1, w->document,
		    sizeof(w->document)) && w->formed;
	token_hash(w->token, w->hash);
}

/* The file that has the hash, or would have it. With its last page it goes, at
 * any moment. */
static struct store *
open_shard(const char *folder, const struct wanted *w)
{
	char *path = mem_printf("%s/pages/%02x%x.db", folder, w->hash[0],
	    w->hash[1] >> 4);
	char *none = mem_printf("%s/pages/none.db", folder);
	struct store *s;

	s = store_open(access(path, F_OK) == 0 ? path : none, STORE_EXTRACT);
	if (!store_ok(s) && access(path, F_OK) == -1) {
		store_close(s);
		s = store_open(none, STORE_EXTRACT);
	}
	free(none);
	free(path);
	return s;
}

static void
find_page(struct store *s, const struct wanted *w, int64_t now,
    struct found *f)
{
	struct query *q = store_query(s, "SELECT facts, expires_at, nonce "
	    "FROM page WHERE hash = :hash AND :formed AND "
	    "ifnull(expires_at > :now, 1)");
	const char *nonce;

	bind_blob(q, ":hash", w->hash, sizeof(w->hash));
	bind_int(q, ":formed", w->formed);
	bind_int(q, ":now", now);
	if (!query_row(q))
		return;
	f->page = true;
	buf_text(&f->facts, query_text(q, 0));
	f->expires_at = query_int(q, 1);
	nonce = query_text(q, 2);
	/* It becomes the name of a file. */
	if (nonce != NULL && strlen(nonce) == NONCE_DIGITS &&
	    strspn(nonce, "0123456789abcdef") == NONCE_DIGITS)
		memcpy(f->nonce, nonce, sizeof(f->nonce));
	query_done(q);
}

/* False when it was sealed with another key, or changed. */
static bool
unseal(const struct wanted *w, const unsigned char *sealed, size_t len,
    struct buf *bytes)
{
	unsigned char key[TOKEN_HASH], *plain;
	size_t overhead = crypto_secretbox_NONCEBYTES +
	    crypto_secretbox_MACBYTES;
	bool whole;

	if (len < overhead || sodium_init() == -1)
		return false;
	token_key(w->token, key);
	plain = mem_alloc(len - overhead);
	whole = crypto_secretbox_open_easy(plain,
	    sealed + crypto_secretbox_NONCEBYTES,
	    len - crypto_secretbox_NONCEBYTES, sealed, key) == 0;
	if (whole)
		buf_add(bytes, plain, len - overhead);
	sodium_memzero(key, sizeof(key));
	free(plain);
	return whole;
}

static void
find_document(struct store *s, const struct wanted *w, struct found *f)
{
	struct query *q = store_query(s, "SELECT bytes FROM document "
	    "WHERE hash = :hash AND name = :name");
	const void *sealed;
	size_t len;

	bind_blob(q, ":hash", w->hash, sizeof(w->hash));
	bind_text(q, ":name", w->document);
	if (!query_row(q))
		return;
	sealed = query_blob(q, 0, &len);
	if (f->page && !(f->document = unseal(w, sealed, len, &f->bytes)))
		store_break(s, "%s: a document cannot be unsealed",
		    store_path(s));
	query_done(q);
}

bool
extract_look(const char *folder, const struct wanted *w, int64_t now,
    struct found *f, struct buf *why)
{
	struct store *s = open_shard(folder, w);
	bool done;

	*f = (struct found){ 0 };
	find_page(s, w, now, f);
	if (*w->document != '\0')
		find_document(s, w, f);
	if (!(done = store_ok(s)))
		buf_text(why, store_why(s));
	store_close(s);
	return done;
}

void
found_free(struct found *f)
{
	buf_free(&f->facts);
	buf_free(&f->bytes);
}
