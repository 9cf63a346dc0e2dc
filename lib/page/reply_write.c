/* SPDX-License-Identifier: ISC */
#include <sodium.h>

#include "render.h"
#include "reply.h"

static const struct {
	int		 status;
	const char	*words;
} reasons[] = {
	{ 200, "OK" },
	{ 303, "See Other" },
	{ 400, "Bad Request" },
	{ 404, "Not Found" },
	{ 405, "Method Not Allowed" },
	{ 409, "Conflict" },
	{ 411, "Length Required" },
	{ 413, "Content Too Large" },
	{ 415, "Unsupported Media Type" },
	{ 422, "Unprocessable Content" },
	{ 503, "Service Unavailable" },
};

static const char *
reason(int status)
{
	size_t i;

	for (i = 0; reasons[i].status != status; i++)
		;
	return reasons[i].words;
}

/* A page may use the style that is in it, which its hash names, and send its
 * form here. A document brings its own style and pictures, and does nothing. */
static void
put_policy(const struct reply *reply, struct buf *out)
{
	unsigned char hash[crypto_hash_sha256_BYTES];
	char text[sodium_base64_ENCODED_LEN(sizeof(hash),
	    sodium_base64_VARIANT_ORIGINAL)];
	const char *style;
	size_t len;

	buf_text(out, "Content-Security-Policy: default-src 'none'; "
	    "base-uri 'none'; frame-ancestors 'none'; ");
	if (*reply->document != '\0') {
		buf_text(out, "form-action 'none'; sandbox; img-src data:; "
		    "style-src 'unsafe-inline'\n");
		return;
	}
	style = render_style(&len);
	crypto_hash_sha256(hash, (const unsigned char *)style, len);
	sodium_bin2base64(text, sizeof(text), hash, sizeof(hash),
	    sodium_base64_VARIANT_ORIGINAL);
	buf_printf(out, "form-action 'self'; style-src 'sha256-%s'\n", text);
}

void
reply_write(const struct reply *reply, const struct request *r,
    struct buf *out)
{
	buf_printf(out, "Status: %d %s\n", reply->status,
	    reason(reply->status));
	buf_printf(out, "Content-Type: text/html; charset=UTF-8\n"
	    "Content-Length: %zu\n", reply->body.len);
	if (*reply->document != '\0')
		buf_printf(out, "Content-Disposition: inline; "
		    "filename=\"%s.html\"\n", reply->document);
	else
		buf_printf(out, "Content-Language: %s\n",
		    word(WORD_LANGUAGE, reply->language));
	if (*reply->location != '\0')
		buf_printf(out, "Location: %s\n", reply->location);
	if (reply->allow != NULL)
		buf_printf(out, "Allow: %s\n", reply->allow);
	put_policy(reply, out);
	buf_text(out, "Referrer-Policy: no-referrer\n"
	    "Cache-Control: no-store\n"
	    "X-Robots-Tag: noindex, nofollow, noarchive\n"
	    "X-Content-Type-Options: nosniff\n"
	    "Cross-Origin-Opener-Policy: same-origin\n"
	    "Cross-Origin-Resource-Policy: same-origin\n"
	    "\n");
	if (r->method != METHOD_HEAD)
		buf_add(out, reply->body.data, reply->body.len);
}
