/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "publish.h"

/* The old file and what is new are both in the order of the hashes, and so is
 * the file that is made of them: small, and the same however it came about. */
struct shard {
	struct publish	*p;
	int		 number;
	struct store	*old, *new;	/* old: NULL if there is none */
	struct query	*row;		/* of old, at a row; or NULL */
	bool		 damaged;	/* old cannot be read */
	int64_t		 count;		/* pages */
	bool		 kept;		/* new gets a name */
};

#define MOST_WRITTEN	256		/* that await their names */

void
shard_name(int number, char name[PUBLISH_NAME])
{
	if (number < 0)
		strlcpy(name, "none.db", PUBLISH_NAME);
	else
		snprintf(name, PUBLISH_NAME, "%03x.db",
		    (unsigned)number % PUBLISH_SHARDS);
}

static char *
path_of(const struct shard *h, bool new)
{
	char name[PUBLISH_NAME];

	shard_name(h->number, name);
	return mem_printf("%s/pages/%s%s%s", h->p->dir, new ? "." : "", name,
	    new ? ".new" : "");
}

static void
next(struct shard *h)
{
	size_t len = TOKEN_HASH;

	if (h->row != NULL && !query_row(h->row))
		h->row = NULL;
	if (h->row != NULL)
		query_blob(h->row, 0, &len);
	if (!store_ok(h->old) || len != TOKEN_HASH)
		h->damaged = true;
	if (h->damaged)
		h->row = NULL;
}

static void
open_old(struct shard *h)
{
	char *path = path_of(h, false);

	if (access(path, F_OK) == 0) {
		h->old = store_open(path, STORE_EXTRACT);
		store_begin(h->old);
		h->row = store_query(h->old, "SELECT hash, expires_at, nonce, "
		    "facts FROM page ORDER BY hash");
		next(h);
	} else if (errno != ENOENT)
		publish_broken(h->p, "pages");
	free(path);
}

struct shard *
shard_open(struct publish *p, int number, bool keep)
{
	struct shard *h = mem_zero(1, sizeof(*h));
	char *path;

	h->p = p;
	h->number = number;
	if (keep)
		open_old(h);
	path = path_of(h, true);
	unlink(path);
	h->new = store_open(path, STORE_EXTRACT_NEW);
	store_begin(h->new);
	free(path);
	return h;
}

static void
add_page(struct shard *h, const void *hash, int64_t expires_at,
    const char *nonce, const char *facts)
{
	struct query *q = store_query(h->new, "INSERT INTO page (hash, "
	    "expires_at, nonce, facts) VALUES (:hash, nullif(:expires, 0), "
	    "nullif(:nonce, ''), :facts)");

	bind_blob(q, ":hash", hash, TOKEN_HASH);
	bind_int(q, ":expires", expires_at);
	bind_text(q, ":nonce", nonce);
	bind_text(q, ":facts", facts);
	query_run(q);
	h->count++;
}

static void
add_document(struct shard *h, const void *hash, const char *name,
    const void *bytes, size_t len)
{
	struct query *q = store_query(h->new, "INSERT INTO document (hash, "
	    "name, bytes) VALUES (:hash, :name, :bytes)");

	bind_blob(q, ":hash", hash, TOKEN_HASH);
	bind_text(q, ":name", name);
	bind_blob(q, ":bytes", bytes, len);
	query_run(q);
}

static const void *
old_hash(const struct shard *h)
{
	size_t len;

	return query_blob(h->row, 0, &len);
}

static void
keep_row(struct shard *h)
{
	struct query *q;
	const void *bytes;
	size_t len;

	add_page(h, old_hash(h), query_int(h->row, 1), query_text(h->row, 2),
	    query_text(h->row, 3));
	q = store_query(h->old, "SELECT name, bytes FROM document "
	    "WHERE hash = :hash ORDER BY name");
	bind_blob(q, ":hash", old_hash(h), TOKEN_HASH);
	while (query_row(q)) {
		bytes = query_blob(q, 1, &len);
		add_document(h, old_hash(h), query_text(q, 0), bytes, len);
	}
	next(h);
}

/* Keeps what comes before the hash and leaves out what it replaces. */
static void
keep_until(struct shard *h, const uint8_t hash[TOKEN_HASH])
{
	int order = -1;

	while (h->row != NULL && order < 0) {
		order = memcmp(old_hash(h), hash, TOKEN_HASH);
		if (order < 0)
			keep_row(h);
	}
	if (order == 0)
		next(h);
}

void
shard_drop(struct shard *h, const uint8_t hash[TOKEN_HASH])
{
	keep_until(h, hash);
}

void
shard_page(struct shard *h, const uint8_t hash[TOKEN_HASH],
    const struct follow_page *page)
{
	add_page(h, hash, page->expires_at, page->nonce, page->facts);
}

void
shard_document(struct shard *h, const uint8_t hash[TOKEN_HASH],
    const char *name, const struct buf *sealed)
{
	add_document(h, hash, name, sealed->data, sealed->len);
}

void
shard_remove(struct publish *p, int number)
{
	char name[PUBLISH_NAME];

	shard_name(number, name);
	if (unlinkat(p->pages, name, 0) == -1 && errno != ENOENT)
		publish_broken(p, name);
}

/* "abc.db" as long as nobody sees it. */
static void
new_name(int number, char new[PUBLISH_NAME + 8])
{
	char name[PUBLISH_NAME];

	shard_name(number, name);
	snprintf(new, PUBLISH_NAME + 8, ".%s.new", name);
}

/* Syncing many files that were written before takes little more than syncing
 * one: it is put off until there are some. */
void
shard_name_all(struct publish *p)
{
	char new[PUBLISH_NAME + 8], name[PUBLISH_NAME];
	bool well = store_ok(p->s);

	for (size_t i = 0; well && i < p->written_count; i++) {
		new_name(p->written[i], new);
		well = publish_settled(p, p->pages, new);
	}
	for (size_t i = 0; i < p->written_count; i++) {
		new_name(p->written[i], new);
		shard_name(p->written[i], name);
		if (well && renameat(p->pages, new, p->pages, name) == -1) {
			publish_broken(p, name);
			well = false;
		}
		if (!well)
			unlinkat(p->pages, new, 0);
	}
	p->written_count = 0;
}

/* The new file is to take the place of the old one; none for no pages. */
static void
replace(struct shard *h)
{
	struct publish *p = h->p;
	char new[PUBLISH_NAME + 8];

	if (h->count == 0 && h->number >= 0) {
		shard_remove(p, h->number);
		return;
	}
	new_name(h->number, new);
	if (!publish_ready(p, p->pages, new))
		return;
	p->written = mem_array(p->written, MOST_WRITTEN,
	    sizeof(*p->written));
	p->written[p->written_count++] = h->number;
	h->kept = true;
	if (p->written_count == MOST_WRITTEN)
		shard_name_all(p);
}

bool
shard_close(struct shard *h)
{
	char *new = path_of(h, true);
	bool damaged;

	while (h->row != NULL && store_ok(h->new))
		keep_row(h);
	damaged = h->damaged;
	if (h->old != NULL)
		store_end(h->old);
	store_close(h->old);
	if (store_end(h->new) != STORE_OK)
		store_break(h->p->s, "%s", store_why(h->new));
	store_close(h->new);
	if (store_ok(h->p->s) && !damaged)
		replace(h);
	if (!h->kept)
		unlink(new);
	free(new);
	free(h);
	return !damaged;
}
