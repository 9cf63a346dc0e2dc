/* SPDX-License-Identifier: ISC */
#include <qrencode.h>

#include "tell/barcode.h"

#define QUIET	4		/* modules around it */

static bool
dark(const QRcode *code, int x, int y)
{
	return y < code->width && (code->data[y * code->width + x] & 1) != 0;
}

/* Parcels get scratched and wet: a quarter of the picture may be lost. */
static QRcode *
encode(const char *text)
{
	return QRcode_encodeString8bit(text, 0, QR_ECLEVEL_Q);
}

/* Each run of dark modules in a row is a rectangle of the path. */
static void
put_row(const QRcode *code, int y, struct buf *out)
{
	int x = 0, from;

	while (x < code->width) {
		if (!dark(code, x, y)) {
			x++;
			continue;
		}
		for (from = x; x < code->width && dark(code, x, y); x++)
			;
		buf_printf(out, "M%d %dh%dv1h-%dz", from + QUIET, y + QUIET,
		    x - from, x - from);
	}
}

bool
barcode_svg(const char *text, struct buf *out)
{
	QRcode *code = encode(text);

	if (code == NULL)
		return false;
	buf_printf(out, "<svg class=\"code\" viewBox=\"0 0 %d %d\" "
	    "aria-hidden=\"true\">"
	    "<path fill=\"#fff\" d=\"M0 0h%dv%dH0z\"/><path d=\"",
	    code->width + 2 * QUIET, code->width + 2 * QUIET,
	    code->width + 2 * QUIET, code->width + 2 * QUIET);
	for (int y = 0; y < code->width; y++)
		put_row(code, y, out);
	buf_text(out, "\"/></svg>");
	QRcode_free(code);
	return true;
}

bool
barcode_text(const char *text, int columns, struct buf *out)
{
	static const char *const blocks[] = { " ", "▀", "▄", "█" };
	QRcode *code = encode(text);
	bool fits = code != NULL && code->width <= columns;

	for (int y = 0; fits && y < code->width; y += 2) {
		if (y > 0)
			buf_char(out, '\n');
		for (int x = 0; x < code->width; x++)
			buf_text(out, blocks[dark(code, x, y) +
			    2 * dark(code, x, y + 1)]);
	}
	QRcode_free(code);
	return fits;
}
