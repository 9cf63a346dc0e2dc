/* SPDX-License-Identifier: ISC */
#include <stdarg.h>
#include <string.h>

#include "base/local.h"
#include "base/text.h"
#include "tell/template.h"
#include "template_file.h"

#define MOST_DEEP	16	/* sections and templates within each other */

/* The facts of a section, and of those around it. */
struct scope {
	const struct scope *outer;
	struct json_object *facts;
	const char	*section;
};

struct source {
	const struct source *outer;	/* of which it is part */
	const char	*wanted;	/* the template */
	const char	*name;		/* for messages: of the file */
	const char	*text;		/* whole, for counting lines */
	const char	*at;
};

struct rendering {
	const struct template_set *set;
	struct buf	*out;
	struct buf	*why;
	int		 depth;
	bool		 checking;	/* all branches; nothing is put */
};

/* One {{...}}. */
struct tag {
	char		 kind;		/* # ^ / > ! { or 0 */
	char		 name[64];
	const char	*start;		/* of the tag */
	const char	*end;		/* behind it */
};

static bool wrong(struct rendering *r, const struct source *s,
    const char *at, const char *fmt, ...)
    __attribute__((__format__(__printf__, 4, 5)));

static bool
wrong(struct rendering *r, const struct source *s, const char *at,
    const char *fmt, ...)
{
	va_list ap;
	int line = 1;

	if (r->why->len > 0)
		return false;
	for (const char *p = s->text; p < at; p++)
		line += *p == '\n';
	buf_printf(r->why, "%s:%d: ", s->name, line);
	va_start(ap, fmt);
	buf_vprintf(r->why, local_text(fmt), ap);
	va_end(ap);
	return false;
}

/* The next tag from `at`; false at the end of the text or after a mistake. */
static bool
next_tag(struct rendering *r, const struct source *s, const char *at,
    struct tag *tag)
{
	const char *open = strstr(at, "{{"), *close, *end;
	const char *mark = "}}";
	size_t len;

	if (open == NULL)
		return false;
	tag->start = open;
	open += 2;
	tag->kind = *open != '\0' && strchr("#^/>!{", *open) != NULL ?
	    *open++ : '\0';
	if (tag->kind == '{')
		mark = "}}}";
	if ((close = strstr(open, mark)) == NULL)
		return wrong(r, s, tag->start, "the tag has no end %s", mark);
	tag->end = close + strlen(mark);
	for (; *open == ' '; open++)
		;
	for (end = close; end > open && end[-1] == ' '; end--)
		;
	len = (size_t)(end - open);
	if (tag->kind == '!')
		len = 0;
	else if (len == 0 || len >= sizeof(tag->name))
		return wrong(r, s, tag->start, "the tag has no name, or a very "
		    "long one");
	memcpy(tag->name, open, len);
	tag->name[len] = '\0';
	return true;
}

/* What stands between the line's beginning and its end, if that is only the
 * tag and blanks; else the tag itself. */
static void
widen(const struct source *s, struct tag *tag)
{
	const char *from = tag->start, *to = tag->end;

	if (tag->kind == '\0' || tag->kind == '{')
		return;
	while (from > s->text && (from[-1] == ' ' || from[-1] == '\t'))
		from--;
	while (*to == ' ' || *to == '\t')
		to++;
	if ((from == s->text || from[-1] == '\n') && *to == '\n') {
		tag->start = from;
		tag->end = to + 1;
	}
}

/* May there be such a fact, although these are none? */
static bool
may_be(const struct rendering *r, const struct scope *scope, const char *name)
{
	if (!r->checking || r->set->names == NULL)
		return r->checking;
	for (; scope != NULL; scope = scope->outer)
		if (template_knows(r->set->names, scope->section, name))
			return true;
	return false;
}

static bool
find(struct rendering *r, const struct source *s, const struct tag *tag,
    const struct scope *scope, struct json_object **fact)
{
	*fact = NULL;
	if (strcmp(tag->name, ".") == 0) {
		*fact = scope->facts;
		return true;
	}
	for (const struct scope *in = scope; in != NULL; in = in->outer)
		if (json_object_is_type(in->facts, json_type_object) &&
		    json_object_object_get_ex(in->facts, tag->name, fact))
			return true;
	if (may_be(r, scope, tag->name))
		return true;
	return wrong(r, s, tag->start, "there is no '%s' here", tag->name);
}

static bool
is_nothing(struct json_object *fact)
{
	switch (json_object_get_type(fact)) {
	case json_type_null:
		return true;
	case json_type_boolean:
		return !json_object_get_boolean(fact);
	case json_type_array:
		return json_object_array_length(fact) == 0;
	case json_type_string:
		return json_object_get_string_len(fact) == 0;
	case json_type_double:
	case json_type_int:
	case json_type_object:
		break;
	}
	return false;
}

/* The blanks with which the last line begins. */
static size_t
indented(const struct buf *b)
{
	size_t from = b->len, n = 0;

	while (from > 0 && b->data[from - 1] != '\n')
		from--;
	while (from + n < b->len && b->data[from + n] == ' ')
		n++;
	return n;
}

static void
put_safe(struct rendering *r, const char *text, size_t len)
{
	struct buf safe = { 0 };

	text_escape_bytes(&safe, text, len);
	if (r->set->html)
		text_html(r->out, buf_str(&safe));
	else
		buf_add(r->out, buf_str(&safe), safe.len);
	buf_free(&safe);
}

/* A tab is a blank, and the CR of other systems is part of the line's end. */
static void
put_line(struct rendering *r, const char *line, size_t len)
{
	size_t n;

	if (len > 0 && line[len - 1] == '\r')
		len--;
	for (; len > 0; line += n, len -= n) {
		n = (size_t)strcspn(line, "\t");
		put_safe(r, line, n < len ? n : len);
		if (n >= len)
			return;
		buf_char(r->out, ' ');
		n++;
	}
}

/* Lines stay lines, in text indented like the first; whatever else could steer
 * a printer or a browser is made visible. */
static void
put(struct rendering *r, struct json_object *fact, bool raw)
{
	const char *text = fact == NULL ? "" : json_object_get_string(fact);
	size_t len, indent = r->set->html ? 0 : indented(r->out);

	for (;; text += len + 1) {
		len = strcspn(text, "\n");
		if (raw)
			buf_add(r->out, text, len);
		else
			put_line(r, text, len);
		if (text[len] == '\0')
			break;
		buf_char(r->out, '\n');
		if (text[len + 1] != '\n' && text[len + 1] != '\0')
			buf_printf(r->out, "%*s", (int)indent, "");
	}
}

static bool render_until(struct rendering *r, struct source *s,
    const struct scope *scope, const struct tag *section);

/* The end of a section, looked for without rendering. */
static bool
skip_section(struct rendering *r, struct source *s, const struct tag *section)
{
	struct tag tag;
	int depth = 1;

	while (depth > 0) {
		if (!next_tag(r, s, s->at, &tag))
			return wrong(r, s, section->start, "'%s' is not closed",
			    section->name);
		if (tag.kind == '#' || tag.kind == '^')
			depth++;
		else if (tag.kind == '/')
			depth--;
		widen(s, &tag);
		s->at = tag.end;
	}
	if (strcmp(tag.name, section->name) != 0)
		return wrong(r, s, tag.start, "'%s' is closed where '%s' is "
		    "open", tag.name, section->name);
	return true;
}

static bool
repeat(struct rendering *r, struct source *s, const struct scope *scope,
    const struct tag *section, struct json_object *fact)
{
	size_t n = json_object_is_type(fact, json_type_array) ?
	    json_object_array_length(fact) : 1;
	const char *from = s->at;
	struct scope inner = { scope, fact, section->name };

	for (size_t i = 0; i < n; i++) {
		s->at = from;
		if (json_object_is_type(fact, json_type_array))
			inner.facts = json_object_array_get_idx(fact, i);
		if (!render_until(r, s, &inner, section))
			return false;
	}
	return true;
}

/* One round, with the first of a list for an example. */
static bool
check_section(struct rendering *r, struct source *s,
    const struct scope *scope, const struct tag *section,
    struct json_object *fact)
{
	struct scope inner = { scope, fact, section->name };

	if (json_object_is_type(fact, json_type_array))
		inner.facts = json_object_array_length(fact) == 0 ? NULL :
		    json_object_array_get_idx(fact, 0);
	return render_until(r, s, section->kind == '#' ? &inner : scope,
	    section);
}

static bool
render_section(struct rendering *r, struct source *s,
    const struct scope *scope, const struct tag *section)
{
	struct json_object *fact;
	bool nothing;

	if (!find(r, s, section, scope, &fact))
		return false;
	if (++r->depth > MOST_DEEP)
		return wrong(r, s, section->start, "too deep");
	nothing = is_nothing(fact);
	if (r->checking) {
		if (!check_section(r, s, scope, section, fact))
			return false;
	} else if ((section->kind == '#') == nothing) {
		if (!skip_section(r, s, section))
			return false;
	} else if (section->kind == '^') {
		if (!render_until(r, s, scope, section))
			return false;
	} else if (!repeat(r, s, scope, section, fact))
		return false;
	r->depth--;
	return true;
}

static bool render_named(struct rendering *r, const struct source *outer,
    const char *name, const struct scope *scope);

/* One that takes itself in may end when it is rendered. */
static bool
is_under_way(const struct source *s, const char *name)
{
	for (; s != NULL; s = s->outer)
		if (strcmp(s->wanted, name) == 0)
			return true;
	return false;
}

static bool
render_partial(struct rendering *r, const struct source *s,
    const struct scope *scope, const struct tag *tag)
{
	if (r->checking && is_under_way(s, tag->name))
		return true;
	if (++r->depth > MOST_DEEP)
		return wrong(r, s, tag->start, "too deep");
	if (!render_named(r, s, tag->name, scope))
		return wrong(r, s, tag->start, "there is no template '%s'",
		    tag->name);
	r->depth--;
	return true;
}

static bool
render_tag(struct rendering *r, struct source *s, const struct scope *scope,
    const struct tag *tag)
{
	struct json_object *fact;

	switch (tag->kind) {
	case '!':
		return true;
	case '>':
		return render_partial(r, s, scope, tag);
	case '#':
	case '^':
		return render_section(r, s, scope, tag);
	}
	if (!find(r, s, tag, scope, &fact))
		return false;
	if (!r->checking)
		put(r, fact, tag->kind == '{');
	return true;
}

/* Renders up to the end of the section, or of the text (NULL). */
static bool
render_until(struct rendering *r, struct source *s, const struct scope *scope,
    const struct tag *section)
{
	const char *from;
	struct tag tag;

	for (from = s->at; next_tag(r, s, s->at, &tag); from = s->at) {
		widen(s, &tag);
		buf_add(r->out, from, (size_t)(tag.start - from));
		s->at = tag.end;
		if (tag.kind != '/') {
			if (!render_tag(r, s, scope, &tag))
				return false;
		} else if (section != NULL &&
		    strcmp(tag.name, section->name) == 0)
			return true;
		else if (section != NULL)
			return wrong(r, s, tag.start, "'%s' is closed where "
			    "'%s' is open", tag.name, section->name);
		else
			return wrong(r, s, tag.start, "'%s' is closed and not "
			    "open", tag.name);
	}
	if (r->why->len > 0)
		return false;
	if (section != NULL)
		return wrong(r, s, section->start, "'%s' is not closed",
		    section->name);
	buf_text(r->out, from);
	s->at = from + strlen(from);
	return true;
}

static bool
render_named(struct rendering *r, const struct source *outer,
    const char *name, const struct scope *scope)
{
	struct template_file f;
	struct source s;
	bool done = false;

	if (template_file_read(&f, r->set, name, r->why)) {
		s = (struct source){ outer, name, f.name, f.text, f.text };
		done = render_until(r, &s, scope, NULL);
	}
	template_file_free(&f);
	return done;
}

static bool
run(const struct template_set *set, const char *name,
    struct json_object *facts, bool checking, struct buf *out,
    struct buf *why)
{
	struct buf whole = { 0 };
	struct rendering r = { .set = set, .out = &whole, .why = why,
	    .checking = checking };
	struct scope scope = { NULL, facts, "" };
	bool done = render_named(&r, NULL, name, &scope);

	if (!done && why->len == 0)
		buf_printf(why, local_text("there is no template '%s'"),
		    name);
	if (done && out != NULL)
		buf_add(out, buf_str(&whole), whole.len);
	buf_free(&whole);
	return done;
}

bool
template_check(const struct template_set *set, const char *name,
    struct json_object *facts, struct buf *why)
{
	return run(set, name, facts, true, NULL, why);
}

bool
template_render(const struct template_set *set, const char *name,
    struct json_object *facts, struct buf *out, struct buf *why)
{
	return (set->folder == NULL ||
	    template_check(set, name, facts, why)) &&
	    run(set, name, facts, false, out, why);
}
