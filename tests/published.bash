# SPDX-License-Identifier: ISC
# shellcheck shell=bash
# Words to look into what case-publish writes. `load ../helper` comes first.

# The page of a case, as a line of COLUMNS of the table page.
# page COLUMNS CASE [DIR]
page() {
	local file

	for file in "${3:-extract}"/pages/???.db; do
		[ -e "$file" ] || continue
		sqlite3 -readonly "$file" "SELECT $1 FROM page
		    WHERE facts ->> '\$.case' = $2"
	done
}

# A jq expression over the facts of a case, raw.
facts() {
	page facts "$1" "${3:-extract}" | jq -r "$2"
}

# A list of steps as words: "slip/1 return/1".
steps_of() {
	facts "$1" "[.$2[] | .step + (if .item then \"/\(.item)\" else \"\"
	    end)] | join(\" \")" "${3:-extract}"
}

# The page of a case as its customer gets it; METHOD and what he sends besides.
# visit CASE [METHOD [TYPE LENGTH]] [<BODY]
visit() {
	local link

	link=$(case-show --link "$1") || return
	env -i PATH="$PATH" ${CASE_NOW:+CASE_NOW=$CASE_NOW} \
	    CASE_PUBLISHED="$PWD/extract" GATEWAY_INTERFACE=CGI/1.1 \
	    REQUEST_METHOD="${2:-GET}" PATH_INFO="/${link##*/}" \
	    CONTENT_TYPE="${3-}" CONTENT_LENGTH="${4-}" case-track
}

# Asserts what a page shows: shows 1000015 'assign' 'triage/1' 'close'. And that
# it is a page.
shows() {
	[[ $(visit "$1") == 'Status: 200 '* ]] || fail "no page: $(visit "$1")"
	assert_equal "$(steps_of "$1" done)" "$2"
	assert_equal "$(steps_of "$1" open)" "$3"
	assert_equal "$(steps_of "$1" ahead)" "$4"
}

# All rows of an extract.
dump() {
	local file

	for file in "${1:-extract}"/pages/*.db; do
		echo "$file:" | sed 's/.*pages//'
		sqlite3 -readonly "$file" .dump
	done
}

# The hash by which the page of a case is found, by other means than ours.
hash_of() {
	case-show --link "$1" | /usr/bin/python3 -c '
import base64, hashlib, sys
token = sys.stdin.read().strip().rsplit("/", 1)[1]
print(hashlib.sha256(base64.urlsafe_b64decode(token + "==")).hexdigest())'
}

# What the page leaves in the spool: answer CASE DEGREE WORDS [DIR].
answer() {
	local dir=${4:-extract} nonce

	nonce=$(page nonce "$1" "$dir")
	[ -n "$nonce" ] || return
	jq -n --arg hash "$(hash_of "$1")" --arg nonce "$nonce" \
	    --argjson at "$(date -d "$CASE_NOW" +%s)" --argjson degree "$2" \
	    --arg text "$3" '{$hash, $nonce, $at, $degree, $text,
	    language: "fr"}' >"$dir/spool/.x"
	mv "$dir/spool/.x" "$dir/spool/$nonce.json"
	echo "$nonce"
}
