/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "base/local.h"
#include "rules/unit.h"

/* As case-load takes them: what is part of a key is no longer. */
enum { MOST = 255 };

static const char *
fault(const char *text, size_t len, const char *empty)
{
	size_t blanks = 0;

	if (len > MOST)
		return local_text("is longer than 255 bytes");
	for (size_t i = 0; i < len; i++) {
		if ((unsigned char)text[i] < ' ' || text[i] == 0x7f)
			return local_text("has a control character");
		blanks += text[i] == ' ';
	}
	return blanks == len ? empty : NULL;
}

const char *
unit_serial_fault(const char *serial)
{
	return fault(serial, strlen(serial),
	    local_text("is not a serial"));
}

const char *
unit_fault(const char *text)
{
	const char *form = local_text("is not a unit; write REF or "
	    "REF:SERIAL");
	const char *colon = strchr(text, ':'), *why;
	size_t len = colon != NULL ? (size_t)(colon - text) : strlen(text);

	why = fault(text, len, form);
	if (why == NULL && colon != NULL)
		why = fault(colon + 1, strlen(colon + 1), form);
	return why;
}
