# SPDX-License-Identifier: ISC
# shellcheck shell=bash
# shellcheck disable=SC2030,SC2031,SC2086,SC2094 # numbers; each test is a subshell
# What holds for all commands: operands, input, output, exit codes.

setup() {
	load ../helper
	load ../master
	case_setup
	master_db
}

fault() {
	case-open fault --pilot ANNE -m 'trips' "$@"
}

# N cases, opened at once.
many() {
	local n

	for n in $(seq "$1"); do
		printf '{"kind":"fault","unit":"QO120:M%d","customer":"ACME",' "$n"
		printf '"pilot":"ANNE","sold-on":"2026-01-15","message":"m"}\n'
	done | case-open --batch
}

@test "a list pipes straight into an act, over 1,000 cases" {
	many 1000 >numbers
	case-triage exchange -m 'contact' <numbers >triaged
	assert_equal "$(wc -l <triaged)" 1000
	case-list --step slip | case-ship slip >shipped
	assert_equal "$(sort shipped)" "$(sort numbers)"
	assert_equal "$(case-list --step slip)" ''
	assert_equal "$(case-list --step return | wc -l)" 1000
}

@test "what a command prints the next one of the pipe can use" {
	case-open fault --pilot ANNE --serial QA-1 -m x |
	    case-triage exchange -m y | case-ship request |
	    case-ship slip >last
	opens "$(cat last)" 'replacement/1 return/1'
}

@test "a mistyped number is refused and never another case" {
	id=$(fault --serial QA-1)
	fault --serial QA-2
	head=$(case-audit head)
	# One digit wrong, wherever it is.
	for place in $(seq 0 6); do
		for digit in 0 1 2 3 4 5 6 7 8 9; do
			wrong=${id:0:place}$digit${id:place+1}
			[ "$wrong" = "$id" ] || echo "$wrong"
		done
	done >wrong
	# Two neighbours swapped.
	for place in $(seq 0 5); do
		a=${id:place:1} b=${id:place+1:1}
		[ "$a" = "$b" ] || echo "${id:0:place}$b$a${id:place+2}"
	done >>wrong
	[ "$(wc -l <wrong)" -gt 60 ]
	while read -r n; do
		run -2 case-note -m 'for another' $n
		assert_output --partial 'not a case number'
	done < <(awk 'NR % 6 == 1' wrong)
	run -2 bash -c "case-note -m 'for another' <wrong"
	assert_equal "$(case-audit head)" "$head"
}

@test "several cases: a refused one is told, the others go on" {
	a=$(fault --serial QA-1) b=$(fault --serial QA-2) c=$(fault --serial QA-3)
	case-triage -q none -m 'no' $b
	run --separate-stderr -1 case-close --satisfaction 5 $a $b $c
	assert_output "$b"
	assert_equal "${stderr_lines[0]}" "case-close: $a: it cannot be closed \
yet; open are: triage (pilot)"
	assert_equal "${#stderr_lines[@]}" 2
	assert_equal "$(look $b .status)" closed
}

@test "acts on several items of one case are all or nothing" {
	id=$(fault --serial QA-1 --serial QA-2 --serial OLD-1)
	case-triage -q exchange -m c $id/1 $id/2
	refuses 1 'no step .request. is open on item 3' \
	    case-ship request $id/1 $id/3
	opens $id 'request/1 request/2 slip/1 slip/2 triage/3'
	refuses 1 'there is no item 4' case-ship request $id/1 $id/4
	refuses 2 '' case-ship request $id/0
	refuses 2 '' case-ship request $id/x
}

@test "input: separated by NUL, with CRLF, empty, blank lines" {
	a=$(fault --serial QA-1) b=$(fault --serial QA-2)
	assert_equal "$(printf '%s\0%s\0' $a $b | case-note -0 -m n)" \
	    "$(printf '%s\n%s' $a $b)"
	assert_equal "$(printf '%s\r\n%s\r\n' $a $b | case-note -m n)" \
	    "$(printf '%s\n%s' $a $b)"
	assert_equal "$(case-note -m n </dev/null)" ''
	assert_equal "$(printf '%s\tanything\tmore\n' $a | case-note -m n)" $a
	# Lined up by another tool.
	assert_equal "$(printf '%9s  \n \n%9s' $a $b | case-note -m n)" \
	    "$(printf '%s\n%s' $a $b)"
	run -2 case-note -m n <<<"$a $b"
	run -2 bash -c "printf '%s\nnonsense\n%s\n' $a $b | case-note -m n"
	assert_line $a
	assert_line $b
}

@test "one unit for several items is refused; input gives each its own" {
	id=$(fault --serial QA-1 --serial QA-2)
	case-triage -q exchange -m c $id
	case-ship -q request $id
	refuses 1 'several items' case-ship replacement --unit QO120:N1 $id
	printf '%s/1\tQO120:N1\n%s/2\tQO130:N2\n' $id $id |
	    case-ship -q replacement
	assert_equal "$(look $id '[.items[].replacement] | join(" ")')" \
	    'QO120:N1 QO130:N2'
}

@test "when it happened: never in the future, nor before what it depends on" {
	refuses 1 'future' fault --serial QA-1 --at 2026-05-05
	id=$(fault --serial QA-1)
	refuses 1 'future' case-note -m n --at 2026-05-04T10:00:01+02:00 $id
	refuses 1 'before' case-triage exchange -m c --at -1h $id
	refuses 2 '' case-triage exchange -m c --at 2026-02-30 $id
	refuses 2 '' case-triage exchange -m c --at 30/04/2026 $id
	refuses 2 '' case-triage exchange -m c --at tomorrow $id
	CASE_NOW=2026-05-06T12:00:00+02:00
	case-triage -q exchange -m c --at 2026-05-04T11:00 $id
	assert_equal "$(due_of $id request 1)" 2026-05-05T18:00:00+02:00
	case-ship -q request --at -1d $id
	assert_equal "$(look $id "$(newest request 1) | .done_at")" \
	    2026-05-05T12:00:00+02:00
	refuses 1 'before' case-ship replacement --at -2d $id
}

@test "on whose behalf: the login's, or --by; nobody else's" {
	id=$(fault --serial QA-1)
	assert_equal "$(look $id '.events[0].by')" ANNE
	case-note -q --by PAUL -m n $id
	assert_equal "$(look $id '.events[-1].by')" PAUL
	refuses 1 'NOBODY' case-note --by NOBODY -m n $id
	sqlite3 "$CASE_DB" "UPDATE staff SET login = 'somebody'
	    WHERE code = 'ANNE'"
	refuses 1 '--by' case-note -m n $id
	run -0 case-show $id
	# Where there is nothing to do, nobody needs to be on the staff.
	run -0 case-note -m n </dev/null
	refute_output
	run -1 case-note -m n <<<$id
	run -1 case-note --by NOBODY -m n </dev/null
}

@test "a dry run says what would be done and does nothing" {
	id=$(fault --serial QA-1)
	head=$(case-audit head)
	run --separate-stderr -0 case-triage -n exchange -m c $id
	assert_output ''
	[[ $stderr == *"$id: done triage/1; opens request/1"* ]]
	assert_equal "$(case-audit head)" "$head"
}

@test "what can be refused without the file is a usage mistake" {
	export CASE_DB=/nonexistent/case.db
	for wrong in 'case-open nonsense -m x' 'case-open recall -m x' \
	    'case-triage explode 1000015 -m x' 'case-ship teleport 1000015' \
	    'case-ship slip 1000016' 'case-report analyse -m x 12' \
	    'case-close --satisfaction 6 1000015' 'case-close --nope 1000015' \
	    'case-open fault -m x --sold-on 2026-02-30 --serial S' \
	    'case-order quote --amount 1.234 --until 2026-06-01 1000015' \
	    'case-order order 1000015' 'case-ship parts 1000015' \
	    'case-ship parts --part X 1000015' 'case-waive slip 1000015' \
	    'case-ship slip --tracking 1 1000015' 'case-assign' \
	    'case-report fix -m x 1000015' 'case-open emergency -m x' \
	    'case-report survey 1000015' 'case-note 1000015' \
	    'case-triage none exchange -m x 1000015' \
	    'case-open fault --customer C -m x' 'case-open complaint -m x' \
	    'case-open fault --unit R:S --quantity 2 -m x' \
	    'case-waive send-back -m x 1000015'; do
		run -2 $wrong
		[ -n "$output" ]
	done
	run -3 case-ship slip 1000015
	assert_output --partial 'case-init'
}

@test "hostile text is exact in JSON and harmless elsewhere" {
	words=$'a\033[31mb\tc\nd\xe2\x80\xaee\xe2\x81\xa6f\x7f"\\,\'; DROP TABLE cases;--'
	id=$(fault --serial QA-1 -m "$words" --contact "$words")
	case-note -q -m "$words" $id
	case-triage -q exchange -m "$words" $id
	assert_equal "$(look $id .contact)" "$words"
	assert_equal "$(look $id '.events[1].text')" "$words"
	for command in 'case-show' 'case-list --all -o case,name,unit' \
	    'case-find trips' "case-show --why request"; do
		case $command in
		case-show*) $command $id ;;
		*) $command ;;
		esac >out || :
		[ -z "$(LC_ALL=C tr -d '\n\t -~\200-\377' <out)" ]
		run -1 grep -q $'\xe2\x80\xae\|\xe2\x81\xa6' out
	done
	run -2 case-note -m $'\xff\xfe' $id
	run -1 case-note -m n $id/9
	run case-note --by "$words" -m n $id
	[ -z "$(LC_ALL=C tr -d '\n\t -~\200-\377' <<<"$output")" ]
}

@test "enormous text is kept" {
	head -c 1000000 /dev/zero | tr '\0' x >big
	id=$(fault --serial QA-1)
	case-note -q -F big $id
	assert_equal "$(look $id '.events[-1].text | length')" 1000000
	case-audit rebuild
}

@test "enormous lines and words are told, cut short, and the others done" {
	id=$(fault --serial QA-1)
	head -c 10000000 /dev/zero | tr '\0' 1 >big
	{ cat big; echo; echo $id; cat big; } >lines
	run -2 --separate-stderr case-note -m n <lines
	assert_output $id
	[[ ${stderr_lines[0]} == case-note:\ 111*'1: over 64 KiB long' ]]
	[ ${#stderr} -lt 400 ] && [ ${#stderr_lines[@]} -eq 2 ]
	{
		printf '{"kind":"fault","serial":"QA-2","message":"'
		cat big
		printf '"}\n{"kind":"fault","serial":"QA-3","message":"m"}\n'
		cat big
	} >lines
	run -1 --separate-stderr case-open --batch <lines
	[ ${#lines[@]} -eq 1 ]
	assert_equal "$(look "$output" '.items[0].serial')" QA-3
	assert_equal "$stderr" "case-open: line 1: over 4 MiB long
case-open: line 3: over 4 MiB long"
	words=$(head -c 9000 big)
	run -1 case-find "$words"
	run -0 case-list --text "$words"
	words=$(printf '%%_%.0s' {1..4000})
	run -1 case-find "$words"
	run -0 case-list --text "$words"
}

@test "stdout closed or full is an error; the work is done all the same" {
	id=$(fault --serial QA-1)
	run -3 bash -c "case-note -m n $id >/dev/full"
	run -3 bash -c "case-note -m n $id >&-"
	run -3 bash -c "case-show $id >/dev/full"
	run -3 bash -c "case-list --json >&-"
	case-audit verify
}

@test "the clock may go back between commands" {
	id=$(fault --serial QA-1)
	CASE_NOW=2026-05-03T10:00:00+02:00
	refuses 1 'before' case-triage exchange -m c $id
	other=$(fault --serial QA-2)
	assert_equal "$(look $other .opened_at)" 2026-05-03T10:00:00+02:00
	case-audit rebuild
	run -0 case-audit verify
	assert_output --partial 'CASE_NOW'
}

@test "closed cases refuse acts, and say how they are opened" {
	id=$(fault --serial QA-1)
	case-triage -q none -m n $id
	case-close -q --satisfaction 4 $id
	refuses 1 '--reopen' case-triage exchange -m c $id
	refuses 1 'closed' case-ship slip $id
	case-note -q -m 'still readable, still annotated' $id
}

@test "an item that is not there: how many there are" {
	id=$(case-open fault --serial QA-1 --pilot ANNE -m x)
	refuses 1 'there is no item 2; the last is 1' case-waive slip -m x \
	    "$id/2"
	id=$(case-open complaint --customer ACME --pilot ANNE -m x)
	refuses 1 'there is no item 1; the case has none' case-waive slip \
	    -m x "$id/1"
}

@test "what lies before all calendars is a slip of the pen" {
	refuses 2 "'1026-05-04' (is no time|lies before 1970)" \
	    case-open complaint --customer ACME -m x --at 1026-05-04
	refuses 2 "'1969-12-31' lies before 1970" case-open complaint \
	    --customer ACME -m x --at 1969-12-31
	refuses 2 'lies before 1970' case-list --since -30000d
}

@test "an option that names something is not empty" {
	id=$(case-open fault --serial QA-1 --pilot ANNE -m x)
	for words in 'case-open complaint -m x --customer' \
	    'case-open complaint -m x --customer ACME -k' \
	    'case-open fault -m x --serial' 'case-open fault -m x --unit' \
	    "case-ship return $id --tracking" "case-order order $id --po" \
	    "case-triage exchange $id -m x -b" \
	    "case-ship receive $id --from" 'case-list --owner' \
	    "case-report correct $id --why"; do
		refuses 2 "'' (names nothing|is not a|has no words)" $words ''
		refuses 2 "' ' (names nothing|is not a|has no words)" $words ' '
	done
	assert_equal "$(sql 'SELECT count(*) FROM cases')" 1
}

@test "a unit is written as master data would take it" {
	long=$(printf 'a%.0s' {1..256})
	refuses 2 'longer than 255 bytes' case-open fault -m x \
	    --customer ACME --unit "QO120:$long"
	refuses 2 'longer than 255 bytes' case-open fault -m x --serial "$long"
	refuses 2 'control character' case-open fault -m x --customer ACME \
	    --unit $'QO120:a\nb'
	refuses 2 'control character' case-open fault -m x --serial $'a\tb'
	for unit in : :a a: ' : ' 'QO120: '; do
		refuses 2 'is not a unit' case-open fault -m x \
		    --customer ACME --unit "$unit"
	done
	# On standard input it is the case that is refused.
	id=$(case-open fault --serial QA-1 --pilot ANNE -m x)
	printf '%s\tQO120:\n' "$id" >lines
	run -1 --separate-stderr case-ship receive <lines
	assert_equal "$stderr" \
	    "case-ship: $id: 'QO120:' is not a unit; write REF or REF:SERIAL"
}
