# SPDX-License-Identifier: ISC
# shellcheck shell=bash
# Completion for the case-* and recall-* commands. Each command tells its own
# options, words and columns (COMMAND --completions), so that a new one needs no
# change here. The numbers of open cases come from case-list.

# A field of each row of one sort, of what the command said.
_case_rows() {
	awk -F '\t' -v sort="$1" -v field="$2" '$1 == sort { print $field }' \
	    <<<"$_case_said"
}

# A field of the row of an option, found by either name.
_case_option() {
	awk -F '\t' -v name="$1" -v field="$2" '$1 == "option" &&
	    ($2 == name || $3 == name) { print $field }' <<<"$_case_said"
}

# Offers the lines that begin with what is there; nothing in them is expanded.
_case_offer() {
	local line

	while IFS= read -r line; do
		if [[ -n $line && $line == "$_case_word"* ]]; then
			COMPREPLY+=("$line")
		fi
	done
}

_case_offer_files() {
	compopt -o filenames 2>/dev/null
	mapfile -t COMPREPLY < <(compgen -f -- "$_case_word")
}

# The value of an option: one of its words, a list of columns, or a file.
_case_value() {
	local before='' column

	case $(_case_option "$1" 2) in
	--columns)
		[[ $_case_word != *,* ]] || before=${_case_word%,*},
		compopt -o nospace 2>/dev/null
		_case_offer < <(_case_rows column 2 |
		    while read -r column; do echo "$before$column"; done)
		return ;;
	esac
	_case_offer < <(_case_option "$1" 5 | tr ' ' '\n')
	case $(_case_option "$1" 4) in
	FILE | DIR) _case_offer_files ;;
	esac
}

# The operands before the cursor: options and their values are none.
_case_operands() {
	local i word n=0

	for ((i = 1; i < COMP_CWORD; i++)); do
		word=${COMP_WORDS[i]}
		case $word in
		-?*)
			if [[ ${COMP_WORDS[i + 1]-} == '=' ]]; then
				i=$((i + 2))
			elif [[ -n $(_case_option "$word" 4) ]]; then
				i=$((i + 1))
			fi ;;
		*) n=$((n + 1)) ;;
		esac
	done
	echo "$n"
}

_case_operand() {
	local words

	words=$(_case_rows words 2)
	if [[ -n $words ]] && { [[ -n $(_case_rows several 1) ]] ||
	    [[ $(_case_operands) -eq 0 ]]; }; then
		_case_offer < <(tr ' ' '\n' <<<"$words")
		[[ ${#COMPREPLY[@]} -eq 0 ]] || return
	fi
	if [[ -n $(_case_rows cases 1) ]]; then
		_case_offer < <(case-list --open -o case --limit 100 \
		    </dev/null 2>/dev/null)
	elif [[ -n $(_case_rows files 1) ]]; then
		_case_offer_files
	fi
}

_case() {
	local _case_word=${COMP_WORDS[COMP_CWORD]} _case_said
	local before=${COMP_WORDS[COMP_CWORD - 1]}

	COMPREPLY=()
	_case_said=$("$1" --completions </dev/null 2>/dev/null) || return
	# The shell makes three words of --option=value.
	if [[ $_case_word == '=' ]]; then
		_case_word=''
	elif [[ $before == '=' ]]; then
		before=${COMP_WORDS[COMP_CWORD - 2]}
	fi
	if [[ $before == -?* && -n $(_case_option "$before" 4) ]]; then
		_case_value "$before"
	elif [[ $_case_word == -* ]]; then
		_case_offer < <(_case_rows option 2)
	else
		_case_operand
	fi
}

# The commands are those that lie beside case-init.
_case_register() {
	local path

	path=$(type -P case-init) || return
	for path in "${path%/*}"/case-* "${path%/*}"/recall-*; do
		[[ ! -x $path ]] || complete -F _case "${path##*/}"
	done
}
_case_register
