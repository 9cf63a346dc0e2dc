# SPDX-License-Identifier: ISC
# shellcheck shell=bash
# case-ship: goods and papers, the parcel and what was in it, the store.

setup() {
	load ../helper
	load ../master
	case_setup
	master_db
}

exchange() {
	local serials=() n

	for n; do
		serials+=(--serial "$n")
	done
	id=$(case-open fault "${serials[@]}" --pilot ANNE -m 'trips')
	case-triage -q exchange -m 'welded' "$id"
}

@test "each step of an exchange has its owner, his site and his day" {
	exchange QA-1
	owner() {
		look "$id" "$(newest "$1" 1) |
		    \"\(.owner) \(.owner_site) \(.due_at // \"-\")\""
	}
	# Monday 4 May; Friday 8 and Thursday 14 May are feasts.
	assert_equal "$(owner request)" 'pilot DESK 2026-05-05T18:00:00+02:00'
	assert_equal "$(owner slip)" 'pilot DESK 2026-05-05T18:00:00+02:00'
	case-ship -q request "$id"
	assert_equal "$(owner replacement)" \
	    'logistics LOG 2026-05-05T18:00:00+02:00'
	case-ship -q slip "$id"
	assert_equal "$(owner return)" \
	    'customer null 2026-05-20T18:00:00+02:00'
	case-ship -q return "$id"
	assert_equal "$(owner receive)" 'logistics LOG -'
	case-ship -q receive "$id"
	assert_equal "$(owner forward)" \
	    'logistics LOG 2026-05-06T18:00:00+02:00'
	case-ship -q forward "$id"
	assert_equal "$(owner analyse)" \
	    'plant PLANT 2026-05-20T18:00:00+02:00'
}

@test "a step is done once" {
	exchange QA-1
	case-ship -q slip "$id"
	refuses 1 "no step 'slip' is open; open are: request .*return" \
	    case-ship slip "$id"
	case-ship -q return "$id"
	refuses 1 "no step 'return' is open" case-ship return "$id"
	case-ship -q receive "$id"
	refuses 1 'at LOG already' case-ship receive "$id/1"
}

@test "the manufacturer's own steps are never implied" {
	exchange QA-1
	refuses 1 "no step 'replacement' is open" case-ship replacement "$id"
	refuses 1 "no step 'forward' is open" case-ship forward "$id"
	refuses 1 "no step 'analyse' is open" case-report analyse -m x "$id"
	# Nor is the slip, by the return that follows it.
	refuses 1 "no step 'return' is open" case-ship return "$id"
}

@test "an option that is not for the step is a mistake" {
	for step in request slip forward return send-back dossier pickup \
	    deliver; do
		refuses 2 "'$step' takes no --unit" \
		    case-ship $step --unit QO120:X 1000015
		refuses 2 "'$step' takes no --part" \
		    case-ship $step --part COIL=1 1000015
		refuses 2 "'$step' takes no --on" \
		    case-ship $step --on 2026-05-06 1000015
	done
	refuses 2 "'slip' takes no --carrier" case-ship slip --carrier DPD 1000015
	refuses 2 "'request' takes no --from" case-ship request --from LOG 1000015
	refuses 2 'takes no --instead' case-ship replacement --instead 1000015
	refuses 2 '--unit' case-ship receive --instead 1000015
	refuses 2 '--on' case-ship book 1000015
	refuses 2 '' case-ship book --on 2026-02-30 1000015
	refuses 2 '' case-ship
	refuses 2 '' case-ship analyse 1000015
}

@test "carrier and site must be known" {
	exchange QA-1
	case-ship -q request "$id"
	refuses 1 "no carrier 'UPS'" case-ship replacement --carrier UPS "$id"
	refuses 1 "no site 'MARS'" case-ship replacement --from MARS "$id"
	refuses 1 "no product 'NOPE'" case-ship replacement --unit NOPE:1 "$id"
	refuses 2 'not a unit' case-ship replacement --unit :1 "$id"
	refuses 2 'not a unit' case-ship replacement --unit QO120: "$id"
	opens "$id" 'replacement/1 slip/1'
}

@test "the case is found by the tracking number of a parcel" {
	exchange QA-1
	case-ship -q request "$id"
	case-ship -q replacement --carrier DPD --tracking '1Z 999/AA' "$id"
	assert_equal "$(case-find '1Z 999/AA' | cut -f 1)" "$id"
	assert_equal "$(look "$id" '.events[-1].data |
	    "\(.carrier) \(.tracking)"')" 'DPD 1Z 999/AA'
	case-ship -q slip "$id"
	case-ship -q return --carrier GEO --tracking back-7 "$id"
	assert_equal "$(case-find back-7 | cut -f 1)" "$id"
}

@test "an appointment is not before the dossier, but may be on its day" {
	id=$(case-open expertise --serial XP-1 --pilot EVE -m x)
	case-triage -q expertise -m x "$id"
	export CASE_NOW=2026-05-06T15:00:00+02:00
	case-ship -q dossier "$id"
	refuses 1 'before the dossier was sent' \
	    case-ship book --on 2026-05-05T16:00 "$id"
	case-ship -q book --on 2026-05-06T09:00 "$id"
}

@test "a unit does not replace itself" {
	exchange QA-1
	case-ship -q request "$id"
	refuses 1 'QO120:QA-1 is the unit to be replaced' \
	    case-ship replacement --unit QO120:QA-1 "$id"
}

@test "a replacement without a serial is another of the same reference" {
	exchange QA-1
	case-ship -q request "$id"
	case-ship -q replacement "$id"
	assert_equal "$(look "$id" '.items[0].replacement')" QO120
	assert_equal "$(sql 'SELECT site, reference, quantity
	    FROM stock_move')" 'LOG|QO120|-1'
}

@test "the replacement leaves the store that sends it" {
	printf 'site,reference,quantity\nLOG2,QO120,1\n' | case-load -q stock
	exchange QA-1 QA-2
	case-ship -q request "$id"
	case-ship -q replacement --from LOG2 "$id/1"
	assert_equal "$(sql 'SELECT site, quantity FROM stock_move')" 'LOG2|-1'
	refuses 1 'QO120.*1 wanted, 0 left at LOG2.*100 at LOG' \
	    case-ship replacement --from LOG2 "$id/2"
	case-ship -q replacement "$id/2"
}

@test "a store never goes below zero, not in one act either" {
	printf 'site,reference,quantity\nLOG,QO120,2\n' | case-load -q stock
	exchange QA-1 QA-2 QA-3
	case-ship -q request "$id"
	refuses 1 'QO120.*0 left at LOG' case-ship replacement "$id"
	assert_equal "$(sql 'SELECT count(*) FROM stock_move')" 0
	case-ship -q replacement "$id/1" "$id/2"
	refuses 1 'QO120.*0 left at LOG' case-ship replacement "$id/3"
	# Another reference is there.
	case-ship -q replacement --unit QO130:N1 "$id/3"
}

@test "the serial that nobody knew is read from the unit" {
	id=$(case-open fault --unit QO120 --customer ACME --sold-on 2026-01-10 \
	    --pilot ANNE -m x)
	case-triage -q exchange -m x "$id"
	case-ship -q slip "$id"
	case-ship -q receive --unit QO120:READ-1 "$id"
	assert_equal "$(look "$id" '[.items[] | "\(.item) \(.serial) \(.place)"] |
	    join("; ")')" '1 READ-1 LOG'
	assert_equal "$(case-find READ-1 | cut -f 1)" "$id"
}

@test "in the parcel is another item of the case: that one is received" {
	exchange QA-1 QA-2
	case-ship -q slip "$id"
	refuses 1 'QO120:QA-2 is item 2' \
	    case-ship receive --unit QO120:QA-2 "$id/1"
	refuses 1 'QO120:QA-2 is item 2' \
	    case-ship receive --instead --unit QO120:QA-2 "$id/1"
	case-ship -q receive --unit QO120:QA-2 "$id/2"
	assert_equal "$(places "$id")" 'customer LOG'
}

@test "the serial in another spelling is the same unit" {
	exchange QA-1
	case-ship -q receive --unit QO120:qa-1 "$id"
	assert_equal "$(look "$id" '[.items[] | "\(.serial) \(.place)"] |
	    join("; ")')" 'QA-1 LOG'
}

@test "units by standard input, each for its item, one wrong: none of the case" {
	exchange QA-1 QA-2
	other=$(case-open fault --serial QA-3 --pilot ANNE -m x)
	case-triage -q exchange -m x "$other"
	case-ship -q request "$id" "$other"
	printf '%s\t%s\n' "$id/1" QO120:N1 "$id/2" QO120:N1 "$other" QO120:N3 \
	    >units
	run --separate-stderr case-ship replacement <units
	assert_equal "$status" 1
	assert_output "$other"
	# shellcheck disable=SC2154
	assert_regex "$stderr" "^case-ship: $id: .*N1"
	assert_equal "$(owed "$id") $(owed "$other")" ' 1'
}

@test "in a parcel without a procedure: somebody has to decide" {
	id=$(case-open fault --serial QA-1 -m x)
	opens "$id" assign
	case-ship -q receive "$id"
	assert_equal "$(places "$id")" LOG
	opens "$id" assign
	case-assign -q ANNE "$id"
	opens "$id" triage/1
	case-triage -q repair -m x "$id"
	# It is at the store, not at the repair centre.
	opens "$id" 'receive/1 request/1'
}

@test "received at another centre: the repair waits for its own" {
	id=$(case-open fault --serial QA-1 --pilot ANNE -m x)
	case-triage -q repair -m x "$id"
	case-ship -q slip "$id"
	case-ship -q return "$id"
	case-ship -q receive --from EXP "$id"
	assert_equal "$(places "$id")" EXP
	opens "$id" 'receive/1 request/1'
}

@test "what is sent back arrives when the case closes" {
	id=$(case-open fault --serial QA-1 --pilot ANNE -m x)
	case-ship -q receive "$id"
	case-triage -q none -m 'works' "$id"
	opens "$id" send-back/1
	assert_equal "$(look "$id" "$(newest send-back 1) |
	    \"\(.owner_site) \(.due_at)\"")" 'LOG 2026-05-12T18:00:00+02:00'
	case-ship -q send-back --carrier DPD --tracking 1 "$id"
	assert_equal "$(places "$id")" carrier
	case-close -q --satisfaction 5 "$id"
	assert_equal "$(places "$id")" customer
}

@test "starting a procedure drops the way back" {
	id=$(case-open fault --serial QA-1 --pilot ANNE -m x)
	case-ship -q receive "$id"
	case-triage -q none -m 'works' "$id"
	case-triage -q repair -m 'does not' "$id"
	assert_equal "$(state_of "$id" send-back 1)" dropped
	opens "$id" 'receive/1 request/1'
}

@test "a serial known under another reference: the hint is an option there is" {
	exchange QA-1
	refuses 1 "known under QO120, not under LC1; --new-unit" \
	    case-ship receive --unit LC1:QA-2 "$id"
	case-ship -q request "$id"
	refuses 1 'new-unit' case-ship replacement --unit LC1:QA-2 "$id"
	refuses 2 'needs --unit' case-ship receive --new-unit "$id"
	refuses 2 'takes no --new-unit' case-ship slip --new-unit "$id"
	run -0 --separate-stderr case-ship receive --unit LC1:QA-2 --new-unit \
	    "$id"
	assert_regex "$stderr" 'LC1:QA-2 was not expected: it is item 2'
	assert_equal "$(look "$id" '.items[1] | "\(.reference) \(.serial)"')" \
	    'LC1 QA-2'
}

@test "goods at another dock than where they were recorded" {
	exchange QA-1
	case-ship -q receive "$id"
	refuses 1 "open are: request" case-ship receive "$id"
	refuses 1 'is at LOG already' case-ship receive "$id/1"
	refuses 1 'is at LOG already' case-ship receive --from LOG "$id/1"
	run -0 --separate-stderr case-ship receive --from LOG2 "$id"
	assert_equal "$stderr" "case-ship: $id: item 1 was recorded at LOG"
	assert_equal "$(look "$id" '.items[0] | "\(.place) \(.flag)"')" \
	    'LOG2 astray'
	assert_equal "$(look "$id" '.events[-1].data.warning')" \
	    'item 1 was recorded at LOG'
	# From there it goes on.
	case-ship -q forward "$id"
	assert_equal "$(look "$id" '.items[0].place')" PLANT
	run -0 case-audit rebuild
}

@test "a repair waits until the unit is back at its centre" {
	id=$(case-open fault --serial QA-1 --pilot ANNE -m x)
	case-triage -q repair -m x "$id"
	case-ship -q request "$id"
	case-ship -q receive "$id"
	opens "$id" fix/1
	case-ship -q receive --from LOG2 "$id" 2>/dev/null
	opens "$id" receive/1
	refuses 1 "open are: receive" case-report fix --outcome repaired \
	    --cause C1 -m x "$id"
	export CASE_NOW=2026-05-05T10:00
	case-ship -q receive "$id" 2>/dev/null
	opens "$id" fix/1
	# Ten days from then.
	assert_equal "$(look "$id" .next.due_at)" 2026-05-21T18:00:00+02:00
	run -0 case-audit rebuild
}

@test "whoever has the unit now sends it back" {
	id=$(case-open fault --serial QA-1 --pilot ANNE -m x)
	case-ship -q receive "$id"
	case-triage -q none -m x "$id"
	assert_equal "$(look "$id" '.next | "\(.step) \(.owner_site)"')" \
	    'send-back LOG'
	case-ship -q receive --from PLANT "$id" 2>/dev/null
	opens "$id" triage/1
	case-triage -q none -m x "$id"
	assert_equal "$(look "$id" '.next | "\(.step) \(.owner_site)"')" \
	    'send-back PLANT'
}
