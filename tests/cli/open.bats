# SPDX-License-Identifier: ISC
# shellcheck shell=bash
# shellcheck disable=SC2030,SC2031,SC2086 # numbers; each test is a subshell
# case-open: who and what it is, the warranty, keys, batches; case-assign.

setup() {
	load ../helper
	load ../master
	case_setup
	master_db
}

@test "a serial alone gives product, customer and warranty" {
	id=$(case-open fault --serial qa-1 -m x)
	assert_equal "$(look $id '.items[0] | "\(.reference) \(.serial) " +
	    "\(.warranty) \(.warranty_until)"')" 'QO120 QA-1 in 2027-06-01'
	assert_equal "$(look $id .customer)" ACME
	assert_equal "$(look $id .opened_at)" 2026-05-04T10:00:00+02:00
	opens $id 'assign'
}

@test "serials that are not known, or known elsewhere" {
	refuses 1 '--unit REF:NEVER' case-open fault --serial NEVER -m x
	refuses 1 'LC1:TWIN.*QO120:TWIN' case-open fault --serial TWIN -m x
	refuses 1 'QO120.*LC1' case-open fault --unit LC1:QA-1 -m x
	id=$(case-open fault --unit LC1:QA-1 --new-unit --customer ACME -m x)
	assert_equal "$(look $id '.items[0].warranty')" unknown
	id=$(case-open fault --unit LC1:NEVER --customer BETA -m x)
	assert_equal "$(look $id '.items[0].warranty')" unknown
	refuses 1 'whose is it' case-open fault --unit LC1:NEVER2 -m x
}

@test "unknown customer, product, staff" {
	refuses 1 "'NOBODY'" case-open fault --serial QA-1 --customer NOBODY \
	    -m x
	refuses 1 "'NOTHING'" case-open fault --unit NOTHING:1 \
	    --customer ACME -m x
	refuses 1 "'NOONE'" case-open fault --serial QA-1 --pilot NOONE -m x
	refuses 2 'unit' case-open fault --customer ACME -m x
	id=$(case-open fault --serial QA-1 -m x)
	refuses 1 "'NOONE'" case-assign NOONE $id
	refuses 1 "'NOSITE'" case-ship receive --from NOSITE $id
}

@test "the last day of the warranty counts" {
	id=$(case-open fault --unit QO120:W1 --customer ACME \
	    --sold-on 2024-05-04 -m x)
	assert_equal "$(look $id '.items[0].warranty')" in
	assert_equal "$(look $id '.items[0].warranty_until')" 2026-05-04
	id=$(case-open fault --unit QO120:W2 --customer ACME \
	    --sold-on 2024-05-03 -m x)
	assert_equal "$(look $id '.items[0].warranty')" out
	# Decided for the date of the request, at the desk.
	id=$(case-open fault --unit QO120:W3 --customer ACME \
	    --sold-on 2024-05-03 --at 2026-05-03T23:59 -m x)
	assert_equal "$(look $id '.items[0].warranty')" in
	# 31 August and 18 months is 28 February.
	id=$(case-open fault --unit LC1:W4 --customer ACME \
	    --sold-on 2024-08-31 -m x)
	assert_equal "$(look $id '.items[0].warranty_until')" 2026-02-28
	refuses 1 'sold' case-open fault --unit LC1:W5 --customer ACME \
	    --sold-on 2026-05-05 -m x
}

@test "an unknown warranty is settled before what may cost" {
	id=$(case-open fault --serial NOD-1 --pilot ANNE -m x)
	refuses 1 '--no-proof' case-triage exchange -m c $id
	case-triage -q advice -m c $id
	case-triage -q exchange --no-proof -m c $id
	assert_equal "$(look $id '.items[0].warranty')" out
	[[ $(open_at $id) == *order/1* ]]
	case-triage -q --goodwill 'a good customer' $id
	assert_equal "$(look $id '.items[0].warranty')" goodwill
	[[ $(open_at $id) == *request/1* ]]
}

@test "twelve units without a number are twelve items" {
	id=$(case-open fault --unit QO120 --quantity 12 --customer ACME \
	    --sold-on 2026-01-15 -m x)
	assert_equal "$(look $id '.items | length')" 12
	assert_equal "$(look $id '[.items[].serial] | unique | tostring')" \
	    '[null]'
	refuses 2 'serial' case-open fault --unit QO120:QA-1 --quantity 2 -m x
	refuses 2 '' case-open fault --unit QO120 --quantity 0 \
	    --customer ACME -m x
}

@test "items can be added, once each" {
	id=$(case-open fault --serial QA-1 --pilot ANNE -m x)
	case-triage -q none -m n $id
	opens $id close
	assert_equal "$(case-open --add $id --serial QA-2)" $id
	opens $id triage/2
	refuses 1 'item 1' case-open --add $id --serial QA-1
	case-triage -q none -m n $id
	case-close -q --satisfaction 5 $id
	refuses 1 'reopen' case-open --add $id --serial QA-3
}

@test "a unit under an open case is announced, and in one place only" {
	a=$(case-open fault --serial QA-1 --pilot ANNE -m x)
	run --separate-stderr -0 case-open fault --serial QA-1 -m y
	b=$output
	[[ $stderr == *"$a/1"* ]]
	case-ship -q receive $a
	assert_equal "$(places $a) $(places $b)" 'LOG LOG'
}

@test "a key creates once: the same request, the same number" {
	run -0 case-open fault --serial QA-1 -m x -k call-17
	first=$output
	CASE_NOW=2026-05-05T10:00:00+02:00
	assert_equal "$(case-open -k call-17 -m x --serial QA-1 fault)" "$first"
	refuses 1 "$first" case-open fault --serial QA-2 -m x -k call-17
	assert_equal "$(case-list --all | wc -l)" 1
}

@test "a key adds once: the same request, the same number, no more items" {
	id=$(case-open fault --serial QA-1 --pilot ANNE -m x)
	run -0 case-open --add "$id" --unit LC1 --quantity 2 -k add-1
	assert_output "$id"
	CASE_NOW=2026-05-05T10:00:00+02:00 run -0 case-open --add "$id" \
	    --unit LC1 --quantity 2 -k add-1
	assert_output "$id"
	assert_equal "$(sql 'SELECT count(*) FROM item')" 3
	refuses 1 "key 'add-1' was used for another request" \
	    case-open --add "$id" --unit LC1 --quantity 3 -k add-1
	other=$(case-open fault --serial QA-2 --pilot ANNE -m x)
	refuses 1 "key 'add-1' was used for another request" \
	    case-open --add "$other" --unit LC1 --quantity 2 -k add-1
	assert_equal "$(sql 'SELECT count(*) FROM item')" 4
}

@test "a batch: numbers in the order of the lines, keys and refusals" {
	{
		echo '{"kind":"fault","serial":["QA-1"],"message":"a","key":"1"}'
		echo '{"kind":"fault","serial":"QA-99","message":"b"}'
		echo 'nonsense'
		echo '{"kind":"complaint","customer":"DIST","message":"c"}'
		echo '{"kind":"fault","serial":"QA-2","message":"d","colour":"x"}'
		echo '{"kind":"fault","serial":"QA-2","at":"2026-05-01","message":"d"}'
	} >lines
	run --separate-stderr case-open --batch <lines
	assert_equal "$status" 1
	assert_equal "${#lines[@]}" 3
	assert_equal "$(look "${lines[0]}" '.items[0].serial')" QA-1
	assert_equal "$(look "${lines[1]}" .kind)" complaint
	assert_equal "$(look "${lines[2]}" .opened_at)" \
	    2026-05-01T00:00:00+02:00
	assert_equal "${#stderr_lines[@]}" 3
	[[ ${stderr_lines[0]} == *2*QA-99* && ${stderr_lines[2]} == *colour* ]]
	# Again: what has a key is not opened twice.
	first=${lines[0]}
	run --separate-stderr case-open --batch <lines
	assert_equal "${lines[0]}" "$first"
}

@test "assigned by skill, then by load, and again" {
	for n in 1 2 3; do
		case-open fault --serial QA-$n --pilot ANNE -m x
	done >/dev/null
	id=$(case-open fault --serial QA-4 -m x)
	# PAUL knows breakers as ANNE does, and has less to do.
	case-assign -q --auto $id
	assert_equal "$(look $id .pilot)" PAUL
	# Contactors are for ANNE only.
	other=$(case-open fault --serial LC-1 -m x)
	case-assign -q --auto $other
	assert_equal "$(look $other .pilot)" ANNE
	case-assign -q ANNE $id
	assert_equal "$(look $id .pilot)" ANNE
	assert_equal "$(look $id "$(newest triage 1) | .owner_person")" ANNE
	case-assign -q --role expert EVE $id
	case-triage -q advice -m a $id
	assert_equal "$(look $id "$(newest advise 1) | .owner_person")" EVE
	refuses 1 'expert' case-assign --role expert PAUL $id
}

@test "cancelled with a reason, not while goods are under way; reopened" {
	id=$(case-open fault --serial QA-1 --serial QA-2 --pilot ANNE -m x)
	refuses 2 '' case-close --cancel $id
	case-close -q --cancel -m 'by mistake' $id
	assert_equal "$(look $id .status)" cancelled
	assert_equal "$(look $id '[.steps[] | select(.state == "open")] | length')" 0
	refuses 1 '' case-close --cancel -m again $id
	case-close -q --reopen -m 'not by mistake' $id/2
	opens $id 'triage/1 triage/2'
	case-triage -q exchange -m c $id/1
	case-ship -q slip $id
	case-ship -q return $id/1
	refuses 1 'on its way' case-close --cancel -m x $id
	case-ship -q receive $id/1
	refuses 1 'is at LOG' case-close --cancel -m x $id
}

@test "reopened: triage for the items named" {
	id=$(case-open fault --serial QA-1 --serial QA-2 --pilot ANNE -m x)
	case-triage -q none -m n $id
	case-close -q --satisfaction 3 --outcome advised $id
	assert_equal "$(look $id '"\(.status) \(.satisfaction) \(.outcome)"')" \
	    'closed 3 advised'
	case-close -q --reopen -m 'hums again' $id/2
	assert_equal "$(look $id .status)" open
	opens $id triage/2
}

@test "a batch: what is wrong with a line is told with its number" {
	local wrong=(
	    'by: no staff member|{"kind":"fault","serial":"QA-1","message":"x","by":"NOBODY"}'
	    'not a case number|{"kind":"fault","serial":"QA-1","message":"x","link":"1000016"}'
	    'not a case number|{"kind":"fault","serial":"QA-1","message":"x","link":"12ab"}'
	    'message|{"kind":"fault","serial":"QA-1"}'
	    'message|{"kind":"fault","serial":"QA-1","message":" "}'
	    'kind|{"serial":"QA-1","message":"x"}'
	    'kind|{"kind":"recall","serial":"QA-1","message":"x"}'
	    'risk|{"kind":"emergency","customer":"ACME","message":"x"}'
	    'risk|{"kind":"emergency","customer":"ACME","risk":"money","message":"x"}'
	    'channel|{"kind":"fault","serial":"QA-1","channel":"pigeon","message":"x"}'
	    "'2026-02-30'|{\"kind\":\"fault\",\"serial\":\"QA-1\",\"at\":\"2026-02-30\",\"message\":\"x\"}"
	    'future|{"kind":"fault","serial":"QA-1","at":"2026-05-05","message":"x"}'
	    'quantity|{"kind":"fault","unit":"QO120","customer":"ACME","quantity":0,"message":"x"}'
	    'quantity|{"kind":"fault","unit":"QO120","customer":"ACME","quantity":"2x","message":"x"}'
	    'not a text|{"kind":"fault","serial":{"a":1},"message":"x"}'
	    'not a JSON object|[1]'
	    'not a JSON object|{"kind":"fault",'
	)
	local n=0 line

	for line in "${wrong[@]}"; do
		echo "${line#*|}"
	done >lines
	head=$(case-audit head)
	run --separate-stderr -1 case-open --batch <lines
	assert_output ''
	assert_equal "${#stderr_lines[@]}" "${#wrong[@]}"
	for line in "${wrong[@]}"; do
		[[ ${stderr_lines[n]} == "case-open: line $((n + 1)): "*"${line%%|*}"* ]] ||
		    fail "${stderr_lines[n]}, expected: ${line%%|*}"
		n=$((n + 1))
	done
	assert_equal "$(case-audit head)" "$head"
}

@test "a batch: NUL, blank lines, CRLF, no newline at the end" {
	{
		printf '{"kind":"fault","serial":"QA-1","message":"a"}\0\n\n'
		printf '{"kind":"fault","serial":"QA-2","message":"b"}\r\n'
		printf '{"kind":"fault","serial":"QA-3","message":"\377"}\n'
		printf '{"kind":"fault","serial":"QA-4","message":"d"}'
	} >lines
	run --separate-stderr -1 case-open --batch <lines
	assert_equal "${#lines[@]}" 2
	assert_equal "$(look "${lines[1]}" '.items[0].serial')" QA-4
	[[ ${stderr_lines[0]} == *'line 1: '* && ${stderr_lines[1]} == *'line 4: '* ]]
	assert_equal "$(case-open --batch </dev/null)" ''
}

@test "a batch: what the person should know is told, a dry run does nothing" {
	a=$(case-open fault --serial QA-1 -m x)
	echo '{"kind":"fault","serial":"QA-1","message":"again"}' >lines
	head=$(case-audit head)
	run --separate-stderr -0 case-open --batch -n <lines
	assert_output ''
	assert_equal "$(case-audit head)" "$head"
	run --separate-stderr -0 case-open --batch <lines
	[[ $stderr == *"$a/1"* ]]
	refuses 2 'belongs into the lines' case-open --batch --customer ACME <lines
	refuses 2 'belongs into the lines' case-open --batch -k 1 <lines
}

@test "a batch: keys of the options, lists where they repeat" {
	echo '{"kind":"complaint","customer":"ACME","unit":["QO120:QA-1",
	    "LC1"],"serial":["QA-2"],"channel":"mail","contact":"Mme Roy",
	    "pilot":"PAUL","by":"EVE","at":"2026-05-03T09:00","message":"m"}' |
	    tr -d '\n' >line
	id=$(case-open --batch <line)
	assert_equal "$(look $id '"\(.kind) \(.channel) \(.contact) \(.pilot)"')" \
	    'complaint mail Mme Roy PAUL'
	assert_equal "$(look $id '[.items[] | .reference] | join(" ")')" \
	    'QO120 LC1 QO120'
	assert_equal "$(look $id '.events[0] | "\(.by) \(.happened_at)"')" \
	    'EVE 2026-05-03T09:00:00+02:00'
}

@test "a distributor's units are his; a unit under a case keeps its place" {
	id=$(case-open fault --serial DI-1 -m x)
	assert_equal "$(look $id .customer)" DIST
	# Another may report it, and is recorded as having it.
	other=$(case-open fault --serial QA-1 --customer BETA -m x)
	assert_equal "$(look $other .customer)" BETA
	# What an open case knows of a unit is true for the next.
	case-ship -q receive "$other"
	third=$(case-open fault --serial QA-1 --customer BETA -m x)
	assert_equal "$(look $third '.items[0].place')" LOG
	assert_equal "$(look $other '.items[0].place')" LOG
	run -0 case-audit rebuild
}

@test "a batch: what is odd is told, not guessed" {
	fault='"kind":"fault","serial":"QA-1"'
	while IFS='|' read -r why line; do
		printf '%s\n' "$line" >line
		run -1 --separate-stderr case-open --batch <line
		assert_equal "$stderr" "case-open: line 1: $why"
		assert_output ''
	done <<-END
	has a NUL byte|{$fault,"message":"a\\u0000b"}
	key: names nothing|{$fault,"message":"x","key":""}
	kind: is given twice|{$fault,"message":"x","kind":"complaint"}
	channel: is given twice|{$fault,"message":"x","channel":["web","web"]}
	by: is given twice|{$fault,"message":"x","by":["EVE","ANNE"]}
	at: is given twice|{$fault,"message":"x","at":["-1d","-2d"]}
	new-unit: true or false is wanted|{$fault,"message":"x","new-unit":"no"}
	new-unit: true or false is wanted|{$fault,"message":"x","new-unit":1}
	quantity: not a text|{"kind":"fault","unit":"QO120","message":"x","quantity":true}
	serial: not a text|{"kind":"fault","serial":[true],"message":"x"}
	unknown key 'urgent'|{$fault,"message":"x","urgent":true}
	message: not a text|{$fault,"message":{"fr":"x"}}
	message: not a text|{$fault,"message":1e999}
	quantity: '+5' is not a number from 1 to 10000|{$fault,"message":"x","quantity":"+5"}
	'' is not a serial|{"kind":"fault","serial":"","message":"x"}
	END
	{
		printf '{%s,"message":"' "$fault"
		head -c 1048577 /dev/zero | tr '\0' a
		echo '"}'
	} >line
	run -1 --separate-stderr case-open --batch <line
	assert_equal "$stderr" 'case-open: line 1: message: over 1 MiB of words'
	printf '{%s,"message":"x"}\0\n' "$fault" >line
	run -1 --separate-stderr case-open --batch <line
	assert_equal "$stderr" 'case-open: line 1: has a NUL byte'
	# As with -m, each is a paragraph.
	echo "{$fault,\"message\":[\"a\",\"b\"],\"at\":\"-1d\"}" >line
	id=$(case-open --batch --at 2026-05-04 <line)
	assert_equal "$(look "$id" .description)" $'a\n\nb'
	# The serial is known under another reference.
	unit='"kind":"fault","unit":"LC1:QA-1","customer":"ACME","message":"x"'
	echo "{$unit,\"new-unit\":false}" >line
	refuses 1 'new-unit' case-open --batch <line
	echo "{$unit,\"new-unit\":true}" >line
	run -0 case-open --batch <line
}

@test "a serial as it is written goes before its look-alikes" {
	printf '%s\n' reference,serial,customer QO120,LK-7,ACME LC1,LK-07,BETA |
	    case-load -q units
	id=$(case-open fault --serial LK-07 -m x)
	assert_equal "$(look "$id" '.items[0].reference + .customer')" LC1BETA
	id=$(case-open fault --serial LK-7 -m x)
	assert_equal "$(look "$id" '.items[0].reference + .customer')" \
	    QO120ACME
	refuses 1 'fits several units: LC1:LK-07, QO120:LK-7' \
	    case-open fault --serial lk-7 -m x
}

# Else whoever closes last has all of it to write back, while others wait.
@test "a batch that is large writes its log back on the way" {
	words=$(printf '%0100000d' 7)
	for n in {1..400}; do
		printf '{"kind":"complaint","customer":"ACME",'
		printf '"message":"%s"}\n' "$words"
	done >lines
	run -0 strace -E ASAN_OPTIONS=detect_leaks=0 -f \
	    -o trace -e trace=unlink case-open --batch <lines
	assert_equal "${#lines[@]}" 400
	[ "$(grep -c 'case.db-wal.* = 0' trace)" -gt 1 ]
	run -0 case-audit verify
}
