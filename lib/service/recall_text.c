/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "recall_private.h"
#include "service/setting.h"

/* What the notice says, and whether it may say so. */

/* Where nothing else was given: what the settings say, which may be nothing. */
void
recall_find_contact(struct recall_issuing *x)
{
	char *national, *abroad;

	x->contact = x->request->contact;
	if (x->contact != NULL)
		return;
	national = mem_text(setting_get(x->s, "hotline.national"));
	abroad = mem_text(setting_get(x->s, "hotline.abroad"));
	x->contact = national == NULL && abroad == NULL ? NULL :
	    arena_printf(&x->frame.texts, "%s%s%s",
	    national != NULL ? national : "", national != NULL &&
	    abroad != NULL ? ", " : "", abroad != NULL ? abroad : "");
	free(national);
	free(abroad);
}

static const char *
contact(const struct recall_issuing *x, size_t language)
{
	const char *said = x->request->texts[language][NOTICE_CONTACT];

	return said != NULL ? said : x->contact;
}

static const char *
only_one(const struct recall_issuing *x, size_t language)
{
	const char *said = x->request->texts[language][NOTICE_ONLY_ONE];

	return said != NULL ? said : x->request->only_one;
}

/* ONLY_ONE and CONTACT come after the texts that only a language has. */
static bool
has_language(const struct recall_request *r, size_t language)
{
	for (enum notice_element e = 0; e < NOTICE_ONLY_ONE; e++)
		if (r->texts[language][e] != NULL)
			return true;
	return false;
}

/* One refusal with all that is wrong, a line each. */
static void
refuse_notice(struct recall_issuing *x, struct buf *why)
{
	struct buf all = { 0 };
	const char *line = buf_str(why);

	while (*line != '\0') {
		size_t len = strcspn(line, "\n");

		buf_printf(&all, "%s%.*s", all.len > 0 ? "; " : "", (int)len,
		    line);
		line += len + 1;
	}
	store_refuse(x->s, "%s", buf_str(&all));
	buf_free(&all);
}

bool
recall_has_words(const struct recall_request *r)
{
	return has_language(r, 0) || has_language(r, 1);
}

/* In each language that has a word; the product's name is the catalogue's. */
void
recall_check_notice(struct recall_issuing *x)
{
	const struct recall_request *r = x->request;
	struct buf why = { 0 };
	bool any = recall_has_words(r);

	for (size_t i = 0; i < RECALL_LANGUAGES; i++) {
		struct notice n = { .language = recall_languages[i],
		    .remedies = r->remedy_count };

		if (any ? !has_language(r, i) : i > 0)
			continue;
		memcpy(n.texts, r->texts[i], sizeof(n.texts));
		n.texts[NOTICE_CONTACT] = contact(x, i);
		n.texts[NOTICE_ONLY_ONE] = only_one(x, i);
		/* Looked at product by product, with the units. */
		n.texts[NOTICE_PRODUCT] = "product";
		notice_check(&n, &why);
	}
	if (why.len > 0)
		refuse_notice(x, &why);
	buf_free(&why);
}

/* Customers read it in their own language. */
void
recall_check_languages(struct recall_issuing *x)
{
	char *customer = mem_text("");
	struct sort_row row;

	sort_rewind(x->sorted);
	while (store_ok(x->s) && sort_next(x->sorted, &row)) {
		struct query *q;
		bool known = false;

		if (strlen(customer) == row.key_len &&
		    memcmp(customer, row.key, row.key_len) == 0)
			continue;
		free(customer);
		customer = mem_printf("%.*s", (int)row.key_len, row.key);
		q = store_query(x->s, "SELECT language FROM customers "
		    "WHERE code = :code");
		bind_text(q, ":code", customer);
		if (!query_row(q))
			continue;
		for (size_t i = 0; i < RECALL_LANGUAGES; i++)
			known = known || (x->frame.titles[i] != NULL &&
			    strcmp(recall_languages[i], query_text(q, 0)) == 0);
		if (!known)
			store_refuse(x->s, "the notice lacks every text in "
			    "'%s', the language of %s", query_text(q, 0),
			    customer);
		query_done(q);
	}
	free(customer);
}

void
recall_put_texts(struct recall_issuing *x, struct json *j)
{
	json_array(j, "recall_text");
	for (size_t i = 0; i < RECALL_LANGUAGES; i++) {
		const char *const *texts = x->request->texts[i];

		if (x->frame.titles[i] == NULL)
			continue;
		json_object(j, NULL);
		json_int(j, "recall", x->frame.recall);
		json_text(j, "language", recall_languages[i]);
		json_text(j, "title", texts[NOTICE_TITLE]);
		json_text(j, "defect", texts[NOTICE_DEFECT]);
		json_text(j, "hazard", texts[NOTICE_HAZARD]);
		json_text(j, "instruction", texts[NOTICE_INSTRUCTION]);
		json_text(j, "find", texts[NOTICE_FIND]);
		json_text(j, "sold", texts[NOTICE_SOLD]);
		json_text(j, "contact", contact(x, i));
		if (only_one(x, i) != NULL)
			json_text(j, "only_one", only_one(x, i));
		json_end_object(j);
	}
	json_end_array(j);
}
