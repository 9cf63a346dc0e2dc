/* SPDX-License-Identifier: ISC */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/time.h"
#include "rules/address.h"
#include "rules/calendar.h"
#include "service/master.h"
#include "setting_table.h"

static void
check_hours(struct store *s, const char *hours)
{
	const char *why = NULL;
	struct calendar *c;

	if ((c = calendar_open("", "UTC", hours, &why)) == NULL)
		store_refuse(s, "'%s': %s", hours, why);
	calendar_close(c);
}

/* Digits and nothing else: strtonum() takes blanks and a sign as well. */
static void
check_number(struct store *s, const char *text, int64_t most)
{
	const char *why;

	strtonum(text, 0, most, &why);
	if (why != NULL || text[strspn(text, "0123456789")] != '\0')
		store_refuse(s, "'%s' is no number from 0 to %" PRId64, text,
		    most);
}

static void
check_url(struct store *s, const char *url)
{
	size_t len = strlen(url);

	if ((strncmp(url, "https://", 8) != 0 &&
	    strncmp(url, "http://", 7) != 0) || strpbrk(url, " \"<>") != NULL)
		store_refuse(s, "'%s' is no address: https://...", url);
	else if (url[len - 1] == '/')
		store_refuse(s, "'%s' ends with a slash", url);
}

/* A value stands on one line of a message's head or of a document. */
static bool
plain(const char *value)
{
	return *value != '\0' && text_valid(value, strlen(value)) &&
	    value[strcspn(value, "\r\n\t\033")] == '\0';
}

void
setting_check(struct store *s, const struct setting *setting,
    const char *value)
{
	struct due due;

	if (!plain(value)) {
		store_refuse(s, "%s: wants one line of text", setting->name);
		return;
	}
	switch (setting->kind) {
	case SETTING_TEXT:
		break;
	case SETTING_EMAIL:
		if (!address_valid(value))
			store_refuse(s, "'%s' is no mail address", value);
		break;
	case SETTING_URL:
		check_url(s, value);
		break;
	case SETTING_LANGUAGE:
		if (!text_has_word("fr en", value))
			store_refuse(s, "'%s' is none of: fr en", value);
		break;
	case SETTING_NUMBER:
		check_number(s, value, setting->most);
		break;
	case SETTING_SITE:
		master_require(s, MASTER_SITES, value);
		break;
	case SETTING_CARRIER:
		master_require(s, MASTER_CARRIERS, value);
		break;
	case SETTING_STAFF:
		master_require(s, MASTER_STAFF, value);
		break;
	case SETTING_DIRECTORY:
		if (*value != '/')
			store_refuse(s, "'%s' is no absolute path", value);
		break;
	case SETTING_ZONE:
		if (!time_zone_known(value))
			store_refuse(s, "no time zone '%s'", value);
		break;
	case SETTING_HOURS:
		check_hours(s, value);
		break;
	case SETTING_DUE:
		if (!due_parse(value, &due))
			store_refuse(s, "'%s' is no due time: "
			    "15 min, 4 h, 4 wh, 10 bd or none", value);
		break;
	}
}
