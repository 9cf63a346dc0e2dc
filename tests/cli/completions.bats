# SPDX-License-Identifier: ISC
# What the shells themselves offer after a tab. The commands are stand-ins that
# tell what a command tells; that the real ones do so is the last test.
# shellcheck disable=SC2016 # expanded by the shells that are tried

load ../helper

completions=${BATS_TEST_DIRNAME%/tests/cli}/completions

# stand_in NAME: rows on standard input, their fields separated by |.
stand_in() {
	tr '|' '\t' >"bin/$1.rows"
	printf '#!/bin/sh\ncase "$*" in\n' >"bin/$1"
	printf '%s) cat "$0.rows" ;;\n' --completions >>"bin/$1"
	printf '%s) echo 1000015; echo 1000028 ;;\nesac\n' \
	    '"--open -o case --limit"*' >>"bin/$1"
	chmod +x "bin/$1"
}

setup() {
	case_setup
	mkdir bin
	stand_in case-init <<-'END'
		option|--quiet|-q|||print nothing but messages
	END
	stand_in case-list <<-'END'
		option|--columns|-o|LIST||the columns to print, separated by commas
		option|--open||||open ones
		column|case
		column|kind
		column|kind_of
	END
	stand_in case-ship <<-'END'
		option|--at|-a|TIME||when it happened: [now]
		option|--message|-m|TEXT||the words; each further one is a paragraph
		option|--file|-F|FILE||the words from a file, - for standard input
		option|--channel||WAY|phone mail web visit|how it came in
		option|--unit||REF[:SERIAL]||the unit
		words|request slip return send-back
		cases
	END
	stand_in case-triage <<-'END'
		option|--help||||print help and end
		words|exchange repair none
		several
		cases
	END
	stand_in recall-read <<-'END'
		option|--help||||print help and end
		files
	END
	export PATH=$PWD/bin:$PATH
}

# What each shell offers for a line, sorted, one a line.
offer_bash() {
	bash --norc -c '
		. "$1"
		read -ra COMP_WORDS <<<"$2"
		[[ $2 != *" " ]] || COMP_WORDS+=("")
		COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
		$(complete -p "${COMP_WORDS[0]}" |
		    sed "s/.*-F \([^ ]*\).*/\1/") "${COMP_WORDS[0]}"
		printf "%s\n" "${COMPREPLY[@]}"
	' - "$completions/case.bash" "$1" 2>/dev/null | sort
}

offer_fish() {
	fish --no-config -c '
		source $argv[1]
		complete -C $argv[2]
	' "$completions/case.fish" "$1" | cut -f 1 | sort
}

# zsh completes in its editor only, so it gets a terminal; compadd is asked what
# it is given.
offer_zsh() {
	cat >.zshrc <<-END
		PS1='' RPS1=''
		unsetopt beep prompt_sp
		fpath=(${completions@Q} \$fpath)
		autoload -Uz compinit
		compinit -D -u
		compadd() {
			local -a hits
			if [[ \${@[1,(i)(-|--)]} == *-(O|A|D)\\ * ]]; then
				builtin compadd "\$@"
				return
			fi
			builtin compadd -A hits "\$@"
			print -rl -- \$hits >>offered
			builtin compadd "\$@"
		}
		offer() {
			zle complete-word
			BUFFER=exit
			zle accept-line
		}
		zle -N offer
		bindkey '^I' offer
		print READY
	END
	: >offered
	zsh -f -c '
		zmodload zsh/zpty
		zpty shell "env TERM=dumb ZDOTDIR=. zsh -i"
		zpty -r shell line "*READY*"
		zpty -w -n shell "$1"$'\''\t'\''
		while zpty -r shell line; do :; done
		zpty -d shell
	' - "$1"
	grep . offered | sort -u
}

# Is nothing but these offered?
offered_only() {
	local line=$1 shell
	shift

	for shell in bash fish zsh; do
		diff <(printf '%s\n' "$@" | sort) <(offer_$shell "$line") || {
			echo "$shell: '$line'"
			return 1
		}
	done
}

@test 'the act comes first' {
	offered_only 'case-ship ' request slip return send-back
	offered_only 'case-ship s' slip send-back
	offered_only 'case-ship -m words sl' slip
}

@test 'then the open cases' {
	offered_only 'case-ship slip ' 1000015 1000028
	offered_only 'case-ship slip -m words ' 1000015 1000028
	offered_only 'case-ship slip 1000015 ' 1000015 1000028
	offered_only 'case-ship -a now slip 100002' 1000028
}

@test 'several words, where several may be given' {
	offered_only 'case-triage exchange re' repair
	offered_only 'case-triage exchange 100001' 1000015
}

@test 'options by their long names' {
	offered_only 'case-ship --' --at --message --file --channel --unit
	offered_only 'case-ship slip --ch' --channel
}

@test 'the words of an option' {
	offered_only 'case-ship --channel ' phone mail web visit
	offered_only 'case-ship slip 1000015 --channel v' visit
}

@test 'columns, also after the first' {
	offered_only 'case-list -o ' case kind kind_of
	offered_only 'case-list --columns ki' kind kind_of
	for shell in bash fish; do
		[ "$(offer_$shell 'case-list -o kind,c')" = kind,case ]
	done
	[ "$(offer_zsh 'case-list -o kind,c')" = case ]
}

@test 'files where a file is meant' {
	touch words-of-the-customer
	offered_only 'case-ship slip -F words' words-of-the-customer
	offered_only 'recall-read words' words-of-the-customer
}

@test 'what has been typed is not run' {
	local line

	for line in 'case-ship $(touch${IFS}ran)' 'case-ship `touch${IFS}ran`' \
	    'case-list -o $(touch${IFS}ran),' 'case-list -o /;e\ttouch\tran;,'; do
		offer_bash "$line" >said
		offer_fish "$line" >said
	done
	[ ! -e ran ]
}

@test 'every command tells its rows and is completed without being named' {
	local name row any=0

	PATH=$CASE_BUILD/bin:$PATH
	row='(option(	[^	]*){5}|(words|column)	[^	]+|several|cases|files)'
	for name in "$CASE_BUILD"/bin/*; do
		name=${name##*/}
		any=1
		"$name" --completions >rows
		grep -q '^option	--help	' rows
		run ! grep -vxE "$row" rows
		run -0 bash --norc -c '. "$1"; complete -p "$2"' - \
		    "$completions/case.bash" "$name"
		run -0 fish --no-config -c 'source $argv[1]; complete -c $argv[2]' \
		    "$completions/case.fish" "$name"
		assert_output --partial __case_complete
		[[ $name == @(case|recall)-* ]]
	done
	[ $any -eq 1 ]
	run ! grep -qE '(case|recall)-[a-z]' <(grep -v '^#' "$completions/_case" |
	    grep -v 'case-list --open')
}
