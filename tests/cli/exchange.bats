# SPDX-License-Identifier: ISC
# shellcheck shell=bash
# The exchange, from the call to the closed case.

setup() {
	load ../helper
	load ../master
	case_setup
	master_db
}

# Twelve units of ACME under warranty, or those that are named.
open_exchange() {
	local serials=() n

	if [ $# -eq 0 ]; then
		set -- QA-1 QA-2 QA-3 QA-4 QA-5 QA-6 QA-7 QA-8 QA-9 QA-10 QA-11 QA-12
	fi
	for n; do
		serials+=(--serial "$n")
	done
	id=$(case-open fault "${serials[@]}" --pilot ANNE -m 'trips at once')
	case-triage -q exchange "$id" -m 'contact welded'
}

@test "under warranty, twelve items of which three are waived" {
	open_exchange
	assert_equal "$(look "$id" '[.items[].warranty] | unique | join(" ")')" in
	assert_equal "$(look "$id" '[.steps[] | select(.state == "open") | .step]
	    | group_by(.) | map("\(length) \(.[0])") | join(" ")')" \
	    '12 request 12 slip'

	run case-ship request "$id"
	assert_success
	assert_output "$id"
	# The units that are sent, on standard input.
	for n in $(seq 12); do
		printf '%s/%s\tQO120:NEW-%s\n' "$id" "$n" "$n"
	done | case-ship -q replacement --carrier DPD --tracking 0123
	assert_equal "$(owed "$id")" '1 2 3 4 5 6 7 8 9 10 11 12'
	case-ship -q slip "$id"
	case-ship -q return "$id/1" "$id/2"
	assert_equal "$(look "$id" '[.items[:3][].place] | join(" ")')" \
	    'carrier carrier customer'

	# The others come without anybody having said that they left.
	case-ship -q receive "$id/"{1,2,4,5,6,8,9,10,11}
	assert_equal "$(owed "$id")" '3 7 12'
	refuses 1 "^case-close: $id: .*return" \
	    case-close --satisfaction 5 "$id"
	case-waive -q return --invoice -m 'thrown away on site' "$id/3"
	case-waive -q return -m 'lost' "$id/7" "$id/12"
	assert_equal "$(owed "$id")" ''
	assert_equal "$(look "$id" '[.items[2, 6, 11].place] | unique |
	    join(" ")')" customer
	opens "$id" "$(printf 'forward/%s ' 1 10 11 2 4 5 6 8)forward/9"

	case-ship -q forward "$id"
	case-report -q analyse --cause WELD -m 'material' "$id"
	opens "$id" close
	run case-close --satisfaction 4 -m 'satisfied on the whole' "$id"
	assert_success
	assert_output "$id"
	assert_equal "$(look "$id" '"\(.status) \(.satisfaction)"')" 'closed 4'
	opens "$id" ''
	# A step was never done twice, and what ended was never there.
	assert_equal "$(look "$id" '[.steps[] | select(.step == "analyse")] |
	    length')" 9
	# Twelve left the store.
	assert_equal "$(sql "SELECT sum(quantity) FROM stock_move")" -12
	run case-audit rebuild
	assert_success
}

@test "out of warranty: the purchase order starts it, declining ends it" {
	open_exchange OLD-1 OLD-2
	opens "$id" 'order/1 order/2'
	# Nothing goes before the order.
	refuses 1 "no step 'request' is open.*order" case-ship request "$id"
	refuses 1 "no step 'slip' is open" case-ship slip "$id"
	refuses 1 "no step 'replacement' is open" case-ship replacement "$id"
	# An order is awaited without a due time: the customer is chased.
	assert_equal "$(due_of "$id" order 1)" null

	case-order -q order --po PO-4711 "$id/1"
	opens "$id" 'order/2 request/1 slip/1'
	case-order -q decline -m 'too dear' "$id/2"
	opens "$id" 'request/1 slip/1'
	assert_equal "$(look "$id" '.steps[] | select(.step == "order" and
	    .item == 2) | .outcome')" declined

	case-ship -q request "$id"
	case-ship -q replacement --unit QO120:NEW-1 "$id"
	case-ship -q slip "$id"
	case-ship -q return "$id"
	case-ship -q receive "$id"
	case-ship -q forward "$id"
	case-report -q analyse -m 'worn' "$id"
	opens "$id" close
	assert_equal "$(places "$id")" 'PLANT customer'
}

@test "all declined: only closing is left" {
	open_exchange OLD-1
	case-order -q decline -m 'will buy another' "$id"
	opens "$id" close
	case-close -q --satisfaction 3 "$id"
}

@test "a declined exchange does not end the advice beside it" {
	open_exchange OLD-1
	case-triage -q advice "$id" -m 'settings'
	case-order -q decline -m no "$id"
	opens "$id" advise/1
}

@test "the replacement may be of another reference, and leaves that one's stock" {
	open_exchange QA-1
	case-ship -q request "$id"
	case-ship -q replacement --unit QO130:N-77 "$id"
	assert_equal "$(look "$id" '.events[-1].data |
	    "\(.reference):\(.serial)"')" QO130:N-77
	assert_equal "$(sql 'SELECT reference, quantity FROM stock_move')" \
	    'QO130|-1'
}

@test "the replacement inherits the longer of the rest and three months" {
	# QA-1 is good until 1 June 2027, more than three months from now.
	open_exchange QA-1
	case-ship -q request "$id"
	case-ship -q replacement --unit QO120:NEW-1 "$id"
	case-open -q --add "$id" --unit QO120:NEW-1
	assert_equal "$(look "$id" '.items[1] | "\(.warranty) \(.warranty_until)"')" \
	    'in 2027-06-01'

	# OLD-1 has none left: three months from its shipping on 4 May.
	open_exchange OLD-1
	case-order -q order --po 1 "$id"
	case-ship -q request "$id"
	case-ship -q replacement --unit QO120:NEW-2 "$id"
	case-open -q --add "$id" --unit QO120:NEW-2
	assert_equal "$(look "$id" '.items[1] | "\(.warranty) \(.warranty_until)"')" \
	    'in 2026-08-04'
}

@test "the least warranty of a replacement is a setting" {
	case-config warranty.replacement 6
	open_exchange OLD-1
	case-order -q order --po 1 "$id"
	case-ship -q request "$id"
	case-ship -q replacement --unit QO120:NEW-2 "$id"
	case-open -q --add "$id" --unit QO120:NEW-2
	assert_equal "$(look "$id" '.items[1].warranty_until')" 2026-11-04
}

@test "another serial in the parcel becomes an item, the expected one stays owed" {
	open_exchange QA-1
	case-ship -q request "$id"
	case-ship -q replacement --unit QO120:NEW-1 "$id"
	case-ship -q slip "$id"
	case-ship -q return "$id"
	run --separate-stderr case-ship receive --unit QO120:ODD-9 "$id"
	assert_success
	assert_output "$id"
	# shellcheck disable=SC2154
	assert_regex "$stderr" 'QO120:ODD-9'
	assert_equal "$(look "$id" '[.items[] | "\(.item) \(.serial) \(.place)"] |
	    join("; ")')" '1 QA-1 carrier; 2 ODD-9 LOG'
	assert_equal "$(owed "$id")" 1
	# Both are somebody's: the new one wants a decision.
	opens "$id" 'receive/1 triage/2'
	# Decided: nothing to be done, so it goes back.
	case-triage -q none "$id/2" -m 'sent by mistake'
	opens "$id" 'receive/1 send-back/2'
	case-ship -q send-back "$id"
	# The right one comes in the end.
	case-ship -q receive "$id/1"
	assert_equal "$(owed "$id")" ''
	opens "$id" forward/1
}

@test "the other unit in the parcel may be exchanged in turn, from where it is" {
	open_exchange QA-1
	case-ship -q receive --unit QO120:QA-2 "$id"
	case-triage -q exchange "$id/2" -m 'faulty as well'
	# It is here: no slip, no return; it goes on to the plant.
	opens "$id" 'forward/2 request/1 request/2 slip/1'
}

@test "received --instead: this is the unit, the serial was wrong" {
	open_exchange QA-1
	case-ship -q request "$id"
	case-ship -q replacement --unit QO120:NEW-1 "$id"
	case-ship -q slip "$id"
	case-ship -q receive --instead --unit QO120:QA-7 "$id"
	assert_equal "$(look "$id" '[.items[] | "\(.item) \(.serial) \(.place)"] |
	    join("; ")')" '1 QA-7 LOG'
	assert_equal "$(owed "$id")" ''
	opens "$id" forward/1
}

@test "taken in as another first, received --instead afterwards" {
	open_exchange QA-1
	case-ship -q request "$id"
	case-ship -q replacement --unit QO120:NEW-1 "$id"
	case-ship -q slip "$id"
	case-ship -q receive --from LOG2 --unit QO120:ODD-9 "$id"
	opens "$id" 'return/1 triage/2'
	assert_equal "$(owed "$id")" 1
	case-ship -q receive --instead --unit QO120:ODD-9 "$id/1"
	# It is where it was taken in; of the other there is nothing to do.
	assert_equal "$(look "$id" '[.items[] | "\(.item) \(.serial) \(.place)" +
	    " \(.flag)"] | join("; ")')" \
	    '1 ODD-9 LOG2 null; 2 QA-1 customer mistaken'
	assert_equal "$(owed "$id")" ''
	opens "$id" forward/1
	assert_equal "$(state_of "$id" triage 2)" dropped
	case-audit rebuild

	# Once something was decided for it, it is a unit of its own.
	open_exchange QA-2
	case-ship -q receive --unit QO120:ODD-8 "$id"
	case-triage -q repair --no-proof "$id/2" -m 'faulty as well'
	refuses 1 'QO120:ODD-8 is item 2' \
	    case-ship receive --instead --unit QO120:ODD-8 "$id/1"
}

@test "whoever has the unit forwards it to the plant" {
	open_exchange QA-1
	case-ship -q receive --from REP "$id"
	assert_equal "$(look "$id" '.steps[] | select(.step == "forward") |
	    "\(.state) \(.owner) \(.owner_site)"')" 'open repair REP'
	assert_equal "$(case-list --owner repair --step forward | cut -f 1)" \
	    "$id"
	# Where it is to go already: that is done, once it has been ordered.
	open_exchange OLD-1
	case-ship -q receive --from PLANT "$id"
	opens "$id" order/1
	case-order -q order --po PO-1 "$id"
	opens "$id" 'analyse/1 request/1'
	assert_equal "$(state_of "$id" forward 1)" done
}

@test "a parcel on its way to a centre is taken in there for an exchange too" {
	id=$(case-open fault --serial QA-1 --pilot ANNE -m x)
	case-triage -q repair "$id" -m x
	case-ship -q slip "$id"
	case-ship -q return "$id"
	case-triage -q exchange --instead "$id" -m 'too old to be repaired'
	assert_equal "$(look "$id" '.steps[] | select(.step == "receive" and
	    .state == "open") | "\(.owner) \(.owner_site)"')" 'repair REP'
	case-ship -q receive "$id"
	assert_equal "$(places "$id")" REP
	opens "$id" 'forward/1 request/1'
}

@test "received --instead under another reference: the sites of that one" {
	printf 'reference,name,warranty_months,logistics,plant,repair,expertise\n%s\n' \
	    'QZ1,Breaker made elsewhere,24,LOG,PLANT2,REP,EXP' >products
	printf 'code,name,kind,region\nPLANT2,Plant 2,plant,FR\n' |
	    case-load -q sites
	case-load -q products products
	open_exchange QA-1
	case-ship -q receive --instead --unit QZ1:Z-1 "$id"
	case-ship -q forward "$id"
	assert_equal "$(places "$id")" PLANT2
	assert_equal "$(look "$id" '.steps[] | select(.step == "analyse") |
	    .owner_site')" PLANT2
}

@test "a serial read on arrival is that of the unit known by it" {
	case-open -q fault --serial QA-7 --pilot ANNE -m 'hums'
	id=$(case-open fault --customer ACME --unit QO120 --quantity 2 \
	    --sold-on 2026-01-15 --pilot ANNE -m 'trips')
	case-triage -q exchange -m m "$id"
	case-ship -q receive --unit QO120:qa-7 "$id/1"
	assert_equal "$(sql "SELECT place FROM v_unit WHERE serial = 'QA-7'
	    COLLATE NOCASE")" LOG
	assert_equal "$(look "$id" '[.items[] | "\(.serial) \(.place)"] |
	    join("; ")')" 'QA-7 LOG; null customer'
	refuses 1 'QA-7 is item 1' case-ship receive --unit QO120:QA-7 "$id/2"
	case-ship -q receive --unit QO120:QA-8 "$id/2"
	assert_equal "$(places "$id")" 'LOG LOG'
	case-audit rebuild
}

@test "a parcel before its slip: the slip is dropped" {
	open_exchange QA-1
	opens "$id" 'request/1 slip/1'
	case-ship -q receive "$id"
	assert_equal "$(state_of "$id" slip 1)" dropped
	assert_regex "$(case-show "$id")" $'slip +dropped'
	opens "$id" 'forward/1 request/1'
	assert_equal "$(places "$id")" LOG
	# The replacement still leaves, and nothing is owed for it.
	case-ship -q request "$id"
	case-ship -q replacement --unit QO120:NEW-1 "$id"
	assert_equal "$(owed "$id")" ''
}

@test "a parcel before the order: it may go to the plant only after it" {
	open_exchange OLD-1
	case-ship -q receive "$id"
	opens "$id" order/1
	case-order -q order --po 7 "$id"
	opens "$id" 'forward/1 request/1'
}

@test "a parcel after declining goes back to the customer" {
	open_exchange OLD-1
	case-order -q decline -m 'too dear' "$id"
	case-ship -q receive "$id"
	# Without a procedure somebody must say what becomes of it.
	opens "$id" triage/1
	case-triage -q none "$id" -m 'goes back'
	opens "$id" send-back/1
	case-ship -q send-back --carrier GEO "$id"
	opens "$id" close
}

@test "a parcel after its return was waived is taken in" {
	open_exchange QA-1
	case-ship -q request "$id"
	case-ship -q replacement --unit QO120:NEW-1 "$id"
	case-ship -q slip "$id"
	case-waive -q return -m 'lost' "$id"
	opens "$id" close
	case-ship -q receive "$id"
	assert_equal "$(places "$id")" LOG
	assert_equal "$(owed "$id")" ''
}

@test "a parcel for a closed case opens it again" {
	open_exchange OLD-1
	case-order -q decline -m 'too dear' "$id"
	case-close -q --satisfaction 3 "$id"
	run case-ship receive "$id"
	assert_success
	assert_equal "$(look "$id" .status)" open
	assert_equal "$(places "$id")" LOG
	opens "$id" triage/1
}

@test "a parcel for a cancelled case opens it again" {
	open_exchange OLD-1
	case-close -q --cancel -m 'called off' "$id"
	case-ship -q receive "$id"
	assert_equal "$(look "$id" .status)" open
	assert_equal "$(places "$id")" LOG
	assert_regex "$(open_at "$id")" 'triage/1'
}

@test "events entered two days late: due times follow from when they happened" {
	# Monday 4 May 2026 10:00. What follows is entered on Wednesday.
	open_exchange QA-1
	export CASE_NOW=2026-05-06T10:00:00+02:00
	case-ship -q slip --at 2026-05-04T15:00 "$id"
	# Ten business days from 4 May; 8 and 14 May are feasts.
	assert_equal "$(due_of "$id" return 1)" 2026-05-20T18:00:00+02:00
	case-ship -q request --at -1d "$id"
	assert_equal "$(look "$id" '.events[-1] |
	    "\(.happened_at) \(.recorded_at)"')" \
	    '2026-05-05T10:00:00+02:00 2026-05-06T10:00:00+02:00'
	assert_equal "$(due_of "$id" replacement 1)" 2026-05-06T18:00:00+02:00
	# Never before what it depends on, never in the future.
	refuses 1 'before' case-ship return --at 2026-05-04T14:00 "$id"
	refuses 1 'future' case-ship return --at 2026-05-07 "$id"
	refuses 1 'before' case-ship replacement --at 2026-05-05T09:59:59 "$id"
	case-ship -q return --at 2026-05-04T15:00 "$id"
}

@test "an exchange can be given up for another procedure, until it is shipped" {
	open_exchange QA-1
	refuses 1 'exchange is under way.*--instead' \
	    case-triage repair "$id" -m 'can be mended'
	refuses 2 'reason' case-triage repair --instead "$id"
	case-triage -q repair --instead "$id" -m 'can be mended'
	opens "$id" 'request/1 slip/1'
	assert_equal "$(look "$id" '[.steps[] | select(.state == "open") |
	    .procedure] | unique | join(" ")')" repair
	case-triage -q exchange --instead "$id" -m 'cannot'
	case-ship -q request "$id"
	case-ship -q replacement --unit QO120:NEW-1 "$id"
	refuses 1 'replacement of item 1 was shipped' \
	    case-triage repair --instead "$id" -m 'too late'
	refuses 1 'replacement of item 1 was shipped' \
	    case-triage none --instead "$id" -m 'too late'
}

@test "none --instead gives a procedure up" {
	open_exchange QA-1
	case-triage -q none --instead "$id" -m 'works after all'
	opens "$id" close
}

@test "goodwill after the start drops the open order" {
	open_exchange OLD-1
	opens "$id" order/1
	case-triage -q --goodwill 'a good customer' "$id"
	assert_equal "$(look "$id" '.items[0].warranty')" goodwill
	assert_equal "$(state_of "$id" order 1)" dropped
	opens "$id" 'request/1 slip/1'
}

@test "the warranty settled as in after the start drops the open order" {
	id=$(case-open fault --serial NOD-1 --pilot ANNE -m 'hums')
	assert_equal "$(look "$id" '.items[0].warranty')" unknown
	refuses 1 'warranty of item 1 is not known' \
	    case-triage exchange "$id" -m 'worn'
	case-triage -q exchange --no-proof "$id" -m 'worn'
	opens "$id" order/1
	case-triage -q --sold-on 2026-01-15 "$id"
	assert_equal "$(look "$id" '.items[0].warranty')" in
	opens "$id" 'request/1 slip/1'
}

@test "a product that names no site takes no exchange" {
	id=$(case-open fault --serial BA-1 --pilot ANNE -m 'dark')
	refuses 1 'names no logistics centre' \
	    case-triage exchange --goodwill x "$id" -m 'broken'
}

@test "closing is refused while a unit is owed" {
	open_exchange QA-1
	case-ship -q request "$id"
	case-ship -q replacement --unit QO120:NEW-1 "$id"
	case-ship -q slip "$id"
	case-ship -q return "$id"
	refuses 1 'cannot be closed.*receive' case-close --satisfaction 5 "$id"
	refuses 1 'owes item 1' case-close --cancel -m 'enough' "$id"
	assert_equal "$(case-list --owed | cut -f 1)" "$id"
	case-waive -q receive --invoice -m 'lost by the carrier' "$id"
	assert_equal "$(case-list --owed)" ''
	# On its way and never arrived: nobody knows where it is.
	assert_equal "$(places "$id")" unknown
	opens "$id" close
}

@test "waiving the replacement lets the return go on, unowed" {
	open_exchange QA-1
	case-ship -q request "$id"
	case-waive -q replacement -m 'collected at the plant' "$id"
	opens "$id" slip/1
	assert_equal "$(owed "$id")" ''
}

@test "waiving a forward ends the way of the goods: the unit goes back" {
	open_exchange QA-1
	case-ship -q receive "$id"
	case-waive -q forward -m 'no interest' "$id"
	opens "$id" request/1
	case-ship -q request "$id"
	case-ship -q replacement --unit QO120:NEW-1 "$id"
	# The replacement was shipped, so the old one is ours and stays.
	opens "$id" close
	assert_equal "$(places "$id")" LOG
}

@test "the same unit cannot replace twice, nor a unit that a customer has" {
	open_exchange QA-1 QA-2
	case-ship -q request "$id"
	case-ship -q replacement --unit QO120:NEW-1 "$id/1"
	refuses 1 'NEW-1' case-ship replacement --unit QO120:NEW-1 "$id/2"
	refuses 1 'QA-2' case-ship replacement --unit QO120:QA-2 "$id/2"
	refuses 1 'QA-3' case-ship replacement --unit QO120:QA-3 "$id/2"
}

@test "the replacement is the customer's once the case is closed" {
	open_exchange QA-1
	case-ship -q request "$id"
	case-ship -q replacement --unit QO120:NEW-1 "$id"
	case-ship -q receive "$id"
	case-ship -q forward "$id"
	case-report -q analyse -m 'worn' "$id"
	assert_equal "$(sql "SELECT place, direction, holder FROM unit_state
	    WHERE serial = 'NEW-1'")" 'carrier|customer|ACME'
	case-close -q --satisfaction 5 "$id"
	assert_equal "$(sql "SELECT place, holder FROM unit_state
	    WHERE serial = 'NEW-1'")" 'customer|ACME'
	# The old one is at the plant and ours.
	assert_equal "$(sql "SELECT place, holder IS NULL FROM unit_state
	    WHERE serial = 'QA-1'")" 'PLANT|1'
}
