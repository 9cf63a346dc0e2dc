# SPDX-License-Identifier: ISC
# shellcheck shell=bash
# case-triage: the decision for each item, and the warranty before it.

setup() {
	load ../helper
	load ../master
	case_setup
	master_db
}

fault() {
	id=$(case-open fault "$@" --pilot ANNE -m 'trips')
}

@test "triage follows assign and is the answerable person's, for one day" {
	id=$(case-open fault --serial QA-1 -m 'trips')
	opens "$id" assign
	refuses 1 "no step 'triage' is open; open are: assign" \
	    case-triage exchange -m c "$id"
	assert_equal "$(due_of "$id" assign)" 2026-05-04T14:00:00+02:00
	CASE_NOW=2026-05-04T17:00:00+02:00
	case-assign -q PAUL "$id"
	assert_equal "$(look "$id" "$(newest triage 1) |
	    \"\(.owner) \(.owner_person) \(.due_at)\"")" \
	    'pilot PAUL 2026-05-05T18:00:00+02:00'
}

@test "assign is due in working hours: the night does not count" {
	export CASE_NOW=2026-05-07T16:00:00+02:00
	id=$(case-open fault --serial QA-1 -m 'trips')
	# Friday 8 May is a feast.
	assert_equal "$(due_of "$id" assign)" 2026-05-11T10:00:00+02:00
}

@test "each item gets its own decision, the rest wait" {
	fault --serial QA-1 --serial QA-2 --serial QA-3
	opens "$id" 'triage/1 triage/2 triage/3'
	case-triage -q exchange -m 'welded' "$id/2"
	opens "$id" 'request/2 slip/2 triage/1 triage/3'
	# The bare number: every item at which it is open, and no other.
	case-triage -q none -m 'nothing wrong' "$id"
	opens "$id" 'request/2 slip/2'
	assert_equal "$(look "$id" '.events[-1] | "\(.verb) \(.text)"')" \
	    'triage nothing wrong'
}

@test "a decision has its words; none is one too" {
	fault --serial QA-1
	refuses 2 'diagnosis' case-triage exchange "$id"
	refuses 2 'diagnosis' case-triage none "$id"
	refuses 2 '' case-triage exchange -m '' "$id"
	refuses 2 '' case-triage exchange -m ' ' "$id"
	refuses 2 'which procedure' case-triage -m x "$id"
	case-triage -q none -m 'as it should' "$id"
	opens "$id" close
}

@test "procedures can be added at any time; some combine, some exclude" {
	fault --serial QA-1
	case-triage -q exchange advice -m 'and how to mount it' "$id"
	opens "$id" 'advise/1 request/1 slip/1'
	refuses 1 'exchange is under way' case-triage expertise -m x "$id"
	refuses 1 'exchange is under way' case-triage exchange -m x "$id"
	# Advice under way is joined, not given twice.
	case-triage -q advice -m 'once more' "$id"
	opens "$id" 'advise/1 request/1 slip/1'
	refuses 2 '' case-triage exchange repair -m x "$id"
	refuses 2 'twice' case-triage advice advice -m x "$id"
	case-report -q advise -m 'as the leaflet says' "$id"
	case-triage -q advice -m 'another question' "$id"
	opens "$id" 'advise/1 request/1 slip/1'
}

@test "a kind offers what it offers" {
	fault --serial QA-1
	for procedure in parts intervention; do
		refuses 1 "kind fault takes no $procedure" \
		    case-triage $procedure -m x "$id"
	done
	refuses 1 'kind fault takes no correction' \
	    case-triage correction --owner QUINN -m x "$id"
	for word in recall fault nothing triage 1000 ''; do
		refuses 2 '' case-triage "$word" -m x "$id"
	done
}

@test "an outcome of the warranty is settled with one word" {
	fault --serial NOD-1
	refuses 2 'exclude' case-triage repair --no-proof --sold-on 2026-01-01 \
	    -m x "$id"
	refuses 2 "'2026-02-30'" case-triage repair --sold-on 2026-02-30 -m x \
	    "$id"
	refuses 1 'after the request' case-triage repair --sold-on 2026-05-05 \
	    -m x "$id"
	case-triage -q --sold-on 2024-11-04 "$id"
	assert_equal "$(look "$id" '.items[0] | "\(.warranty) \(.warranty_until)"')" \
	    'in 2026-05-04'
	opens "$id" triage/1
	# Advice asks for nothing of the kind.
	fault --unit LC1:NEVER --customer BETA 2>/dev/null ||
	    id=$(case-open fault --unit LC1:NEVER --customer BETA \
		--pilot ANNE -m x)
	case-triage -q advice -m x "$id"
	opens "$id" advise/1
}

@test "goodwill needs its reason, which is kept" {
	fault --serial OLD-1
	refuses 2 '' case-triage exchange --goodwill '' -m x "$id"
	case-triage -q exchange --goodwill 'third time this year' -m x "$id"
	assert_equal "$(look "$id" '.items[0].warranty')" goodwill
	assert_regex "$(look "$id" '.items[0].warranty_reason')" \
	    'third time this year'
	opens "$id" 'request/1 slip/1'
}

@test "what was begun free stays free" {
	fault --serial QA-1
	case-triage -q exchange -m x "$id"
	# There is a proof: that another one is wanting takes nothing away.
	case-triage -q --no-proof "$id"
	assert_equal "$(look "$id" '.items[0].warranty')" in
	refuses 1 'stays free' case-triage --sold-on 2001-01-01 "$id"
}

@test "the warranty of one item says nothing of the next" {
	fault --serial QA-1 --serial OLD-1 --serial NOD-1
	case-triage -q exchange --no-proof -m x "$id/3"
	assert_equal "$(look "$id" '[.items[].warranty] | join(" ")')" \
	    'in out out'
	# All or nothing: what refuses one refuses both.
	refuses 1 'no item 4' case-triage exchange -m x "$id/1" "$id/4"
	opens "$id" 'order/3 triage/1 triage/2'
	case-triage -q exchange -m x "$id"
	opens "$id" 'order/2 order/3 request/1 slip/1'
}

@test "options for one thing only are refused for another" {
	refuses 2 'owner' case-triage advice --owner PAUL -m x 1000015
	refuses 2 'owner' case-triage advice --until 2026-06-01 -m x 1000015
	refuses 2 '' case-triage exchange --nature technical -m x 1000015
	refuses 2 '' case-triage classify --nature technical --criticality 2 \
	    --dissatisfaction 3 --sought x --goodwill y 1000015
	refuses 2 '' case-triage classify exchange --nature technical \
	    --criticality 2 --dissatisfaction 3 --sought x -m x 1000015
}

@test "only a complaint is classified" {
	fault --serial QA-1
	refuses 1 "no step 'classify' is open" case-triage classify \
	    --nature technical --criticality 2 --dissatisfaction 3 --sought x \
	    "$id"
}

@test "advice is the expert's, else the answerable person's" {
	fault --serial QA-1
	case-triage -q advice -m x "$id"
	assert_equal "$(look "$id" "$(newest advise 1) |
	    \"\(.owner_person) \(.due_at)\"")" 'ANNE 2026-05-05T18:00:00+02:00'
	case-assign -q --role expert EVE "$id"
	assert_equal "$(look "$id" "$(newest advise 1) | .owner_person")" EVE
}

@test "what is no procedure: those there are, and where" {
	refuses 2 "'repaint' is not a procedure; there are: exchange, repair,"\
' expertise, refund \(recall\), advice, parts \(emergency\), intervention'\
' \(emergency\), correction \(complaint\), none' \
	    case-triage repaint -m x 1000015
	fault --serial QA-1
	refuses 1 'takes no refund; it takes: exchange, repair, expertise,'\
' advice$' case-triage refund -m x "$id"
}

@test "a proof of purchase is known in the next case of the unit" {
	fault --serial NOD-1
	case-triage -q advice --sold-on 2025-07-01 -m x "$id"
	assert_equal "$(look "$id" '.items[0].warranty')" in
	fault --serial NOD-1
	assert_equal "$(look "$id" '.items[0] |
	    "\(.warranty) \(.warranty_until)"')" 'in 2027-01-01'
	run -0 case-audit rebuild
	# Once it is ours, somebody else will buy it.
	case-triage -q exchange -m x "$id"
	case-ship -q receive "$id"
	case-ship -q request "$id"
	case-ship -q replacement "$id"
	assert_equal "$(sql "SELECT proof_on FROM v_unit
	    WHERE serial = 'NOD-1'")" ''
}

@test "that there is no proof changes nothing where none is needed" {
	fault --serial QA-1 --serial NOD-1
	run -0 --separate-stderr case-triage exchange --no-proof -m x "$id"
	assert_regex "$stderr" 'warranty of item 1 is known without a proof'
	[[ "$stderr" != *'item 2'* ]]
	assert_equal "$(look "$id" '[.items[].warranty] | join(" ")')" 'in out'
}

@test "a word on the warranty that leaves it out changes nothing under way" {
	fault --serial OLD-1
	case-triage -q exchange -m x "$id"
	opens "$id" order/1
	case-triage -q --sold-on 2019-05-01 "$id"
	assert_equal "$(look "$id" '.items[0].warranty')" out
	opens "$id" order/1
}
