# SPDX-License-Identifier: ISC
# shellcheck shell=bash
# shellcheck disable=SC2030,SC2031,SC2086 # numbers; each test is a subshell
# case-note: remarks, files, questions and answers, links.

setup() {
	load ../helper
	load ../master
	case_setup
	master_db
	id=$(case-open fault --serial QA-1 --pilot ANNE -m x)
}

@test "files are given back byte for byte" {
	head -c 100000 /dev/urandom >'a picture.jpg'
	: >empty
	case-note -q --attach 'a picture.jpg' --attach empty -m 'two files' $id
	printf 'x\0y' >binary
	case-note -q --attach binary $id
	case-show --attachment 1 $id >one
	cmp one 'a picture.jpg'
	case-show --attachment 2 $id >two
	cmp two empty
	case-show --attachment 3 $id | cmp - binary
	assert_equal "$(look $id '.attachments[0] | "\(.name) \(.size)"')" \
	    'a picture.jpg 100000'
	assert_equal "$(look $id '.attachments[0].digest')" \
	    "$(sha256sum 'a picture.jpg' | cut -d' ' -f1)"
	run -1 case-show --attachment 4 $id
	case-audit verify
	case-audit rebuild
}

@test "a file that is too large is refused, and nothing kept" {
	case-config attachment.max 1000
	head -c 1001 /dev/zero >large
	refuses 1 '1000 bytes' case-note --attach large -m x $id
	head -c 1000 /dev/zero >fits
	case-note -q --attach fits -m x $id
	refuses 2 'no-such' case-note --attach no-such -m x $id
	refuses 2 '' case-note --attach / -m x $id
}

@test "a question opens answer, chased and holding nothing up" {
	case-triage -q none -m n $id
	opens $id close
	case-note -q --ask -m 'which voltage?' $id
	opens $id 'answer close'
	assert_equal "$(look $id "$(newest answer) | .owner")" customer
	assert_equal "$(due_of $id answer)" 2026-05-12T18:00:00+02:00
	[[ $(case-show $id) == *'which voltage?'* ]]
	case-note -q --answer -m '230 V' $id
	opens $id close
	refuses 1 'answer' case-note --answer -m again $id
	case-note -q --ask -m 'and the current?' $id
	case-close -q --satisfaction 5 $id
	assert_equal "$(state_of $id answer)" dropped
}

@test "links are shown on both, and only with what exists" {
	other=$(case-open complaint --customer ACME --link $id -m x)
	third=$(case-open fault --serial QA-2 -m x)
	case-note -q --link $third $id
	assert_equal "$(look $id '.links | tostring')" "[$other,$third]"
	assert_equal "$(look $other '.links | tostring')" "[$id]"
	assert_equal "$(look $third '.links | tostring')" "[$id]"
	# A number that could be given, and one that never is.
	refuses 1 'no other case 1000044' case-note --link 1000044 $id
	refuses 2 'not a case number' case-note --link 1000045 $id
	refuses 1 "no other case $id" case-note --link $id $id
}

@test "several links are a list in the event, whose names are unique" {
	a=$(case-open fault --serial QA-2 --pilot ANNE -m x)
	b=$(case-open fault --serial QA-3 --pilot ANNE -m x)
	case-note -q --link "$a" --link "$b" "$id"
	c=$(case-open fault --serial QA-4 --link "$a" --link "$b" -m x)
	for n in "$id" "$c"; do
		case-show --json "$n" |
		    jq -c --stream 'select(length == 2) | .[0]' >names
		assert_equal "$(sort names | uniq -d)" ''
		run -0 field "$n" 'events[-1].data.links | join(" ")'
		assert_output "$a $b"
	done
}

@test "a remark needs words; several are paragraphs" {
	refuses 2 '' case-note $id
	refuses 2 '' case-note -m '' $id
	case-note -q -m one -m two $id
	assert_equal "$(look $id '.events[-1].text')" $'one\n\ntwo'
	echo 'from a file' | case-note -q -F - $id
	assert_equal "$(look $id '.events[-1].text')" 'from a file'
}

# To close it would give up the locks that the command has on it.
@test "the file of the cases itself is not attached, nor loaded" {
	ln "$CASE_DB" same.db
	for file in "$CASE_DB" ./case.db same.db; do
		refuses 2 'is the file of the cases itself' case-note --attach \
		    "$file" "$id"
		refuses 2 'is the file of the cases itself' case-load units \
		    "$file"
	done
	# Kept open by another, so that there is a log.
	sqlite3 "$CASE_DB" 'SELECT 1 FROM origin' '.shell mkfifo go; read x <go' &
	other=$!
	while [ ! -p go ]; do :; done
	refuses 2 'is the file of the cases itself' case-note --attach \
	    case.db-wal "$id"
	echo >go
	wait $other
}
