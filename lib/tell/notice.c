/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "base/text.h"
#include "tell/notice.h"
#include "tell/words.h"

/* What a customer can choose, said to him. */
static const struct {
	const char	*remedy, *fr, *en;
} remedies[] = {
	{ "exchange", "l’échange contre un appareil sans défaut",
	    "an exchange for a unit without the defect" },
	{ "repair", "la réparation", "repair" },
	{ "refund", "le remboursement", "a refund" },
};

static bool
is_about_recall(const struct message *m)
{
	return strcmp(m->kind, "notice") == 0 ||
	    strcmp(m->kind, "taken-out") == 0;
}

static bool
is_settled(struct store *s, int64_t case_id, int64_t item)
{
	struct query *q = store_query(s, "SELECT bucket IN ('taken_out', "
	    "'remedied') FROM recall_unit WHERE case_id = :case AND item = :item");

	bind_int(q, ":case", case_id);
	bind_int(q, ":item", item);
	return query_int_or(q, 0) != 0;
}

void
notice_prune(struct store *s, const struct message *m,
    struct json_object *facts)
{
	struct json_object *items, *item;

	if (strcmp(m->kind, "notice") != 0 ||
	    !json_object_object_get_ex(facts, "items", &items))
		return;
	for (size_t i = json_object_array_length(items); i-- > 0; )
		if (json_object_object_get_ex(json_object_array_get_idx(items,
		    i), "item", &item) && is_settled(s, m->case_id,
		    json_object_get_int64(item)))
			json_object_array_del_idx(items, i, 1);
}

static void
put(struct json_object *o, const char *name, const char *text)
{
	json_object_object_add(o, name,
	    text == NULL ? NULL : json_object_new_string(text));
}

/* The words of the recall, as a list. */
static struct json_object *
list_remedies(const char *words, const char *language)
{
	struct json_object *list = json_object_new_array();

	for (size_t i = 0; i < sizeof(remedies) / sizeof(remedies[0]); i++)
		if (text_has_word(words, remedies[i].remedy))
			json_object_array_add(list, json_object_new_string(
			    words_french(language) ? remedies[i].fr :
			    remedies[i].en));
	return list;
}

static void
put_remedies(struct json_object *o, const char *words, const char *language)
{
	struct json_object *list = list_remedies(words, language);

	json_object_object_add(o, "choice", json_object_new_boolean(
	    json_object_array_length(list) > 1));
	json_object_object_add(o, "remedies", list);
}

/* A brand may be nobody's. */
static void
put_products(struct json_object *made, struct json_object *facts)
{
	struct json_object *list, *brand;

	if (!json_object_object_get_ex(facts, "products", &list)) {
		json_object_object_add(made, "products", NULL);
		return;
	}
	for (size_t i = 0; i < json_object_array_length(list); i++) {
		struct json_object *p = json_object_array_get_idx(list, i);

		if (!json_object_object_get_ex(p, "brand", &brand))
			json_object_object_add(p, "brand", NULL);
	}
	json_object_object_add(made, "products", json_object_get(list));
}

bool
notice_put_texts(struct store *s, int64_t case_id, const char *language,
    struct json_object *made)
{
	struct query *q = store_query(s, "SELECT title, defect, hazard, "
	    "instruction, find, sold, only_one, t.contact AS free_contact, "
	    "remedies, customer_type = 'distributor' FROM cases AS c "
	    "JOIN recall AS r USING (recall) "
	    "JOIN recall_text AS t USING (recall) WHERE c.case_id = :case "
	    "ORDER BY t.language <> :language LIMIT 1");

	bind_int(q, ":case", case_id);
	bind_text(q, ":language", language);
	if (!query_row(q))
		return false;
	for (int i = 0; i < 8; i++)
		put(made, query_name(q, i), query_text(q, i));
	put_remedies(made, query_text(q, 8), language);
	json_object_object_add(made, "distributor",
	    json_object_new_boolean(query_int(q, 9) != 0));
	query_done(q);
	return true;
}

void
notice_put(struct store *s, const struct message *m,
    struct json_object *facts, struct json_object *made)
{
	if (is_about_recall(m) &&
	    notice_put_texts(s, m->case_id, m->language, made))
		put_products(made, facts);
}
