/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "tell/template.h"

/* A folder of the site's own with one template, and what comes of it. */
static struct {
	char	folder[32];
	char	path[64];
	struct buf out, why;
} site;

static bool
render(const char *template, const char *facts, bool html)
{
	struct template_set set = { .folder = site.folder, .html = html };
	struct json_object *o = json_tokener_parse(facts);
	FILE *f;
	bool done;

	assert_non_null(o);
	f = fopen(site.path, "w");
	assert_non_null(f);
	fputs(template, f);
	assert_int_equal(fclose(f), 0);
	buf_clear(&site.out);
	buf_clear(&site.why);
	done = template_render(&set, "t", o, &site.out, &site.why);
	json_object_put(o);
	return done;
}

static void
gives(const char *template, const char *facts, const char *expected)
{
	assert_true(render(template, facts, false));
	assert_string_equal(buf_str(&site.out), expected);
}

static void
fails(const char *template, const char *facts, const char *why)
{
	assert_false(render(template, facts, false));
	assert_int_equal(site.out.len, 0);
	if (strstr(buf_str(&site.why), why) == NULL)
		fail_msg("'%s' does not say '%s'", buf_str(&site.why), why);
}

static void
facts(void **state)
{
	(void)state;
	gives("a {{x}} b", "{\"x\":\"1\"}", "a 1 b");
	gives("{{ x }}{{y}}", "{\"x\":7,\"y\":null}", "7");
	gives("{{! for the reader }}a", "{}", "a");
	gives("{{#o}}{{x}}{{y}}{{/o}}", "{\"y\":2,\"o\":{\"x\":1}}", "12");
}

static void
sections(void **state)
{
	(void)state;
	gives("{{#l}}<{{.}}>{{/l}}", "{\"l\":[1,2,3]}", "<1><2><3>");
	gives("{{#l}}x{{/l}}{{^l}}none{{/l}}", "{\"l\":[]}", "none");
	gives("{{#l}}x{{/l}}{{^l}}none{{/l}}", "{\"l\":\"\"}", "none");
	gives("{{#b}}yes{{/b}}{{^b}}no{{/b}}", "{\"b\":false}", "no");
	gives("{{#b}}yes{{/b}}{{^b}}no{{/b}}", "{\"b\":\"t\"}", "yes");
	/* What is skipped may hold sections of the same name. */
	gives("{{#a}}{{#a}}x{{/a}}{{/a}}.", "{\"a\":null}", ".");
	/* Tags alone on their line leave none behind. */
	gives("1\n{{#l}}\n- {{.}}\n{{/l}}\n2\n", "{\"l\":[\"a\",\"b\"]}",
	    "1\n- a\n- b\n2\n");
}

static void
escapes(void **state)
{
	(void)state;
	assert_true(render("{{x}}|{{{x}}}", "{\"x\":\"<a b='\\\"'>&\"}",
	    true));
	assert_string_equal(buf_str(&site.out),
	    "&lt;a b=&#39;&quot;&#39;&gt;&amp;|<a b='\"'>&");
	/* Nothing steers a printer; lines stay lines. */
	assert_true(render("{{x}}", "{\"x\":\"a\\u001b[2J\\nb\"}", false));
	assert_null(strchr(buf_str(&site.out), '\033'));
	assert_non_null(strstr(buf_str(&site.out), "\nb"));
	gives("{{x}}", "{\"x\":\"a\\tb\\r\\nc\\rd\"}", "a b\nc\\rd");
	/* In text, lines are indented like the first. */
	gives("  - {{x}}.", "{\"x\":\"a\\n\\nb\"}", "  - a\n\n  b.");
	assert_true(render("  {{x}}", "{\"x\":\"a\\nb\"}", true));
	assert_string_equal(buf_str(&site.out), "  a\nb");
}

/* Files as other systems write them. */
static void
other_systems(void **state)
{
	(void)state;
	gives("\xef\xbb\xbf" "1\r\n{{#l}}\r\n- {{.}}\r\n{{/l}}\r\n2\r\n",
	    "{\"l\":[\"a\",\"b\"]}", "1\n- a\n- b\n2\n");
	gives("", "{}", "");
	gives("\r", "{}", "\r");
}

/* What cannot be read is not an empty template. */
static void
unreadable(void **state)
{
	(void)state;
	(void)render("", "{}", false);
	assert_int_equal(unlink(site.path), 0);
	assert_int_equal(mkdir(site.path, 0700), 0);
	buf_clear(&site.why);
	assert_false(template_render(&(struct template_set){
	    .folder = site.folder }, "t", NULL, &site.out, &site.why));
	assert_non_null(strstr(buf_str(&site.why), "/t: Is a directory"));
	assert_int_equal(rmdir(site.path), 0);
	(void)render("", "{}", false);
}

static void
mistakes(void **state)
{
	(void)state;
	fails("a\nb {{x}}", "{}", ":2: there is no 'x' here");
	fails("a {{x", "{\"x\":1}", ":1: the tag has no end");
	/* Nothing behind the end is read: here what stood there before. */
	fails("\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n{{x}}{{", "{\"x\":1}",
	    ":9: the tag has no end");
	fails("{{#x}}a", "{\"x\":1}", "'x' is not closed");
	fails("{{#x}}a", "{\"x\":null}", "'x' is not closed");
	fails("\n{{/x}}", "{\"x\":1}", ":2: 'x' is closed and not open");
	fails("{{#x}}{{#y}}{{/x}}{{/y}}", "{\"x\":1,\"y\":1}",
	    "'x' is closed where 'y' is open");
	fails("{{#x}}{{/y}}", "{\"x\":null}", "'y' is closed where 'x' is");
	fails("{{>nowhere}}", "{}", "there is no template 'nowhere'");
	fails("{{}}", "{}", "has no name");
	/* One that includes itself ends all the same. */
	fails("{{>t}}", "{}", "too deep");
	fails("\xff", "{}", "not UTF-8");
}

/* Also in what the facts leave out. */
static void
hidden_mistakes(void **state)
{
	(void)state;
	fails("{{#x}}\n{{#y}}\n{{/y}}", "{\"x\":null,\"y\":null}",
	    ":1: 'x' is not closed");
	fails("{{^x}}\n{{y", "{\"x\":1}", ":2: the tag has no end");
	fails("{{#x}}{{>nowhere}}{{/x}}", "{\"x\":null}",
	    "there is no template 'nowhere'");
	fails("{{#x}}{{#y}}{{/x}}{{/y}}{{/x}}", "{\"x\":null,\"y\":1}",
	    "'x' is closed where 'y' is open");
	/* One that takes itself in and ends. */
	gives("{{#x}}{{>t}}{{/x}}.", "{\"x\":null}", ".");
	gives("{{#x}}{{y}}{{/x}}.", "{\"x\":null}", ".");
}

static const struct template_names names[] = {
	{ "", "x items" }, { "items", "unit data" }, { "data", TEMPLATE_ANY },
	{ NULL, NULL }
};

static void
checks(const char *template, const char *facts, const char *why)
{
	struct template_set set = { .folder = site.folder, .names = names };
	struct json_object *o = json_tokener_parse(facts);
	bool right;

	(void)render(template, "{}", false);
	buf_clear(&site.why);
	right = template_check(&set, "t", o, &site.why);
	json_object_put(o);
	if (right != (why == NULL) || (why != NULL &&
	    strstr(buf_str(&site.why), why) == NULL))
		fail_msg("'%s': '%s'", template, buf_str(&site.why));
}

/* What may stand where, whatever these facts have. */
static void
known_names(void **state)
{
	const char *empty = "{\"x\":1,\"items\":[]}";

	(void)state;
	checks("{{#items}}{{unit}}{{x}}{{.}}{{/items}}", empty, NULL);
	checks("{{#items}}{{#data}}{{whatever}}{{/data}}{{/items}}", empty,
	    NULL);
	checks("{{unit}}", empty, ":1: there is no 'unit' here");
	checks("\n{{#items}}{{unti}}{{/items}}", empty,
	    ":2: there is no 'unti' here");
	checks("{{#x}}{{unit}}{{/x}}", empty, "there is no 'unit' here");
	checks("{{^items}}{{unit}}{{/items}}", empty,
	    "there is no 'unit' here");
	checks("{{#nothing}}{{/nothing}}", empty,
	    "there is no 'nothing' here");
	/* What is there is known. */
	checks("{{#items}}{{more}}{{/items}}{{own}}",
	    "{\"items\":[{\"more\":1}],\"own\":null}", NULL);
}

extern const struct embedded tell_templates[], tell_documents[];

static void
shipped_are_right(void **state)
{
	static const struct template_set sets[] = {
		{ .shipped = tell_templates, .names = template_mail_names },
		{ .shipped = tell_documents, .names = template_document_names },
	};

	(void)state;
	for (size_t i = 0; i < 2; i++)
		for (const struct embedded *e = sets[i].shipped;
		    e->name != NULL; e++) {
			buf_clear(&site.why);
			if (!template_check(&sets[i], e->name, NULL,
			    &site.why))
				fail_msg("%s", buf_str(&site.why));
		}
}

static int
make(void **state)
{
	(void)state;
	strlcpy(site.folder, "/tmp/case-template-XXXXXX", sizeof(site.folder));
	if (mkdtemp(site.folder) == NULL)
		return -1;
	snprintf(site.path, sizeof(site.path), "%s/t", site.folder);
	return 0;
}

static int
unmake(void **state)
{
	(void)state;
	buf_free(&site.out);
	buf_free(&site.why);
	return unlink(site.path) != 0 || rmdir(site.folder) != 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(facts),
		cmocka_unit_test(sections),
		cmocka_unit_test(escapes),
		cmocka_unit_test(other_systems),
		cmocka_unit_test(unreadable),
		cmocka_unit_test(mistakes),
		cmocka_unit_test(hidden_mistakes),
		cmocka_unit_test(known_names),
		cmocka_unit_test(shipped_are_right),
	};

	return cmocka_run_group_tests(tests, make, unmake);
}
