# SPDX-License-Identifier: ISC
# Every command has a page, and the page, --help and the command agree. What is
# shown in EXAMPLES works: in a literal display, a line that begins with "$ " is
# run with those after it that begin with "> ". The lines under it, if there are
# any, are what it prints; a last line "..." (written "\&...") stands for the
# rest. Everything runs in the demo file, from top to bottom.
# shellcheck disable=SC2016 # awk's dollars

load ../helper

source_of=${BATS_TEST_DIRNAME%/tests/cli}/cmd

# Runs the function with every command; tells which ones it failed for.
for_each_command() {
	local name failed=0 any=0

	for name in "$source_of"/*.c; do
		name=${name##*/}
		name=${name%.c}
		any=1
		"$1" "$name" || { echo "^ $name"; failed=1; }
	done
	[ $any -eq 1 ] && [ $failed -eq 0 ]
}

# Other sections of the page begin with .Sh as well.
section() {
	awk -v name="$2" '/^\.Sh / { inside = substr($0, 5) == name; next }
	    inside' "$source_of/$1.1"
}

# "--at" and "-a", as the page lists them.
options_of_page() {
	awk '/^\.It Fl/ {
		for (i = 2; i <= NF; i++) {
			if ($i != "Fl")
				continue
			if ($(i + 1) == "Fl")
				print "--" $(i += 2)
			else
				print "-" $++i
		}
	}' "$source_of/$1.1" | grep -vxE -- '--(help|version)' | sort -u
}

options_of_help() {
	"$1" --help </dev/null |
	    awk '/^ +-/ { print $1; if ($1 ~ /,$/) print $2 }' | tr -d , |
	    grep -vxE -- '--(help|version)' | sort -u
}

# The page of a command, or one that is named with its section.
page() {
	case $1 in
	*.[57]) echo "$source_of/$1" ;;
	*) echo "$source_of/$1.1" ;;
	esac
}

has_page() {
	mandoc -Tlint -Wstyle "$(page "$1")" |
	    { ! grep -v -e 'referenced manual not found' -e makewhatis; }
}

# Others may stand between them.
sections='NAME SYNOPSIS DESCRIPTION ENVIRONMENT FILES EXIT.STATUS EXAMPLES SEE.ALSO'

has_sections() {
	diff <(tr ' ' '\n' <<<"$sections") \
	    <(sed -n 's/^\.Sh //p' "$source_of/$1.1" | tr ' ' . |
		grep -xE "${sections// /|}")
}

has_exit_codes() {
	section "$1" 'EXIT STATUS' | grep -qxE '\.It (Li )?0' &&
	    section "$1" 'EXIT STATUS' | grep -qxE '\.It (Li )?(2|3)'
}

agrees_on_options() {
	diff <(options_of_page "$1") <(options_of_help "$1")
}

# The words and columns that the command tells the completions.
tells_the_words() {
	local word text

	text=$(mandoc -Tascii -O width=200 "$source_of/$1.1" | sed 's/.\x08//g')
	"$1" --completions </dev/null |
	    awk -F '\t' '$1 == "option" { print $5 }
		$1 == "words" || $1 == "column" { print $2 }' |
	    tr ' ' '\n' | grep . | sort -u | while read -r word; do
		grep -qw -e "$word" <<<"$text" || echo "not in the page: $word"
	done | { ! grep .; }
}

answers_by_itself() {
	local help

	help=$(cd / && CASE_DB=/nonexistent/x "$1" --help </dev/null 2>&1) &&
	    [[ $help == "usage: $1"* ]] &&
	    [ "$(wc -L <<<"$help")" -lt 80 ] &&
	    [[ $(CASE_DB=/nonexistent/x "$1" --version </dev/null) == "$1 (case) "* ]]
}

# Writes a script that runs the examples and leaves what each printed, and what
# it should have, in files.
script_of_examples() {
	mandoc -Tutf8 -O width=240 "$(page "$1")" |
	    sed 's/.\x08//g' | awk '
	function run() {
		if (command == "")
			return
		print "cat <<\047END\047 >said\n" command "\nEND"
		print "{ " command "\n} >got." ++n " || fail"
		command = ""
		shown = 1
	}
	/^[^ ]/ { run(); inside = $0 == "EXAMPLES"; next }
	!inside { next }
	{ sub(/^ +/, "") }
	/^> / && command != "" { command = command "\n" substr($0, 3); next }
	{ run() }
	/^\$ / { command = substr($0, 3); next }
	NF == 0 { shown = 0 }
	shown { print >"want." n }'
}

# What was printed against what the page shows of it; blanks at the ends of lines
# do not count.
as_shown() {
	local want got

	for want in want.*; do
		[ -e "$want" ] || return 0
		got=got.${want#want.}
		if [ "$(tail -n 1 "$want")" = ... ]; then
			sed -i '$d' "$want"
			head -n "$(wc -l <"$want")" "$got" >shown
			mv shown "$got"
		fi
		sed -i 's/^ *//; s/ *$//' "$want" "$got"
		diff "$want" "$got" || return
	done
}

examples_work() {
	mkdir "$1" && cd "$1" || return
	export CASE_DB=$PWD/case.db
	db_demo && case-load -q staff <<-END || return
		code,name,login,roles,skills
		me,Camille Roche,$(id -un),desk pilot expert supervisor,*
	END
	{
		echo 'set -u; fail() { echo "failed:"; cat said; exit 1; }'
		script_of_examples "$1"
	} >script
	grep -q '>said' script || { echo 'no examples'; return 1; }
	bash script </dev/null 2>&1 && as_shown
}

run_examples() {
	(examples_work "$1")
}

@test 'every command has a page without faults' {
	for_each_command has_page
}

@test 'every page has its sections, in order' {
	for_each_command has_sections
}

@test 'every page tells the exit codes' {
	for_each_command has_exit_codes
}

@test 'page and --help list the same options' {
	for_each_command agrees_on_options
}

@test 'every word and column stands in the page' {
	for_each_command tells_the_words
}

@test '--help and --version need no file, and fit 80 columns' {
	for_each_command answers_by_itself
}

@test 'the examples of every page work' {
	for_each_command run_examples
}

@test 'the tour and the page of the file are without faults, their examples work' {
	for general in case.5 case.7; do
		has_page $general
		run_examples $general
	done
}

@test 'the tour names every command and every step' {
	local command step

	for command in "$source_of"/*.c; do
		command=${command##*/}
		grep "^\.Xr ${command%.c} 1" "$source_of/case.7"
	done
	for step in $(case-flow | cut -f 2 | sort -u); do
		grep "^\.It Cm $step Ta" "$source_of/case.7"
	done
}

@test 'the page of the file lists every column of every view, and no other' {
	db_demo
	sqlite3 "$CASE_DB" "SELECT v.name || '.' || c.name FROM sqlite_schema
	    AS v, pragma_table_info(v.name) AS c WHERE v.type = 'view'" |
	    sort >views
	awk '/^\.Sy v_/ { view = $2 } /^\.(Ss|Sh)/ { view = "" }
	    view && /^\.It Li/ { gsub(/,/, ""); for (i = 3; i <= NF; i++)
	    print view "." $i }' "$source_of/case.5" | sort >told
	[ -s views ]
	diff views told
}
