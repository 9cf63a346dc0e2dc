# SPDX-License-Identifier: ISC
# shellcheck shell=bash
# shellcheck disable=SC2030,SC2031,SC2086 # numbers; each test is a subshell
# case-list: what is listed, in which order and form. What fits is compared with
# what jq makes of the whole cases.

# Cases of all sorts, made once: see sorts() for what is special about them.
setup() {
	load ../helper
	load ../master
	case_setup
	if [ ! -e "$CASE_RUN/list.db" ]; then
		master_db
		sorts >/dev/null
		mv -f "$CASE_DB" "$CASE_RUN/list.db"
	fi
	cp "$CASE_RUN/list.db" "$CASE_DB"
	CASE_NOW=2026-05-04T10:00:00+02:00
}

# Opens a case at a time: opened 2026-04-27T09:00 fault ... ; its number in $id.
opened() {
	export CASE_NOW=$1
	shift
	id=$(case-open "$@")
}

sorts() {
	opened 2026-04-20T09:00 fault --serial QA-1 -m 'trips at once, cold'
	opened 2026-04-20T10:00 fault --serial QA-2 --pilot PAUL -m 'hums'
	case-triage exchange $id -m 'contact welded'
	case-ship request $id
	case-ship replacement --unit QO120:NEW-1 --carrier DPD $id
	case-ship slip $id
	opened 2026-04-21T09:00 fault --customer ACME --unit QO120 \
	    --quantity 3 --sold-on 2026-01-15 --pilot PAUL \
	    -m 'three of them 100% dead'
	case-triage exchange $id -m 'as the others'
	case-ship slip $id/2
	case-note -m 'he calls every day' $id
	opened 2026-04-21T22:00 emergency --customer BETA --unit LC1:LC-1 \
	    --risk people -m 'it burns' --pilot EVE
	case-triage advice parts intervention $id -m 'send someone'
	opened 2026-04-22T09:00 emergency --customer ACME --risk property \
	    --pilot ANNE -m 'water'
	opened 2026-04-22T10:00 complaint --customer DIST --pilot ANNE \
	    -m 'invoiced twice'
	case-triage classify --nature administrative --criticality 2 \
	    --dissatisfaction 4 --sought 'credit note' $id
	opened 2026-04-22T11:00 expertise --serial XP-1 --pilot EVE \
	    -m 'why did it burn'
	case-triage expertise $id -m 'to the centre'
	case-ship dossier --carrier DPD $id
	CASE_NOW=2026-04-24T11:00 case-ship pickup $id
	opened 2026-04-23T09:00 fault --serial OLD-1 --pilot PAUL -m 'old'
	case-triage exchange $id -m 'out of warranty'
	opened 2026-04-23T10:00 fault --serial QA-3 --pilot PAUL -m 'mistake'
	case-close --cancel -m 'by mistake' $id
	opened 2026-04-23T11:00 fault --serial QA-4 --pilot PAUL -m 'again'
	case-triage none $id -m 'works as it should'
	case-close --satisfaction 4 $id
	opened 2026-05-04T09:00 fault --serial QA-5 --pilot PAUL -m 'new'
	opened 2026-05-04T09:30 fault --serial QA-6 --pilot QUINN -m 'new too'
}

# The numbers that case-list gives, on one line.
listed() {
	case-list "$@" -o case | xargs
}

# The numbers of the cases for which a jq expression holds, sorted.
really() {
	case-list --all -o case | case-show --json |
	    jq -r "select($1) | .case" | sort | xargs
}

# fits EXPRESSION OPTION...: the options list those and no others, and there are
# some, and not all.
fits() {
	local want got

	want=$(really "$1")
	got=$(listed "${@:2}" | tr ' ' '\n' | sort | xargs)
	assert_equal "$got" "$want"
	[ -n "$want" ] || fail "nothing fits $*"
	assert_not_equal "$want" "$(really true)"
}

# An open step of an open case for which the expression holds.
step_that() {
	echo "any(.steps[]; .state == \"open\" and ($1))"
}

# lists TIME CASE OPTION...: at that time the case is listed.
lists() {
	CASE_NOW=$1 case-list "${@:3}" -o case | grep -qx "$2"
}

misses() {
	CASE_NOW=$1 case-list "${@:3}" -o case >missed
	! grep -qx "$2" missed
}

NOW='"2026-05-04T10:00:00+02:00"'
# The time that binds, as text that can be compared, all being summer time; later
# than any for none.
BINDS='([.due_at, .limit_at] | map(select(.)) | min // "9")'

@test "open ones by default, or closed and cancelled, or all" {
	fits '.status == "open"'
	fits '.status == "open"' --open
	fits '.status != "open"' --closed
	assert_equal "$(listed --all | wc -w)" 12
	assert_equal "$(listed --all)" "$(listed --open) $(listed --closed)"
	assert_equal "$(listed --closed)" \
	    "$(listed --closed | tr ' ' '\n' | sort -r | xargs)"
	run -2 case-list --open --all
	run -2 case-list --closed --step close
	assert_output --partial 'say --all'
}

@test "risk to people first, then by the time that binds" {
	local want

	want=$(case-list -o case | case-show --json | jq -rs "sort_by(
	    .risk != \"people\", (.next | $BINDS), .case) |
	    .[].case" | xargs)
	assert_equal "$(listed)" "$want"
	assert_equal "$(case-list --limit 1 -o risk)" people
	# An order for what has to be paid has no due time: last.
	assert_equal "$(case-list -o step | tail -n 1)" order
}

@test "by what the case is" {
	fits '.status == "open" and .kind == "emergency"' --kind emergency
	fits '.kind == "fault"' --kind fault --all
	fits '.status == "open" and .customer == "ACME"' --customer ACME
	fits '.customer == "DIST"' --customer DIST --all
	fits '.status == "open" and any(.items[]; .reference == "LC1")' \
	    --product LC1
	fits 'any(.items[]; .serial == "QA-3")' --serial qa-3 --all
	fits 'any(.items[]; .owed)' --owed
	fits '.status == "open" and .opened_at >= "2026-04-22T10:00"' \
	    --since 2026-04-22T10:00
	fits '.kind == "fault" and .customer == "ACME" and .status == "open" and
	    .opened_at >= "2026-04-21" and any(.items[]; .reference == "QO120")' \
	    --kind fault --customer ACME --since 2026-04-21 --product QO120
}

@test "the open step is one and the same" {
	fits "$(step_that '.step == "slip"')" --step slip
	fits ".status == \"open\" and $(step_that "$BINDS < $NOW")" --overdue
	fits "$(step_that ".step == \"triage\" and $BINDS < $NOW")" \
	    --overdue --step triage
	fits "$(step_that ".owner == \"customer\" and
	    $BINDS <= \"2026-05-06T10:00\"")" --due 2d --owner customer
	# The second is overdue with another step only.
	assert_equal "$(listed --overdue --step return)" ''
	[ -n "$(listed --step return)" ]
	fits "$(step_that '.step == "return" and .owner == "customer"')
	    and .customer == \"ACME\"" --step return --owner customer \
	    --customer ACME
}

@test "the span includes its end, and what is late" {
	id=$(listed --step return --customer ACME)
	id=${id%% *}
	due=$(look "$id" "$(newest return 1) | .due_at")
	at=$(date -d "$due - 2 days" --iso-8601=seconds)
	lists "$at" "$id" --due 2d --step return
	at=$(date -d "$at - 1 second" --iso-8601=seconds)
	misses "$at" "$id" --due 2d --step return
	misses "$due" "$id" --overdue --step return
	at=$(date -d "$due + 1 second" --iso-8601=seconds)
	lists "$at" "$id" --overdue --step return
	fits ".status == \"open\" and
	    $(step_that "$BINDS <= \"2026-05-06T10:00\"")" --due 2d
}

@test "days of the span keep the time of day" {
	# Summer time ends on 25 October 2026 at 3:00: two days have 49 hours.
	opened 2026-10-22T17:00 fault --serial QA-7 --pilot PAUL -m 'late'
	due=$(due_of "$id" triage 1)
	assert_equal "$due" 2026-10-23T18:00:00+02:00
	opened 2026-10-23T17:00 fault --serial QA-8 --pilot PAUL -m 'late'
	assert_equal "$(due_of "$id" triage 1)" 2026-10-26T18:00:00+01:00
	lists 2026-10-24T18:00:00+02:00 "$id" --due 2d
	misses 2026-10-24T17:59:59+02:00 "$id" --due 2d
}

@test "the limit of an expertise binds when it is earlier" {
	id=$(listed --step deliver)
	limit=$(look "$id" "$(newest deliver 1) | .limit_at")
	assert_equal "$limit" 2026-05-20T18:00:00+02:00
	CASE_NOW=2026-05-06T10:00:00+02:00 case-ship -q deliver "$id"
	# Counted from its own delivery the analysis would have until the 21st.
	assert_equal "$(case-list --step analyse -o due,due_at,limit_at)" \
	    "$(printf '%s\t%s\t%s' "$limit" \
	    "$(look "$id" "$(newest analyse 1) | .due_at")" "$limit")"
	assert_equal "$(due_of "$id" analyse 1)" 2026-05-21T18:00:00+02:00
	assert_equal "$(look "$id" "$(newest analyse 1) | .binds")" limit
	CASE_NOW=2026-05-20T18:00:01+02:00 run case-list --overdue \
	    --step analyse -o case
	assert_output "$id"
}

@test "owed by a role, a person, a site or a customer" {
	fits ".status == \"open\" and $(step_that '.owner == "pilot"')" \
	    --owner pilot
	for role in pilot customer logistics desk; do
		fits ".status == \"open\" and
		    $(step_that ".owner == \"$role\"")" --owner $role
		# By urgency, as sorted lists have it, whatever the step.
		case-list --owner $role -o case,due >urgent
		assert_equal "$(head -n 2 urgent)" \
		    "$(case-list --owner $role --limit 2 -o case,due)"
	done
	case-list --owner pilot --sort due -o case,risk >by_due
	assert_equal "$(listed --owner pilot)" \
	    "$({ grep people by_due; grep -v people by_due; } | cut -f 1 |
	    xargs)"
	fits ".status == \"open\" and $(step_that '.owner_person == "PAUL"')" \
	    --owner PAUL
	fits ".status == \"open\" and $(step_that '.owner_person == null and
	    .owner_site == "LOG"')" --owner LOG
	fits ".status == \"open\" and .customer == \"ACME\" and
	    $(step_that '.owner == "customer"')" --owner ACME
	assert_equal "$(listed --owner FRED)" ''
	run -1 case-list --owner NOBODY
	assert_output --partial "'NOBODY' is neither a role nor the code"
}

@test "mine: my own, and my site's in one of my roles" {
	printf '%s\n' code,name,roles,site LOGA,Loga,logistics,LOG \
	    LOGB,Logb,logistics,LOG2 LOGC,Logc,desk,LOG | case-load -q staff
	fits ".status == \"open\" and $(step_that '.owner_person == "PAUL"')" \
	    --mine --by PAUL
	fits ".status == \"open\" and $(step_that '.owner_site == "LOG" and
	    .owner == "logistics" and .owner_person == null')" \
	    --mine --by LOGA
	assert_equal "$(listed --mine --by LOGB)" ''
	assert_equal "$(listed --mine --by LOGC)" ''
	# ANNE runs the tests; the desk owes the dispatch of a technician.
	fits ".status == \"open\" and $(step_that '.owner_person == "ANNE" or
	    (.owner_site == "DESK" and .owner == "desk")')" --mine
	fits "$(step_that '.owner_person == "PAUL" and .step == "slip"')" \
	    --mine -b PAUL --step slip
	assert_equal "$(listed --mine -b PAUL --owner customer)" ''
	run -1 case-list --mine --by NOBODY
}

@test "words: of the customer and of notes, in whatever order" {
	fits '.status == "open" and .description == "hums"' --text hums
	fits '.description == "trips at once, cold"' --text 'TRIPS  cold'
	fits '.description == "trips at once, cold"' --text 'cold trips'
	assert_equal "$(listed --text 'cold hums')" ''
	fits 'any(.events[]; .text == "he calls every day")' --text 'every day'
	fits '.description == "mistake"' --text mistake --all
	# What LIKE takes for anything is meant as it stands.
	fits '.description == "three of them 100% dead"' --text '100% dead'
	assert_equal "$(listed --text '100%dead')" ''
	assert_equal "$(listed --text 'hu_s')" ''
	assert_equal "$(listed --text '%%%')" ''
}

@test "a case is a line, however many units wait for the same" {
	run -0 case-list --step request -o case,item,unit
	id=$(listed --step request)
	assert_output "$(printf '%s\t1\tQO120' "$id")"
	case-list --step request | case-ship request
	assert_equal "$(listed --step request)" ''
	assert_equal "$(look "$id" '[.steps[] | select(.step == "request" and
	    .state == "done") | .item] | join(" ")')" '1 2 3'
}

@test "the line shows the step that was asked for" {
	id=$(listed --step slip --customer ACME)
	assert_equal "$(case-list --step slip --customer ACME -o step,item)" \
	    "$(printf 'slip\t1')"
	assert_equal "$(case-list --customer ACME -o case,step |
	    grep "^$id" | cut -f 2)" "$(look "$id" .next.step)"
	assert_equal "$(case-list --step slip --json |
	    jq -r '.next.step + " " + .step')" 'request slip'
}

@test "other orders" {
	assert_equal "$(listed --sort case --all)" \
	    "$(listed --all | tr ' ' '\n' | sort | xargs)"
	assert_equal "$(listed --sort opened --all)" \
	    "$(case-list --all -o opened_at,case | sort -r | cut -f 2 | xargs)"
	assert_equal "$(case-list --sort customer --all -o name)" \
	    "$(case-list --all -o name | sort)"
	assert_equal "$(listed --sort due)" "$(case-list -o case |
	    case-show --json | jq -rs "sort_by((.next | $BINDS),
	    .case) | .[].case" | xargs)"
	assert_not_equal "$(listed --sort due)" "$(listed)"
	run -2 case-list --sort number
}

@test "no more than so many, across the kinds of lines too" {
	all=$(listed --all)
	for n in 1 5 10 11 12 13; do
		assert_equal "$(listed --all --limit $n)" \
		    "$(tr ' ' '\n' <<<"$all" | head -n $n | xargs)"
	done
	opened 2026-05-04T09:40 emergency --customer ACME --unit QO120:QA-9 \
	    --risk people --pilot PAUL -m 'smoke'
	case-triage -q exchange $id -m 'at once'
	all=$(listed --step slip)
	assert_equal "${all%% *}" $id
	assert_equal "$(wc -w <<<"$all")" 2
	assert_equal "$(listed --step slip --limit 1)" $id
	assert_equal "$(listed --step slip --limit 2)" "$all"
	run -2 case-list --limit 0
}

@test "a pipe gets fields between tabs, and the number first" {
	id=$(listed --step deliver)
	run -0 case-list --step deliver
	assert_output "$(printf '%s\texpertise\tAcme SA\tdeliver\t\t%s\t%s' \
	    "$id" 2026-04-28T18:00:00+02:00 XP9:XP-1)"
	run -0 case-list --customer DIST
	assert_output --regexp '	$'
}

@test "JSON has the promised names, first and in order" {
	case-list --json --all >rows
	assert_equal "$(jq -c 'keys_unsorted[:8]' rows | sort -u)" \
	    '["case","kind","status","customer","opened_at","pilot","items","next"]'
	assert_equal "$(jq -c 'keys' rows | sort -u | wc -l)" 1
	assert_equal "$(jq -r 'select(.status == "closed") | .next' rows)" null
	case-list --all -o case | case-show --json |
	    jq -c '{case, kind, status, customer, opened_at, pilot,
		items: (.items | length), next}' | sort >want
	jq -c '{case, kind, status, customer, opened_at, pilot, items, next}' \
	    rows | sort | diff - want
	LC_ALL=fr_FR.UTF-8 case-list --json --all | cmp - rows
	assert_equal "$(case-list --json -o kind,case --limit 1)" \
	    "{\"kind\":\"emergency\",\"case\":$(listed --limit 1)}"
}

@test "on a terminal: a heading, colours, local time" {
	run -0 script -qec 'TERM=xterm case-list --overdue --limit 2' /dev/null
	assert_line --index 0 --partial customer
	assert_output --partial $'\033[31m'
	assert_output --regexp 'Apr 2026 [0-9]{2}:[0-9]{2}'
	refute_output --partial T18:00
	run -0 script -qec 'NO_COLOR=1 case-list --overdue' /dev/null
	refute_output --partial $'\033'
	run -0 script -qec 'TERM=dumb case-list' /dev/null
	refute_output --partial $'\033'
}

# at_width COLUMNS COMMAND: as a terminal of that width shows it, plain.
at_width() {
	NO_COLOR=1 script -qec "stty cols $1; $2" /dev/null | tr -d '\r'
}

@test "on a narrow terminal: names are cut, a row stays a row" {
	code=LONGNAME
	jq -nc '{code: "LONGNAME", name: "Société générale du Œuf et du Blé réunis",
	    type: "end"}' | case-load -q customers
	CASE_NOW=2026-05-04T09:00:00+02:00 case-open -q fault \
	    --customer $code --unit LC1:0123456789-0123456789 -m x
	list='case-list --customer LONGNAME'
	at_width 200 "$list" >wide
	grep -q 'du Blé réunis .* LC1:0123456789-0123456789$' wide
	at_width 110 "$list" >middle
	grep -q 'Société .*…  .* LC1:0123456789-0123456789$' middle
	at_width 80 "$list" >narrow
	grep -q 'Société g.*…  .* 2026 [0-9][0-9]:[0-9][0-9]$' narrow
	for file in wide middle narrow; do
		assert_equal "$(wc -l <$file)" 2
	done
	assert_equal "$(wc -L <middle)" 110
	# The room of what is left out goes to the names.
	assert_equal "$(wc -L <narrow)" 80
	# What was asked for is not left out.
	at_width 80 "$list -o case,name,unit,kind,due" >asked
	grep -q 'Société g.*…  LC1:0.*…  fault' asked
	# A pipe gets all.
	run -0 $list -o name,unit
	assert_output 'Société générale du Œuf et du Blé réunis	LC1:0123456789-0123456789'
}

@test "what the data says does not reach the terminal as a command" {
	words=$(printf 'a\033[2Jb\tc\nd \342\200\256e')
	jq -nc --arg name "$words" '{code: "EVIL", name: $name, type: "end"}' |
	    case-load -q customers
	opened 2026-05-04T09:00 fault --customer EVIL --unit LC1:E -m x
	run -0 case-list --customer EVIL -o name
	assert_output 'a\x1b[2Jb\tc\nd \u202ee'
	assert_equal "$(case-list --customer EVIL --json | jq -r .name)" "$words"
}

@test "an empty list is done" {
	run -0 case-list --kind expertise --overdue --step slip
	assert_output ''
	run -0 case-list --serial NEVER-SEEN
	assert_output ''
	export CASE_DB=$BATS_TEST_TMPDIR/other.db
	case-init
	run -0 case-list
	assert_output ''
}

@test "what is wrong is told before the file is looked at" {
	export CASE_DB=/nonexistent/x
	for wrong in '--kind advice' '--step shipp' '--due soon' '--due -2d' \
	    '--since 2026-02-30' '--limit x' '--columns nope' 'operand' \
	    '--recall 1000015' '--nonsense'; do
		# shellcheck disable=SC2086 # words
		run -2 case-list $wrong
	done
	run -3 case-list
}

@test "no such customer or product is not an empty list" {
	run -1 case-list --customer NOBODY
	assert_output --partial "no customer 'NOBODY' is known"
	run -1 case-list --recall 1010
	assert_output 'case-list: --recall: there is no recall 1010'
	run -2 case-list --text ''
	run -1 case-list --product NOTHING
	assert_output --partial "no product 'NOTHING' is known"
}

@test "a full disk does not look like an empty list" {
	run -3 bash -c 'case-list >/dev/full'
	assert_output --partial 'standard output'
}
