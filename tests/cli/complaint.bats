# SPDX-License-Identifier: ISC
# shellcheck shell=bash
# Complaints: classified, acknowledged, solved, corrected, verified, closed.

setup() {
	load ../helper
	load ../master
	case_setup
	master_db
}

open_complaint() {
	id=$(case-open complaint --customer ACME "$@" --pilot ANNE \
	    -m 'the invoice is wrong')
}

classify() {
	case-triage -q classify --nature administrative --criticality 2 \
	    --dissatisfaction 4 --sought 'a credit note' "$id"
}

@test "without an item: a wrong invoice, from the call to the close" {
	open_complaint
	opens "$id" classify
	assert_equal "$(due_of "$id" classify)" 2026-05-05T18:00:00+02:00
	classify
	opens "$id" 'acknowledge solve'
	assert_equal "$(sql 'SELECT nature, criticality, dissatisfaction, sought
	    FROM cases')" 'administrative|2|4|a credit note'
	# Two days from opening, five from the classification.
	assert_equal "$(due_of "$id" acknowledge)" 2026-05-06T18:00:00+02:00
	assert_equal "$(due_of "$id" solve)" 2026-05-12T18:00:00+02:00
	case-report -q acknowledge "$id"
	case-report -q solve -m 'credit note 12 sent' "$id"
	opens "$id" close
	case-close -q --satisfaction 5 -m 'all is well' "$id"
	# The satisfaction at the end beside the dissatisfaction at the start.
	assert_equal "$(look "$id" '"\(.status) \(.satisfaction)
	    \(.dissatisfaction)"' | xargs)" 'closed 5 4'
}

@test "the acknowledgement is due from opening, however late it is classified" {
	open_complaint
	export CASE_NOW=2026-05-07T10:00:00+02:00
	classify
	assert_equal "$(due_of "$id" acknowledge)" 2026-05-06T18:00:00+02:00
}

@test "each missing part has its own refusal at closing" {
	open_complaint
	missing() {
		refuses 1 "cannot be closed.*$1" \
		    case-close --satisfaction 4 "$id"
		[[ "$stderr" != *"${2:-nothing of the kind}"* ]]
	}
	missing classify solve
	classify
	missing acknowledge classify
	missing solve
	case-report -q acknowledge "$id"
	missing solve acknowledge
	case-report -q solve --start correction --owner QUINN --until 2026-06-30 \
	    -m 'credit note sent' "$id"
	missing correct solve
	case-report -q correct --why 'wrong price list' \
	    --missed 'nobody compared' --change 'list is checked' "$id"
	missing verify correct
	export CASE_NOW=2026-07-01T10:00:00+02:00
	case-report -q verify --outcome effective -m 'ten invoices right' "$id"
	refuses 1 'satisfied' case-close "$id"
	refuses 2 'complaint or a reason' case-close --satisfaction 2 "$id"
	case-close -q --satisfaction 4 "$id"
}

@test "each of its steps has words or parts that cannot be left out" {
	open_complaint
	refuses 2 'nature' case-triage classify --criticality 2 \
	    --dissatisfaction 4 --sought x "$id"
	refuses 2 'criticality' case-triage classify --nature technical \
	    --dissatisfaction 4 --sought x "$id"
	refuses 2 'dissatisfaction' case-triage classify --nature technical \
	    --criticality 2 --sought x "$id"
	refuses 2 'sought' case-triage classify --nature technical \
	    --criticality 2 --dissatisfaction 4 "$id"
	refuses 2 'nature' case-triage classify --nature odd --criticality 2 \
	    --dissatisfaction 4 --sought x "$id"
	refuses 2 'criticality' case-triage classify --nature technical \
	    --criticality 5 --dissatisfaction 4 --sought x "$id"
	refuses 2 'dissatisfaction' case-triage classify --nature technical \
	    --criticality 4 --dissatisfaction 6 --sought x "$id"
	classify
	refuses 2 'solution' case-report solve "$id"
	refuses 2 'owner' case-report solve --start correction -m x "$id"
	case-report -q solve --start correction --owner QUINN -m x "$id"
	refuses 2 'why' case-report correct --missed x --change y "$id"
	refuses 2 'missed' case-report correct --why x --change y "$id"
	refuses 2 'change' case-report correct --why x --missed y "$id"
	opens "$id" 'acknowledge correct'
}

@test "what cannot be waived, and what can" {
	open_complaint
	refuses 1 "'classify' cannot be waived" case-waive classify -m x "$id"
	classify
	refuses 1 "'solve' cannot be waived" case-waive solve -m x "$id"
	case-waive -q acknowledge -m 'solved on the phone' "$id"
	opens "$id" solve
	case-report -q solve --start correction --owner QUINN -m x "$id"
	refuses 1 "'correct' cannot be waived" case-waive correct -m x "$id"
	case-report -q correct --why x --missed y --change z "$id"
	refuses 1 "'verify' cannot be waived" case-waive verify -m x "$id"
}

@test "a correction is its owner's, by its date; the check is quality's" {
	open_complaint
	classify
	case-report -q solve --start correction --owner PAUL \
	    --until 2026-06-30 -m x "$id"
	assert_equal "$(look "$id" "$(newest correct) |
	    \"\(.owner_person) \(.due_at)\"")" 'PAUL 2026-06-30T23:59:59+02:00'
	# Started again it joins the one under way, with another owner.
	case-triage -q correction --owner QUINN "$id" -m 'Paul is ill'
	assert_equal "$(look "$id" "$(newest correct) |
	    \"\(.owner_person) \(.due_at)\"")" \
	    'QUINN 2026-06-30T23:59:59+02:00'
	assert_equal "$(look "$id" '[.steps[] | select(.step == "correct")] |
	    length')" 1
	case-report -q correct --why x --missed y --change z "$id"
	assert_equal "$(look "$id" "$(newest verify) | .owner")" quality
	assert_equal "$(look "$id" '.events[-1].data |
	    "\(.why) \(.missed) \(.change)"')" 'x y z'
	refuses 1 "no staff member 'NOBODY'" \
	    case-triage correction --owner NOBODY "$id" -m x
	refuses 1 'its check is awaited' \
	    case-triage correction --owner PAUL "$id" -m x
}

@test "the check is told to who has the role; without one it is the desk's" {
	open_complaint
	classify
	printf 'code,name,email,roles,site\n%s\n' \
	    'QUINN,Quinn,quinn@firm.example,quality,DESK' | case-load -q staff
	case-triage -q correction --owner PAUL "$id" -m 'root cause'
	case-report -q correct --why x --missed y --change z "$id"
	assert_equal "$(look "$id" "$(newest verify) |
	    \"\(.owner_person) \(.owner_site)\"")" 'QUINN DESK'
	assert_equal "$(case-mail --list | cut -f2,3,5 | tail -n 1)" \
	    "$id"$'\ttask\tquinn@firm.example'
	printf 'code,name,roles,site\n%s\n' 'QUINN,Quinn,pilot,DESK' |
	    case-load -q staff
	open_complaint
	classify
	case-triage -q correction --owner PAUL "$id" -m 'root cause'
	case-report -q correct --why x --missed y --change z "$id"
	assert_equal "$(look "$id" "$(newest verify) |
	    \"\(.owner_person) \(.owner_site)\"")" 'null DESK'
	case-audit rebuild
}

@test "who made the correction checks it only if nobody else can" {
	printf 'code,name,roles,skills,site\n%s\n' \
	    'ZOE,Zoe,quality,lamps,DESK' | case-load -q staff
	open_complaint --serial QA-1
	classify
	case-triage -q correction --owner QUINN "$id" -m 'root cause'
	run -0 --separate-stderr case-report correct --why x --missed y \
	    --change z "$id"
	assert_equal "$stderr" ''
	# QUINN has the skill for it, but it is his own work.
	assert_equal "$(look "$id" "$(newest verify) | .owner_person")" ZOE
	run -0 --separate-stderr case-report verify --by QUINN \
	    --outcome not-effective -m 'again' "$id"
	[[ $stderr == *"$id: QUINN checks a correction of his own; --by says"* ]]
	assert_equal "$(look "$id" '.events[-1].data.warning' | cut -c1-36)" \
	    'QUINN checks a correction of his own'

	printf 'code,name,roles,site\n%s\n' 'ZOE,Zoe,pilot,DESK' |
	    case-load -q staff
	run -0 --separate-stderr case-report correct --why x --missed y \
	    --change z "$id"
	[[ $stderr == *"QUINN made the correction, and nobody else has the role \
'quality'"* ]]
	assert_equal "$(look "$id" "$(newest verify) | .owner_person")" QUINN
	run -0 --separate-stderr case-report verify --by PAUL \
	    --outcome effective -m 'works' "$id"
	assert_equal "$stderr" ''
	case-audit rebuild
}

@test "without a date a correction has thirty business days" {
	open_complaint
	classify
	refuses 1 'due before it is begun' case-triage correction \
	    --owner QUINN --until 2026-05-03 "$id" -m 'root cause'
	case-triage -q correction --owner QUINN "$id" -m 'root cause'
	# 8, 14 and 25 May are feasts.
	assert_equal "$(due_of "$id" correct)" 2026-06-18T18:00:00+02:00
}

@test "a check before the correction is refused; not effective opens it again" {
	open_complaint
	classify
	case-triage -q correction --owner QUINN "$id" -m 'root cause'
	export CASE_NOW=2026-05-20T10:00:00+02:00
	case-report -q correct --why x --missed y --change z "$id"
	refuses 1 'before' case-report verify --outcome effective \
	    --at 2026-05-20T09:00 -m 'works' "$id"
	refuses 1 'dated after the correction' case-report verify \
	    --outcome effective --at 2026-05-20T10:00 -m 'works' "$id"
	# What follows at once in a script is not dated, and later.
	run -0 case-report -n verify --outcome effective -m 'works' "$id"
	refuses 2 'outcome' case-report verify -m 'works' "$id"
	CASE_NOW=2026-06-20T10:00:00+02:00
	case-report -q verify --outcome not-effective -m 'again' "$id"
	opens "$id" 'acknowledge correct solve'
	assert_equal "$(look "$id" "$(newest correct) | .owner_person")" QUINN
	case-report -q correct --why x2 --missed y2 --change z2 "$id"
	opens "$id" 'acknowledge solve verify'
	CASE_NOW=2026-07-20T10:00:00+02:00
	case-report -q verify --outcome effective -m 'works now' "$id"
	opens "$id" 'acknowledge solve'
}

@test "an immediate solution is followed until it is done" {
	open_complaint --unit QO120:QA-1
	opens "$id" classify
	classify
	case-report -q acknowledge "$id"
	case-report -q solve --start exchange -m 'a new one' "$id"
	opens "$id" 'request/1 slip/1'
	refuses 1 'cannot be closed.*request' \
	    case-close --satisfaction 4 "$id"
	case-triage -q advice "$id" -m 'settings as well'
	opens "$id" 'advise/1 request/1 slip/1'
}

@test "a solution of repair asks for the warranty to be settled" {
	open_complaint --unit LC1:NOD-1
	classify
	refuses 1 'warranty of item 1 is not known' \
	    case-report solve --start repair -m x "$id"
	case-report -q solve --start repair --no-proof -m x "$id"
	opens "$id" 'acknowledge quote/1'
}

@test "a complaint takes neither parts nor an intervention" {
	open_complaint --unit QO120:QA-1
	classify
	refuses 1 'takes no parts' case-triage parts "$id" -m x
	refuses 1 'takes no intervention' case-triage intervention "$id" -m x
	refuses 1 'takes no refund; it takes: exchange, repair, expertise,'\
' advice, correction$' case-triage refund "$id" -m x
}

@test "an item added to a complaint wants a decision" {
	open_complaint
	classify
	case-report -q acknowledge "$id"
	case-report -q solve -m 'credit note' "$id"
	opens "$id" close
	case-open -q --add "$id" --unit QO120:QA-1
	opens "$id" triage/1
	case-triage -q none "$id" -m 'works'
	opens "$id" close
}

@test "exchange needs an item, which can be added" {
	open_complaint
	classify
	refuses 1 'add one with case-open --add' \
	    case-report solve --start exchange -m x "$id"
}

@test "a complaint without items that is reopened is classified again" {
	open_complaint
	classify
	case-report -q acknowledge "$id"
	case-report -q solve -m 'credit note' "$id"
	case-close -q --satisfaction 4 "$id"
	case-close -q --reopen -m 'the note was wrong' "$id"
	opens "$id" classify
	case-triage -q classify --nature commercial --criticality 3 \
	    --dissatisfaction 5 --sought 'an excuse' "$id"
	assert_equal "$(look "$id" .dissatisfaction)" 5
}

@test "not satisfied: a complaint is opened and linked, shown on both" {
	id=$(case-open fault --serial QA-1 --pilot ANNE -m 'hums')
	case-triage -q none "$id" -m 'as it should'
	refuses 2 'complaint or a reason' case-close --satisfaction 1 "$id"
	run --separate-stderr case-close --satisfaction 1 --complaint \
	    -m 'it hums' "$id"
	assert_success
	assert_output "$id"
	other=$(sql "SELECT case_id FROM cases WHERE kind = 'complaint'")
	assert_regex "$stderr" "$other"
	assert_equal "$(look "$id" '.links | tostring')" "[$other]"
	assert_equal "$(look "$other" '.links | tostring')" "[$id]"
	assert_equal "$(look "$other" '"\(.customer) \(.description)"')" \
	    'ACME it hums'
	assert_equal "$(look "$id" '"\(.status) \(.satisfaction)"')" 'closed 1'
}

@test "not satisfied: a reason does as well" {
	id=$(case-open fault --serial QA-1 --pilot ANNE -m 'hums')
	case-triage -q none "$id" -m 'as it should'
	case-close -q --satisfaction 2 -m 'wanted a new one' "$id"
	assert_equal "$(sql 'SELECT count(*) FROM cases')" 1
}

@test "a complaint from a closed case is linked with it" {
	id=$(case-open fault --serial QA-1 --pilot ANNE -m 'hums')
	case-triage -q none "$id" -m 'as it should'
	case-close -q --satisfaction 3 "$id"
	other=$(case-open complaint --customer ACME --link "$id" -m 'still')
	assert_equal "$(look "$id" '.links | tostring')" "[$other]"
	assert_equal "$(look "$other" '.links | tostring')" "[$id]"
}

@test "a check is due by the date given with the correction, else in thirty days" {
	id=$(case-open complaint --customer DIST --pilot ANNE -m x)
	case-triage -q correction --owner PAUL -m c "$id"
	refuses 1 'before the correction' case-report correct --why w \
	    --missed m --change c --until 2026-05-03 "$id"
	case-report -q correct --why w --missed m --change c \
	    --until 2026-06-12 "$id"
	assert_equal "$(due_of "$id" verify)" 2026-06-12T23:59:59+02:00
	case-report -q verify --outcome not-effective -m no "$id"
	case-report -q correct --why w --missed m --change c "$id"
	assert_equal "$(due_of "$id" verify)" 2026-06-18T18:00:00+02:00
	refuses 2 '--until' case-report verify --outcome effective -m y \
	    --until 2026-06-12 "$id"
	case-audit rebuild
}
