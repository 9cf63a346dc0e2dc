/* SPDX-License-Identifier: ISC */
#include "html.h"
#include "render.h"

static void
put_notice(struct page *p, enum word title, enum word hint)
{
	buf_printf(p->out, "<section class=\"card notice\" id=\"survey\" "
	    "aria-labelledby=\"survey-title\">\n<h2 id=\"survey-title\">%s</h2>"
	    "\n<p>%s</p>\n</section>\n", word(title, p->language),
	    word(hint, p->language));
}

static void
put_error(struct page *p, const char *id, enum word what)
{
	buf_printf(p->out, "<p class=\"error\" id=\"%s\"><b>%s</b>%s</p>\n",
	    id, word(WORD_ERROR, p->language), word(what, p->language));
}

static void
put_degrees(struct page *p)
{
	int given = p->given != NULL ? p->given->degree : 0;
	bool missing = p->given != NULL && given == 0;

	buf_printf(p->out, "<fieldset%s>\n<legend>%s</legend>\n",
	    missing ? " aria-describedby=\"degree-error\"" : "",
	    word(WORD_DEGREE, p->language));
	if (missing)
		put_error(p, "degree-error", WORD_ERROR_DEGREE);
	for (int degree = 5; degree >= 1; degree--)
		buf_printf(p->out, "<label><input type=\"radio\" "
		    "name=\"degree\" value=\"%d\" required%s> %s</label>\n",
		    degree, degree == given ? " checked" : "",
		    word_degree(degree, p->language));
	buf_text(p->out, "</fieldset>\n");
}

static void
put_text(struct page *p)
{
	const struct survey *v = p->given;
	bool wrong = v != NULL && !(v->readable && v->fits);

	buf_printf(p->out, "<label for=\"text\">%s</label>\n"
	    "<p class=\"hint\" id=\"text-hint\">%s</p>\n",
	    word(WORD_TEXT, p->language), word(WORD_TEXT_HINT, p->language));
	if (wrong)
		put_error(p, "text-error", v->readable ? WORD_ERROR_LONG :
		    WORD_ERROR_UNREADABLE);
	/* The first line break in a <textarea> is not part of it. */
	buf_printf(p->out, "<textarea id=\"text\" name=\"text\" rows=\"4\" "
	    "maxlength=\"%d\" aria-describedby=\"text-hint%s\"%s>\n",
	    SURVEY_TEXT, wrong ? " text-error" : "",
	    wrong ? " aria-invalid=\"true\"" : "");
	if (v != NULL && v->readable && v->text != NULL)
		html_text(p->out, v->text);
	buf_text(p->out, "</textarea>\n");
}

static void
put_form(struct page *p)
{
	buf_printf(p->out, "<section class=\"card ask\" id=\"survey\" "
	    "aria-labelledby=\"survey-title\">\n<h2 id=\"survey-title\">%s</h2>"
	    "\n<p>%s</p>\n", word(WORD_SURVEY, p->language),
	    word(WORD_SURVEY_HINT, p->language));
	buf_printf(p->out, "<form method=\"post\" action=\"%s#survey\">\n"
	    "<input type=\"hidden\" name=\"nonce\" value=\"%s\">\n",
	    p->token, p->found->nonce);
	put_degrees(p);
	put_text(p);
	buf_printf(p->out, "<button type=\"submit\">%s</button>\n</form>\n"
	    "</section>\n", word(WORD_SEND, p->language));
}

void
render_form(struct page *p)
{
	switch (p->survey) {
	case RENDER_NO_SURVEY:
		return;
	case RENDER_ASK:
		put_form(p);
		return;
	case RENDER_THANK:
		put_notice(p, WORD_THANKS, WORD_THANKS_HINT);
		return;
	case RENDER_SECOND:
		put_notice(p, WORD_ANSWERED, WORD_ANSWERED_HINT);
		return;
	case RENDER_SHUT:
		put_notice(p, WORD_SHUT, WORD_SHUT_HINT);
		return;
	}
}
