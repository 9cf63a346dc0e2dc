/* SPDX-License-Identifier: ISC */
#include "base/text.h"

enum { LATIN_FIRST = 0xc0, LATIN_END = 0x180 };

/* The letters from U+00C0 on without their marks; a capital stands for two of
 * them, a hyphen for a sign that is no letter. */
static const char latin[] =
    "aaaaaaAceeeeiiiidnooooo-ouuuuyTS" "aaaaaaAceeeeiiiidnooooo-ouuuuyTy"
    "aaaaaaccccccccddddeeeeeeeeeegggg" "gggghhhhiiiiiiiiiiIIjjkkklllllll"
    "lllnnnnnnnnnooooooOOrrrrrrssssss" "ssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

static const char *
two_letters(char stands_for)
{
	switch (stands_for) {
	case 'A':
		return "ae";
	case 'I':
		return "ij";
	case 'O':
		return "oe";
	case 'S':
		return "ss";
	case 'T':
		return "th";
	default:
		return NULL;
	}
}

static bool
is_mark(uint32_t character)
{
	return character >= 0x300 && character <= 0x36f;
}

/* As text programs put it for the one of the keyboard. */
static bool
is_apostrophe(uint32_t character)
{
	return character == 0x2018 || character == 0x2019 ||
	    character == 0x2bc;
}

static void
fold_latin(struct buf *b, const char *text, size_t len, uint32_t character)
{
	char letter = latin[character - LATIN_FIRST];

	if (two_letters(letter) != NULL)
		buf_text(b, two_letters(letter));
	else if (letter != '-')
		buf_char(b, letter);
	else
		buf_add(b, text, len);
}

void
text_fold(struct buf *b, const char *text, size_t len)
{
	uint32_t character;
	size_t n;

	for (; len > 0; text += n, len -= n) {
		n = text_decode(text, len, &character);
		if (n == 0)		/* no UTF-8: as it stands */
			buf_add(b, text, n = 1);
		else if (character >= 'A' && character <= 'Z')
			buf_char(b, (char)(character - 'A' + 'a'));
		else if (is_apostrophe(character))
			buf_char(b, '\'');
		else if (character >= LATIN_FIRST && character < LATIN_END)
			fold_latin(b, text, n, character);
		else if (!is_mark(character))
			buf_add(b, text, n);
	}
}
