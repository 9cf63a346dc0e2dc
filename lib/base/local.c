/* SPDX-License-Identifier: ISC */
#include <libintl.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/local.h"

#define DOMAIN	"case"

/* The variable that decides, as setlocale(3) has it. */
static const char *
wanted(void)
{
	static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *value = getenv(names[i]);

		if (value != NULL && *value != '\0')
			return value;
	}
	return "C";
}

/* Then a command need not look for locales and catalogues. LANGUAGE goes before
 * any locale but that of C. */
static bool
is_english(void)
{
	const char *locale = wanted(), *languages = getenv("LANGUAGE");

	if (strcmp(locale, "C") == 0 || strcmp(locale, "POSIX") == 0 ||
	    strncmp(locale, "C.", 2) == 0)
		return true;
	return strncmp(locale, "en", 2) == 0 &&
	    (languages == NULL || *languages == '\0');
}

void
local_open(void)
{
	const char *folder = getenv("CASE_LOCALE");

	if (is_english() || setlocale(LC_MESSAGES, "") == NULL)
		return;
	bindtextdomain(DOMAIN, folder != NULL && *folder != '\0' ? folder :
	    CASE_LOCALE_DIR);
	/* LC_CTYPE stays that of C, in which strerror(3) would lose accents. */
	bind_textdomain_codeset(DOMAIN, "UTF-8");
	bind_textdomain_codeset("libc", "UTF-8");
}

const char *
local_text(const char *text)
{
	/* An empty text would be answered with the head of the catalogue. */
	return *text != '\0' ? dgettext(DOMAIN, text) : text;
}

void
local_pause(void)
{
	/* That of C is always there, and nothing to free. */
	uselocale(newlocale(LC_ALL_MASK, "C", (locale_t)0));
}

void
local_resume(void)
{
	uselocale(LC_GLOBAL_LOCALE);
}

const char *
local_if(bool person, const char *text)
{
	return person ? local_text(text) : text;
}

const char *
local_word(const char *use, const char *word)
{
	char both[128];
	const char *found;
	int n = snprintf(both, sizeof(both), "%s\004%s", use, word);

	if (n < 0 || (size_t)n >= sizeof(both))
		return word;
	found = dgettext(DOMAIN, both);
	return found != both ? found : word;
}
