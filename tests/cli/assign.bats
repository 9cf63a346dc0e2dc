# SPDX-License-Identifier: ISC
# shellcheck shell=bash
# case-assign: who answers for a case, and who stands beside him.

setup() {
	load ../helper
	load ../master
	case_setup
	master_db
	id=$(case-open fault --serial QA-1 -m 'trips')
}

@test "assigning again moves the open steps, and only those" {
	case-assign -q ANNE "$id"
	case-triage -q exchange -m c "$id"
	case-ship -q slip "$id"
	case-assign -q PAUL "$id"
	assert_equal "$(look "$id" .pilot)" PAUL
	assert_equal "$(look "$id" "$(newest request 1) | .owner_person")" PAUL
	assert_equal "$(look "$id" "$(newest slip 1) | .owner_person")" ANNE
	assert_equal "$(look "$id" "$(newest return 1) | .owner")" customer
	# Who has it already may be named again.
	case-assign -q PAUL "$id"
	opens "$id" 'request/1 return/1'
}

@test "assign happens once; naming the same one later is no step" {
	case-assign -q ANNE "$id"
	case-assign -q PAUL "$id"
	assert_equal "$(look "$id" '[.steps[] | select(.step == "assign")] |
	    length')" 1
}

@test "a list of cases, from standard input too" {
	other=$(case-open fault --serial QA-2 -m 'trips')
	run case-assign PAUL "$id" "$other"
	assert_output "$id
$other"
	case-list | case-assign -q ANNE
	assert_equal "$(look "$other" .pilot) $(look "$id" .pilot)" 'ANNE ANNE'
}

@test "the load is counted in open steps" {
	# ANNE has four, PAUL one; both know breakers.
	case-assign -q ANNE "$(case-open fault --serial QA-3 --serial QA-4 \
	    --serial QA-5 --serial QA-6 -m x)"
	case-assign -q PAUL "$(case-open fault --serial QA-7 -m x)"
	case-assign -q --auto "$id"
	assert_equal "$(look "$id" .pilot)" PAUL
	# Six for PAUL: it is her turn.
	case-assign -q PAUL "$(case-open fault --serial QA-8 --serial QA-9 \
	    --serial QA-10 --serial QA-11 -m x)"
	id=$(case-open fault --serial QA-12 -m x)
	case-assign -q --auto "$id"
	assert_equal "$(look "$id" .pilot)" ANNE
}

@test "by skill for each range on the case" {
	id=$(case-open fault --serial QA-2 --serial LC-1 --customer ACME -m x)
	# PAUL knows breakers but no contactors, and has nothing to do.
	case-assign -q --auto "$id"
	assert_equal "$(look "$id" .pilot)" ANNE
}

@test "who and what: mistakes of the command line" {
	refuses 2 'STAFF' case-assign
	refuses 2 'not a case number' case-assign --auto ANNE "$id"
	refuses 2 'role' case-assign --role boss ANNE "$id"
	refuses 2 'not a case number' case-assign ANNE PAUL
	refuses 1 "'anne'" case-assign anne "$id"
}

@test "a technician is named for an intervention only" {
	case-assign -q ANNE "$id"
	refuses 1 "no step 'dispatch' is open" \
	    case-assign --role technician TECH "$id"
}

@test "an expert is an expert, found by skill as well" {
	case-assign -q ANNE "$id"
	refuses 1 'not an expert' case-assign --role expert ANNE "$id"
	case-assign -q --role expert --auto "$id"
	case-triage -q advice -m x "$id"
	assert_equal "$(look "$id" "$(newest advise 1) | .owner_person")" EVE
	assert_equal "$(look "$id" .pilot)" ANNE
}

@test "another technician may be sent as long as nobody has arrived" {
	id=$(case-open emergency --customer ACME --risk people --pilot ANNE \
	    -m 'smoke')
	case-triage -q intervention -m go "$id"
	case-assign -q --role technician TECH "$id"
	case-assign -q --role technician TINA "$id"
	assert_equal "$(look "$id" "$(newest arrive) | .owner_person")" TINA
	opens "$id" arrive
}

@test "a closed case is nobody's to assign" {
	case-assign -q ANNE "$id"
	case-triage -q none -m x "$id"
	case-close -q --satisfaction 4 "$id"
	refuses 1 'closed' case-assign PAUL "$id"
}
