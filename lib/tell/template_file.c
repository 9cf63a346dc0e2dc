/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/embed.h"
#include "base/local.h"
#include "base/mem.h"
#include "base/text.h"
#include "template_file.h"

extern const struct embedded tell_templates[];

/* As other systems write files: a mark of the byte order, CR before LF. */
static void
plain_text(struct buf *b)
{
	size_t from = b->len >= 3 && memcmp(b->data, "\xef\xbb\xbf", 3) == 0 ?
	    3 : 0, to = 0;

	for (; from < b->len; from++)
		if (b->data[from] != '\r' || b->data[from + 1] != '\n')
			b->data[to++] = b->data[from];
	b->len = to;
	buf_str(b);
}

static void
read_all(FILE *f, const char *path, struct buf *b, struct buf *why)
{
	char block[4096];
	size_t n;

	while ((n = fread(block, 1, sizeof(block), f)) > 0)
		buf_add(b, block, n);
	buf_str(b);
	if (ferror(f))
		buf_printf(why, "%s: %s", path, strerror(errno));
	else if (!text_valid(b->data, b->len))
		buf_printf(why, local_text("%s: not UTF-8"), path);
	else
		plain_text(b);
}

/* The site's own file, whole; NULL when it has none. */
static char *
own(const char *path, struct buf *why)
{
	struct buf b = { 0 };
	FILE *f = fopen(path, "r");

	if (f == NULL) {
		if (errno != ENOENT)
			buf_printf(why, "%s: %s", path, strerror(errno));
		return NULL;
	}
	read_all(f, path, &b, why);
	fclose(f);
	return b.data;
}

static const char *
shipped(const struct template_set *set, const char *name)
{
	const struct embedded *e = set->shipped != NULL ? set->shipped :
	    tell_templates;

	for (; e->name != NULL; e++)
		if (strcmp(e->name, name) == 0)
			return e->text;
	return NULL;
}

bool
template_file_read(struct template_file *f, const struct template_set *set,
    const char *name, struct buf *why)
{
	size_t before = why->len;

	*f = (struct template_file){ .name = name };
	if (set->folder != NULL) {
		f->path = mem_printf("%s/%s", set->folder, name);
		f->own = own(f->path, why);
	}
	if (f->own != NULL)
		f->name = f->path;
	f->text = f->own != NULL ? f->own : shipped(set, name);
	return f->text != NULL && why->len == before;
}

void
template_file_free(struct template_file *f)
{
	free(f->own);
	free(f->path);
}
