/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "base/local.h"
#include "notice_words.h"

static const struct {
	const char	*name;
	const char	*about;
} elements[NOTICE_ELEMENTS] = {
	[NOTICE_TITLE] = { "title", LOCAL("what is recalled, in a line") },
	[NOTICE_PRODUCT] = { "product", LOCAL("name and brand of the product") },
	[NOTICE_DEFECT] = { "defect", LOCAL("what is wrong with the product") },
	[NOTICE_HAZARD] = { "hazard", LOCAL("what can happen, in plain words") },
	[NOTICE_INSTRUCTION] = { "instruction", LOCAL("to stop using the product") },
	[NOTICE_FIND] = { "find", LOCAL("which series, and where its number is on the product") },
	[NOTICE_SOLD] = { "sold", LOCAL("when and where it was sold") },
	[NOTICE_REMEDY] = { "remedy", LOCAL("two to choose from, or why there is only one") },
	[NOTICE_ONLY_ONE] = { "only-one", LOCAL("why there is only one remedy") },
	[NOTICE_CONTACT] = { "contact", LOCAL("a point of contact free of charge") },
};

const char *
notice_element_name(enum notice_element element)
{
	return elements[element].name;
}

static bool
blank(const char *text)
{
	return text == NULL || text[strspn(text, " \t\r\n")] == '\0';
}

/* Is the element wanted, and not there? */
static bool
missing(const struct notice *n, enum notice_element element)
{
	if (element == NOTICE_REMEDY)
		return n->remedies == 0;
	if (element == NOTICE_ONLY_ONE)
		return n->remedies == 1 && blank(n->texts[element]);
	return blank(n->texts[element]);
}

/* The words of the product are the catalogue's, not the author's. */
static bool
written(enum notice_element element)
{
	return element != NOTICE_PRODUCT && element != NOTICE_REMEDY;
}

static void
check_phrases(const struct notice *n, enum notice_element element,
    struct buf *why)
{
	const char *text = n->texts[element];
	struct notice_phrase p = { 0 };

	for (; notice_plays_down(text, p.at + p.len, &p);)
		buf_printf(why, local_text("%s (%s), line %d, column %d: "
		    "'%.*s' plays the risk down\n"), elements[element].name,
		    n->language, p.line, p.column, (int)p.len, text + p.at);
}

bool
notice_check(const struct notice *n, struct buf *why)
{
	size_t before = why->len;

	for (enum notice_element e = 0; e < NOTICE_ELEMENTS; e++) {
		if (missing(n, e))
			buf_printf(why, local_text("the notice lacks '%s' "
			    "(%s): %s\n"), elements[e].name, n->language,
			    local_text(elements[e].about));
		else if (e == NOTICE_INSTRUCTION &&
		    !notice_says_stop(n->texts[e]))
			buf_printf(why, local_text("'instruction' (%s) does "
			    "not say to stop using the product\n"),
			    n->language);
		else if (e == NOTICE_TITLE &&
		    strchr(n->texts[e], '\n') != NULL)
			buf_printf(why, local_text("'title' (%s) is more than "
			    "a line\n"), n->language);
		if (written(e) && n->texts[e] != NULL)
			check_phrases(n, e, why);
	}
	return why->len == before;
}
