/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/mem.h"
#include "request.h"

#define VALUE_MAX	4096	/* bytes of a variable; longer is malformed */
#define FORM		"application/x-www-form-urlencoded"

static char *
value(const char *name)
{
	const char *text = getenv(name);

	if (text == NULL || strnlen(text, VALUE_MAX) == VALUE_MAX)
		text = "";
	return mem_text(text);
}

static enum method
method(const char *name)
{
	static const char *const names[] = {
		[METHOD_GET] = "GET", [METHOD_HEAD] = "HEAD",
		[METHOD_POST] = "POST"
	};
	int i;

	for (i = 0; i < METHOD_OTHER && strcmp(names[i], name) != 0; i++)
		;
	return (enum method)i;
}

void
request_take(struct request *r)
{
	char *name = value("REQUEST_METHOD");
	char *accepted = value("HTTP_ACCEPT_LANGUAGE");

	*r = (struct request){
		.method = method(name),
		.path = value("PATH_INFO"),
		.type = value("CONTENT_TYPE"),
		.length = value("CONTENT_LENGTH"),
		.folder = value("CASE_PUBLISHED"),
		.language = word_language(accepted),
	};
	free(accepted);
	free(name);
}

void
request_free(struct request *r)
{
	free(r->path);
	free(r->type);
	free(r->length);
	free(r->folder);
}

bool
request_is_form(const struct request *r)
{
	size_t len = strlen(FORM);

	return strncasecmp(r->type, FORM, len) == 0 &&
	    (r->type[len] == '\0' || strchr("; \t", r->type[len]) != NULL);
}

enum request_body
request_read(const struct request *r, size_t most, char **data, size_t *len)
{
	size_t want;
	ssize_t n;

	*data = NULL;
	*len = 0;
	if (*r->length == '\0' || r->length[strspn(r->length,
	    "0123456789")] != '\0')
		return REQUEST_NO_LENGTH;
	/* No number that is longer has to be understood. */
	if (strlen(r->length) > 9 ||
	    (want = (size_t)strtoul(r->length, NULL, 10)) > most)
		return REQUEST_TOO_LONG;
	*data = mem_alloc(want + 1);
	while (*len < want) {
		n = read(STDIN_FILENO, *data + *len, want - *len);
		if (n == 0 || (n == -1 && errno != EINTR))
			return REQUEST_SHORT;
		*len += n > 0 ? (size_t)n : 0;
	}
	return REQUEST_READ;
}
