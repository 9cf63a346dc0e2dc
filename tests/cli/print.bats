# SPDX-License-Identifier: ISC
# case-print: papers of cases, as text and HTML, in French and English.

load ../helper
load ../master

nbsp=$'\u00a0'

setup() {
	case_setup
	master_db
	export CASE_NOW=2026-04-27T10:00+02:00
}

# A case of so many units of ACME on which the procedure is started.
started() {
	local procedure=$1 id units=()

	for n in $(seq "${2:-1}"); do
		units+=(--unit "QO120:QA-$n")
	done
	id=$(case-open fault --customer ACME "${units[@]}" -m 'trips at once')
	case-assign -q ANNE "$id"
	case-triage -q "$procedure" -m 'contact welded' "$id"
	echo "$id"
}

# The words of a page of HTML, on one line.
words() {
	python3 -c 'import sys, html.parser
class Words(html.parser.HTMLParser):
    inside = None
    def handle_starttag(self, tag, attributes):
        self.inside = tag
    def handle_data(self, data):
        if self.inside != "style":
            print(" ".join(data.split()), end=" ")
Words().feed(sys.stdin.read())'
}

@test 'a slip says from where, to where, what and until when' {
	id=$(started exchange)
	case-ship -q slip "$id"
	run -0 case-print return-slip "$id"
	assert_line --partial 'Bordereau de retour technique'
	assert_line --partial "Dossier $id"
	assert_line --regexp '^    Acme SA'
	assert_line --regexp '^    Logistics'
	assert_line "[ ] $id/1  QO120, n°${nbsp}QA-1"
	assert_line '    trips at once'
	assert_line "À expédier au plus tard le mercredi 13${nbsp}mai${nbsp}2026."
	assert_line 'Le transport est à votre charge.'
	run -0 case-print --lang en return-slip "$id"
	assert_line "To be shipped by Wednesday 13${nbsp}May${nbsp}2026."
}

@test 'before the slip is sent, it says when the unit would be due' {
	id=$(started repair)
	run -0 case-print return-slip "$id"
	assert_line "À expédier au plus tard le mercredi 13${nbsp}mai${nbsp}2026."
	assert_line --regexp '^    Repair'
}

@test 'several cases share a slip where they go to the same place' {
	a=$(started exchange 2)
	b=$(case-open fault --customer ACME --unit QO120:QA-3 --pilot ANNE -m 'hums')
	case-triage -q exchange -m 'coil' "$b"
	c=$(case-open fault --customer ACME --unit QO120:QA-4 --pilot ANNE -m 'burnt')
	case-triage -q repair -m 'coil' "$c"
	run -0 case-print -T html return-slip "$a" "$b" "$c"
	assert_equal "$(grep -c '<article' <<<"$output")" 2
	run -0 words <<<"$output"
	assert_output --partial "Dossier $a, $b"
	case-print return-slip "$a" "$b" "$c" >slip
	assert_equal "$(tr -dc '\f' <slip | wc -c)" 1
	case-list --step slip | case-print return-slip >piped
	run -0 diff <(sort slip) <(sort piped)
}

@test 'what is not to be returned is refused with the reason' {
	id=$(case-open fault --customer ACME --unit QO120:QA-1 -m 'trips')
	refuses 1 'nothing is to be returned' case-print return-slip "$id"
	case-assign -q ANNE "$id"
	case-triage -q exchange -m 'welded' "$id"
	case-print return-slip "$id" >/dev/null
	case-ship -q receive "$id"
	refuses 1 "$id: it has arrived already" case-print return-slip "$id"
	paid=$(case-open fault --customer ACME --unit QO120:OLD-1 --pilot ANNE -m 'trips')
	case-triage -q exchange -m 'welded' "$paid"
	refuses 1 'purchase order comes first' case-print return-slip "$paid"
	refuses 1 'there is no item 9' \
	    case-print return-slip "$paid/9"
	refuses 2 'is no DOCUMENT' case-print letter "$id"
	# The others are printed.
	other=$(case-open fault --customer ACME --unit QO120:QA-2 --pilot ANNE -m 'trips')
	case-triage -q repair -m 'welded' "$other"
	run --separate-stderr case-print return-slip "$id" "$other"
	assert_equal "$status" 1
	assert_line --partial "Dossier $other"
	refute_line --partial "$id"
}
