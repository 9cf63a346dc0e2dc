# SPDX-License-Identifier: ISC
# shellcheck shell=bash
# The customer's page through each web server for which there is an example, as
# the example has it.

setup() {
	load ../helper
	load ../extract
	load ../track
	case_setup
	serve_folder
	extract_new "$served/www"
	chmod 777 "$CASE_PUBLISHED/spool"
	nonce=0123456789abcdef0123456789abcdef
	token=$(extract_token one)
	survey_facts | extract_page "$token" '' "$nonce"
	printf '<!DOCTYPE html><title>Slip</title>' |
	    extract_document "$token" return-slip
	chmod -R a+rX "$CASE_PUBLISHED"
}

teardown() {
	serve_end
}

# code ARGUMENT...: what a request is answered with; its body is in `got`.
code() {
	curl -s --path-as-is -o got -w '%{http_code}' "$@"
}

# What the page says is what arrives.
hands_on() {
	local name

	curl -si "$url/$token" | tr -d '\r' >got
	ask GET "/$token"
	for name in Content-Security-Policy Referrer-Policy Cache-Control \
	    X-Robots-Tag X-Content-Type-Options; do
		grep -qF "$name: $(header $name)" got
	done
	body | tail -n 5 | grep -qxFf - got
	curl -sI "$url/$token" | grep -q '200 OK'
	curl -s -H 'Accept-Language: en' "$url/nobody" | grep -q '<html lang="en"'
	assert_equal "$(curl -s "$url/$token/return-slip")" \
	    '<!DOCTYPE html><title>Slip</title>'
}

# What nobody asks for in good faith; a server may complain of that at length.
refuses() {
	local path other

	other=$(extract_token other)
	facts | extract_page "$other"
	for path in "/nobody" "/$other/../../../etc/passwd" "/$other/%00" \
	    "/$other/..%2f..%2fetc" "?--help" "/%2e%2e/" "/../case-track" \
	    "/$other/../../bin/case-track"; do
		[[ $(code -L "$url$path") == 40[034] ]] || {
			echo "$path: $(cat got)"
			return 1
		}
		run -1 grep -E 'root:|usage|ELF' got
	done
	assert_equal "$(code -X PUT "$url/$token")" 405
	head -c 100000 /dev/zero >zeros
	assert_equal "$(code --data-binary @zeros "$url/$token")" 413
}

takes_the_answer() {
	assert_equal "$(code "$url/$token" -d "nonce=$nonce&degree=5&text=Bien")" \
	    303
	jq -e '.degree == 5 and .text == "Bien"' \
	    "$CASE_PUBLISHED/spool/$nonce.json"
}

# The address is the secret: no log has it, and others are in the log.
keeps_it_secret() {
	code "${url%/case}/elsewhere"
	serve_stop
	run -0 grep -h elsewhere "$served/access.log"
	run -1 grep -r "$token" "$served" --include=*.log
}

served_well() {
	serve "$1"
	hands_on
	refuses
	takes_the_answer
	keeps_it_secret
}

@test "lighttpd, by its example" {
	served_well lighttpd
}

@test "nginx and fcgiwrap, by their example" {
	served_well nginx
}

@test "Apache, by its example" {
	served_well apache
}
