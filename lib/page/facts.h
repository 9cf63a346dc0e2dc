/* SPDX-License-Identifier: ISC */
#ifndef PAGE_FACTS_H
#define PAGE_FACTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <json-c/json.h>

#include "words.h"

enum fact_state { FACT_DONE, FACT_OPEN, FACT_AHEAD };
#define FACT_STATES	(FACT_AHEAD + 1)

/* What the extract knows of a case; texts are borrowed from `root`. */
struct fact_step {
	enum fact_state	 state;
	enum step	 step;
	enum process	 process;
	enum owner	 owner;
	int64_t		 item;		/* 0: of the case */
	int64_t		 at;		/* done */
	enum outcome	 outcome;	/* of what is done */
	int64_t		 due_at, limit_at;	/* 0: none */
	bool		 limit_binds;
	size_t		 place;		/* in the order of the facts */
};

struct fact_item {
	int64_t		 item;
	const char	*reference, *serial, *name;	/* NULL: none */
};

struct facts {
	struct json_object *root;
	int64_t		 case_id;
	enum process	 kind;
	enum language	 language;
	enum { FACT_IS_OPEN, FACT_IS_CLOSED, FACT_IS_CANCELLED } status;
	const char	*zone, *company;
	const char	*national, *abroad;	/* numbers; NULL: none */
	int64_t		 opened_at, closed_at;
	struct fact_item *items;
	size_t		 item_count;
	struct fact_step *steps;	/* done, open, ahead */
	size_t		 step_count;
	const char	**documents;	/* their names */
	size_t		 document_count;
	bool		 survey;
};

/* False when this is not what case-publish writes. */
bool	 facts_read(struct facts *f, const char *json);
void	 facts_free(struct facts *f);

bool	 facts_has_document(const struct facts *f, const char *name);

#endif
