# SPDX-License-Identifier: ISC
# The barcodes of documents hold what commands read: pictures of the pages, and
# of text as it prints, are decoded.

load ../helper
load ../master

setup() {
	case_setup
	master_db
	a=$(case-open fault --customer ACME --unit QO120:QA-1 --pilot ANNE -m 'trips')
	b=$(case-open fault --customer ACME --unit QO120:QA-2 --unit QO120:QA-3 \
	    --pilot ANNE -m 'trips')
	case-triage -q exchange -m 'welded' "$a" "$b"
}

# What a browser makes of a page, as a picture.
draw() {
	timeout 60 chromium --headless --no-sandbox --disable-gpu \
	    --user-data-dir="$PWD/browser" --window-size=900,1400 \
	    --screenshot="$PWD/page.png" "file://$PWD/page.html" >browser.log 2>&1 ||
	    { cat browser.log; return 1; }
}

# What is in the barcodes of a picture. It would tell the desktop, too.
decode() {
	zbarimg --nodbus -q --raw "$1"
}

# Text on white paper: half blocks are points, each letter is a grey one.
print_text() {
	python3 -c 'import sys
scale = 4
points = {" ": (0, 0), "\u2580": (1, 0), "\u2584": (0, 1), "\u2588": (1, 1)}
lines = [""] * 4 + sys.stdin.read().split("\n") + [""] * 4
print("P2", 84 * scale, 2 * len(lines) * scale, 255)
for line in lines:
    for half in 0, 1:
        row = []
        for c in ("    " + line).ljust(84):
            grey = 150 if c not in points else 0 if points[c][half] else 255
            row += [str(grey)] * scale
        print("\n".join([" ".join(row)] * scale))' >page.pgm
}

@test 'a slip of several cases, as a page' {
	case-print -T html return-slip "$a" "$b" >page.html
	draw
	run -0 decode page.png
	assert_output "$a
$b"
}

@test 'a sheet for one of several units, as a page' {
	case-print -T html identification-sheet "$b/2" >page.html
	draw
	run -0 decode page.png
	assert_output "$b/2"
	case-print -T html label "$a" >page.html
	draw
	run -0 decode page.png
	assert_output "$a"
}

@test 'the same as text' {
	case-print return-slip "$a" "$b" | print_text
	run -0 decode page.pgm
	assert_output "$a
$b"
	case-print identification-sheet "$b/2" | print_text
	run -0 decode page.pgm
	assert_output "$b/2"
	case-print label "$a" | print_text
	run -0 decode page.pgm
	assert_output "$a"
}

@test 'what was read goes into a command' {
	case-print label "$a" "$b" | print_text
	decode page.pgm | case-ship receive >received
	assert_equal "$(cat received)" "$a
$b"
}
