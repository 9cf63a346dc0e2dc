/* SPDX-License-Identifier: ISC */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tell/mime.h"

/* usage: mail <RECORDS
 * Each record is a name, a subject, a file name and a text, each ended by NUL.
 * Answers the mail that is made of them, or the reason against it after a "!",
 * ended by NUL. */

static bool
field(char **text)
{
	size_t size = 0;

	free(*text);
	*text = NULL;
	if (getdelim(text, &size, '\0', stdin) >= 0)
		return true;
	free(*text);
	*text = NULL;
	return false;
}

static void
answer(char *const fields[4])
{
	struct mime_file file = { .name = fields[2], .data = fields[3],
	    .len = strlen(fields[3]) };
	struct mime_mail mail = {
		.from_name = fields[0], .from = "service@firm.example",
		.to_name = fields[0], .to = "customer@shop.example",
		.subject = fields[1], .message_id = "1.1.ab@firm.example",
		.references = "case.1000015@firm.example", .language = "fr",
		.date = 1777543500, .zone = "Europe/Paris",
		.text = fields[3], .html = fields[3],
		.files = &file, .file_count = *fields[2] != '\0',
	};
	struct buf out = { 0 };
	const char *why = NULL;

	if (mime_write(&mail, &out, &why))
		fwrite(out.data, 1, out.len, stdout);
	else
		printf("!%s", why);
	putchar('\0');
	buf_free(&out);
}

int
main(void)
{
	char *fields[4] = { NULL, NULL, NULL, NULL };

	while (field(&fields[0]) && field(&fields[1]) && field(&fields[2]) &&
	    field(&fields[3]))
		answer(fields);
	for (int i = 0; i < 4; i++)
		free(fields[i]);
	return ferror(stdout) || fflush(stdout) == EOF;
}
