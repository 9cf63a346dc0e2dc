/* SPDX-License-Identifier: ISC */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/sort.h"
#include "base/time.h"
#include "journal/audit.h"
#include "publish.h"
#include "service/link.h"
#include "service/report.h"

#define DAY	INT64_C(86400)
#define SORT_MEMORY	(4 << 20)

/* One run. */
struct writing {
	struct publish	*p;
	struct store	*s;
	const struct publish_listener *to;
	struct follow	*follow;
	struct papers	*papers;
	struct sort	*sort;		/* hashes of links, and their cases */
	uint8_t		 secret[TOKEN_SECRET];
	bool		 all;		/* what is not found anew goes */
	int64_t		 total, done;	/* pages */
	int64_t		 now;
};

struct publish *
publish_open(struct office *o, const char *dir)
{
	struct publish *p = mem_zero(1, sizeof(*p));

	p->s = office_store(o);
	p->office = o;
	p->dir = mem_text(dir);
	p->fd = p->pages = p->spool = p->aside = -1;
	if (publish_place(p))
		return p;
	publish_close(p);
	return NULL;
}

void
publish_close(struct publish *p)
{
	const int *fd;

	if (p == NULL)
		return;
	for (size_t i = 0; i < 4; i++) {
		fd = (const int *[]){ &p->pages, &p->spool, &p->aside,
		    &p->fd }[i];
		if (*fd != -1)
			close(*fd);
	}
	for (size_t i = 0; i < p->taken_count; i++)
		free(p->taken[i]);
	free(p->taken);
	free(p->written);
	free(p->dir);
	free(p);
}

/* Notes a link: of a case, or 0 for one that is dead. */
static void
note(struct writing *w, int64_t case_id, int64_t renewed, int64_t leads_to)
{
	uint8_t token[TOKEN_BYTES], hash[TOKEN_HASH];

	token_make(w->secret, case_id, renewed, token);
	token_hash(token, hash);
	sort_add(w->sort, &(struct sort_row){ (const char *)hash,
	    sizeof(hash), (const char *)&leads_to, sizeof(leads_to) });
	w->total++;
}

static void
note_case(struct writing *w, int64_t case_id)
{
	struct query *q = store_query(w->s,
	    "SELECT renewed FROM cases WHERE case_id = :case");
	int64_t renewed;

	bind_int(q, ":case", case_id);
	renewed = query_int_or(q, 0);
	for (int64_t i = 0; i < renewed; i++)
		note(w, case_id, i, 0);
	note(w, case_id, renewed, case_id);
}

static void
note_all(struct writing *w)
{
	struct query *q = store_query(w->s, "SELECT case_id, renewed "
	    "FROM cases WHERE closed_at IS NULL OR closed_at > :dead");

	bind_int(q, ":dead", w->now - link_life(w->s));
	while (query_row(q))
		note(w, query_int(q, 0), query_int(q, 1), query_int(q, 0));
}

/* Cases whose page is another one for the time alone: `span` after closing. */
static void
note_times(struct writing *w, const struct state *last, int64_t span)
{
	struct query *q = store_query(w->s, "SELECT case_id FROM cases "
	    "WHERE closed_at BETWEEN :from AND :to");
	bool forward = last->at <= w->now;

	bind_int(q, ":from", (forward ? last->at : w->now) - span);
	bind_int(q, ":to", (forward ? w->now : last->at) - span);
	while (query_row(q))
		note_case(w, query_int(q, 0));
}

static void
note_changes(struct writing *w, const struct state *last)
{
	/* In their order: the index by case has all of them. */
	struct query *q = store_query(w->s, "SELECT DISTINCT case_id "
	    "FROM event NOT INDEXED WHERE seq > :seq AND case_id IS NOT NULL");

	bind_int(q, ":seq", last->seq);
	while (query_row(q))
		note_case(w, query_int(q, 0));
	if (last->at == w->now)
		return;
	note_times(w, last, link_life(w->s));
	note_times(w, last, REPORT_SURVEY_DAYS * DAY);
}

static void
write_page(struct writing *w, struct shard *h, const uint8_t hash[TOKEN_HASH],
    int64_t case_id)
{
	uint8_t token[TOKEN_BYTES];
	struct follow_page page;
	const char *names;

	shard_drop(h, hash);
	if (!follow_token(w->follow, case_id, token))
		return;
	names = papers_write(w->papers, case_id, token, h);
	if (follow_case(w->follow, case_id, names, &page))
		shard_page(h, hash, &page);
	explicit_bzero(token, sizeof(token));
}

/* Files from the one after `last` up to `next` have no page any more. */
static void
empty(struct writing *w, int last, int next)
{
	while (w->all && ++last < next && store_ok(w->s))
		shard_remove(w->p, last);
}

static int
shard_of(const struct sort_row *row)
{
	const uint8_t *hash = (const uint8_t *)row->key;

	return hash[0] << 4 | hash[1] >> 4;
}

/* One link, once: a case may have changed for several reasons. */
static void
write_link(struct writing *w, struct shard *h, const struct sort_row *row,
    uint8_t before[TOKEN_HASH])
{
	const uint8_t *hash = (const uint8_t *)row->key;
	int64_t case_id;

	if (w->to->progress != NULL)
		w->to->progress(w->to->arg, ++w->done, w->total);
	if (memcmp(before, hash, TOKEN_HASH) == 0)
		return;
	memcpy(before, hash, TOKEN_HASH);
	memcpy(&case_id, row->data, sizeof(case_id));
	if (case_id != 0)
		write_page(w, h, hash, case_id);
	else
		shard_drop(h, hash);
}

static void
write_shards(struct writing *w)
{
	uint8_t before[TOKEN_HASH] = { 0 };
	struct shard *h = NULL;
	struct sort_row row;
	int last = -1;

	sort_rewind(w->sort);
	while (store_ok(w->s) && !w->p->damaged && sort_next(w->sort, &row)) {
		if (h == NULL || shard_of(&row) != last) {
			if (h != NULL && !shard_close(h))
				w->p->damaged = true;
			empty(w, last, shard_of(&row));
			last = shard_of(&row);
			h = shard_open(w->p, last, !w->all);
		}
		write_link(w, h, &row, before);
	}
	if (h != NULL && !shard_close(h))
		w->p->damaged = true;
	shard_name_all(w->p);
	if (!w->p->damaged)
		empty(w, last, PUBLISH_SHARDS);
	if (sort_error(w->sort) != 0)
		store_break(w->s, "a temporary file: %s",
		    strerror(sort_error(w->sort)));
}

/* Is the journal the one that was published, only longer? */
static bool
goes_on(struct writing *w, const struct state *last)
{
	struct query *q = store_query(w->s, "SELECT lower(hex(hash)) "
	    "FROM event WHERE seq = :seq");
	char *hash;
	bool same;

	bind_int(q, ":seq", last->seq);
	hash = query_text_copy(q);
	same = hash != NULL && strcmp(hash, last->hash) == 0;
	free(hash);
	return same;
}

/* Master data that pages and papers are made of. */
static bool
was_loaded(struct writing *w, const struct state *last)
{
	/* In this order: only the payload of a load is parsed. */
	struct query *q = store_query(w->s, "SELECT 1 FROM event NOT INDEXED "
	    "CROSS JOIN event_payload USING (seq) WHERE seq > :seq "
	    "AND verb = 'load' AND payload ->> '$.data.table' IN "
	    "('products', 'customers', 'sites', 'carriers', 'staff', 'causes') "
	    "LIMIT 1");

	bind_int(q, ":seq", last->seq);
	return query_int_or(q, 0) != 0;
}

static void
run(struct writing *w, const struct state *last)
{
	w->sort = sort_open(SORT_MEMORY);
	w->total = w->done = 0;
	if (w->all)
		note_all(w);
	else
		note_changes(w, last);
	if (w->all)
		state_forget(w->p);
	if (w->total > 0 || w->all)
		write_shards(w);
	sort_close(w->sort);
}

/* The page without a page is there from the first time on. */
static void
write_none(struct publish *p)
{
	if (faccessat(p->pages, "none.db", F_OK, 0) == 0)
		return;
	shard_close(shard_open(p, -1, false));
	shard_name_all(p);
}

static void
write_run(struct writing *w, bool all)
{
	struct state last = { 0 }, state = { .at = w->now };
	char *digest = follow_digest(w->follow);
	struct audit_head head;

	audit_head(w->s, &head);
	state.seq = head.seq;
	strlcpy(state.hash, head.hash, sizeof(state.hash));
	strlcpy(state.digest, digest, sizeof(state.digest));
	free(digest);
	w->all = all || w->p->damaged || !state_read(w->p, &last) ||
	    strcmp(last.digest, state.digest) != 0 || !goes_on(w, &last) ||
	    was_loaded(w, &last);
	write_none(w->p);
	w->p->damaged = false;
	run(w, &last);
	if (w->p->damaged) {
		w->p->damaged = false;
		w->all = true;
		run(w, &last);
	}
	if (w->total == 0 && !w->all && last.seq == state.seq)
		return;
	publish_sync(w->p, w->p->pages);
	if (store_ok(w->s))
		state_write(w->p, &state);
}

void
publish_write(struct publish *p, bool all, const struct publish_listener *to)
{
	struct writing w = { .p = p, .s = p->s, .to = to,
	    .now = time_now() };

	if (!link_secret(p->s, w.secret))
		return;
	w.follow = follow_open(p->office, w.now);
	w.papers = papers_open(p->office);
	if (w.follow != NULL)
		write_run(&w, all);
	papers_close(w.papers);
	follow_close(w.follow);
	explicit_bzero(w.secret, sizeof(w.secret));
}
