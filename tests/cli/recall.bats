# SPDX-License-Identifier: ISC
# shellcheck shell=bash
# shellcheck disable=SC2030,SC2031,SC2154 # each test is a subshell; lines
# Issuing a recall, expanding and reducing it, and the answers of distributors.

setup() {
	load ../helper
	load ../master
	load ../recall
	case_setup
	recall_db
}

@test "a recall opens a case for each customer, with his units" {
	run recall_issue
	assert_success
	assert_output 1010
	assert_equal "$(case-list --recall 1010 -o customer,items | sort)" \
	    $'ACME\t3\nBETA\t1\nDIST\t2'
	assert_equal "$(buckets 1010)" '6 to_notify 1 unknown_holder'
	id=$(case_of 1010 ACME)
	opens "$id" notify
	assert_equal "$(look "$id" '[.items[].serial] | join(" ")')" \
	    'SN98 SN99 SN0101'
	assert_equal "$(look "$id" '[.items[].warranty] | unique | .[]')" recall
	assert_equal "$(look "$id" .pilot)" PAUL
	assert_equal "$(look "$id" .description)" 'Disjoncteurs QO130 de 2020'
	assert_equal "$(look "$(case_of 1010 BETA)" .description)" \
	    'QO130 circuit breakers of 2020'
	case-audit rebuild
	assert_equal "$(recall_issue)" 1029
}

@test "nothing of it is recorded by a drill or a dry run" {
	recall_notice
	for how in --drill --dry-run; do
		head=$(case-audit head)
		run --separate-stderr recall-issue --from notice.txt $how -j \
		    --select 'reference=QO130,serial=SN98..SN104'
		assert_success
		assert_equal "$(jq -c .buckets <<<"$output")" '{"affected":7,'\
'"unknown_holder":1,"to_notify":6,"notified":0,"answered":0,"remedied":0,'\
'"disposed":0,"unreachable":0,"taken_out":0}'
		assert_equal "$(jq .units <<<"$output")" 7
		assert_equal "$(jq .customers <<<"$output")" 3
		assert_equal "$(case-audit head)" "$head"
		assert_equal "$(sql 'SELECT count(*) FROM recall')" 0
	done
	# The same figures afterwards, from the recall itself.
	run recall-issue --from notice.txt -j \
	    --select 'reference=QO130,serial=SN98..SN104'
	assert_equal "$(jq -c '[.buckets.affected, .buckets.to_notify,
	    .customers]' <<<"$output")" '[7,6,3]'
}

@test "a drill needs the selections only, and nobody who acts" {
	CASE_NOW=2026-05-04T10:00:00+02:00
	echo 'UPDATE staff SET login = NULL' | sqlite3 "$CASE_DB"
	run recall-issue --drill -o affected,unknown_holder \
	    --select 'reference=QO130,serial=SN98..SN104'
	assert_success
	assert_output $'7\t1'
	run recall-issue --drill --customers -o customer,units \
	    --select 'reference=QO130,serial=SN98..SN104'
	assert_output $'ACME\t3\nBETA\t1\nDIST\t2'
	# So do those of changes.
	recall_notice
	recall-issue --by ANNE --from notice.txt \
	    --select reference=QO130,serial=SN98..SN104
	head=$(case-audit head)
	drill=(recall-issue --drill -o 'affected,to_notify,taken_out')
	run "${drill[@]}" --expand 1010 --select reference=QO130,serial=A1B9
	assert_output $'8\t7\t0'
	run "${drill[@]}" --reduce 1010 --select reference=QO130,serial=SN98
	assert_output $'7\t5\t1'
	printf 'reference,serial,customer\nQO130,SN104,BETA\n' >buyers.csv
	run "${drill[@]}" --buyers 1010 buyers.csv
	assert_output $'7\t7\t0'
	assert_equal "$(case-audit head)" "$head"
	# What it says has to be right all the same.
	run -1 recall-issue --drill --title 'fr:Rappel volontaire' \
	    --select 'reference=QO130,serial=SN98'
	assert_output --partial "title (fr), line 1, column 8: 'volontaire'"
	run -1 recall-issue --drill --cause RUST \
	    --select 'reference=QO130,serial=SN98'
	assert_output --partial "no cause 'RUST' is known"
}

@test "selections are conjunctions, their union less the exclusions" {
	q=reference=QO130
	assert_equal "$(found --select $q,serial=SN98..SN100)" 'SN98 SN99 sn100'
	assert_equal "$(found --select $q,serial=sn099..)" \
	    'SN99 sn100 SN0101 SN102 SN103 SN104'
	assert_equal "$(found --select $q,serial=..A1B9)" A1B9
	assert_equal "$(found --select $q,serial=SN00102,serial=SN98)" \
	    'SN98 SN102'
	assert_equal "$(found --select $q,lot=200561..200562,lot=200611..)" \
	    'A1B9 A1B10 SN99 sn100 SN103 SN104'
	assert_equal "$(found --select $q,lot=20056a)" SN0101
	assert_equal "$(found --select $q,made=2020-02-11..2020-02-12)" \
	    'SN99 sn100'
	assert_equal "$(found --select $q,made=2020-03-01..,sold=..2020-07-01)" \
	    SN102
	assert_equal "$(found --select $q,plant=REP)" SN0101
	assert_equal "$(found --select $q,plant=PLANT,lot=..200561)" 'SN98 SN99'
	assert_equal "$(found --select 'reference=QO13?,serial=SN98' \
	    --select 'reference=LC*,serial=LC-1')" 'LC-1 SN98'
	assert_equal "$(found --select $q --exclude lot=20056..200611 \
	    --exclude serial=A1B10)" 'A1B9 SN104'
	printf 'QO130\nLC1, XP9\n' >list
	assert_equal "$(found --select reference=@list,sold=2026-01-01..)" XP-1
	assert_equal "$(found --select "$q"',serial="SN98"')" SN98
}

@test "a selection that cannot be read is refused, with the place" {
	while IFS='|' read -r selection at why; do
		run -2 --separate-stderr recall-issue --drill \
		    --select "$selection"
		assert_equal "${stderr_lines[0]}" \
		    "recall-issue: --select: $why"
		assert_equal "${stderr_lines[1]}" "  $selection"
		assert_equal "${#stderr_lines[2]}" "$((at + 2))"
	done <<-'END'
	|1|a condition is missing; as in lot=200561..220233
	ref=QO130|1|'ref' is no key; keys are reference, serial, lot, made, sold, plant
	serial SN1|8|'=' is missing after 'serial'
	reference=QO130,,lot=1|17|a condition is missing; as in lot=200561..220233
	lot=220233..200561|5|the range runs backwards: '220233' comes after '200561'
	reference=QO130,made=2020-02-30|22|'2020-02-30' is no date; as in 2026-04-30
	lot=|5|a value is missing
	lot=..|5|a range needs one end at least
	serial=SN1*|11|patterns are for reference; write a range A..B
	reference="QO|11|the quote is not closed
	reference=@none|11|none: No such file or directory
	END
	run -2 --separate-stderr recall-issue --drill --select serial=SN1 \
	    --exclude 'é=1'
	assert_equal "${stderr_lines[2]}" '  ^'
	run -2 recall-issue --drill --exclude serial=SN1
	assert_output --partial 'which units? say so with --select'
}

@test "nothing and everything are confirmed, names must be known" {
	recall_notice
	from=(recall-issue --from notice.txt)
	refuses 1 "no unit meets 'serial=ZZ1'; --yes if that is meant" \
	    "${from[@]}" --select serial=ZZ1
	refuses 1 "every unit of QO130 is in the series, 9 of them; --yes" \
	    "${from[@]}" --select reference=QO130
	refuses 1 "no unit of COIL is in the series; --yes" "${from[@]}" \
	    --select reference=QO130,reference=COIL,serial=SN98..SN99
	refuses 1 "the exclusions leave no unit" "${from[@]}" \
	    --select 'reference=QO13?,serial=SN98' --exclude lot=200560
	refuses 1 "no product 'QO131' is known" "${from[@]}" --yes \
	    --select reference=QO131
	refuses 1 "no site 'NOWHERE' is known" "${from[@]}" --yes \
	    --select reference=QO130,plant=NOWHERE
	run "${from[@]}" --yes --select reference=QO130
	assert_output 1010
	assert_equal "$(buckets 1010)" '8 to_notify 1 unknown_holder'
	run "${from[@]}" --yes --select serial=ZZ1
	assert_output 1029
	assert_equal "$(buckets 1029)" ''
}

# Issues with the notice as it is, over one unit.
issue_one() {
	recall-issue --from notice.txt --select reference=QO130,serial=SN98
}

@test "a notice that lacks an element is refused by its name" {
	for element in title defect hazard instruction find sold remedy; do
		recall_notice $element-
		refuses 1 "the notice lacks '$element' \(fr\)" issue_one
	done
	recall_notice remedy:exchange
	refuses 1 "the notice lacks 'only-one' \(fr\)" issue_one
	refuses 1 "the notice lacks 'only-one' \(en\)" recall-issue --from \
	    notice.txt --select reference=QO130,serial=SN98 --only-one fr:seul
	run recall-issue -n -q --from notice.txt --only-one 'no parts left' \
	    --select reference=QO130,serial=SN98
	assert_success
	recall_notice
	case-config --unset hotline.national
	refuses 1 "the notice lacks 'contact' \(fr\)" issue_one
	case-config hotline.abroad '+33 4 00 00 00 00'
	recall_notice 'instruction: fr:Appelez-nous.'
	refuses 1 "'instruction' \(fr\) does not say to stop using" issue_one
	recall_notice
	case-config --unset brand
	refuses 1 "the notice lacks 'product': QO130 has no brand" issue_one
	# One language is enough for those who read it, and not for others.
	case-config brand Montclar
	recall_notice
	sed -i '/: en:/d' notice.txt
	refuses 1 "the notice lacks every text in 'en', the language of BETA" \
	    recall-issue --from notice.txt --select reference=QO130,serial=SN100
	assert_equal "$(issue_one)" 1010
}

@test "phrases that play the risk down are refused, innocent ones are not" {
	select=reference=QO130,serial=SN98
	while read -r text; do
		run --separate-stderr -1 recall-issue --drill --select $select \
		    --hazard "$text"
		[[ $stderr =~ hazard\ \(..\),\ line\ 1,\ column\ [0-9]+: ]] ||
			fail "not refused: $text: $stderr"
	done <<-'END'
	en:This recall is voluntary.
	en:We voluntarily recall these products.
	en:As a PRECAUTIONARY measure.
	en:As a precaution we ask you to send it back.
	en:Participation is at your discretion, this is discretionary.
	en:In rare cases the device may overheat.
	en:In very specific situations it may catch fire.
	en:Under certain circumstances it may melt.
	en:No accident has been reported.
	en:We have not received any report of injuries.
	fr:Ce rappel est volontaire.
	fr:Nous rappelons volontairement ces produits.
	fr:Par mesure de précaution.
	fr:À titre PRÉVENTIF, rappel préventif.
	fr:Un rappel discrétionnaire.
	fr:Dans de rares cas, il peut chauffer.
	fr:Dans certaines situations spécifiques, il peut prendre feu.
	fr:Aucun accident n'a été signalé.
	fr:Aucun blessé n'est à déplorer à ce jour.
	fr:Un risque très limité, voire un risque minime.
	END
	while read -r text; do
		printf '%s\n' "$text" | sed 's/^\(..\):.*/\1/' >lang
		run recall-issue --drill --select $select --hazard "$text"
		[[ $output != *'plays the risk down'* ]] ||
			fail "refused: $text: $output"
	done <<-'END'
	en:The contact may weld and the current is not cut: risk of fire.
	en:Risk of electric shock, which may be fatal.
	en:Handle the product with precaution.
	en:The breaker may trip involuntarily.
	en:Report any accident to us at once.
	en:The housing may melt, and hot parts may fall.
	en:People have been injured.
	en:Smoke may be toxic to children.
	en:There is no protection against overload any more.
	en:Keep it out of the reach of everybody.
	fr:Risque d'incendie et d'électrocution.
	fr:Le contact peut se souder sans prévenir.
	fr:Manipulez le produit avec précaution.
	fr:Le disjoncteur peut déclencher involontairement.
	fr:Signalez-nous tout accident.
	fr:Le boîtier peut fondre et blesser.
	fr:Deux personnes ont été blessées.
	fr:Les fumées sont toxiques.
	fr:Il n'y a plus aucune protection contre les surcharges.
	fr:Gardez-le hors de portée de tous.
	END
}

@test "the command line goes before the file, selections add up" {
	recall_notice
	sed -i 's/^pilot: .*/pilot: PAUL/' notice.txt
	echo 'select: reference=QO130,serial=SN98' >>notice.txt
	recall-issue --from notice.txt --title 'en:Another title' --pilot ANNE \
	    --remedy repair --only-one fr:seul --only-one en:only \
	    --select reference=QO130,serial=SN100
	assert_equal "$(sql "SELECT group_concat(title, ' | ') FROM (SELECT title
	    FROM recall_text ORDER BY language DESC)")" \
	    'Disjoncteurs QO130 de 2020 | Another title'
	assert_equal "$(sql 'SELECT pilot, remedies FROM recall')" 'ANNE|repair'
	assert_equal "$(buckets 1010)" '2 to_notify'
	# Twice in the same file is a slip.
	echo 'title: fr:Encore' >>notice.txt
	run -2 recall-issue --from notice.txt
	assert_output --partial "--title is given twice in 'fr'"
}

@test "where a phrase plays the risk down is told, over lines" {
	recall_notice hazard-
	printf 'hazard: en:The current is not cut.\n It happens\n\tin rare\n' \
	    >>notice.txt
	printf ' cases only.\nhazard: fr:Le courant passe.\n' >>notice.txt
	refuses 1 "hazard \(en\), line 3, column 1: 'in rare.*cases' plays" \
	    issue_one
}

@test "what can be refused without the file is" {
	good=(--title 'fr:a' --select serial=SN98 --cause WELD --pilot PAUL
	    --remedy 'exchange,refund')
	while IFS='|' read -r why options; do
		eval "run -2 --separate-stderr recall-issue $options"
		[[ $stderr == *"$why"* ]] || fail "$options: $stderr"
	done <<-'END'
	--title: say in which language|"${good[@]}" --title Disjoncteurs
	--title is given twice in 'fr'|"${good[@]}" --title fr:b
	--contact is given twice|"${good[@]}" --contact 1 --contact 2
	--remedy: 'advice' is none of|"${good[@]}" --remedy advice
	--remedy: 'refund' is given twice|"${good[@]}" --remedy refund
	--remedy: '' is none of|"${good[@]}" --remedy repair,
	--only-one is for a single remedy|"${good[@]}" --only-one fr:x
	a recall needs --cause|--select serial=SN98 --pilot PAUL
	a recall needs --pilot|--select serial=SN98 --cause WELD
	which units?|--cause WELD --pilot PAUL
	one operand too many|"${good[@]}" 1010
	--units is for --drill|"${good[@]}" --units
	--units and --customers exclude|"${good[@]}" --drill --units --customers
	'1011' is no number of a recall|--expand 1011 --select serial=SN98
	--title is for a new recall|--expand 1010 --select serial=SN98 --title fr:a
	--expand and --reduce exclude|--expand 1010 --reduce 1010 --select serial=SN98
	--select is for --expand|--buyers 1010 --select serial=SN98 list
	--from: none: No such file|--from none
	none: No such file|--buyers 1010 none
	END
	printf 'title: fr:a\n\nnote: fr:b\n' >wrong
	run -2 recall-issue --from wrong
	assert_output --partial "wrong:3: 'note' is none of: title defect"
	printf '# words\n more\n' >wrong
	run -2 recall-issue --from wrong
	assert_output --partial 'wrong:2: there is nothing that this goes on with'
	printf 'title fr\n' >wrong
	run -2 recall-issue --from wrong
	assert_output --partial "wrong:1: ':' is missing after 'title'"
	refuses 1 'there is no recall 1029' recall-issue --expand 1029 \
	    --select serial=SN98
	recall_notice cause:RUST
	refuses 1 "no cause 'RUST' is known" issue_one
	recall_notice pilot:NOBODY
	refuses 1 "no staff member 'NOBODY' is known" issue_one
	recall_notice
	refuses 1 'cannot have happened in the future' recall-issue --at \
	    2026-05-05 --from notice.txt --select serial=SN98
}

@test "a key issues once, whatever files it read" {
	printf 'QO130\n' >list
	again() {
		recall_issue --select reference=@list,serial=SN98.."$1" -k K
	}
	assert_equal "$(again SN99)" 1010
	assert_equal "$(at 2026-05-05T10:00 again SN99)" 1010
	refuses 1 "key 'K' was used for another request" again SN100
	printf 'LC1 QO130\n' >list
	refuses 1 "key 'K' was used for another request" again SN99
	# Changes take one too.
	expand=(recall-issue --expand 1010 -k E --select
	    'reference=QO130,serial=SN100')
	assert_equal "$("${expand[@]}")" 1010
	assert_equal "$("${expand[@]}")" 1010
	assert_equal "$(buckets 1010)" '3 to_notify'
}

@test "expanding adds to the case that is open, else opens one" {
	recall_issue --select reference=QO130,serial=SN98..SN99
	id=$(case_of 1010 ACME)
	run recall-issue --expand 1010 --select reference=QO130,serial=SN98..SN102
	assert_output 1010
	assert_equal "$(buckets 1010)" '5 to_notify'
	assert_equal "$(case-list --recall 1010 -o case,customer,items | sort)" \
	    "$id"$'\tACME\t3\n'"$(case_of 1010 BETA)"$'\tBETA\t1\n'"$(case_of \
	    1010 DIST)"$'\tDIST\t1'
	assert_equal "$(sql 'SELECT series FROM recall')" \
	    'reference=QO130,serial=SN98..SN99 or reference=QO130,serial=SN98..SN102'
	refuses 1 'all 2 units are in the recall already' recall-issue \
	    --expand 1010 --select reference=QO130,serial=SN98..SN99
	refuses 1 'recall-issue: the unit is in the recall already' \
	    recall-issue --expand 1010 --select reference=QO130,serial=SN98
	refuses 1 'recall-issue: no unit is in the series' recall-issue \
	    --expand 1010 --yes --select serial=ZZ1
	case-audit rebuild
}

@test "a holder who becomes known gets a case by expanding" {
	recall_issue
	printf 'reference,serial,customer\nQO130,SN104,BETA\n' |
	    case-load -q units
	at 2026-05-06T10:00 recall-issue --expand 1010 \
	    --select reference=QO130,serial=SN104
	assert_equal "$(buckets 1010)" '7 to_notify'
	# It has been in it from the first.
	assert_equal "$(sql 'SELECT count(*) FROM recall_unit JOIN recall USING
	    (recall) WHERE added_at = issued_at')" 7
	assert_equal "$(look "$(case_of 1010 BETA)" '.items | length')" 2
	case-audit rebuild
}

@test "a drill of all or none shows the figures, and warns" {
	recall_notice
	for way in 'reference=QO130|every unit of QO130 is in the series, 9' \
	    "serial=ZZ1|no unit meets 'serial=ZZ1'"; do
		run -0 --separate-stderr recall-issue --from notice.txt \
		    --drill -o affected --select "${way%|*}"
		# shellcheck disable=SC2154 # of bats
		assert_equal "${stderr%%;*}" "recall-issue: ${way#*|}$(
		    [[ $way != *QO130* ]] || echo ' of them')"
		assert_equal "$output" "$([[ $way != *QO130* ]] || echo 9)$(
		    [[ $way != *ZZ1* ]] || echo 0)"
	done
	run recall-show
	assert_output ''
	recall_issue
	run -0 recall-issue --reduce 1010 --drill -o taken_out \
	    --select reference=QO130
	assert_output 7
	assert_equal "$(buckets 1010)" '6 to_notify 1 unknown_holder'
}

@test "reducing takes units out, and ends cases that have no more" {
	recall_issue
	refuses 1 'no unit of the recall is in the series' recall-issue \
	    --reduce 1010 --select reference=LC1
	refuses 1 'every unit that the recall has left, 7 of them; --yes' \
	    recall-issue --reduce 1010 --select reference=QO130
	run at 2026-05-06T10:00 recall-issue --reduce 1010 -m 'checked' \
	    --select reference=QO130,serial=SN100,serial=SN98,serial=SN104
	assert_output 1010
	assert_equal "$(buckets 1010)" '3 taken_out 4 to_notify'
	assert_equal "$(look "$(case_of 1010 BETA)" .status)" closed
	opens "$(case_of 1010 ACME)" notify
	assert_equal "$(sql 'SELECT count(*) FROM recall_unit JOIN recall USING
	    (recall) WHERE added_at = issued_at')" 7
	# They may come back, into a case that asks of them.
	CASE_NOW=2026-05-06T11:00:00+02:00
	recall-issue --expand 1010 --select reference=QO130,serial=SN98..SN100
	assert_equal "$(buckets 1010)" '1 taken_out 6 to_notify'
	opens "$(case_of 1010 BETA)" notify
	recall-issue --reduce 1010 --yes --select reference=QO130
	assert_equal "$(buckets 1010)" '7 taken_out'
	assert_equal "$(case-list --recall 1010 --open)" ''
	case-audit rebuild
}

@test "reducing without room to sort takes nothing out" {
	recall_issue
	# More than is sorted in memory.
	sqlite3 case.db "INSERT INTO recall_unit (recall, reference, serial_key, serial,
	    bucket, since, added_at, level) SELECT 1010, 'LC1',
	    value || hex(zeroblob(1000)), value || hex(zeroblob(1000)),
	    'unknown_holder', 0, 0, 'unknown' FROM generate_series(1, 3000)"
	before=$(sql 'SELECT count(*) FROM event')
	run -3 env TMPDIR=/nonexistent recall-issue --reduce 1010 \
	    --select reference=LC1
	assert_output --partial 'sorting: No such file or directory'
	assert_equal "$(sql 'SELECT count(*) FROM event')" "$before"
}

@test "a distributor tells who bought what he sold on" {
	recall_issue
	id=$(case_of 1010 DIST)
	cat >answer.csv <<-'END'
	customer;serial;reference
	BETA;sn0102;QO130
	ACME;SN103;QO130
	ACME;SN104;QO130
	BETA;SN102;QO130
	END
	run recall-issue --buyers 1010 answer.csv
	assert_output 1010
	assert_equal "$(buckets 1010)" '7 to_notify'
	assert_equal "$(look "$id" .status)" closed
	assert_equal "$(look "$id" "$(newest respond 1) | .outcome" 2>&1)" \
	    "$(look "$id" "$(newest respond 2) | .outcome" 2>&1)"
	assert_equal "$(sql "SELECT serial, customer FROM recall_unit WHERE
	    customer <> 'ACME' ORDER BY serial_key")" $'sn100|BETA\nSN102|BETA'
	# The same answer again is no news.
	head=$(case-audit head)
	recall-issue --buyers 1010 <answer.csv
	assert_equal "$(case-audit head)" "$head"
	case-audit rebuild
}

@test "a distributor with thousands of units, of which he sold thousands on" {
	{
		echo reference,serial,customer
		seq 5000 | sed 's/.*/LC1,D&,DIST/'
	} | case-load -q units
	recall_issue --select reference=LC1,serial=D1..D5000
	{
		echo reference,serial,customer
		seq 100 4900 | sed 's/.*/LC1,D&,ACME/'
	} >answer.csv
	run recall-issue --buyers 1010 answer.csv
	assert_output 1010
	assert_equal "$(case-list --recall 1010 -o customer,items | sort)" \
	    $'ACME\t4801\nDIST\t5000'
	recall-issue --reduce 1010 --select reference=LC1,serial=D50..D2000
	assert_equal "$(buckets 1010)" '149 notified 1951 taken_out 2900 to_notify'
	case-audit rebuild
}

@test "bad lines of an answer are told, and nothing is recorded" {
	recall_issue
	head=$(case-audit head)
	cat >answer.csv <<-'END'
	reference,serial,customer
	QO130,SN102,NOBODY
	QO130,A1B9,ACME
	QO130,SN103
	QO130,,ACME
	QO130,SN103,ACME
	END
	run -1 recall-issue --buyers 1010 answer.csv
	assert_equal "$output" "answer.csv:4: 2 fields, the heading has 3
answer.csv:5: serial: is missing
answer.csv:2: customer: no customer 'NOBODY' is known
answer.csv:3: serial: QO130:A1B9 is not under the recall
recall-issue: answer.csv: 4 lines cannot be taken; nothing was recorded"
	printf 'reference,serial\nQO130,SN102\n' >answer.csv
	run -1 recall-issue --buyers 1010 answer.csv
	assert_line --index 0 'answer.csv:1: customer: is missing in the heading'
	printf 'reference,serial,customer\nQO130,SN102,ACME\nQO130,SN0102,BETA\n' \
	    >answer.csv
	run -1 recall-issue --buyers 1010 answer.csv
	assert_line --index 0 "answer.csv:3: customer: QO130:SN102 was sold to \
BETA here, to ACME in line 2"
	assert_equal "$(case-audit head)" "$head"
	# Also when one of them is who has it anyway: he says that he does not.
	printf 'reference,serial,customer\nQO130,SN102,BETA\nQO130,SN103,ACME\n' \
	    >answer.csv
	printf 'QO130,SN102,DIST\nQO130,SN103,ACME\n' >>answer.csv
	run -1 recall-issue --buyers 1010 answer.csv
	assert_equal "$output" "answer.csv:4: customer: QO130:SN102 was sold to \
DIST here, to BETA in line 2
recall-issue: answer.csv: 1 lines cannot be taken; nothing was recorded"
	assert_equal "$(case-audit head)" "$head"
}

@test "what was repaired for the cause before counts as remedied" {
	id=$(case-open fault --unit QO130:SN98 --pilot ANNE --no-proof -m x 2>&1) ||
	    id=$(case-open fault --unit QO130:SN98 --pilot ANNE -m x)
	case-triage repair --goodwill 'recall to come' -m 'welded' "$id"
	case-ship receive "$id"
	case-ship request "$id"
	case-report fix --outcome repaired --cause WELD -m 'new contact' "$id"
	other=$(case-open fault --unit QO130:SN99 --pilot ANNE -m x)
	case-triage exchange --goodwill 'recall to come' -m 'welded' "$other"
	case-ship receive "$other"
	case-ship request "$other"
	case-ship replacement --unit QO130:NEW1 "$other"
	recall_issue --select reference=QO130,serial=SN98..SN104
	assert_equal "$(buckets 1010)" '2 remedied 4 to_notify 1 unknown_holder'
	assert_equal "$(look "$(case_of 1010 ACME)" '.items | length')" 1
	case-audit rebuild
}

@test "times lie in the past, as they are given" {
	recall_issue --at 2026-05-01T09:00 --select reference=QO130,serial=SN98
	assert_equal "$(sql "SELECT datetime(issued_at, 'unixepoch') FROM
	    recall")" '2026-05-01 07:00:00'
	refuses 1 'cannot have happened before the recall was issued' \
	    recall-issue --expand 1010 --at 2026-04-30 \
	    --select reference=QO130,serial=SN99
}
