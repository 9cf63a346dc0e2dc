# SPDX-License-Identifier: ISC
# case-print: papers of cases, as text and HTML, in French and English.

load ../helper
load ../master
load ../recall

nbsp=$'\u00a0'

setup() {
	case_setup
	master_db
	export CASE_NOW=2026-04-27T10:00+02:00
}

# A case of so many units of ACME on which the procedure is started.
started() {
	local procedure=$1 id units=()

	for n in $(seq "${2:-1}"); do
		units+=(--unit "QO120:QA-$n")
	done
	id=$(case-open fault --customer ACME "${units[@]}" -m 'trips at once')
	case-assign -q ANNE "$id"
	case-triage -q "$procedure" -m 'contact welded' "$id"
	echo "$id"
}

# Cases as they are after a few weeks: slip, quote, dossier, advice, report,
# complaint, each in a variable of its name. Made once for all tests.
story() {
	export CASE_NOW=2026-05-12T10:00+02:00
	if [ ! -e "$CASE_RUN/story.db" ]; then
		(CASE_DB=$BATS_TEST_TMPDIR/story.db; master_db && live_through)
		mv "$BATS_TEST_TMPDIR/story.numbers" "$CASE_RUN"
		mv "$BATS_TEST_TMPDIR/story.db" "$CASE_RUN"
	fi
	. "$CASE_RUN/story.numbers"
	cp "$CASE_RUN/story.db" "$CASE_DB"
}

live_through() {
	export CASE_NOW=2026-04-27T10:00+02:00
	slip=$(started exchange)
	quote=$(case-open fault --customer ACME --unit QO120:OLD-1 --pilot ANNE -m 'F013')
	case-triage -q repair -m 'power stage' "$quote"
	case-order quote -q --amount 1245.50 --until 2026-05-27 \
	    -m 'Carte de puissance, essais compris.' "$quote"
	dossier=$(case-open expertise --customer ACME --unit XP9:XP-1 --pilot EVE -m 'brakes')
	case-triage -q expertise -m 'resistor' "$dossier"
	case-ship -q dossier --carrier GEO "$dossier"
	advice=$(case-open emergency --risk production --customer BETA --unit LC1:LC-1 \
	    --pilot ANNE -m 'line 3 stands')
	case-triage -q advice -m 'coil supply' "$advice"
	case-report -q advise -m 'Isolate the line.' "$advice"
	report=$(case-open expertise --customer ACME --unit QO120:QA-8 --unit QO120:QA-9 \
	    --pilot EVE -m 'trips')
	case-triage -q expertise -m 'selectivity' "$report"
	case-ship -q dossier "$report"
	case-ship -q book --on 2026-04-27 "$report"
	export CASE_NOW=2026-05-12T10:00+02:00
	case-ship -q pickup --at 2026-04-27T15:00 "$report"
	case-ship -q deliver --at 2026-04-29T09:00 "$report"
	case-report -q analyse --outcome return --cause WELD -m 'Contacts welded.' "$report/1"
	case-report -q analyse --outcome scrap -m 'Burnt out.' "$report/2"
	case-report -q report -m 'Fit a larger one.' "$report"
	complaint=$(case-open complaint --customer DIST --pilot ANNE -m 'invoiced twice')
	case-triage -q classify --nature administrative --criticality 2 --dissatisfaction 4 \
	    --sought 'credit note' "$complaint"
	case-report -q acknowledge "$complaint"
	case-report -q solve --start correction --owner PAUL -m 'credit note 881' "$complaint"
	case-report -q correct --why 'entered twice' --missed 'numbers only' \
	    --change 'asks about doubles' "$complaint"
	case-report -q verify --outcome effective -m 'none in a week' "$complaint"
	case-close -q --satisfaction 4 "$complaint"
	declare -p slip quote dossier advice report complaint |
	    sed 's/^declare --/declare -g/' >"$BATS_TEST_TMPDIR/story.numbers"
}

# Each document of the story: its name and the case.
documents() {
	printf '%s\n' "return-slip $slip" "label $slip" "identification-sheet $slip" \
	    "dossier $dossier" "acknowledgement $complaint" "quote $quote" \
	    "advice $advice" "report $report" "survey $report" \
	    "closing $complaint" "8d $complaint"
}

# Files of text are as they print: nothing but words and ends of lines and pages,
# nothing too wide or too long.
prints() {
	python3 - "$@" <<-'PYTHON'
	import sys, unicodedata
	def width(c):
	    return (0 if unicodedata.combining(c) else
	        2 if unicodedata.east_asian_width(c) in "WF" else 1)
	def stray(c):
	    return unicodedata.category(c) in ("Cc", "Zl", "Zp") or c == "\u202f"
	for path in sys.argv[1:]:
	    text = open(path, newline="").read()
	    assert text.endswith("\n") and "{{" not in text, path
	    for page in text.split("\f"):
	        lines = page.split("\n")[:-1]
	        assert len(lines) <= 60, (path, len(lines))
	        for line in lines:
	            assert sum(map(width, line)) <= 76, (path, line)
	            assert line == line.rstrip(" "), (path, line)
	            assert not any(map(stray, line)), (path, line)
	PYTHON
}

# The words of a page of HTML, on one line.
words() {
	python3 -c 'import sys, html.parser
class Words(html.parser.HTMLParser):
    inside = None
    def handle_starttag(self, tag, attributes):
        self.inside = tag
    def handle_data(self, data):
        if self.inside != "style":
            print(" ".join(data.split()), end=" ")
Words().feed(sys.stdin.read())'
}

@test 'a slip says from where, to where, what and until when' {
	id=$(started exchange)
	case-ship -q slip "$id"
	run -0 case-print return-slip "$id"
	assert_line --partial 'Bordereau de retour technique'
	assert_line --partial "Dossier $id"
	assert_line --regexp '^    Acme SA'
	assert_line --regexp '^    Logistics'
	assert_line "[ ] $id/1  QO120, n°${nbsp}QA-1"
	assert_line '    trips at once'
	assert_line "À expédier au plus tard le mercredi 13${nbsp}mai${nbsp}2026."
	assert_line 'Le transport est à votre charge.'
	run -0 case-print --lang en return-slip "$id"
	assert_line "To be shipped by Wednesday 13${nbsp}May${nbsp}2026."
}

@test 'before the slip is sent, it says when the unit would be due' {
	id=$(started repair)
	run -0 case-print return-slip "$id"
	assert_line "À expédier au plus tard le mercredi 13${nbsp}mai${nbsp}2026."
	assert_line --regexp '^    Repair'
}

@test 'several cases share a slip where they go to the same place' {
	a=$(started exchange 2)
	b=$(case-open fault --customer ACME --unit QO120:QA-3 --pilot ANNE -m 'hums')
	case-triage -q exchange -m 'coil' "$b"
	c=$(case-open fault --customer ACME --unit QO120:QA-4 --pilot ANNE -m 'burnt')
	case-triage -q repair -m 'coil' "$c"
	run -0 case-print -T html return-slip "$a" "$b" "$c"
	assert_equal "$(grep -c '<article' <<<"$output")" 2
	run -0 words <<<"$output"
	assert_output --partial "Dossiers $a et $b"
	case-print return-slip "$a" "$b" "$c" >slip
	assert_equal "$(tr -dc '\f' <slip | wc -c)" 1
	case-list --step slip | case-print return-slip >piped
	run -0 diff <(sort slip) <(sort piped)
}

@test 'what is not to be returned is refused with the reason' {
	id=$(case-open fault --customer ACME --unit QO120:QA-1 -m 'trips')
	refuses 1 'nothing is to be returned' case-print return-slip "$id"
	case-assign -q ANNE "$id"
	case-triage -q exchange -m 'welded' "$id"
	case-print return-slip "$id" >/dev/null
	case-ship -q receive "$id"
	refuses 1 "$id: it has arrived already" case-print return-slip "$id"
	paid=$(case-open fault --customer ACME --unit QO120:OLD-1 --pilot ANNE -m 'trips')
	case-triage -q exchange -m 'welded' "$paid"
	refuses 1 'purchase order comes first' case-print return-slip "$paid"
	refuses 1 'there is no item 9' case-print return-slip "$paid/9"
	refuses 1 'no such case' case-print return-slip 1000053
	refuses 2 'is no DOCUMENT' case-print letter "$id"
	# The others are printed.
	other=$(case-open fault --customer ACME --unit QO120:QA-2 --pilot ANNE -m 'trips')
	case-triage -q repair -m 'welded' "$other"
	run --separate-stderr case-print return-slip "$id" "$other"
	assert_equal "$status" 1
	assert_line --partial "Dossier $other"
	refute_line --partial "$id"
}

@test 'every document prints, in both languages and forms' {
	story
	documents >list
	assert_equal "$({ cut -d' ' -f1 list; echo recall-notice; } | sort)" \
	    "$(case-print --completions | awk -F '\t' '$1 == "words" { print $2 }' |
	    tr ' ' '\n' | sort)"
	while read -r document id; do
		for language in fr en; do
			file=$document.$language
			case-print "$document" --lang $language "$id" >"$file.txt"
			case-print "$document" -T html --lang $language "$id" >"$file.html"
			grep -q "$id" "$file.txt"
			grep -q "<article lang=\"$language\">" "$file.html"
			sed '1,/<body>/d' "$file.html" | grep -q "$id"
		done
	done <list
	prints ./*.txt
	run -0 tidy -q -e ./*.html
	assert_output ''
	run ! grep -E '(src|href)=|url\(|@import|<script' ./*.html
	# What is said in French is not left in English, and the other way round.
	run ! grep -lE 'Dear|Emergencies|Case 1|please' ./*.fr.*
	run ! grep -lE 'Madame|Urgences|Dossier 1|merci' ./*.en.*
}

@test 'a customer is written to in his language' {
	story
	run -0 case-print advice "$advice"
	assert_line --partial 'Dear Sir or Madam,'
	run -0 case-print advice --lang fr "$advice"
	assert_line --partial 'Madame, Monsieur,'
}

@test 'a document that there is not yet says what would be right' {
	id=$(case-open fault --customer ACME --unit QO120:OLD-2 --pilot ANNE -m 'trips')
	refuses 1 'case-triage expertise' case-print dossier "$id"
	refuses 1 'case-triage expertise' case-print report "$id"
	refuses 1 'no complaint' case-print acknowledgement "$id"
	refuses 1 'no complaint' case-print 8d "$id"
	refuses 1 'case-report advise' case-print advice "$id"
	refuses 1 'too early' case-print survey "$id"
	refuses 1 'case-close' case-print closing "$id"
	refuses 1 'case-triage' case-print label "$id"
	refuses 1 'out of warranty' case-print quote "$id"
	case-triage -q repair -m 'old' "$id"
	refuses 1 'case-order quote' case-print quote "$id"
	refuses 1 'case-order quote' case-print return-slip "$id"
	case-close -q --cancel -m 'an error' "$id"
	refuses 1 'cancelled' case-print closing "$id"
}

@test 'a quote writes amounts and dates as the language does' {
	story
	run -0 case-print quote "$quote"
	assert_line --partial "1${nbsp}245,50${nbsp}EUR"
	assert_line --partial "Valable jusqu’au${nbsp}:     mercredi 27${nbsp}mai${nbsp}2026"
	run -0 case-print quote --lang en "$quote"
	assert_line --partial "EUR${nbsp}1,245.50"
	case-print quote -T html "$quote" >page.html
	grep -q $'1\u202f245,50\u00a0EUR' page.html
	# A new one replaces it; the order shows on it.
	case-order quote -q --amount 99 --until 2026-06-01 "$quote"
	run -0 case-print quote "$quote"
	assert_line --partial "99,00${nbsp}EUR"
	refute_line --partial '245'
	case-order order -q --po BC-1 "$quote"
	run -0 case-print quote "$quote"
	assert_line --partial 'BC-1'
	refute_line --partial 'Pour accepter'
}

@test 'a dossier has the carrier, the promise and a sheet for each unit' {
	story
	export CASE_NOW=2026-04-28T10:00+02:00
	run -0 case-print dossier "$dossier"
	assert_line --partial 'Geodis'
	assert_line --partial "2${nbsp}jours ouvrés après l’enlèvement"
	assert_line --partial "9${nbsp}jours ouvrés après la livraison"
	assert_line --partial "4${nbsp}jours ouvrés après l’analyse"
	assert_line --partial "15${nbsp}jours ouvrés après l’enlèvement"
	assert_line --partial "N°${nbsp}de série${nbsp}:     XP-1"
	case-ship -q book --on 2026-04-29 "$dossier"
	run -0 case-print dossier "$dossier"
	assert_line --partial "passera le mercredi 29${nbsp}avril${nbsp}2026"
	refute_line --partial 'Convenez'
}

@test 'a report has the findings on each unit and the form' {
	story
	run -0 case-print report "$report"
	assert_line '    Contacts welded.'
	assert_line "    Cause${nbsp}: Contact soudé"
	assert_line "    Devenir de l’appareil${nbsp}: retour au client"
	assert_line '    Burnt out.'
	assert_line "    Devenir de l’appareil${nbsp}: mis au rebut"
	assert_line '    Fit a larger one.'
	assert_line '    [ ] 1    [ ] 2    [ ] 3    [ ] 4    [ ] 5'
	run -0 case-print report "$report/2"
	refute_line '    Contacts welded.'
}

@test 'what was sent prints again, also when the case is closed' {
	story
	# Collected, delivered and analysed: the dossier is as it was.
	run -0 case-print dossier "$report"
	assert_line --regexp 'Expertise$'
	assert_line --partial "N°${nbsp}de série${nbsp}:"
	refuses 1 'it is at the expertise centre already' case-print label \
	    "$report/2"
	id=$(case-open fault --serial QA-12 --pilot ANNE -m 'trips')
	case-triage -q exchange -m 'welded' "$id"
	case-ship -q slip "$id"
	case-ship -q receive "$id"
	run -0 case-print return-slip "$id"
	assert_line --partial 'Logistics'
	# One more to be returned: the slip is about that one again.
	case-open -q --add "$id" --unit QO120:QA-11
	case-triage -q exchange -m 'welded' "$id/2"
	run -0 case-print return-slip "$id"
	assert_output --partial 'QA-11'
	refute_output --partial 'QA-12'
	run -0 case-print return-slip "$id/1"
	case-triage -q none --instead -m 'cancelled' "$id"
	case-ship -q send-back "$id"
	case-close -q --satisfaction 4 "$id"
	run -0 case-print return-slip "$id"
	# A slip that never left is none.
	refuses 1 'nothing is to be returned' case-print return-slip "$id/2"
}

@test 'a label goes where the unit goes, also back' {
	story
	run -0 case-print label "$slip"
	assert_line --regexp '^            Logistics'
	run -0 case-print label "$dossier"
	assert_line --regexp '^            Expertise at Metz'
	run -0 case-print label "$report/1"
	assert_line --regexp '^            Acme SA'
	assert_line --regexp '^    Expertise'
}

@test 'forty units go on one slip, over several pages' {
	for n in $(seq 40); do
		echo "QO120,LOT-$n,2025-06-01,ACME"
	done | { echo reference,serial,sold_on,customer; cat; } | case-load -q units
	units=()
	for n in $(seq 40); do
		units+=(--serial "LOT-$n")
	done
	id=$(case-open fault --customer ACME "${units[@]}" --pilot ANNE -m 'all of them trip')
	case-triage -q exchange -m 'series' "$id"
	case-print return-slip "$id" >text
	prints text
	assert_equal "$(grep -c "^\[ \] $id/" text)" 40
	assert_equal "$(grep -cE '^ +[1-9]/3$' text)" 3
	assert_equal "$(grep -c "^.\?Bordereau de retour technique $id" text)" 2
	case-print return-slip -T html "$id" >page.html
	assert_equal "$(grep -c "<tr><td>$id/" page.html)" 40
	assert_equal "$(grep -c '<article' page.html)" 1
}

@test 'cases come from standard input, also with NUL' {
	a=$(started exchange)
	b=$(case-open fault --customer DIST --unit QO120:DI-1 --pilot ANNE -m 'trips')
	case-triage -q exchange -m 'welded' "$b"
	printf '%s\0%s\0' "$a" "$b" | case-print -0 return-slip >both
	assert_equal "$(grep -cE "^Dossier ($a|$b) " both)" 2
	run -0 case-print return-slip </dev/null
	assert_output ''
}

@test 'the notice of a recall says what the law wants, to whom it concerns' {
	recall_db
	recall_issue
	id=$(case_of 1010 ACME)
	run -0 case-print recall-notice "$id"
	assert_line --partial "Rappel de sécurité d'un produit"
	assert_output --partial 'Disjoncteurs QO130 de 2020'
	assert_line --partial '– Breaker of the next kind, marque Montclar,'
	assert_line '    Le contact peut se souder.'
	assert_line "    Le courant n'est plus coupé : risque d'incendie."
	assert_line "    N'utilisez plus le produit, coupez le courant."
	assert_line '    Numéros SN98 à SN104, sur le côté gauche.'
	assert_line '    En France, de juin à juillet 2020.'
	assert_line '    – le remboursement'
	assert_line --partial 'Faites passer ce message'
	assert_line "$id/3  QO130, n°${nbsp}SN0101"
	for customer in ACME BETA DIST; do
		id=$(case_of 1010 $customer)
		case-print recall-notice "$id" >text
		prints text
		case-print recall-notice -T html "$id" >page.html
		run -0 tidy -q -e page.html
		assert_output ''
	done
	case-print recall-notice "$(case_of 1010 BETA)" >text
	grep -q 'Product safety recall' text
	grep -q 'Pass this on' text
	grep -q 'The current is not cut any more' text
	case-print recall-notice "$(case_of 1010 DIST)" >text
	grep -q 'revendu' text
	# What is taken out is left out.
	recall-issue -q --reduce 1010 --select reference=QO130,serial=SN98 -m 'an error'
	run -0 case-print recall-notice "$(case_of 1010 ACME)"
	refute_output --partial 'SN98'"$nbsp"
	refute_line --regexp '/1 '
	other=$(started exchange)
	refuses 1 'of no recall' case-print recall-notice "$other"
	# What somebody else has by now is his, but the notice was sent here.
	id=$(case_of 1010 BETA)
	case-report -q notify -m 'by post' "$id"
	case-report -q respond --outcome sold-on --to DIST "$id"
	run -0 case-print recall-notice "$id"
}

@test 'what is called back travels at our expense' {
	recall_db
	case-config mail.from service@montclar.example
	recall_issue
	id=$(case_of 1010 ACME)
	case-report -q notify -m 'by post' "$id"
	case-report -q respond --outcome held --remedy exchange "$id/1"
	case-ship -q slip "$id"
	run -0 case-print return-slip "$id"
	assert_line 'Le transport est à notre charge.'
	refute_line --partial "$id/2"
	echo "UPDATE customers SET email = 'a@acme.example'" | sqlite3 "$CASE_DB"
	id=$(case_of 1010 BETA)
	case-report -q notify -m 'by post' "$id"
	case-report -q respond --outcome held --remedy exchange "$id"
	case-ship -q slip "$id"
	case-mail -n | python3 -m quopri -d | grep -q 'Shipping is at our expense'
}

@test 'hostile words stay words' {
	name="<b>&\"\"'{{number}}</b> Ünïcode 漢字 🔥 and a very long name indeed that goes"
	cat >mean.csv <<-CSV
	code,name,type,language,address,city
	EVIL,"$name on and on and on for more than a line",end,fr,"<!-- -->","</address>"
	CSV
	case-load -q customers mean.csv
	mean=$'</p><script>alert(1)</script> {{#x}} \u202e \x1b[31m \f page'
	id=$(case-open fault --customer EVIL --unit QO120:"<i>'&\"" --contact "$mean" \
	    --pilot ANNE -m "$mean $(printf 'x%.0s' {1..2000})")
	case-triage -q --no-proof -m x "$id" 2>/dev/null || true
	case-triage -q exchange --goodwill yes -m 'welded' "$id"
	case-print return-slip "$id" >text
	sed 's/{{/((/g' text >plain
	prints plain
	grep -qF '\x1b[31m' text
	for document in return-slip label identification-sheet; do
		case-print "$document" -T html "$id" >page.html
		run -0 tidy -q -e page.html
		assert_output ''
		run ! grep -F '<script' page.html
		words <page.html | tr -s ' ' >spoken
		grep -qF "<b>&\"'{{number}}</b> Ünïcode 漢字 🔥" spoken
	done
	grep -qF "</p><script>alert(1)</script> {{#x}} \\u202e \\x1b[31m \\x0c page" spoken
}

@test 'a template of the site replaces the shipped one, a bad one prints nothing' {
	id=$(started exchange)
	mkdir -p site/documents
	case-config template.dir "$PWD/site"
	echo 'Ours: {{number}}, {{#cases}}{{#items}}{{serial}}{{/items}}{{/cases}}' \
	    >site/documents/return-slip.fr.txt
	run -0 case-print return-slip "$id"
	assert_output "Ours: $id, QA-1"
	run -0 case-print return-slip --lang en "$id"
	assert_line --partial 'Return slip'
	printf 'Fine so far\n{{colour}}\n' >site/documents/return-slip.fr.txt
	refuses 1 "site/documents/return-slip.fr.txt:2: there is no 'colour' here" \
	    case-print return-slip "$id"
	echo '{{#cases}}' >site/documents/foot.en.html
	refuses 1 "foot.en.html:1: 'cases' is not closed" \
	    case-print return-slip --lang en -T html "$id"
	printf '\xff' >site/documents/return-slip.fr.txt
	refuses 1 'return-slip.fr.txt: not UTF-8' case-print return-slip "$id"
}

@test 'an identification sheet is about its unit, however many there are' {
	id=$(case-open fault --unit QO120:QA-1 --unit QO120:QA-2 --pilot ANNE \
	    -m x)
	case-triage -q exchange -m x "$id"
	mkdir -p site/documents
	case-config template.dir "$PWD/site"
	echo '{{item_number}}:{{#items}} {{serial}}{{/items}}' \
	    >site/documents/identification-sheet.fr.txt
	run -0 case-print identification-sheet "$id"
	assert_output "$(printf '%s/1: QA-1\n\f%s/2: QA-2' "$id" "$id")"
}

@test 'shipped templates have French spaces and no others, and no names unknown to case(5)' {
	documents=${BATS_TEST_DIRNAME%/tests/cli}/lib/tell/documents
	run -0 python3 - "$documents"/*.fr.* <<-'PYTHON'
	import re, sys
	for path in sys.argv[1:]:
	    text = re.sub(r"<[^>]*>|{{[^}]*}}", "~", open(path).read())
	    for wrong in re.findall(r".*(?:[^ ] [:;!?»]|« |[nN]° |[^\u202f][;!?]|[^\u00a0]:).*", text):
	        print(path, wrong)
	PYTHON
	assert_output ''
	for file in "$documents"/*.fr.*; do
		[ -e "${file/.fr./.en.}" ] || fail "$file has no English"
	done
	grep -ohE '\{\{\{?[#^/]?[a-z_]+' "$documents"/* | tr -d '{#^/' | sort -u >used
	mandoc -Tascii -O width=200 "${documents%/lib/*}/cmd/case.5" | sed 's/.\x08//g' >page
	# And every name that a template may use.
	sed -n 's/.*"\([a-z_ ]*\)".*/\1/p' "${documents%/documents}/template_names.c" |
	    tr ' ' '\n' | sed '/^$/d' | sort -u >>used
	while read -r name; do
		grep -qw -e "$name" page || echo "$name"
	done <used >unknown
	run -0 cat unknown
	assert_output ''
}

@test 'only what prints loads the library of barcodes' {
	ldd "$CASE_BUILD/bin/case-print" | grep -q libqrencode
	for command in open ship show list; do
		run ! grep -q libqrencode < <(ldd "$CASE_BUILD/bin/case-$command")
	done
}
