# SPDX-License-Identifier: ISC
# shellcheck shell=bash
# shellcheck disable=SC2030,SC2031,SC2086,SC2154 # each test is a subshell
# A recall on its way: the notice, the answers, the remedies, and in which
# bucket the units are at every stage.

setup() {
	load ../helper
	load ../master
	load ../recall
	case_setup
	recall_db
	case-load -q customers <<-'CSV'
	code,name,type,language,email,safety_email,address
	ACME,Acme SA,end,fr,acme@acme.example,safety@acme.example,
	BETA,Beta Ltd,end,en,beta@beta.example,,2 High Street
	DIST,Distri,distributor,fr,dist@dist.example,,
	CSV
	case-config mail.from service@firm.example
	# A sendmail that keeps each mail in a file named after its recipient.
	mkdir sent
	cat >sendmail <<-'SH'
	#!/bin/sh
	cat >sent/new
	to=$(grep -o '[a-z]*@[a-z]*\.example' sent/new | grep -v service@ | head -n 1)
	[ ! -e "refuse-$to" ] || { echo "no such user" >&2; exit 67; }
	mv sent/new "sent/$(ls sent | wc -l)-$to"
	SH
	chmod +x sendmail
	export CASE_SENDMAIL=./sendmail
}

teardown() {
	[ -z "${sink-}" ] || kill "$sink"
	[ ! -e "$CASE_DB" ] || case-audit rebuild
}

# The text of a mail, and of its subject, as another program reads them.
read_mail() {
	/usr/bin/python3 - "$@" <<-'PY'
	import sys, email, email.policy, html, re
	for name in sys.argv[1:]:
	    m = email.message_from_bytes(open(name, 'rb').read(),
	                                 policy=email.policy.default)
	    print(m['To'], '|', m['Subject'])
	    print(m.get_body(('plain',)).get_content())
	    page = html.unescape(m.get_body(('html',)).get_content())
	    print('HEADING', *re.findall('<h1[^>]*>(.*)</h1>\n<p>', page))
	    assert '===' not in page
	PY
}

# Issued and told: ACME has SN98 SN99 SN0101, BETA sn100, DIST SN102 SN103.
told() {
	recall_issue >/dev/null
	case-mail
	acme=$(case_of 1010 ACME) beta=$(case_of 1010 BETA)
	dist=$(case_of 1010 DIST)
	CASE_NOW=2026-05-05T10:00:00+02:00
}

respond() {
	case-report -q respond --outcome "$@"
}

# Asserts what is in the buckets, and that recall-show says the same.
holds() {
	assert_equal "$(buckets 1010)" "$1"
	recall-show -j 1010 | jq -e '([.buckets | to_entries[] |
	    select(.key != "affected").value] | add) == .units' >/dev/null
}

bucket_of() {
	sql "SELECT bucket FROM recall_unit WHERE serial = '$1'"
}

@test "the notice goes to the address for safety, in the customer's language" {
	recall_issue
	holds '6 to_notify 1 unknown_holder'
	run -0 case-mail --list -o kind,name,address
	assert_output "notice	Acme SA	safety@acme.example
notice	Beta Ltd	beta@beta.example
notice	Distri	dist@dist.example"
	run -0 case-mail
	assert_output ''
	holds '6 notified 1 unknown_holder'
	assert_equal "$(find sent -type f | wc -l)" 3
	read_mail sent/*safety* >acme
	read_mail sent/*beta* >beta
	for words in "Rappel de sécurité d'un produit" \
	    'Disjoncteurs QO130 de 2020' 'Breaker of the next kind' \
	    'marque Montclar' 'Numéros SN98 à SN104, sur le côté gauche' \
	    'En France, de juin à juillet 2020' 'Le contact peut se souder' \
	    "risque d'incendie" "N'utilisez plus le produit" \
	    'échange contre' 'le remboursement' '0 800 00 00 00' \
	    'Faites passer ce message' 'n°.SN98' 'n°.SN99' 'n°.SN0101'; do
		grep -q "$words" acme || fail "no '$words'"
	done
	run -1 grep -q 'sn100\|SN102\|{{' acme
	grep -qx "HEADING Rappel de sécurité d'un produit" acme
	grep -qx 'HEADING Product safety recall' beta
	for words in 'Product safety recall' 'brand Montclar' 'no. sn100' \
	    'Stop using the product' 'risk of fire' 'exchange' 'refund' \
	    'In France, in June and July 2020' 'Pass this on' \
	    'Numbers SN98 to SN104, on the left side'; do
		grep -q "$words" beta || fail "no '$words'"
	done
	# The step of each is done, and asks for an answer.
	id=$(case_of 1010 ACME)
	opens "$id" 'respond/1 respond/2 respond/3'
	assert_equal "$(due_of "$id" respond 1)" 2026-05-20T18:00:00+02:00
	run -0 case-mail
	assert_equal "$(find sent -type f | wc -l)" 3
}

@test "who answers for it hears of it once, not of each case" {
	case-load -q staff <<-'CSV'
	code,name,email,language,roles,site
	PAUL,Paul,paul@firm.example,en,pilot,DESK
	CSV
	recall_issue
	assert_equal "$(sql "SELECT count(*) FROM outbox
	    WHERE recipient_type <> 'customer'")" 1
	case-mail
	read_mail sent/*paul* >paul
	grep -q 'Recall 1010: you answer for it' paul
	grep -q 'QO130 circuit breakers of 2020' paul
	grep -q 'Units: 7' paul
	grep -q 'recall-show 1010' paul
	# Nor does whoever issues it.
	recall_notice pilot:ANNE
	recall-issue -q --from notice.txt --select reference=QO130,serial=SN98
	assert_equal "$(sql "SELECT count(*) FROM outbox
	    WHERE recipient_type <> 'customer'")" 1
}

@test "hostile words stay in their place" {
	recall_notice title-
	printf 'title: en:x\n' >>notice.txt
	select=(--select 'reference=QO130,serial=SN98')
	refuses 1 "'title' .fr. is more than a line" recall-issue \
	    --from notice.txt --title $'fr:a\nBcc: x@y.example' "${select[@]}"
	recall-issue -q --from notice.txt "${select[@]}" \
	    --title $'fr:<b>\e[31m\t{{number}}'
	assert_equal "$(recall-show -j | json title)" $'<b>\e[31m\t{{number}}'
	run -0 recall-show -o title
	assert_output '<b>\x1b[31m\t{{number}}'
	run -0 script -qec 'NO_COLOR=1 recall-show 1010' /dev/null
	run -1 grep -q $'\e' <<<"$output"
	case-mail
	read_mail sent/*safety* >acme
	grep -qF '{{number}}' acme
}

@test "one remedy only: the notice says why" {
	recall_notice remedy:exchange 'only-one: fr:Il ne peut être réparé.' \
	    'only-one: en:It cannot be repaired.'
	sed -i '/^only-one/d' notice.txt
	printf 'only-one: %s\n' 'fr:Il ne peut être réparé.' \
	    'en:It cannot be repaired.' >>notice.txt
	recall-issue -q --from notice.txt --select reference=QO130,serial=SN98
	case-mail
	read_mail sent/* >acme
	grep -q 'Il ne peut être réparé' acme
	run -1 grep -q 'choisissez\|remboursement' acme
	# There is nothing to choose from.
	case-report -q respond --outcome held 1000015
	opens 1000015 'request/1 slip/1'
	refuses 1 'the recall does not offer refund; it offers: exchange' \
	    case-report respond --remedy refund 1000015/1
}

@test "a distributor is told which he sold on, and asked for the buyers" {
	told
	read_mail sent/*dist* >dist
	grep -q 'peut-être revendus' dist
	grep -q 'SN102' dist
	grep -q 'SN103' dist
	grep -q 'le nom et l.*adresse' dist
	printf 'reference,serial,customer\nQO130,SN102,BETA\n' |
	    recall-issue -q --buyers 1010
	holds '5 notified 1 to_notify 1 unknown_holder'
	opens "$dist" respond/2
	opens "$beta" 'notify respond/1'
	case-mail
	holds '6 notified 1 unknown_holder'
	# Only of the unit that is new.
	read_mail sent/*-beta* >beta
	assert_equal "$(grep -c 'sn100' beta)" 1
	assert_equal "$(grep -c 'SN102' beta)" 1
}

@test "through a real mail system" {
	/usr/bin/python3 - "$PWD" 3>&- <<-'PY' &
	import asyncio, os, sys
	from aiosmtpd.smtp import SMTP
	class Keep:
	    async def handle_DATA(self, server, session, envelope):
	        with open(sys.argv[1] + '/taken', 'a') as f:
	            f.write(envelope.rcpt_tos[0] + '\n')
	        return '250 OK'
	async def main():
	    loop = asyncio.get_running_loop()
	    server = await loop.create_server(lambda: SMTP(Keep(), loop=loop),
	                                      '127.0.0.1', 0)
	    with open(sys.argv[1] + '/port.new', 'w') as f:
	        f.write(str(server.sockets[0].getsockname()[1]))
	    os.rename(sys.argv[1] + '/port.new', sys.argv[1] + '/port')
	    await server.serve_forever()
	asyncio.run(main())
	PY
	sink=$!
	until [ -e port ]; do
		kill -0 "$sink" || fail 'no server'
		read -rt 0.02 <> <(:) || :
	done
	printf '%s\n' 'account default' 'host 127.0.0.1' \
	    "port $(cat port)" 'from service@firm.example' >msmtprc
	chmod 600 msmtprc
	export CASE_SENDMAIL="msmtp -C msmtprc -t -i"
	recall_issue
	run -0 case-mail
	assert_output ''
	assert_equal "$(sort taken | xargs)" \
	    'beta@beta.example dist@dist.example safety@acme.example'
	holds '6 notified 1 unknown_holder'
}

@test "what the mail system refuses: unreachable without a postal address" {
	touch refuse-safety@acme.example refuse-beta@beta.example
	recall_issue
	run -1 case-mail
	assert_output --partial 'no such user'
	# BETA can be written to.
	holds '2 notified 1 to_notify 1 unknown_holder 3 unreachable'
	id=$(case_of 1010 ACME)
	opens "$id" notify
	assert_equal "$(look "$id" '.events[-1] | .verb + ": " + .text')" \
	    'undelivered: no such user (exit 67)'
	# So it stays, whatever else happens, until somebody gets through.
	case-note -q -m 'the telephone is dead' "$id"
	holds '2 notified 1 to_notify 1 unknown_holder 3 unreachable'
	rm refuse-*
	run -0 case-mail --retry
	holds '6 notified 1 unknown_holder'
}

@test "what is wrong on our side makes nobody unreachable" {
	recall_issue --select reference=QO130,serial=SN98
	mkdir own
	echo '{{nonsense}}' >own/notice.fr.txt
	case-config template.dir "$PWD/own"
	run -1 case-mail
	assert_output --partial 'notice.fr.txt:1'
	holds '1 to_notify'
	rm own/notice.fr.txt
	CASE_SENDMAIL='sh -c "exit 64"' run -1 case-mail --retry
	holds '1 to_notify'
	case-mail --retry
	holds '1 notified'
}

@test "on paper: whoever is told otherwise gets no mail" {
	case-load -q customers <<-'CSV'
	code,name,type,language,email,safety_email,address
	BETA,Beta Ltd,end,en,,,2 High Street
	CSV
	recall_issue
	id=$(case_of 1010 ACME)
	case-report -q notify -m 'called' "$id"
	case-mail
	holds '5 notified 1 to_notify 1 unknown_holder'
	assert_equal "$(find sent -type f | wc -l)" 1
	assert_equal "$(case-mail --list -o name,state)" $'Beta Ltd\tpaper'
	case-report -q notify "$(case_of 1010 BETA)"
	holds '6 notified 1 unknown_holder'
	assert_equal "$(case-mail --list)" ''
	refuses 1 "no step 'notify' is open" case-report notify "$id"
}

@test "what was taken out before it went is not told; after that it is" {
	recall_issue
	recall-issue -q --reduce 1010 --select reference=QO130,serial=SN98
	recall-issue -q --reduce 1010 --select reference=QO130,serial=SN100
	case-mail
	holds '4 notified 2 taken_out 1 unknown_holder'
	# BETA has nothing left, and hears of nothing.
	assert_equal "$(find sent -type f | sed 's/.*-//' | sort | xargs)" \
	    'dist@dist.example safety@acme.example'
	read_mail sent/*safety* >acme
	run -1 grep -q 'n°.SN98' acme
	grep -q SN99 acme
	rm sent/*
	recall-issue -q --reduce 1010 -m 'Contrôlé en usine.' \
	    --select reference=QO130,serial=SN99
	case-mail
	holds '3 notified 3 taken_out 1 unknown_holder'
	read_mail sent/* >acme
	grep -q 'non concernés' acme
	grep -q 'Contrôlé en usine' acme
	grep -q SN99 acme
	run -1 grep -q SN0101 acme
}

@test "added before the first notice went: both go, then it is done" {
	recall_issue --select reference=QO130,serial=SN98
	recall-issue -q --expand 1010 --select reference=QO130,serial=SN99
	# The first one has to wait.
	CASE_SENDMAIL='sh -c "exit 75"' case-mail
	holds '2 to_notify'
	CASE_NOW=2026-05-04T12:00:00+02:00
	case-mail
	holds '2 notified'
	assert_equal "$(find sent -type f | wc -l)" 2
	read_mail sent/* >acme
	assert_equal "$(grep -c 'n°.SN98' acme)" 1
	assert_equal "$(grep -c 'n°.SN99' acme)" 1
}

@test "held: exchange, free of charge, closes by itself" {
	told
	refuses 1 'which remedy\? give --remedy: exchange refund' \
	    case-report respond --outcome held $beta
	case-report -q respond --outcome held --remedy exchange $beta
	holds '1 answered 5 notified 1 unknown_holder'
	# The warranty is over since 2022.
	opens $beta 'request/1 slip/1'
	case-ship -q request $beta
	case-ship -q replacement --unit QO130:NEW1 $beta
	case-ship -q slip $beta
	assert_equal "$(bucket_of sn100)" answered
	case-ship -q receive $beta
	holds '5 notified 1 remedied 1 unknown_holder'
	case-ship -q forward $beta
	case-report -q analyse --cause WELD -m 'welded' $beta
	assert_equal "$(look $beta .status)" closed
	holds '5 notified 1 remedied 1 unknown_holder'
	case-mail
	read_mail sent/*-beta* | grep -q 'closed'
}

@test "held: refund, repair" {
	recall_notice
	sed -i 's/^remedy.*/remedy: repair,refund/' notice.txt
	recall-issue -q --from notice.txt \
	    --select reference=QO130,serial=SN98..SN100
	case-mail
	acme=$(case_of 1010 ACME) beta=$(case_of 1010 BETA)
	case-report -q respond --remedy refund $beta
	opens $beta refund/1
	assert_equal "$(due_of $beta refund 1)" 2026-05-20T18:00:00+02:00
	run -2 case-report refund $beta
	run -2 case-report refund --amount 0 $beta
	run -2 case-report refund --amount 12 --currency euro $beta
	case-report -q refund --amount 12.50 $beta
	assert_equal "$(look $beta .status)" closed
	assert_equal "$(look $beta '.events[] | select(.verb == "refund") |
	    .data | "\(.amount) \(.currency)"')" '12.50 EUR'
	assert_equal "$(bucket_of sn100)" remedied
	case-report -q respond --remedy repair $acme/1
	opens $acme 'request/1 respond/2 slip/1'
	case-ship -q request $acme
	case-ship -q receive $acme/1
	assert_equal "$(bucket_of SN98)" answered
	case-report -q fix --outcome repaired --cause WELD -m 'mended' $acme
	assert_equal "$(bucket_of SN98)" remedied
	opens $acme 'respond/2 send-back/1'
}

@test "a unit that comes unasked" {
	told
	case-ship -q receive $beta
	opens $beta 'respond/1 triage/1'
	holds '6 notified 1 unknown_holder'
	refuses 1 'with us or on its way to us, so it is held' \
	    case-report respond --outcome disposed $beta
	case-report -q respond --remedy exchange $beta
	# The customer has chosen: there is nothing left to decide.
	opens $beta 'forward/1 request/1'
	holds '1 answered 5 notified 1 unknown_holder'
	assert_equal "$(recall-show --units -j | jq -sc 'map(select(.serial ==
	    "sn100")) | .[0] | [.told_at, .answered_at]')" \
	    '["2026-05-04T10:00:00+02:00","2026-05-05T10:00:00+02:00"]'
	# Or somebody decides before he answers.
	case-ship -q receive $dist/1
	case-triage -q refund -m 'as he wishes' $dist/1
	assert_equal "$(bucket_of SN102)" answered
	respond held --remedy refund $dist/1
	case-report -q refund --amount 10 $dist/1
	assert_equal "$(bucket_of SN102)" remedied
	# Two have answered, of six that were told.
	assert_equal "$(recall-show -o response_rate)" 0.333
}

@test "an answer after all: reopened" {
	told
	case-waive -q respond -m 'no answer' $beta
	holds '5 notified 1 unknown_holder 1 unreachable'
	case-close -q --reopen -m 'he called' $beta
	opens $beta triage/1
	case-triage -q exchange -m 'wants another' $beta
	holds '1 answered 5 notified 1 unknown_holder'
}

@test "disposed, not found, sold on" {
	told
	respond disposed $acme/1
	respond not-found $acme/2
	holds '1 disposed 3 notified 1 unknown_holder 2 unreachable' ||
	    holds '1 disposed 4 notified 1 unknown_holder 1 unreachable'
	run -2 case-report respond --outcome sold-on $acme/3
	assert_output --partial 'sold on to whom?'
	refuses 1 "no customer 'NOBODY' is known" \
	    case-report respond --outcome sold-on --to NOBODY $acme/3
	refuses 1 'ACME is who sold it' case-report respond --to ACME $acme/3
	respond sold-on -m 'at a flea market' $acme/3
	holds '1 disposed 3 notified 2 unknown_holder 1 unreachable'
	assert_equal "$(places $acme)" 'scrapped unknown unknown'
	assert_equal "$(look $acme .status)" closed
	# To somebody: he is told, in a case of his own or his open one.
	case-report -q respond --to BETA $dist/1
	holds '1 disposed 2 notified 1 to_notify 2 unknown_holder 1 unreachable'
	assert_equal "$(look $beta '[.items[].serial] | join(" ")')" \
	    'sn100 SN102'
	case-mail
	holds '1 disposed 3 notified 2 unknown_holder 1 unreachable'
	respond not-found $beta
	respond not-found $dist
	assert_equal "$(case-list --recall 1010 --open)" ''
}

@test "waived: unreachable, until he answers after all" {
	recall_issue
	id=$(case_of 1010 BETA)
	case-waive -q notify -m 'moved away' $id
	holds '5 to_notify 1 unknown_holder 1 unreachable'
	opens $id respond/1
	# Nobody is written to who was given up.
	case-mail
	assert_equal "$(find sent -name '*beta*')" ''
	case-report -q respond --remedy exchange $id
	holds '1 answered 5 notified 1 unknown_holder'
	id=$(case_of 1010 ACME)
	case-waive -q respond -m 'no answer, three letters' $id
	assert_equal "$(look $id .status)" closed
	holds '1 answered 2 notified 1 unknown_holder 3 unreachable'
}

@test "cancelled and reopened" {
	recall_issue
	id=$(case_of 1010 BETA)
	case-close -q --cancel -m 'mistake' $id
	assert_equal "$(bucket_of sn100)" unreachable
	case-mail
	assert_equal "$(find sent -name '*beta*')" ''
	case-close -q --reopen -m 'no mistake' $id
	assert_equal "$(bucket_of sn100)" to_notify
	case-report -q notify $id
	assert_equal "$(bucket_of sn100)" notified
}

@test "a fault of a recalled unit: announced, linked, free of charge" {
	told
	run -0 --separate-stderr case-open fault --serial SN98 --pilot ANNE -m x
	id=$output
	assert_equal "$stderr" "case-open: $id: QO130:SN98 is under recall \
1010, asked of ACME in case $acme/1"
	assert_equal "$(look $id '.links[0]')" $acme
	assert_equal "$(look $id '.items[0].warranty')" recall
	case-triage -q exchange -m 'welded' $id
	opens $id 'request/1 slip/1'
	holds '6 notified 1 unknown_holder'
}

@test "a unit under two recalls: both are announced and linked" {
	told
	second=$(recall_issue)
	other=$(case_of $second ACME)
	run -0 --separate-stderr case-open fault --serial SN98 --pilot ANNE -m x
	id=$output
	assert_equal "$stderr" "case-open: $id: QO130:SN98 is under recall \
1010, asked of ACME in case $acme/1; QO130:SN98 is under recall $second, asked \
of ACME in case $other/1"
	assert_equal "$(look $id '.links | join(" ")')" "$acme $other"
	[[ $(look $id '.items[0].warranty_reason') == \
	    "recall 1010; recall $second; "* ]]
	# In neither did anybody know who has it: in both he is asked now.
	run -0 --separate-stderr case-open fault --serial SN104 \
	    --customer ACME -m 'smells'
	[[ $stderr == *"for QO130:SN104 in case $acme"*"in case $other"* ]]
}

@test "taken out while a remedy is under way" {
	told
	case-report -q respond --outcome held --remedy exchange $acme/1 $acme/2
	case-report -q respond --outcome held --remedy refund $acme/3
	case-report -q respond --outcome held --remedy exchange $beta
	case-ship -q request $acme/1
	case-ship -q replacement --unit QO130:N-1 $acme/1
	case-ship -q receive $acme/2
	case-ship -q slip $beta
	case-ship -q return $beta
	run -0 --separate-stderr recall-issue --reduce 1010 -m 'checked' \
	    --select reference=QO130,serial=SN98..SN101
	[[ $stderr == *"1010: 3 remedies under way were given up; what is with \
us goes back"*"1010: 1 units stay in it, for their replacement was shipped"* ]]
	# What was replaced is still owed; what is here goes back; the refund is
	# not paid; what is on its way is awaited.
	opens $acme 'send-back/2 slip/1'
	opens $beta receive/1
	holds '1 answered 2 notified 3 taken_out 1 unknown_holder'
	assert_equal "$(sql "SELECT why FROM procedure WHERE case_id = $acme
	    AND item = 2")" \
	    'taken out of recall 1010'
	rm -rf sent/*
	case-mail
	read_mail sent/*acme* | grep -q 'remboursement que vous aviez demandé'
	read_mail sent/*beta* | grep -q 'on its way to us, comes'

	# It stays out of it, whatever is done with it then.
	case-ship -q receive $beta
	case-triage -q exchange -m 'worn' $beta
	case-ship -q request $beta
	case-ship -q replacement --unit QO130:N-2 $beta
	assert_equal "$(bucket_of sn100)" taken_out
	case-ship -q receive $acme/1
	assert_equal "$(bucket_of SN98)" remedied
	refuses 1 'they are replaced, remedied or disposed of' recall-issue \
	    --reduce 1010 --select reference=QO130,serial=SN98
}

@test "a notice that was given up, and handed over after all" {
	recall_issue >/dev/null
	id=$(case_of 1010 BETA)
	run -0 --separate-stderr case-waive notify -m 'moved away' $id
	[[ $stderr == *"unreachable until their customer answers; if he is told \
on paper or by phone, case-report notify says so" ]]
	assert_equal "$(bucket_of sn100)" unreachable
	at 2026-05-06T10:00 case-report -q notify -m 'met him at the fair' $id
	assert_equal "$(bucket_of sn100)" notified
	assert_equal "$(state_of $id notify)" done
	opens $id respond/1
	assert_equal "$(sql "SELECT told_at FROM recall_unit
	    WHERE serial = 'sn100'")" "$(date -d 2026-05-06T10:00+02:00 +%s)"
	# Given up in the end: there is nothing left to tell him.
	id=$(case_of 1010 DIST)
	case-waive -q notify -m 'out of business' $id 2>/dev/null
	case-waive -q respond -m 'out of business' $id
	refuses 1 "the case is closed" case-report notify $id
}

@test "a unit that is with us stays there, whoever says that it is his" {
	told
	respond not-found $beta
	case-ship -q receive $beta
	case-open -q fault --serial sn100 --customer ACME -m 'smells' 2>/dev/null
	assert_equal "$(sql "SELECT place || ' ' || holder FROM v_unit
	    WHERE serial = 'sn100'")" 'LOG ACME'
	assert_equal "$(look $acme '.items[-1] | "\(.serial) \(.place)"')" \
	    'sn100 LOG'
	opens $beta triage/1
}

@test "a fault under way when its unit is recalled: linked" {
	id=$(case-open fault --serial SN98 --pilot ANNE -m x)
	told
	assert_equal "$(look $id '.links[0]')" $acme
	assert_equal "$(bucket_of SN98)" notified
}

@test "an unknown holder who reports his unit becomes known" {
	told
	run -0 --separate-stderr case-open fault --serial SN104 \
	    --customer ACME -m 'smells'
	id=$output
	assert_equal "$stderr" "case-open: $id: QO130:SN104 is under recall \
1010, and nobody knew who has it
case-open: $id: ACME is asked for QO130:SN104 in case $acme"
	holds '6 notified 1 to_notify'
	assert_equal "$(look $id '.links[0]')" $acme
	assert_equal "$(look $acme '.items[-1].serial')" SN104
	case-mail
	holds '7 notified'
	# Into a new case of the recall, if he has none that is open.
	assert_equal "$(sql "SELECT count(*) FROM cases WHERE recall = 1010")" 3
}

@test "who has a unit that another could not find is asked" {
	told
	respond not-found $beta
	holds '5 notified 1 unknown_holder 1 unreachable'
	run -0 --separate-stderr case-open fault --serial SN100 \
	    --customer ACME -m 'smells'
	[[ $stderr == *"ACME is asked for QO130:sn100 in case $acme"* ]] ||
	    fail "$stderr"
	holds '5 notified 1 to_notify 1 unknown_holder'
}

# Under a recall, in a case of its own: SERIAL, then procedure and cause.
mend_elsewhere() {
	id=$(case-open fault --serial $1 --pilot ANNE -m x 2>/dev/null)
	case-triage -q $2 -m c $id
	case-ship -q request $id
	if [ $2 = repair ]; then
		case-ship -q receive $id
		case-report -q fix --outcome repaired --cause $3 -m m $id
	else
		case-ship -q replacement --unit QO130:NEW$1 $id
		case-ship -q receive $id
	fi
}

@test "remedied in a case of its own: the recall asks no more" {
	case-load -q causes <<-'CSV'
	code,fr,en
	RUST,Rouille,Rust
	CSV
	told
	mend_elsewhere SN100 exchange
	holds '5 notified 1 remedied 1 unknown_holder'
	assert_equal "$(look $beta .status)" closed
	assert_equal "$(look $beta '.links[0]')" $id
	mend_elsewhere SN98 repair WELD
	holds '4 notified 2 remedied 1 unknown_holder'
	opens $acme 'respond/2 respond/3'
	# For another cause it may fail as before.
	mend_elsewhere SN99 repair RUST
	holds '4 notified 2 remedied 1 unknown_holder'
	# It stays so.
	case-note -q -m x $acme
	respond disposed $acme/3
	opens $acme respond/2
	holds '1 disposed 3 notified 2 remedied 1 unknown_holder'
}

@test "remedied before the notice went: it is not told" {
	recall_issue
	mend_elsewhere SN98 exchange
	mend_elsewhere SN100 exchange
	case-mail
	read_mail sent/*safety* >acme
	grep -q 'n°.SN99' acme
	run -1 grep -q 'n°.SN98' acme
	holds '4 notified 2 remedied 1 unknown_holder'
}

@test "repaired or exchanged for this cause before: remedied" {
	case-config due.exchange.return '10 bd'
	# Exchanged: the unit is no customer's any more.
	id=$(case-open fault --serial SN98 --pilot ANNE -m x)
	case-triage -q exchange --goodwill x -m c $id
	case-ship -q request $id
	case-ship -q replacement --unit QO130:NEW1 $id
	# Repaired for this cause, and for another.
	case-load -q causes <<-'CSV'
	code,fr,en
	RUST,Rouille,Rust
	CSV
	for try in SN99:WELD SN0101:RUST; do
		id=$(case-open fault --serial ${try%:*} --pilot ANNE -m x)
		case-triage -q repair --goodwill x -m c $id
		case-ship -q request $id
		case-ship -q receive $id
		case-report -q fix --outcome repaired --cause ${try#*:} -m m $id
	done
	recall_issue
	assert_equal "$(bucket_of SN98) $(bucket_of SN99) $(bucket_of SN0101)" \
	    'remedied remedied to_notify'
}

@test "customers are chased, at the address for safety" {
	told
	CASE_NOW=2026-05-21T10:00:00+02:00
	rm sent/*
	case-remind
	case-mail
	run -0 ls sent
	assert_output --partial safety@acme.example
	read_mail sent/*beta* | grep -qi 'recall'
}

@test "words and figures in their place" {
	told
	refuses 2 "'respond' needs --outcome: held, disposed" \
	    case-report respond $acme
	refuses 2 "'respond' takes no outcome 'keep'" \
	    case-report respond --outcome keep $acme
	refuses 2 "takes no outcome 'held'" \
	    case-report fix --outcome held $acme
	refuses 2 '--remedy is for a unit that is held' case-report respond \
	    --outcome disposed --remedy refund $acme
	refuses 2 '--to is for a unit that was sold on' case-report respond \
	    --outcome held --to BETA $acme
	refuses 2 "--amount is for 'refund'" case-report respond \
	    --outcome held --amount 3 $acme
	refuses 1 'before the case was opened' case-report respond \
	    --outcome disposed --at 2026-05-04T09:00 $acme
	# What is asked for by a procedure is held.
	case-report -q respond --remedy exchange $acme/1
	refuses 1 "no step 'respond' is open" case-report respond \
	    --outcome disposed $acme/1
	refuses 1 'units come into a recall with' case-open --add $acme \
	    --unit QO120:QA-1
}

@test "the recall of a case is named; cases are found by number and title" {
	told
	assert_equal "$(case-find 1010 | cut -f1 | sort | xargs)" \
	    "$acme $beta $dist"
	assert_equal "$(case-find disjoncteurs qo130 | wc -l)" 3
	assert_equal "$(case-list --recall 1010 --kind recall | wc -l)" 3
	assert_equal "$(case-list --step respond | wc -l)" 3
	run -0 case-show $beta
	assert_output --partial '1010, QO130 circuit breakers of 2020'
	assert_equal "$(look $acme .recall_title)" 'Disjoncteurs QO130 de 2020'
}
