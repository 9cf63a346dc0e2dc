/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "base/local.h"
#include "base/text.h"
#include "rules/number.h"
#include "state.h"

enum { ITEM_MAX = 999999 };

const char *
cli_peek(const struct cli *c)
{
	return c->next < c->count ? c->operands[c->next] : NULL;
}

const char *
cli_next(struct cli *c)
{
	const char *text = cli_peek(c);

	if (text == NULL)
		return NULL;
	c->next++;
	if (!c->command->files && !text_valid(text, strlen(text)))
		cli_usage(c, "not UTF-8: %s", text);
	return text;
}

const char *
cli_word(struct cli *c, const char *what)
{
	const char *text = cli_next(c);
	char *words = options_words(c->command->words, c->command->list);

	if (text == NULL)
		cli_usage(c, "%s is missing; it is one of: %s",
		    local_word("value", what), words);
	if (!text_has_word(words, text))
		cli_usage(c, "'%s' is no %s; it is one of: %s", text,
		    local_word("value", what), words);
	free(words);
	return text;
}

void
cli_last(struct cli *c)
{
	if (cli_peek(c) != NULL)
		cli_usage(c, "one operand too many: '%s'", cli_peek(c));
}

/* Digits without a leading zero, so that an item has one name only. */
static bool
parse_item(const char *text, int *item)
{
	const char *why;
	size_t digits = strspn(text, "0123456789");

	if (digits == 0 || text[digits] != '\0' || text[0] == '0')
		return false;
	*item = (int)strtonum(text, 1, ITEM_MAX, &why);
	return why == NULL;
}

const char *
operand_parse(const char *text, int64_t *case_id, int *item)
{
	char number[32];
	size_t digits = strspn(text, "0123456789");

	if (digits == 0 || digits >= sizeof(number) ||
	    (text[digits] != '\0' && text[digits] != '/'))
		return local_text("not a case number");
	memcpy(number, text, digits);
	number[digits] = '\0';
	if (!number_parse(number, case_id))
		return local_text("not a case number (check digit); "
		    "did you swap two digits?");
	*item = 0;
	if (text[digits] == '/' && !parse_item(text + digits + 1, item))
		return local_text("not an item of a case; as in 1000423/2");
	return NULL;
}

_Noreturn void
operand_refuse(const struct cli *c, const char *text, const char *why)
{
	cli_warn(c, "%s: %s", text, why);
	cli_end(c, EXIT_USAGE);
}

void
operand_check(const struct cli *c)
{
	const char *why;
	int64_t case_id;
	int item;

	for (size_t i = c->next; c->command->cases && i < c->count; i++) {
		why = operand_parse(c->operands[i], &case_id, &item);
		if (why != NULL)
			operand_refuse(c, c->operands[i], why);
	}
}

int64_t
cli_case(const struct cli *c, const char *text)
{
	const char *why;
	int64_t case_id;
	int item;

	why = operand_parse(text, &case_id, &item);
	if (why == NULL && item != 0)
		why = local_text("the whole case is meant here, not an item");
	if (why != NULL)
		operand_refuse(c, text, why);
	return case_id;
}
