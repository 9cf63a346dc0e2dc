/* SPDX-License-Identifier: ISC */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "extract.h"
#include "facts.h"
#include "render.h"
#include "reply.h"
#include "survey.h"

static void
plain(struct reply *reply, int status, enum word title, enum word hint)
{
	reply->status = status;
	render_plain(&reply->body, reply->language, title, hint);
}

void
reply_unavailable(struct reply *reply, const struct request *r)
{
	reply->language = r->language;
	buf_clear(&reply->body);
	plain(reply, 503, WORD_UNAVAILABLE, WORD_UNAVAILABLE_HINT);
}

static void
refuse(struct reply *reply, int status, const char *allow)
{
	reply->allow = allow;
	plain(reply, status, WORD_REFUSED, WORD_REFUSED_HINT);
}

/* The page, in the language of the case. */
static void
put_page(struct reply *reply, struct page *p)
{
	p->out = &reply->body;
	p->language = reply->language = p->facts->language;
	render_page(p);
}

static void
show(struct reply *reply, const char *folder, struct page *p)
{
	reply->status = 200;
	if (p->found->nonce[0] == '\0')
		p->survey = RENDER_NO_SURVEY;
	else
		p->survey = survey_answered(folder, p->found) ? RENDER_THANK :
		    RENDER_ASK;
	put_page(reply, p);
}

static bool
is_open(const struct found *f, const struct survey *v)
{
	return f->nonce[0] != '\0' &&
	    sodium_memcmp(f->nonce, v->nonce, NONCE_DIGITS) == 0;
}

/* Answered with a page of its own when it is not taken, else with the way to
 * the page, so that going back and forth does not send it again. */
static bool
answer(struct reply *reply, const struct request *r, const struct wanted *w,
    struct page *p, const struct survey *v, struct buf *why)
{
	reply->status = 409;
	if (!is_open(p->found, v))
		p->survey = RENDER_SHUT;
	else if (survey_answered(r->folder, p->found))
		p->survey = RENDER_SECOND;
	else if (v->degree == 0 || !v->readable || !v->fits) {
		reply->status = 422;
		p->survey = RENDER_ASK;
		p->given = v;
	} else switch (survey_keep(r->folder, w, p->found, v,
	    p->facts->language, p->now, why)) {
	case SURVEY_KEPT:
		reply->status = 303;
		p->survey = RENDER_THANK;
		strlcpy(reply->location, p->token, sizeof(reply->location));
		strlcat(reply->location, "#survey", sizeof(reply->location));
		break;
	case SURVEY_SECOND:
		p->survey = RENDER_SECOND;
		break;
	case SURVEY_FAILED:
		return false;
	}
	put_page(reply, p);
	return true;
}

/* Of a link that is alive. */
static bool
tell(struct reply *reply, const struct request *r, const struct wanted *w,
    struct found *f, const struct survey *v, int64_t now, struct buf *why)
{
	char token[TOKEN_TEXT];
	struct facts facts;
	struct page p = { .facts = &facts, .found = f, .now = now,
	    .token = token };
	bool done = facts_read(&facts, buf_str(&f->facts));

	token_format(w->token, token);
	if (!done)
		buf_printf(why, "%s: a page was published that is not "
		    "understood", r->folder);
	else if (v != NULL)
		done = answer(reply, r, w, &p, v, why);
	else
		show(reply, r->folder, &p);
	facts_free(&facts);
	return done;
}

/* Whatever is wrong with a link, it is looked for and answered alike. */
static void
look(struct reply *reply, const struct request *r, const struct wanted *w,
    const struct survey *v, int64_t now, struct buf *why)
{
	struct found f;

	if (!extract_look(r->folder, w, now, &f, why))
		reply_unavailable(reply, r);
	else if (!f.page || (*w->document != '\0' && !f.document))
		plain(reply, 404, WORD_NOT_FOUND, WORD_NOT_FOUND_HINT);
	else if (f.document) {
		reply->status = 200;
		strlcpy(reply->document, w->document, sizeof(reply->document));
		buf_add(&reply->body, buf_str(&f.bytes), f.bytes.len);
	} else if (!tell(reply, r, w, &f, v, now, why))
		reply_unavailable(reply, r);
	found_free(&f);
}

static void
post(struct reply *reply, const struct request *r, const struct wanted *w,
    int64_t now, struct buf *why)
{
	struct survey v = { 0 };
	char *body = NULL;
	size_t len;

	if (*w->document != '\0')
		refuse(reply, 405, "GET, HEAD");
	else if (!request_is_form(r))
		refuse(reply, 415, NULL);
	else switch (request_read(r, SURVEY_BODY, &body, &len)) {
	case REQUEST_READ:
		if (survey_parse(&v, body, len))
			look(reply, r, w, &v, now, why);
		else
			refuse(reply, 400, NULL);
		break;
	case REQUEST_NO_LENGTH:
		refuse(reply, 411, NULL);
		break;
	case REQUEST_TOO_LONG:
		refuse(reply, 413, NULL);
		break;
	case REQUEST_SHORT:
		refuse(reply, 400, NULL);
		break;
	}
	survey_free(&v);
	free(body);
}

void
reply_make(struct reply *reply, const struct request *r, int64_t now,
    struct buf *why)
{
	struct wanted w;

	reply->language = r->language;
	wanted_parse(&w, r->path);
	switch (r->method) {
	case METHOD_GET:
	case METHOD_HEAD:
		look(reply, r, &w, NULL, now, why);
		break;
	case METHOD_POST:
		post(reply, r, &w, now, why);
		break;
	case METHOD_OTHER:
		refuse(reply, 405, "GET, HEAD, POST");
		break;
	}
}

void
reply_free(struct reply *reply)
{
	buf_free(&reply->body);
}
