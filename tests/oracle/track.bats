# SPDX-License-Identifier: ISC
# shellcheck shell=bash
# shellcheck disable=SC1112,SC2086 # French; a hexadecimal nonce
# The customer's page through a real web server, in a real browser: that of the
# example configuration, and Chromium. axe says what would stand in the way of
# somebody who does not see it, tidy whether it is HTML at all.

setup() {
	load ../helper
	load ../extract
	load ../track
	case_setup
	extract_new
	nonce=0123456789abcdef0123456789abcdef
	serve lighttpd
}

teardown() {
	serve_end
}

# owed STEP PROCESS OWNER [DAY [LIMIT]]: of item 1; done, open or to come.
owed() {
	jq -nc --arg step "$1" --arg process "$2" --arg owner "$3" \
	    --arg day "${4-}" --arg limit "${5-}" '
	    def at: if . == "" then null else . + "T16:00:00Z" | fromdate end;
	    {step: $step, process: $process, owner: $owner, item: 1,
	    at: ($day | at), due_at: ($day | at), limit_at: ($limit | at),
	    binds: (if $limit != "" and $limit < $day then "limit" else "due"
	    end)}'
}

# page NAME JQ: in both languages, added to the list.
page() {
	local language token

	for language in fr en; do
		token=$(extract_token "$1-$language")
		facts "$2 | .language = \"$language\"" |
		    extract_page "$token" "${3-}" "${4-}"
		printf '%s-%s\t%s/%s\n' "$1" $language "$url" "$token" >>list
	done
}

@test "each kind of case, each language, phone and desk: nothing is wrong" {
	local first many

	page fault-new '.kind = "fault" | .done = [] | .ahead = [] | .open =
	    ['"$(owed triage fault pilot 2026-05-05)"']'
	page exchange-return .
	many='.items = [range(1; 13) | {item: ., reference: "QO120",
	    serial: "QA-\(.)", name: "Disjoncteur"}] | .open = [range(1; 9) |
	    {step: "return", process: "exchange", item: ., owner: "customer",
	    due_at: 1779206400}]'
	page exchange-twelve "$many"
	page repair-order '.open = ['"$(owed order repair customer 2026-06-05)"'] |
	    .documents = []'
	page emergency '.kind = "emergency" | .open = [
	    '"$(owed arrive intervention technician 2026-05-04)"',
	    '"$(owed parts parts logistics 2026-05-03)"']'
	page expertise '.kind = "expertise" | .open = [
	    '"$(owed analyse expertise expertise 2026-05-20 2026-05-19)"']'
	page survey '.kind = "expertise" | .survey = {item: 1} | .open = [
	    '"$(owed survey expertise customer 2026-05-20)"']' '' "$nonce"
	page complaint '.kind = "complaint" | .items = [] | .open = [
	    '"$(owed answer complaint customer 2026-05-12)"',
	    '"$(owed solve complaint pilot 2026-05-12)"']'
	page recall '.kind = "recall" | .documents = ["recall-notice"] |
	    .open = ['"$(owed respond recall customer 2026-05-19)"']'
	page closed '.status = "closed" | .closed_at = 1779440400 | .open = [] |
	    .ahead = []' 1787216400
	page cancelled '.status = "cancelled" | .closed_at = 1779440400 |
	    .open = [] | .ahead = []' 1787216400
	# Words that do not break, and no words at all.
	page long '.company = "x" * 80 | .items[0].name = "Disjoncteur" * 12 |
	    .items[0].serial = "S" * 64 | .hotline.national = "0" * 40 |
	    .items += [{item: 2, reference: "QO120", serial: null, name: null}]'
	page bare '.company = null | .hotline = null | .items = [] |
	    .done = [] | .open = [] | .ahead = [] | .documents = []'
	[ "$(wc -l <list)" -eq 26 ]
	browser look <list
	while read -r _ page; do
		curl -sf "$page" >page.html
		# It is older than aria-current.
		tidy -q -e --drop-empty-elements no page.html 2>&1 |
		    { ! grep -v 'proprietary attribute "aria-current"'; }
	done <list
	# The address is the secret.
	serve_stop
	run -1 grep -r "$(extract_token survey-fr)" "$served"/*.log
}

@test "the survey is answered in the browser, once" {
	token=$(extract_token one)
	survey_facts | extract_page "$token" '' "$nonce"
	run -0 browser answer "$url/$token"
	assert_line --index 0 'Merci, nous avons votre réponse'
	assert_line --index 1 "$url/$token#survey"
	jq -e '.degree == 4 and .text == "Très bien.\nMerci à l’équipe 😀"' \
	    "$CASE_PUBLISHED/spool/$nonce.json"
}

@test "with the commands: followed to the end, answered, and in the case" {
	load ../master
	rm -r "$CASE_PUBLISHED"
	master_db
	case-config web.url "$url"
	id=$(case-open expertise --customer BETA --unit QO120:B-1 \
	    --sold-on 2026-01-15 --pilot EVE -m 'trips')
	link=$(case-show --link "$id")
	told() {
		case-publish "$CASE_PUBLISHED"
		curl -sf "$link" >page.html
		printf '\n\n' | cat - page.html >answer
		shows "$1"
	}
	told 'We are studying your request to decide what to do.'
	case-triage -q expertise -m 'needs a closer look' "$id"
	case-ship -q dossier "$id"
	told 'What we need from you Make an appointment with the carrier By Tuesday 12 May 2026'
	curl -sf "$link/dossier" | grep -q '<html lang="en">'
	case-ship -q book --on now "$id"
	case-ship -q pickup "$id"
	told 'The whole analysis is promised by Thursday 28 May 2026.'
	case-ship -q deliver "$id"
	case-report -q analyse --outcome keep -m 'done' "$id"
	case-report -q report -m 'here' "$id"
	told 'How satisfied are you with our service?'
	run -0 browser answer "$link"
	assert_line --index 0 'Thank you, we have your answer'
	case-publish "$CASE_PUBLISHED"
	case-show --json "$id" | jq -e '.steps[] | select(.step == "survey") |
	    .state == "done"'
	case-show --json "$id" | jq -e '.events[-1] | .verb == "survey" and
	    (.text | test("Très bien.\nMerci à l’équipe 😀"))'
	assert_equal "$(find "$CASE_PUBLISHED/spool" "$CASE_PUBLISHED/aside" \
	    -type f)" ''
	told 'You have given us your opinion.'
	run -1 grep '<form' page.html
	case-close -q --satisfaction 4 "$id"
	told 'Your case was closed on Monday 4 May 2026.'
	# A link that was replaced is dead.
	case-note -q --new-link "$id"
	case-publish "$CASE_PUBLISHED"
	assert_equal "$(curl -s -o /dev/null -w '%{http_code}' "$link")" 404
}

@test "two answers at once: one is recorded, the other one is told" {
	token=$(extract_token one)
	survey_facts | extract_page "$token" '' "$nonce"
	for degree in 1 5; do
		curl -s -o "page$degree" -w '%{http_code}\n' "$url/$token" \
		    -d "nonce=$nonce&degree=$degree&text=" >"code$degree" &
		answers+=($!)
	done
	wait "${answers[@]}"
	assert_equal "$(cat code1 code5 | sort | tr '\n' ' ')" '303 409 '
	cat page1 page5 | grep -q 'Nous avions déjà votre réponse'
	kept=$(jq .degree "$CASE_PUBLISHED/spool/$nonce.json")
	assert_equal "$(cat "code$kept")" 303
}
