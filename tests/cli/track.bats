# SPDX-License-Identifier: ISC
# shellcheck shell=bash
# shellcheck disable=SC1112,SC2086,SC2119,SC2120 # French; a hexadecimal nonce
# case-track: the customer's page, asked as a web server asks. What a browser
# makes of it is in tests/oracle/track.bats.

setup() {
	load ../helper
	load ../extract
	case_setup
	extract_new
	token=$(extract_token one)
	nonce=0123456789abcdef0123456789abcdef
}

with_page() {
	facts "${1:-.}" | extract_page "$token"
}

with_survey() {
	survey_facts | facts_then "${1:-.}" | extract_page "$token" '' $nonce
}

facts_then() {
	jq -c "$1"
}

in_spool() {
	find "$CASE_PUBLISHED/spool" -mindepth 1 -printf '%f\n' | sort
}

@test "GET shows the page, HEAD its head alone" {
	with_page
	ask GET "/$token"
	assert_equal "$(status)" 200
	assert_equal "$(header Content-Type)" 'text/html; charset=UTF-8'
	assert_equal "$(header Content-Language)" fr
	assert_equal "$(header Content-Length)" "$(body | wc -c)"
	shows 'Dossier 1000423'
	sed '/^$/q' answer >headers
	ask HEAD "/$token"
	diff headers answer
}

@test "nothing is kept, looked for elsewhere, framed or told on" {
	with_page
	for path in "/$token" "/$token/label" /nobody; do
		ask GET "$path"
		assert_equal "$(header Cache-Control)" no-store
		assert_equal "$(header Referrer-Policy)" no-referrer
		assert_equal "$(header X-Content-Type-Options)" nosniff
		assert_equal "$(header X-Robots-Tag)" \
		    'noindex, nofollow, noarchive'
		[[ $(header Content-Security-Policy) == \
		    "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; "* ]]
	done
}

@test "the policy names the style of the page, and there is no script" {
	with_page
	ask GET "/$token"
	# The newline that sed adds, or the shell takes away, is part of none.
	body | perl -0 -ne 'print $1 if m{<style>(.*?)</style>}s' >style
	[ -s style ]
	hash=$(sha256sum style | cut -c 1-64 | tr a-f A-F |
	    basenc --base16 -d | base64)
	[[ $(header Content-Security-Policy) == *"style-src 'sha256-$hash'" ]]
	run -1 grep -E '<script|style=|onclick|javascript:|url\(|@import|src=' answer
	# Nothing from elsewhere.
	run -1 grep -E 'https?://' answer
}

@test "what has been done, what comes next, who must act and by when" {
	with_page
	ask GET "/$token"
	shows 'Ce que nous attendons de vous Envoyez-nous le matériel défectueux'
	shows 'Au plus tard le mardi 19 mai 2026'
	shows 'Nous vous avons envoyé le bordereau de retour. Fait le lundi 4 mai 2026'
	shows 'Étape 3 sur 5'
	shows 'Arrivée au centre logistique À venir, par le centre logistique'
	shows 'Disjoncteur Référence QO120 N° de série QA-1'
	shows '0 800 123 456'
	body | grep -q 'href="tel:+33123456789"'
	body | grep -q "href=\"$token/return-slip\""
	with_page '.language = "en"'
	ask GET "/$token"
	assert_equal "$(header Content-Language)" en
	shows 'What we need from you Send us the faulty product'
	shows 'By Tuesday 19 May 2026'
	shows 'Step 3 of 5'
	shows 'To come, by the logistics centre'
}

@test "nothing to do, late, the limit that binds" {
	with_page '.open = [{step: "analyse", process: "expertise", item: 1,
	    owner: "expertise", due_at: 1779292800, limit_at: 1779897600,
	    binds_at: 1779292800, binds: "due"}]'
	ask GET "/$token"
	shows 'Vous n’avez rien à faire pour le moment'
	shows 'Le centre d’expertise analyse le matériel. Promis au plus tard le mercredi 20 mai 2026'
	shows 'L’expertise entière est promise au plus tard le mercredi 27 mai 2026.'
	with_page '.open = [{step: "analyse", process: "expertise", item: 1,
	    owner: "expertise", due_at: 1779292800, limit_at: 1779206400,
	    binds_at: 1779206400, binds: "limit"}]'
	ask GET "/$token"
	shows 'Promis au plus tard le mardi 19 mai 2026 C’est le délai promis pour l’expertise entière.'
	CASE_NOW=2026-05-21T10:00:00+02:00
	ask GET "/$token"
	shows 'C’était promis pour le mardi 19 mai 2026 : nous sommes en retard'
	with_page
	ask GET "/$token"
	shows 'C’était à faire avant le mardi 19 mai 2026 : merci de le faire'
}

@test "an emergency says the hour, and whom to call" {
	with_page '.kind = "emergency" | .language = "en" | .open = [{
	    step: "arrive", process: "intervention", item: null,
	    owner: "technician", due_at: 1777909800}]'
	ask GET "/$token"
	shows 'The technician is on the way. Promised by Monday 4 May 2026 at 17:50'
	shows 'If the situation changes, call at any hour: 0 800 123 456'
}

@test "a recall says first that the product is dangerous" {
	with_page '.kind = "recall" | .open = [{step: "respond",
	    process: "recall", item: 1, owner: "customer",
	    due_at: 1779206400}]'
	ask GET "/$token"
	shows 'N’utilisez plus le produit rappelé.'
	with_page '.kind = "recall" | .status = "closed" | .open = [] |
	    .closed_at = 1779440400'
	ask GET "/$token"
	run -1 shows 'N’utilisez plus le produit rappelé.'
	# What it costs to send it is not the customer's.
	with_page '.kind = "recall"'
	ask GET "/$token"
	shows 'Envoyez-nous le produit rappelé'
	run -1 shows 'à vos frais'
}

@test "items that went the same way stand together" {
	with_page '.items = [range(1; 13) | {item: ., reference: "QO120",
	    serial: "QA-\(.)", name: null}] |
	    .done = [range(1; 13) | {step: "slip", process: "exchange",
		item: ., owner: "pilot", at: 1777879800}] |
	    .open = [(range(1; 4), range(5; 10)) | {step: "return",
		process: "exchange", item: ., owner: "customer",
		due_at: 1779206400}] | .ahead = []'
	ask GET "/$token"
	shows 'Envoyez-nous le matériel défectueux Appareils 1 à 3, 5 à 9'
	shows 'Appareils 4, 10 à 12 Toutes les étapes sont faites'
	[ "$(body | grep -c 'class="steps"')" -eq 2 ]
	# All alike: one way, nobody is numbered.
	with_page '.items = [range(1; 4) | {item: ., reference: "QO120",
	    serial: null, name: null}] | .open = [range(1; 4) | {
	    step: "return", process: "exchange", item: ., owner: "customer",
	    due_at: 1779206400}] | .done = [] | .ahead = []'
	ask GET "/$token"
	run -1 shows 'Appareil'
	[ "$(body | grep -c 'class="steps"')" -eq 1 ]
}

@test "closed, cancelled: when, and until when the link works" {
	facts '.status = "closed" | .closed_at = 1779440400 | .open = [] |
	    .ahead = []' | extract_page "$token" 1787216400
	ask GET "/$token"
	shows 'Vous n’avez plus rien à faire'
	shows 'Votre dossier est clos depuis le vendredi 22 mai 2026.'
	shows 'Il fonctionne jusqu’au jeudi 20 août 2026.'
	shows 'Toutes les étapes sont faites'
	facts '.status = "cancelled" | .closed_at = 1779440400 | .open = [] |
	    .ahead = []' | extract_page "$token" 1787216400
	ask GET "/$token"
	shows 'Votre demande a été annulée le vendredi 22 mai 2026.'
}

@test "every step of the engine has its words, in both languages" {
	case-flow | cut -f 1-2 | tr '\t' ' ' | sort -u >steps
	[ "$(wc -l <steps)" -gt 30 ] || { cat steps; false; }
	jq -Rsc 'split("\n") | map(select(. != "") | split(" ") | {
	    process: .[0], step: .[1], item: null, owner: "pilot",
	    at: 1777879800})' steps >list
	for language in fr en; do
		for state in "done" open ahead; do
			facts ".done = [] | .open = [] | .ahead = [] |
			    .language = \"$language\" | .$state = $(cat list)" |
			    extract_page "$token"
			ask GET "/$token"
			assert_equal "$(status)" 200
			assert_equal "$(body | grep -c '<li class=')" \
			    "$(wc -l <steps)"
			run -1 grep '(null)' answer
		done
	done
}

@test "what came of a step is said" {
	with_page '.done = [{step: "fix", process: "repair", item: 1,
	    owner: "repair", at: 1777879800, outcome: "not-repairable"},
	    {step: "analyse", process: "expertise", item: 1,
	    owner: "expertise", at: 1777879800, outcome: "scrap"},
	    {step: "analyse", process: "exchange", item: 1,
	    owner: "plant", at: 1777879800, outcome: null}]'
	ask GET "/$token"
	shows 'Le matériel n’est pas réparable.'
	shows 'Le matériel est mis au rebut.'
	shows 'L’usine a analysé le matériel défectueux.'
}

@test "texts of the case are text" {
	with_page '.items[0].name = "<script>alert(1)</script> & \"q\" '"'"'s'"'"' \u202e" |
	    .company = "<b>A</b>" | .items[0].serial = "</style><x y=\"" |
	    .hotline.national = "\"><img src=x>"'
	ask GET "/$token"
	assert_equal "$(status)" 200
	body | grep -qF '&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;q&quot; &#39;s&#39; \u202e'
	run -1 grep -E '<script|<x|<img|<b>A' answer
	body | grep -q 'href="tel:"'
}

@test "a document is unsealed for its link, and can do nothing" {
	with_page
	printf '<!DOCTYPE html><title>Slip</title>\0é' |
	    extract_document "$token" return-slip
	ask GET "/$token/return-slip"
	assert_equal "$(status)" 200
	body | cmp - <(printf '<!DOCTYPE html><title>Slip</title>\0é')
	assert_equal "$(header Content-Disposition)" \
	    'inline; filename="return-slip.html"'
	[[ $(header Content-Security-Policy) == *"; sandbox; "* ]]
	assert_equal "$(header Content-Language)" ''
	ask GET "/$token/label"
	assert_equal "$(status)" 404
	# Sealed for another link: nobody sees it, those who run it are told.
	other=$(extract_token other)
	printf 'secret' | extract_document "$other" label
	mv sealed theirs
	printf '' | extract_document "$token" label
	hash=$(extract_hash "$token")
	sqlite3 "$CASE_PUBLISHED/pages/${hash:0:3}.db" "UPDATE document SET
	    bytes = readfile('theirs') WHERE name = 'label'"
	run -3 --separate-stderr ask GET "/$token/label"
	assert_equal "$(status)" 503
	[[ $stderr == *'cannot be unsealed' ]]
}

@test "unknown, expired, malformed: the same bytes" {
	with_page
	printf 'x' | extract_document "$token" return-slip
	facts | extract_page "$(extract_token dead)" 1777878720
	ask GET "/$(extract_token nobody)"
	assert_equal "$(status)" 404
	mv answer unknown
	dead=/$(extract_token dead)
	for path in "$dead" "$dead/return-slip" "/$token/quote" "/$token/" \
	    "/${token}A" "/${token%?}" "/$token/../$token" "$token" "" / // \
	    "/$token/return-slip/" "/$token/RETURN-SLIP" "/$token%00" \
	    "/$(printf 'é%.0s' {1..22})" "/$(printf 'A%.0s' {1..5000})" \
	    "/${token%?}B"; do
		ask GET "$path"
		cmp unknown answer || { echo "$path"; return 1; }
	done
	# So are those of a form.
	body="nonce=$nonce&degree=5&text="
	post "/$(extract_token nobody)" "$body"
	sed -i 1d answer
	cmp <(sed 1d unknown) answer
}

@test "a file that goes while it is opened had no page" {
	with_page
	ask GET "/$(extract_token nobody)"
	mv answer unknown
	hash=$(extract_hash "$token")
	file=$CASE_PUBLISHED/pages/${hash:0:3}.db
	rm "$file"
	# It is there when looked at once, and once more.
	for last in 1 2; do
		strace -qq -o trace -P "$file" -e trace=access \
		    -e inject=access:retval=0:when=1..$last env -i \
		    CASE_NOW="$CASE_NOW" CASE_PUBLISHED="$CASE_PUBLISHED" \
		    REQUEST_METHOD=GET PATH_INFO="/$token" \
		    "$CASE_BUILD/bin/case-track" >answer
		assert_equal "$(grep -c INJECTED trace)" $last
		cmp unknown answer
	done
}

@test "whatever is wrong with a link, it takes the same work" {
	with_page
	facts | extract_page "$(extract_token dead)" 1777878720
	# One that is in the file of another one, which it shares.
	hash=$(extract_hash "$token")
	near=$(extract_token near)
	cp "$CASE_PUBLISHED/pages/${hash:0:3}.db" \
	    "$(extract_file "$(extract_hash "$near")")"
	n=0
	for path in "/$near" "/$(extract_token dead)" /x "/${token%?}" /; do
		strace -f -qq -o trace env -i CASE_NOW="$CASE_NOW" \
		    CASE_PUBLISHED="$CASE_PUBLISHED" REQUEST_METHOD=GET \
		    PATH_INFO="$path" "$CASE_BUILD/bin/case-track" >/dev/null
		[ "$(grep -cE 'openat.*/pages/[0-9a-fnone]+\.db"' trace)" -eq 1 ]
		n=$((n + 1))
		# How many pages are read, and what memory that takes, depends
		# on what is in the file.
		sed -E 's/^[0-9]* *//; s/\(.*//; /^(pread64|brk|m(un)?map)$/d' \
		    trace >calls$n
	done
	for i in 2 3 4 5; do
		diff calls1 calls$i
	done
}

@test "nobody is found by guessing" {
	with_page
	for i in $(seq 100); do
		ask GET "/$(extract_token "guess $i")"
		[ "$(status)" = 404 ]
	done
}

@test "French or English by the case, else as the browser likes it" {
	language_of() {
		ask GET /nobody HTTP_ACCEPT_LANGUAGE="$1"
		[ "$(header Content-Language)" = "$2" ] || {
			echo "$1: $(header Content-Language)"
			return 1
		}
		body | grep -q "<html lang=\"$2\">"
	}
	language_of '' fr
	language_of en en
	language_of fr fr
	language_of en-GB,en en
	language_of 'de-DE,de;q=0.9,en;q=0.8,fr;q=0.7' en
	language_of 'fr;q=0.5, en;q=0.8' en
	language_of 'en;q=0.8,fr-CH;q=0.85' fr
	language_of 'fr;q=0,*' en
	language_of 'fr;q=0, *;q=0.1' en
	language_of 'EN ; Q=1.0 , FR ; Q=0.999' en
	language_of 'de' fr
	language_of 'en;q=x,fr;q=0.1' fr
	language_of ',,;q=1,;;;,=' fr
	language_of "$(printf 'en,%.0s' {1..3000})" fr
	with_page '.language = "en"'
	ask GET "/$token" HTTP_ACCEPT_LANGUAGE=fr
	assert_equal "$(header Content-Language)" en
}

@test "other methods are refused, with those that are not" {
	with_page
	for method in PUT DELETE OPTIONS TRACE get 'GET ' PROPFIND; do
		ask "$method" "/$token"
		assert_equal "$(status)" 405
		assert_equal "$(header Allow)" 'GET, HEAD, POST'
	done
	post "/$token/return-slip" "nonce=$nonce&degree=5"
	assert_equal "$(status)" 405
	assert_equal "$(header Allow)" 'GET, HEAD'
}

@test "the survey: asked, answered, thanked for" {
	with_survey
	ask GET "/$token"
	shows 'Êtes-vous satisfait de notre service ?'
	body | grep -q "name=\"nonce\" value=\"$nonce\""
	post "/$token" "nonce=$nonce&degree=4&text=Tr%C3%A8s+bien%2C%0D%0Amerci+%26+%22bravo%22"
	assert_equal "$(status)" 303
	assert_equal "$(header Location)" "$token#survey"
	assert_equal "$(in_spool)" "$nonce.json"
	jq -c . "$CASE_PUBLISHED/spool/$nonce.json" |
	    diff - <(jq -nc --arg hash "$(extract_hash "$token")" \
	    --arg nonce $nonce '{hash: $hash, nonce: $nonce, at: 1777881600,
	    degree: 4, text: "Très bien,\nmerci & \"bravo\"", language: "fr"}')
	assert_equal "$(stat -c %a "$CASE_PUBLISHED/spool/$nonce.json")" 644
	ask GET "/$token"
	shows 'Merci, nous avons votre réponse'
	run -1 grep '<form' answer
	shows 'Vous n’avez rien à faire pour le moment'
}

@test "a second answer is told that there is one" {
	with_survey
	post "/$token" "nonce=$nonce&degree=5&text="
	cp "$CASE_PUBLISHED/spool/$nonce.json" first
	post "/$token" "nonce=$nonce&degree=1&text=no"
	assert_equal "$(status)" 409
	shows 'Nous avions déjà votre réponse'
	cmp first "$CASE_PUBLISHED/spool/$nonce.json"
	# Collected meanwhile: another form, or none.
	post "/$token" "nonce=${nonce//0/f}&degree=1&text=no"
	assert_equal "$(status)" 409
	shows 'Ce questionnaire n’est plus ouvert'
	facts | extract_page "$token"
	post "/$token" "nonce=$nonce&degree=1&text=no"
	assert_equal "$(status)" 409
	assert_equal "$(in_spool)" "$nonce.json"
}

@test "of twenty answers at once one is kept, whole" {
	with_survey
	for i in $(seq 20); do
		(
			mkdir "try$i"
			cd "try$i"
			post "/$token" "nonce=$nonce&degree=$((i % 5 + 1))&text=answer+$i"
		) &
	done
	wait
	assert_equal "$(cat try*/answer | grep -c '^Status: 303')" 1
	assert_equal "$(cat try*/answer | grep -c '^Status: 409')" 19
	assert_equal "$(in_spool)" "$nonce.json"
	i=$(grep -l '^Status: 303' try*/answer | tr -dc 0-9)
	jq -e ".text == \"answer $i\"" "$CASE_PUBLISHED/spool/$nonce.json"
}

@test "a form that is not filled in right comes back with what to do" {
	with_survey
	post "/$token" "nonce=$nonce&text=%3Cb%3Emy+words"
	assert_equal "$(status)" 422
	shows 'Erreur : Choisissez une réponse'
	body | grep -q '<title>Erreur'
	body | grep -qF '&lt;b&gt;my words</textarea>'
	long=$(printf 'e%.0s' {1..2001})
	post "/$token" "nonce=$nonce&degree=3&text=$long"
	assert_equal "$(status)" 422
	shows 'Le texte dépasse 2 000 caractères'
	body | grep -q 'value="3" required checked'
	post "/$token" "nonce=$nonce&degree=3&text=%ff%fe"
	assert_equal "$(status)" 422
	shows 'Le texte contient des caractères illisibles'
	assert_equal "$(in_spool)" ''
	# The longest there is: 2,000 characters of four bytes.
	long=$(printf '%%F0%%9F%%98%%80%.0s' {1..2000})
	post "/$token" "nonce=$nonce&degree=3&text=$long"
	assert_equal "$(status)" 303
	jq -e '.text | length == 2000' "$CASE_PUBLISHED/spool/$nonce.json"
	[ "$(stat -c %s "$CASE_PUBLISHED/spool/$nonce.json")" -le 16384 ]
}

@test "what is no form of ours is refused, before any link is looked at" {
	local type='CONTENT_TYPE=application/x-www-form-urlencoded'

	with_survey
	ok="nonce=$nonce&degree=5&text="
	refused() {
		assert_equal "$(status)" "$1"
		assert_equal "$(in_spool)" ''
	}
	for path in "/$token" /nobody; do
		for body in '' 'degree=5' "nonce=$nonce&degree=6" \
		    "nonce=$nonce&degree=05" "nonce=$nonce&degree=5&degree=5" \
		    "nonce=short&degree=5" "$ok&extra=1" "nonce=$nonce&degree=%" \
		    "nonce=$nonce&text=%g0" "nonce" "&&&" "=" ; do
			post "$path" "$body"
			refused 400
		done
		post "$path" "$ok" CONTENT_TYPE=text/plain
		refused 415
		post "$path" "$ok" CONTENT_TYPE=application/x-www-form-urlencodedx
		refused 415
		post "$path" "$ok" CONTENT_LENGTH=99
		refused 400
		post "$path" "$ok" CONTENT_LENGTH=32769
		refused 413
		post "$path" "$ok" CONTENT_LENGTH=99999999999999999999
		refused 413
		for length in '' -1 '5 ' 0x10 1e3; do
			post "$path" "$ok" CONTENT_LENGTH="$length"
			refused 411
		done
	done
	post "/$token" "$ok" "CONTENT_TYPE=Application/X-WWW-Form-urlencoded; charset=UTF-8"
	assert_equal "$(status)" 303
}

@test "a full disk or a spool that is shut: not now, and nothing half done" {
	with_survey
	rm -r "$CASE_PUBLISHED/spool"
	run -3 --separate-stderr post "/$token" "nonce=$nonce&degree=5&text="
	assert_equal "$(status)" 503
	[[ $stderr == "case-track: $CASE_PUBLISHED/spool: "* ]]
	[[ $stderr != *"$token"* ]]
	mkdir "$CASE_PUBLISHED/spool"
	printf 'nonce=%s&degree=5&text=' $nonce >form
	for call in write fsync linkat fchmod; do
		run strace -f -qq -o trace -e trace=$call \
		    -e inject=$call:error=ENOSPC:when=1 env -i \
		    CASE_NOW="$CASE_NOW" CASE_PUBLISHED="$CASE_PUBLISHED" \
		    REQUEST_METHOD=POST PATH_INFO="/$token" \
		    CONTENT_TYPE=application/x-www-form-urlencoded \
		    CONTENT_LENGTH="$(wc -c <form)" \
		    "$CASE_BUILD/bin/case-track" <form
		grep -q INJECTED trace
		[[ $output == *'Status: 503'* ]]
		assert_equal "$(in_spool)" ''
	done
}

@test "without an extract: not now, and why is said to those who run it" {
	with_page
	for folder in '' relative /nonexistent "$PWD/empty"; do
		mkdir -p empty
		CASE_PUBLISHED=$folder
		run -3 --separate-stderr ask GET "/$token"
		assert_equal "$(status)" 503
		shows 'Cette page est momentanément indisponible'
		[[ $stderr == case-track:* ]]
		[[ $stderr != *"$token"* ]]
	done
	# From where the program is run, like any other path.
	CASE_PUBLISHED=www
	run -0 ask GET "/$token"
	CASE_PUBLISHED=$BATS_TEST_TMPDIR/www
	file=$CASE_PUBLISHED/pages/$(extract_hash "$token" | cut -c 1-3).db
	cp "$file" kept
	for harm in 'echo garbage >' ': >' 'sqlite3 kept.db "CREATE TABLE x (y)"; cp kept.db'; do
		eval "$harm \"$file\""
		run -3 --separate-stderr ask GET "/$token"
		assert_equal "$(status)" 503
		[[ $stderr == case-track:* && $stderr != *"$token"* ]]
	done
	cp kept "$file"
	for wrong in '.kind = "holiday"' '.open[0].step = "dance"' \
	    '.done[0].owner = "nobody"' '.status = "asleep"'; do
		with_page "$wrong"
		run -3 --separate-stderr ask GET "/$token"
		assert_equal "$(status)" 503
	done
	echo '[1' | extract_page "$token"
	run -3 --separate-stderr ask GET "/$token"
	assert_equal "$(status)" 503
}

@test "out of memory: an answer all the same" {
	with_page '.items = [range(1; 20000) | {item: ., reference: "QO120",
	    serial: "QA-\(.)", name: "Circuit breaker"}]'
	ask GET "/$token"
	assert_equal "$(status)" 200
	shows 'et 19499 autres appareils'
	# The sanitizers take more than that for themselves.
	ldd "$CASE_BUILD/bin/case-track" | grep -q libasan ||
	    run -3 bash -c 'ulimit -v 12000; exec "$@"' - env -i \
	    CASE_PUBLISHED="$CASE_PUBLISHED" REQUEST_METHOD=GET \
	    PATH_INFO="/$token" "$CASE_BUILD/bin/case-track"
	[ -z "${output-}" ] ||
	    assert_output --partial 'Status: 503 Service Unavailable'
}

@test "out of time: an answer all the same" {
	with_page
	# A server that sends less than it promised, and waits: the clock rings.
	mkfifo slow
	env -i CASE_PUBLISHED="$CASE_PUBLISHED" REQUEST_METHOD=POST \
	    PATH_INFO="/$token" CONTENT_LENGTH=50 \
	    CONTENT_TYPE=application/x-www-form-urlencoded \
	    "$CASE_BUILD/bin/case-track" <slow >answer 3>&- &
	pid=$!
	exec 8>slow
	until grep -q '^0 0x0 ' "/proc/$pid/syscall"; do :; done
	# It is told that its share of the processor ends before it is killed.
	read -r _ _ _ soft hard _ < <(grep 'Max cpu time' "/proc/$pid/limits")
	[ "$soft" -lt "$hard" ]
	kill -ALRM $pid
	code=0
	wait $pid || code=$?
	exec 8>&-
	assert_equal $code 3
	assert_equal "$(status)" 503
}

@test "it reaches nothing but the extract, and writes nothing but the spool" {
	with_survey
	printf 'nonce=%s&degree=5&text=' $nonce >form
	strace -f -qq -o trace -e trace=file,landlock_restrict_self env -i \
	    CASE_NOW="$CASE_NOW" CASE_PUBLISHED="$CASE_PUBLISHED" \
	    REQUEST_METHOD=POST PATH_INFO="/$token" \
	    CONTENT_TYPE=application/x-www-form-urlencoded \
	    CONTENT_LENGTH="$(wc -c <form)" \
	    "$CASE_BUILD/bin/case-track" <form >answer
	assert_equal "$(status)" 303
	# After the fence: the extract, the spool, the zones; what libraries
	# look at by themselves they do not get.
	sed '1,/landlock_restrict_self/d' trace >after
	if [ -s after ]; then
		grep -E '^[0-9]+ +(open|openat|creat)\(' after |
		    grep -v ENOENT | grep -v EACCES |
		    grep -vE "$CASE_PUBLISHED/(pages|spool)|/usr/share/zoneinfo/|\"\.[0-9a-f]{16}\"" |
		    { ! grep .; }
	fi
	grep -E 'O_(WRONLY|RDWR|CREAT)|link|rename|mkdir|chmod' trace |
	    grep -vE 'O_RDONLY|readlink|"\.[0-9a-f]{16}"' | { ! grep .; }
}

@test "words of the query are no options; the rest of the environment is not heard" {
	with_page
	ask GET "/$token"
	mv answer plain
	for word in --help --version --completions -x; do
		env -i CASE_NOW="$CASE_NOW" CASE_PUBLISHED="$CASE_PUBLISHED" \
		    REQUEST_METHOD=GET PATH_INFO="/$token" QUERY_STRING="$word" \
		    CASE_DB=/etc/passwd TZ=Asia/Tokyo LANG=C TMPDIR=/nonexistent \
		    HTTP_X_FORWARDED_FOR=1.2.3.4 HTTP_PROXY=http://x \
		    "$CASE_BUILD/bin/case-track" "$word" >answer
		cmp plain answer
	done
}

@test "run by hand it says what it is for" {
	run -2 case-track
	assert_output --partial 'REQUEST_METHOD'
	run -2 case-track word
	run -0 case-track --help
}
