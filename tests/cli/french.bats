# SPDX-License-Identifier: ISC
# What the commands say to those who read French, and that scripts do not notice.

load ../helper
load ../master

# The machine may have no French locale.
setup_file() {
	export LOCPATH=$BATS_FILE_TMPDIR/locale
	mkdir -p "$LOCPATH"
	localedef -i fr_FR -f UTF-8 "$LOCPATH/fr_FR.UTF-8"
	localedef -i en_GB -f UTF-8 "$LOCPATH/en_GB.UTF-8"
	# newlocale(3) keeps what it made of LOCPATH.
	echo leak:__argz_add_sep >"$LOCPATH/known"
	export LSAN_OPTIONS=suppressions=$LOCPATH/known:print_suppressions=0
}

setup() {
	case_setup
	master_db
	unset LANG LANGUAGE LC_MESSAGES
	export CASE_LOCALE=$CASE_BUILD/share/locale
}

# french COMMAND: in a French locale.
french() {
	env LC_ALL=fr_FR.UTF-8 "$@"
}

# Blanks that do not break a line are read like others here.
plain() {
	sed 's/\xc2\xa0/ /g'
}

# says -CODE COMMAND: what it says, in $said.
says() {
	run --separate-stderr "$1" french "${@:2}"
	said=$(plain <<<"$stderr")
}

# On a terminal, in a French locale.
terminal() {
	TERM=xterm NO_COLOR=1 script -qec "stty cols 160
	    LC_ALL=fr_FR.UTF-8; export LC_ALL; $*" /dev/null | tr -d '\r' | plain
}

# Acts of many kinds, refused ones and warnings among them; numbers and lists on
# standard output.
day() {
	case-open fault --serial QA-1 --channel phone -m 'trips at once'
	case-open fault --serial OLD-1 -m 'buzzes'
	case-open emergency --customer BETA --unit QO120:SN9 --risk people \
	    --at 2026-05-03T22:00 -m 'smoke'
	case-open complaint --customer ACME -m 'the invoice is wrong'
	case-open fault -m 'nobody'
	case-open fault --customer NOBODY --unit LC1 -m 'nobody'
	case-assign --auto 1000015 1000028
	case-triage exchange 1000015 -m 'contact welded'
	case-open fault --serial NOD-1 -m 'hums'
	case-triage --no-proof 1000028
	case-triage repair 1000028 -m 'coil burnt'
	case-order quote --amount 120.50 --until 2026-05-05 1000028
	at 2026-05-07T09:00 case-order order --po 4711 1000028
	case-ship request 1000015
	case-ship slip 1000015 1000028
	case-ship fix 1000015
	case-ship deliver 1000015
	case-ship receive --unit QO120:QA-98 1000015
	case-waive triage -m 'why not' 1000015
	case-close --satisfaction 1 1000015
	case-note -m 'called' --ask 1000015
	case-list --all
	case-list -o case,status,kind,step,owner,due --all
	case-list --json --all
	case-show 1000015
	case-show --json 1000015 1000028
	case-show --why slip 1000015
	case-show --json --why slip 1000015
	case-find QA-1
	case-find --json nothing
	case-flow exchange
	case-flow --json expertise
	case-flow -T dot repair
	case-config
	case-config --json due.exchange.slip
	case-duty
	case-duty --check 2026-05-01 2026-05-04
	case-remind -n --within 30d
	case-mail --list
	case-print return-slip 1000015
	case-print quote 1000015
	case-audit verify
	case-audit rebuild
	case-load -n units /dev/null
	case-ship --completions
	recall-issue --drill --select reference=QO120 --by ANNE
	recall-show
} </dev/null

# day_in NAME LOCALE: the same acts on the same file, kept as NAME.db.
day_in() {
	cp master.db "$CASE_DB"
	LC_ALL=$2 bash -c '. ./day.bash; day' >"$1.out" 2>"$1.err" || true
	cp "$CASE_DB" "$1.db"
}

@test "what scripts read and what is recorded is the same in every locale" {
	declare -f at day >day.bash
	cp "$CASE_DB" master.db
	day_in c C
	day_in english en_GB.UTF-8
	day_in french fr_FR.UTF-8
	[ -s c.out ] && [ -s c.err ]
	cmp c.out english.out
	cmp c.err english.err
	cmp c.out french.out
	run ! cmp -s c.err french.err

	# Nothing French in English, and as many lines of messages.
	run ! grep -P '[^\x00-\x7f]' c.err
	assert_equal "$(wc -l <french.err)" "$(wc -l <c.err)"
	# No message was left in English: those with the same words name data.
	comm -12 <(sort c.err) <(sort french.err) >both
	[ ! -s both ]

	# Events with all their rows; message ids are of chance.
	for name in c french; do
		sqlite3 "$name.db" "SELECT seq, verb, payload FROM event
		    JOIN event_payload USING (seq)" |
		    sed 's/"message_id":"[^"]*"//g' >"$name.events"
	done
	cmp c.events french.events
	grep -q '"warning"' c.events
}

@test "refusals and usage errors are French, with the same exit code" {
	says -2 case-open fault
	assert_equal "$said" "case-open: quel appareil ? donnez --unit \
RÉF[:SÉRIE] ou --serial SÉRIE (voir case-open --help)"
	says -2 case-list --step nothing
	[[ $said == "case-list: --step : « nothing » n’est pas admis"* ]]
	says -2 case-ship slop 1000015
	[[ $said == *"« slop » ne convient pas pour ÉTAPE ; au choix : "* ]]
	says -2 case-ship slip 1000051
	assert_equal "$said" "case-ship: 1000051 : n’est pas un numéro de \
dossier (chiffre de contrôle) ; deux chiffres inversés ?"
	case-open fault --serial QA-1 -m 'trips'
	says -1 case-ship return 1000015
	assert_equal "$said" "case-ship: 1000015 : aucune étape « return » \
n’est ouverte ; sont ouvertes : assign (interlocuteur)"
	says -1 case-close --satisfaction 3 1000015
	assert_equal "$said" "case-close: 1000015 : il ne peut pas encore être \
clos ; sont ouvertes : assign (interlocuteur)"
	says -3 env CASE_DB=/etc/passwd case-list
	[[ $said == *"n’est pas un fichier de dossiers"* ]]
	# What the system says, with its accents.
	says -1 case-load units no-such-file
	assert_equal "$said" \
	    "case-load: no-such-file : Aucun fichier ou dossier de ce type"
}

@test "bad lines of a file and the place of a mistake" {
	printf 'code,name,type,language\nX1,,,de\n' >bad.csv
	says -1 case-load customers bad.csv
	assert_equal "$said" "bad.csv:2: language: « de » n’est pas admis ; au choix : fr en
bad.csv:2: name: manque
bad.csv:2: type: manque
case-load: bad.csv : rien n’a été chargé"
	says -2 recall-issue --drill --by ANNE \
	    --select 'zone=QO'
	assert_equal "${said%%$'\n'*}" "recall-issue: --select : « zone » n’est \
pas une clé ; les clés sont reference, serial, lot, made, sold, plant"
}

@test "a warning is said in French and recorded in English" {
	case-open fault --serial QA-1 -m 'trips'
	case-assign PAUL 1000015
	case-triage exchange -m 'welded' 1000015
	case-ship slip 1000015
	says -0 case-ship receive --unit QO120:QA-99 1000015
	assert_equal "$said" "case-ship: 1000015 : QO120:QA-99 n’était pas \
attendu : c’est maintenant l’article 2, et l’article 1 est toujours attendu"
	run -0 sql "SELECT payload ->> '\$.data.warning' FROM event_payload
	    ORDER BY seq DESC LIMIT 1"
	assert_output "QO120:QA-99 was not expected: it is item 2 now, and item 1 \
is still awaited"
}

@test "why a message did not go is recorded in English" {
	case-open fault --serial QA-1 -m 'trips'
	case-load -q customers <<<'code,name,type,email
	ACME,Acme SA,end,acme@example.org'
	case-open fault --serial QA-2 -m 'trips'
	case-config mail.from desk@example.org
	printf 'x' >file
	case-config template.dir "$PWD/file"
	says -1 case-mail
	[[ $said == *"acknowledgement"* ]] || [[ $said == *" à "* ]]
	LC_ALL=C case-mail --list >c
	french case-mail --list >fr
	cmp c fr
	run -0 grep -c 'Not a directory' c
}

@test "pages on a terminal: French words, aligned, and a pipe stays English" {
	case-open fault --serial QA-1 --channel phone -m 'trips'
	case-assign PAUL 1000015
	case-triage exchange -m 'welded' 1000015
	case-ship slip 1000015
	run -0 terminal case-show 1000015
	assert_line --partial '1000015  fault (dysfonctionnement)  ouvert'
	assert_line --partial 'lun. 4 mai 2026 10:00 par ANNE, par téléphone'
	assert_line 'Appareils'
	assert_line 'À faire'
	assert_line 'Historique'
	assert_line --regexp '^ +garantie en cours.* fin le .* 24 mois ; demandé'
	assert_line --regexp '^  slip \(bordereau de retour\) +faite +lun\.'
	assert_line --regexp 'échéance mer\. 20 mai 2026 18:00 +case-ship return'
	run -0 terminal case-show --why slip 1000015
	assert_line --regexp 'échéance .* 1 j\. ouv\. à compter du lun\. 4 mai'
	assert_line --partial 'jour ouvré'
	run -0 terminal case-list
	assert_line --index 0 --regexp '^dossier +type +client +étape +incombe à'
	# Each heading stands above its column, in characters.
	heading=${lines[0]%%échéance*} row=${lines[1]%%mar. *}
	assert_equal "$(wc -m <<<"$heading")" "$(wc -m <<<"$row")"
	run -0 terminal case-flow repair
	assert_line --partial 'si réparé ou aucun défaut constaté'
	run -0 terminal case-duty
	assert_line --index 1 --regexp '^service clients '
	run -0 french case-show 1000015
	assert_line 'Units'
	run -0 terminal 'case-show 1000015 | head -n 1'
	assert_line --index 0 '1000015  fault  open'
}

@test "figures of a recall stand under their headings" {
	recall-issue --by ANNE --drill --select reference=QO120 >/dev/null
	run -0 terminal recall-issue --by ANNE --drill --yes --units \
	    --select reference=QO120
	assert_line --index 0 --regexp '^référence +n° de série +catégorie'
}

@test "--help is French and names the same options" {
	for command in "$CASE_BUILD"/bin/*; do
		LC_ALL=C "$command" --help >c
		french "$command" --help >fr
		cmp -s <(grep -o -- ' --[a-z-]*' c | sort -u) \
		    <(grep -o -- ' --[a-z-]*' fr | sort -u) ||
		    fail "${command##*/}: other options"
		plain <fr | grep -q '^usage : '
		# Words that are typed stand in both, no sentence does.
		comm -12 <(sed 's/^.\{26\}//' c | sort -u) \
		    <(sed 's/^.\{26\}//' fr | sort -u) >both
		run ! grep -wE 'the|of|with|for|is|are|this' both
		run ! grep -P '^(?!usage| *(case|recall)-)(.{81})' <(plain <fr)
		run ! grep -P '[^\x00-\x7f]' c
	done
}

@test "which variable decides, and a locale that is not there" {
	run -2 env -u LC_ALL LANG=fr_FR.UTF-8 case-open
	assert_output --partial 'manque'
	run -2 env -u LC_ALL LC_MESSAGES=fr_FR.UTF-8 LANG=C case-open
	assert_output --partial 'manque'
	run -2 env LC_ALL=C LANG=fr_FR.UTF-8 LANGUAGE=fr case-open
	assert_output --partial 'missing'
	run -2 env LC_ALL=en_GB.UTF-8 LANGUAGE=fr case-open
	assert_output --partial 'manque'
	run -2 env LC_ALL=fr_FR.UTF-8 LANGUAGE=en case-open
	assert_output --partial 'missing'
	run -2 env LC_ALL=xx_YY.UTF-8 case-open
	assert_output --partial 'missing'
	run -2 env LC_ALL=fr_FR.UTF-8 CASE_LOCALE=/nowhere case-open
	assert_output --partial 'missing'
}
