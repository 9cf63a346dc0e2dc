# SPDX-License-Identifier: ISC
# shellcheck shell=bash
# Hostile text in every field: exact in JSON, harmless on a terminal and in a
# pipe, never run, never read as SQL.

setup() {
	load ../helper
	load ../master
	case_setup
	master_db
	# Escape, tab, newline, return, delete, C1, bidirectional overrides,
	# line separator, quotes, formats, commands, SQL, HTML, emoji.
	words=$'a\033[31mb\tc\nd\re\x7ff\u009bg\u202eh\u2066i\u2028j "\\,\';%s%n'
	words+=$' $(touch pwned) `touch pwned` \'); DROP TABLE cases; --'
	words+=$' <script>&amp; \U1F480 e\u0301'
	# What the same looks like where a line has to stay one.
	line=${words//$'\n'/ } line=${line//$'\r'/ }
}

# Nothing on standard input but text, tabs and newlines.
harmless() {
	LC_ALL=C tr -d '\n\t -~\200-\377' >rest
	[ ! -s rest ]
}
clean() {
	"$@" >out 2>err || :
	for printed in out err; do
		harmless <$printed || fail "$*: $(od -c rest | head -3)"
	done
	! grep -qP '\x{9b}|\x{202e}|\x{2066}' out err ||
	    fail "$*: overrides in the output"
}

everywhere() {
	clean case-show "$1"
	clean case-show --why close "$1"
	clean case-list --all
	clean case-find "$words"
	clean case-find trips
	case-show --json "$1" | jq -e . >/dev/null
	[ ! -e pwned ]
	case-audit verify
	case-audit rebuild
}

@test "in the words, names and numbers that the acts take" {
	id=$(case-open fault --serial OLD-1 --pilot ANNE -m "trips $words" \
	    --contact "$words")
	case-triage -q repair -m "$words" "$id"
	case-order -q quote --amount 3 --until 2026-06-01 -m "$words" "$id"
	case-order -q order --po "$line" "$id"
	case-ship -q slip -m "$words" "$id"
	case-ship -q return --carrier DPD --tracking "$line" "$id"
	case-note -q --ask -m "$words" "$id"
	case-note -q --answer -m "$words" "$id"
	case-ship -q request "$id"
	case-ship -q receive "$id"
	case-report -q fix --outcome repaired -m "$words" "$id"
	case-waive -q send-back --outcome handed-over -m "$words" "$id"
	case-close -q --satisfaction 1 -m "$words" --outcome "$line" "$id"
	case-close -q --reopen -m "$words" "$id"
	case-triage -q --goodwill "$words" none -m "$words" "$id"
	assert_equal "$(look "$id" .contact)" "$words"
	assert_equal "$(look "$id" .description)" "trips $words"
	assert_equal "$(look "$id" '[.events[] | select(.text != null) |
	    .text] | unique | length')" 2
	assert_equal "$(look "$id" '.events[] | select(.verb == "fix") | .text')" \
	    "$words"
	assert_equal "$(look "$id" '.events[] | select(.verb == "order") |
	    .data.order')" "$line"
	everywhere "$id"
}

@test "in a complaint" {
	id=$(case-open complaint --customer ACME --pilot ANNE -m "$words")
	case-triage -q classify --nature technical --criticality 1 \
	    --dissatisfaction 5 --sought "$words" "$id"
	case-report -q acknowledge -m "$words" "$id"
	case-report -q solve --start correction --owner QUINN -m "$words" "$id"
	case-report -q correct --why "$words" --missed "$words" \
	    --change "$words" "$id"
	assert_equal "$(look "$id" '.events[-1].data |
	    (.why == .missed and .missed == .change)')" true
	assert_equal "$(look "$id" '.events[-1].data.why')" "$words"
	everywhere "$id"
}

@test "in a batch" {
	jq -nc --arg w "$words" '{kind: "complaint", customer: "ACME",
	    message: $w, contact: $w, key: $w}' >lines
	id=$(case-open --batch <lines)
	assert_equal "$(case-open --batch <lines)" "$id"
	assert_equal "$(look "$id" .description)" "$words"
	jq -nc --arg w "$words" '{kind: $w, customer: $w, message: $w},
	    {kind: "fault", serial: $w, message: $w}, {($w): $w}' >lines
	clean case-open --batch <lines
	[ ! -s out ]
	everywhere "$id"
}

@test "in master data" {
	jq -nc --arg w "$line" '{code: "EVIL", name: $w, type: "end",
	    address: $w, city: $w}' | case-load -q customers
	jq -nc --arg w "$line" '{reference: "EV1", name: $w, range: "breakers",
	    warranty_months: 12, logistics: "LOG", plant: "PLANT",
	    repair: "REP", expertise: "EXP"}' | case-load -q products
	jq -nc --arg w "$line" '{code: "EVAN", name: $w, roles: "pilot"}' |
	    case-load -q staff
	id=$(case-open fault --customer EVIL --unit "EV1:S1" --sold-on \
	    2026-01-01 --pilot EVAN -m 'trips')
	case-triage -q exchange -m x "$id"
	everywhere "$id"
	clean case-list --customer EVIL
}

@test "in what is not known, and so in the refusals" {
	id=$(case-open fault --serial QA-1 --pilot ANNE -m 'trips')
	for command in 'open fault --customer' 'open fault --serial' \
	    'open fault --unit' 'open --pilot' 'assign' 'ship slip --by' \
	    'triage' 'ship' 'report' 'waive' 'order' 'note --attach' \
	    'note --at' 'ship receive --unit' 'ship receive --from' \
	    'report fix --cause' 'show' 'list --step' 'find' 'flow' 'list --kind'; do
		# shellcheck disable=SC2086 # words
		clean case-$command "$words" "$id"
		# shellcheck disable=SC2086 # words
		clean case-$command "$words" -m "$words" "$id"
	done
	[ ! -e pwned ]
	case-audit verify
}

@test "in the name of a file that is kept" {
	id=$(case-open fault --serial QA-1 --pilot ANNE -m 'trips')
	name=$'evil\033[2J\n"; rm -rf x\u202e.txt'
	echo data >"$name"
	case-note -q --attach "$name" -m x "$id"
	assert_equal "$(look "$id" '.attachments[0].name')" "$name"
	everywhere "$id"
}

@test "bytes that are no text are refused, wherever they stand" {
	id=$(case-open fault --serial QA-1 --pilot ANNE -m 'trips')
	bad=$'caf\xe9'
	refuses 2 'UTF-8' case-note -m "$bad" "$id"
	refuses 2 'UTF-8' case-open fault --serial "$bad" -m x
	refuses 2 'UTF-8' case-open fault --serial QA-2 --contact "$bad" -m x
	refuses 2 'UTF-8' case-triage exchange -m "$bad" "$id"
	refuses 2 'UTF-8' case-order order --po "$bad" "$id"
	refuses 2 'UTF-8' case-ship return --tracking "$bad" "$id"
	refuses 2 '' case-note -m x "$bad"
	printf '%s' "$bad" >file
	refuses 2 'UTF-8' case-note -F file "$id"
	printf 'a\0b' >file
	refuses 2 '' case-note -F file "$id"
}
