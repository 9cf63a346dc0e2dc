# SPDX-License-Identifier: ISC
# shellcheck shell=bash
# An extract as case-publish makes it, by other means, with what no case has in
# it. The page is asked as a web server asks it.

# extract_new [FOLDER]
extract_new() {
	export CASE_PUBLISHED=${1:-$BATS_TEST_TMPDIR/www}
	mkdir -p "$CASE_PUBLISHED/pages" "$CASE_PUBLISHED/spool"
	sqlite3 "$CASE_PUBLISHED/pages/none.db" \
	    <"${BASH_SOURCE[0]%/*}/../lib/store/extract/0001.sql"
}

# extract_token NAME: a link, always the same one of a name.
extract_token() {
	printf %s "$1" | sha256sum | cut -c 1-32 | tr a-f A-F |
	    basenc --base16 -d | basenc --base64url | tr -d =
}

extract_hash() {
	printf '%s==' "$1" | tr -- -_ +/ | base64 -d | sha256sum | cut -c 1-64
}

# extract_file HASH: where it is kept, made if need be.
extract_file() {
	local file=$CASE_PUBLISHED/pages/${1:0:3}.db

	[ -e "$file" ] || cp "$CASE_PUBLISHED/pages/none.db" "$file"
	echo "$file"
}

# extract_page TOKEN [EXPIRES [NONCE]]: facts on standard input.
extract_page() {
	local hash file

	hash=$(extract_hash "$1")
	file=$(extract_file "$hash")
	cat >facts
	sqlite3 "$file" "INSERT OR REPLACE INTO page (hash, expires_at, nonce,
	    facts) VALUES (x'$hash', ${2:-NULL}, nullif('${3-}', ''),
	    CAST(readfile('facts') AS TEXT))"
}

# extract_document TOKEN NAME: its bytes on standard input.
extract_document() {
	local hash

	hash=$(extract_hash "$1")
	/usr/bin/python3 -c '
import base64, ctypes, hashlib, os, sys
plain = sys.stdin.buffer.read()
token = base64.urlsafe_b64decode(sys.argv[1] + "==")
key = hashlib.sha256(b"case document" + token).digest()
nonce = os.urandom(24)
sealed = ctypes.create_string_buffer(len(plain) + 16)
ctypes.CDLL("libsodium.so.23").crypto_secretbox_easy(sealed, plain,
    ctypes.c_ulonglong(len(plain)), nonce, key)
sys.stdout.buffer.write(nonce + sealed.raw)' "$1" >sealed
	sqlite3 "$(extract_file "$hash")" "INSERT OR REPLACE INTO
	    document (hash, name, bytes)
	    VALUES (x'$hash', '$2', readfile('sealed'))"
}

# facts [JQ]: those of a case that waits for the customer's parcel, changed.
facts() {
	jq -c "${1:-.}" <<-'END'
	{"case": 1000423, "kind": "fault", "language": "fr",
	 "status": "open", "zone": "Europe/Paris", "company": "Ampère",
	 "hotline": {"national": "0 800 123 456", "abroad": "+33 1 23 45 67 89"},
	 "opened_at": 1777878720, "closed_at": null,
	 "items": [{"item": 1, "reference": "QO120", "serial": "QA-1",
	    "name": "Disjoncteur"}],
	 "done": [
	  {"step": "assign", "process": "fault", "item": null,
	   "owner": "pilot", "at": 1777879200},
	  {"step": "slip", "process": "exchange", "item": 1,
	   "owner": "pilot", "at": 1777879800}],
	 "open": [
	  {"step": "return", "process": "exchange", "item": 1,
	   "owner": "customer", "due_at": 1779206400, "limit_at": null,
	   "binds_at": 1779206400, "binds": "due", "chased": true}],
	 "ahead": [
	  {"step": "receive", "process": "exchange", "item": 1,
	   "owner": "logistics"},
	  {"step": "close", "process": "fault", "item": null,
	   "owner": "pilot"}],
	 "documents": ["return-slip"], "survey": null}
	END
}

# The same with a survey to answer.
survey_facts() {
	facts '.survey = {item: 1} | .kind = "expertise" | .open = [{
	    step: "survey", process: "expertise", item: 1, owner: "customer",
	    due_at: 1779206400, limit_at: null, binds_at: 1779206400,
	    binds: "due", chased: true}]'
}

# ask METHOD PATH [VARIABLE=VALUE]...: the whole answer, in `answer`.
ask() {
	env -i CASE_NOW="$CASE_NOW" CASE_PUBLISHED="$CASE_PUBLISHED" \
	    GATEWAY_INTERFACE=CGI/1.1 SERVER_PROTOCOL=HTTP/1.1 \
	    REQUEST_METHOD="$1" PATH_INFO="$2" "${@:3}" \
	    "$CASE_BUILD/bin/case-track" >answer
}

# post PATH BODY [VARIABLE=VALUE]...
post() {
	printf %s "$2" | ask POST "$1" CONTENT_LENGTH="$(printf %s "$2" | wc -c)" \
	    CONTENT_TYPE=application/x-www-form-urlencoded "${@:3}"
}

status() {
	sed -n '1s/^Status: \([0-9]*\) .*/\1/p' answer
}

# header NAME: its value.
header() {
	sed -n "/^\$/q; s/^$1: //p" answer
}

body() {
	sed '1,/^$/d' answer
}

# What a reader reads, on one line; spaces that do not break are plain.
page_text() {
	body | sed '/<style>/,/<\/style>/d; s/<[^>]*>/ /g' | tr '\n\t' '  ' |
	    sed 's/\xc2\xa0/ /g; s/\xe2\x80\xaf/ /g; s/  */ /g
		s/ \([.,]\)/\1/g'
}

# shows TEXT: is it on the page, white space aside?
shows() {
	page_text | grep -qF -e "$1" || {
		echo "not on the page: $1"
		page_text
		return 1
	}
}
