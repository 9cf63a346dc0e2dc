/* SPDX-License-Identifier: ISC */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "notice_words.h"

/*
 * A pattern is words in order: alternatives between bars, `*` for any ending,
 * `_2` for up to two words of any kind. Texts are compared in lower case and
 * without accents, word by word, whatever stands between the words; a pattern
 * does not go beyond the end of a sentence. Each is as wide as it can be
 * without meeting what a notice has to say: "handle with precaution", "trips
 * involuntarily", "report any accident".
 */
static const char *const playing_down[] = {
	/* voluntary */
	"voluntar*", "volontaire*",
	/* precautionary */
	"precautionary", "precautionnel*",
	"as _2 precaution", "of|by|for|through|sheer|mere|pure|simple|extra _1 precaution",
	"par _2 precaution", "simple|pure precaution",
	"mesure*|titre|souci|principe|raison*|rappel|demarche|acte|esprit de precaution",
	"preventive*|preventative*|precaution measure*|recall*|action*|basis|campaign*|step*|withdrawal*",
	"preventively|preventivement",
	"titre|mesure*|rappel*|retrait*|action*|maniere|facon|campagne* preventif*|preventive*",
	"abundance|excess|out|exces of|de _1 caution|prudence",
	/* discretionary */
	"discretionary", "discretionnaire*", "our|own|your|notre|votre discretion",
	"recall*|return*|participation|replacement* _2 optional",
	"optional recall*|return*|participation|replacement*",
	"rappel*|retour*|participation|echange* _2 facultatif*|facultative*",
	/* in rare or specific situations */
	"in|under|on|with|only _2 rare|rarest|few _2 case*|situation*|circumstance*|instance*|"
	    "occasion*|condition*",
	"in|under|on|with|only _2 specific|certain|exceptional|isolated|particular|limited|unusual "
	    "case*|situation*|circumstance*|instance*|occasion*|condition*",
	"rarely|exceptionally", "extremely|very|highly|most unlikely", "isolated case*|incident*|occurrence*",
	"dans|en|sous|lors|a|avec _2 rares|rare|rarissimes|certaines|certains|quelques "
	    "cas|situation*|circonstance*|occasion*|condition*",
	"dans|en|sous|lors|a|avec _2 cas|situation*|circonstance*|occasion*|condition* "
	    "_1 rare*|specifique*|particulier*|particuliere*|exceptionnel*|isole*",
	"rarement|rarissime*|exceptionnellement", "tres|fort|hautement|extremement peu probable*",
	"tres|hautement|extremement improbable*", "cas rares|isoles|exceptionnels",
	/* no accident reported */
	"no|never|without|zero|nor _2 accident*|incident*|injur*|casualt*|victim*|harm _4 "
	    "reported|recorded|known|occurred|notified|registered|date|happened|far|observed",
	"no|never|without|zero|nor _1 reported|known|recorded|confirmed "
	    "accident*|incident*|injur*|casualt*|victim*",
	"no|never|not|nor|without _3 report|reports|record|records|knowledge|notification*|complaint* "
	    "of|about|concerning _3 accident*|incident*|injur*|casualt*|victim*|harm",
	"not|never _1 aware|received|recorded|registered|had _3 accident*|incident*|injur*|casualt*",
	"unaware of _2 accident*|incident*|injur*", "nobody|one has|was _2 injured|hurt|harmed",
	"aucun|aucune|nul|nulle|pas|jamais|sans|zero|ni _3 accident*|incident*|blesse*|blessure*|victime* _5 "
	    "signale*|declare*|rapporte*|recense*|deplorer|deploree*|constate*|enregistre*|connu*|"
	    "jour|survenu*|"
	    "lieu|produit|produite|notifie*",
	"connaissance _1 aucun|aucune _2 accident*|incident*|blesse*|blessure*|victime*",
	"pas|jamais|ni _1 connaissance _2 accident*|incident*|blesse*|victime*",
	"lieu|objet|provoque|cause|entraine|fait|eu|recense|signale|deplore|declare|enregistre|constate|"
	    "connait|connaissons|"
	    "deplorons _1 aucun|aucune _2 accident*|incident*|blesse*|blessure*|victime*",
	"pas|jamais _2 signale*|declare*|rapporte*|recense*|eu _2 accident*|incident*|blesse*|victime*",
	"personne n _2 ete _1 blesse*",
	/* nothing to be afraid of */
	"negligible|minimal|insignificant|low|slight|tiny risk*|danger*|probability|likelihood",
	"risque*|danger*|probabilite* _1 negligeable*|minime*|infime*",
	"risque*|danger*|probabilite* est|reste|demeure faible*|limite*|mineur*", "risque*|"
	    "probabilite* faible*",
	"faible|moindre risque*|probabilite", "no|without _2 immediate|real|actual|serious risk*|"
	    "danger*|hazard*|threat*",
	"aucun|sans|pas _1 risque|danger _1 immediat|reel|serieux|grave",
	"no _1 cause|reason|need _2 concern|alarm|worry|panic",
	"aucune|pas _2 raison|lieu|inutile _3 inquieter|alarmer|paniquer",
	NULL
};

/* Ways to say it; an instruction without any of them leaves people in doubt. */
static const char *const stopping[] = {
	"stop*|cease*|discontinu*|refrain*|unplug*|disconnect*|isolate*|remov*|quarantine*|withdraw*|avoid*",
	"switch*|turn*|take*|put* _5 off|out|aside|service", "deenergi*|decommission*", "out of service|use",
	"not|never|no _2 use|using|used|operate*|switch*|energi*|install*|sell*|longer|touch*|"
	    "plug*|power*|connect*|"
	    "turn*|put|de",
	"de energi*", "cess*|arret*|debranch*|deconnect*|coup*|retir*|depos*|eteign*|eteindre|"
	    "interromp*|suspend*",
	"isol*|evit*|renonc*|consign*", "mettr*|mett* _4 hors|cote|arret", "hors service|tension|usage",
	"n|ne _2 utilis*|employ*|serv*|mett*|install*|vend*|touch*|branch*|manipul*|enclench*|"
	    "remett*|exploit*",
	"plus utiliser|employer",
	NULL
};

/* Letters of a word that are looked at. */
#define WORD_MOST	40

/* A word as it is compared, and where it stands. */
struct word {
	char		 text[WORD_MOST];
	size_t		 at, end;
	bool		 last;		/* of its sentence */
};

struct words {
	struct word	*list;
	size_t		 count;
};

/* Latin letters without their marks, by code point; what is not here and no
 * ASCII letter or digit stands between words. */
static char
plain(uint32_t c)
{
	static const struct {
		uint32_t	 from, to;
		char		 letter;
	} table[] = {
		{ 0xc0, 0xc5, 'a' }, { 0xc7, 0xc7, 'c' }, { 0xc8, 0xcb, 'e' },
		{ 0xcc, 0xcf, 'i' }, { 0xd1, 0xd1, 'n' }, { 0xd2, 0xd6, 'o' },
		{ 0xd9, 0xdc, 'u' }, { 0xdd, 0xdd, 'y' }, { 0xe0, 0xe5, 'a' },
		{ 0xe7, 0xe7, 'c' }, { 0xe8, 0xeb, 'e' }, { 0xec, 0xef, 'i' },
		{ 0xf1, 0xf1, 'n' }, { 0xf2, 0xf6, 'o' }, { 0xf9, 0xfc, 'u' },
		{ 0xfd, 0xfd, 'y' }, { 0xff, 0xff, 'y' }, { 0x152, 0x153, 'o' },
		{ 0x178, 0x178, 'y' }, { 0xff21, 0xff3a, 1 }, { 0xff41, 0xff5a, 2 },
	};

	if (c < 0x80)
		return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') :
		    (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ?
		    (char)c : 0;
	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++)
		if (c >= table[i].from && c <= table[i].to)
			return table[i].letter > 2 ? table[i].letter :
			    (char)('a' + (c - table[i].from));
	return 0;
}

/* Marks that are written after their letter, and what cannot be seen. */
static bool
invisible(uint32_t c)
{
	return (c >= 0x300 && c <= 0x36f) || c == 0xad ||
	    (c >= 0x200b && c <= 0x200d) || c == 0x2060 || c == 0xfeff;
}

static bool
ends_sentence(uint32_t c)
{
	return c == '.' || c == '!' || c == '?' || c == ';' || c == ':' ||
	    c == 0x2026;
}

/* A hyphen at the end of a line goes on in the next: its length, or 0. */
static size_t
hyphenated(const char *text)
{
	size_t blanks = strspn(text + 1, " \t\r");

	if (*text != '-' || text[1 + blanks] != '\n')
		return 0;
	return 1 + blanks + strspn(text + 1 + blanks, " \t\r\n");
}

static struct word *
begin(struct words *w, size_t at)
{
	w->list = mem_array(w->list, w->count + 1, sizeof(*w->list));
	w->list[w->count] = (struct word){ .at = at };
	return &w->list[w->count++];
}

static struct words
split(const char *text)
{
	struct words w = { 0 };
	struct word *word = NULL;
	size_t at = 0, len = strlen(text), n, used = 0;
	uint32_t c;

	for (; at < len; at += n) {
		char letter;

		n = text_decode(text + at, len - at, &c);
		if (n == 0) {
			n = 1;
			c = ' ';
		}
		if (invisible(c))
			continue;
		if (word != NULL && hyphenated(text + at) > 0) {
			n = hyphenated(text + at);
			continue;
		}
		if ((letter = plain(c)) == 0) {
			if (w.count > 0 && ends_sentence(c))
				w.list[w.count - 1].last = true;
			word = NULL;
			continue;
		}
		if (word == NULL) {
			word = begin(&w, at);
			used = 0;
		}
		if (used < WORD_MOST - 1)
			word->text[used++] = letter;
		word->end = at + n;
	}
	return w;
}

/* Does the word fit one of the alternatives, which end at a blank? */
static bool
fits(const char *pattern, const char *word)
{
	for (;;) {
		size_t len = strcspn(pattern, "| *");

		if (strncmp(pattern, word, len) == 0 &&
		    (pattern[len] == '*' || word[len] == '\0'))
			return true;
		pattern += len + (pattern[len] == '*');
		if (*pattern != '|')
			return false;
		pattern++;
	}
}

static const char *
next_word(const char *pattern)
{
	pattern += strcspn(pattern, " ");
	return *pattern == ' ' ? pattern + 1 : pattern;
}

/* The index after the last word that the pattern takes from word i on; 0 when
 * it does not fit. */
static size_t
match(const struct words *w, size_t i, const char *pattern)
{
	size_t gap = 0;

	if (*pattern == '_') {
		gap = (size_t)(pattern[1] - '0');
		pattern = next_word(pattern);
	}
	for (; i < w->count; i++) {
		size_t end = 0;

		if (fits(pattern, w->list[i].text)) {
			const char *rest = next_word(pattern);

			end = *rest == '\0' ? i + 1 : w->list[i].last ? 0 :
			    match(w, i + 1, rest);
		}
		if (end != 0)
			return end;
		if (gap-- == 0 || w->list[i].last)
			return 0;
	}
	return 0;
}

/* The longest that begins at the word. */
static size_t
match_any(const struct words *w, size_t i, const char *const *patterns)
{
	size_t best = 0;

	for (; *patterns != NULL; patterns++) {
		size_t end = match(w, i, *patterns);

		if (end > best)
			best = end;
	}
	return best;
}

static void
place(const char *text, struct notice_phrase *p)
{
	size_t n;
	uint32_t c;

	p->line = p->column = 1;
	for (size_t i = 0; i < p->at; i += n) {
		n = text_decode(text + i, p->at - i, &c);
		if (n == 0)
			n = 1;
		p->column = text[i] == '\n' ? 1 : p->column + 1;
		p->line += text[i] == '\n';
	}
}

static bool
find(const char *text, size_t from, const char *const *patterns,
    struct notice_phrase *p)
{
	struct words w = split(text);
	bool found = false;

	for (size_t i = 0; i < w.count && !found; i++) {
		size_t end;

		if (w.list[i].at < from)
			continue;
		end = match_any(&w, i, patterns);
		if (end == 0)
			continue;
		p->at = w.list[i].at;
		p->len = w.list[end - 1].end - p->at;
		found = true;
	}
	free(w.list);
	return found;
}

bool
notice_plays_down(const char *text, size_t from, struct notice_phrase *phrase)
{
	if (!find(text, from, playing_down, phrase))
		return false;
	place(text, phrase);
	return true;
}

bool
notice_says_stop(const char *text)
{
	struct notice_phrase p;

	return find(text, 0, stopping, &p);
}
