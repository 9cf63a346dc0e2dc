# SPDX-License-Identifier: ISC
# shellcheck shell=bash
# shellcheck disable=SC2030,SC2031,SC2086 # numbers; each test is a subshell
# The address of the customer's page: made anew each time, known to nobody else.

setup() {
	load ../helper
	load ../master
	case_setup
	master_db
	case-config web.url https://follow.example/case
	id=$(case-open fault --serial QA-1 --pilot ANNE -m x)
}

# What the address should be, by other means than ours: token CASE RENEWED.
token() {
	python3 - "$(sql 'SELECT hex(secret) FROM secret')" "$1" "$2" <<-'END'
		import base64, hashlib, struct, sys
		secret, case, renewed = sys.argv[1:]
		digest = hashlib.sha256(b'case link' + bytes.fromhex(secret) +
		    struct.pack('>qq', int(case), int(renewed))).digest()
		print(base64.urlsafe_b64encode(digest[:16]).rstrip(b'=').decode())
	END
}

@test 'the address is the setting and a token, always the same' {
	run -0 case-show --link $id
	assert_output "https://follow.example/case/$(token $id 0)"
	[[ $output =~ /[A-Za-z0-9_-]{22}$ ]]
	case-triage -q none -m n $id
	assert_equal "$(case-show --link $id)" "$output"
	assert_equal "$(case-show --link $id/1)" "$output"
	case-show --link --json $id | jq -e --arg link "$output" \
	    --argjson id $id '. == {"case": $id, "link": $link}'
	assert_equal "$(case-list -o case | case-show --link)" "$output"
}

@test 'other cases and other files have others' {
	other=$(case-open fault --serial QA-2 -m x)
	run -0 case-show --link $id $other
	assert_equal "$(sort -u <<<"$output" | wc -l)" 2
	one=${lines[0]}
	# The same case of another file: another secret.
	export CASE_DB=$PWD/other.db
	master_load
	case-config web.url https://follow.example/case
	assert_equal "$(case-open fault --serial QA-1 -m x)" $id
	assert_not_equal "$(case-show --link $id)" "$one"
}

@test 'without an address of the page it is refused, with what to do' {
	case-config --unset web.url
	run -1 --separate-stderr case-show --link $id
	assert_output ''
	assert_equal "$stderr" "case-show: $id: the customer's page has no \
address; case-config web.url https://... sets it"
	run -1 --separate-stderr case-show --link 1000028
	assert_equal "$stderr" 'case-show: 1000028: no such case'
	run -2 case-show --link --why triage $id
	run -2 case-show --link --attachment 1 $id
}

@test 'a new link replaces the old one, in the journal' {
	old=$(case-show --link $id)
	run -0 case-note --new-link $id
	assert_output $id
	assert_equal "$(case-show --link $id)" \
	    "https://follow.example/case/$(token $id 1)"
	assert_not_equal "$(case-show --link $id)" "$old"
	case-note -q --new-link -m 'was forwarded' $id
	assert_equal "$(case-show --link $id)" \
	    "https://follow.example/case/$(token $id 2)"
	assert_equal "$(look $id '.events[-1] | "\(.verb) \(.text)"')" \
	    'new-link was forwarded'
	case-audit verify
	case-audit rebuild
}

@test 'a new link survives what happens later' {
	case-note -q --new-link $id
	link=$(case-show --link $id)
	case-triage -q none -m n $id
	case-close -q --satisfaction 5 $id
	case-note -q --new-link $id
	assert_not_equal "$(case-show --link $id)" "$link"
	case-close -q --reopen -m again $id
	assert_equal "$(case-show --link $id)" \
	    "https://follow.example/case/$(token $id 2)"
	case-audit rebuild
}

@test 'what makes no sense with --new-link is refused' {
	refuses 2 'exclude each other' case-note --new-link --ask -m x $id
	refuses 2 'exclude each other' case-note --new-link --answer -m x $id
	refuses 1 'no such case' case-note --new-link 1000028
	refuses 1 'future' case-note --new-link --at 2027-01-01 $id
}

@test 'it dies so many days after closing, and lives again when reopened' {
	case-triage -q none -m n $id
	case-close -q --satisfaction 5 $id
	link=$(case-show --link $id)
	assert_equal "$(at 2026-08-02T09:59:59+02:00 case-show --link $id)" \
	    "$link"
	export CASE_NOW=2026-08-02T10:00:00+02:00
	run -1 --separate-stderr case-show --link $id
	assert_equal "$stderr" "case-show: $id: its link died on \
2026-08-02T10:00:00+02:00; case-config web.days says how long after closing"
	case-config web.days 91
	assert_equal "$(case-show --link $id)" "$link"
	case-config web.days 1
	run -1 case-show --link $id
	case-close -q --reopen -m again $id
	assert_equal "$(case-show --link $id)" "$link"
}

@test 'neither the journal nor a table holds a token' {
	case-note -q --new-link $id
	case-triage -q none -m n $id
	case-close -q --satisfaction 5 $id
	link=$(case-show --link $id)
	sqlite3 "$CASE_DB" .dump >dump
	run -1 grep -F -e "${link##*/}" -e "$(token $id 0)" dump
	run -1 grep -a -F -e "${link##*/}" -e "$(token $id 0)" "$CASE_DB"
}
