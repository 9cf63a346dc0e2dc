# SPDX-License-Identifier: ISC
# shellcheck shell=bash
# The customer's page through lighttpd, as the example configures it, and in a
# browser. `load ../helper` comes first; CASE_PUBLISHED is set.

# Sets url; serve_end() ends it.
serve() {
	local config=${BASH_SOURCE[0]%/*}/../cmd/examples/lighttpd.conf

	port=$(/usr/bin/python3 -c 'import socket; s = socket.socket()
s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
	url=http://127.0.0.1:$port/case
	{
		echo 'server.document-root = env.PWD + "/root"'
		echo "server.port = $port"
		echo 'server.bind = "127.0.0.1"'
		echo 'server.errorlog = env.PWD + "/error.log"'
		sed "s|/usr/local/bin|$CASE_BUILD/bin|
		    s|/var/lib/case/www|$CASE_PUBLISHED|" "$config"
		echo 'accesslog.filename = env.PWD + "/access.log"'
		# shellcheck disable=SC2016 # of lighttpd
		echo '$HTTP["url"] =~ "" {'
		echo "	setenv.add-environment = (\"CASE_NOW\" => \"$CASE_NOW\")"
		echo '}'
	} >server.conf
	mkdir -p root
	lighttpd -tt -f server.conf
	lighttpd -D -f server.conf 3>&- &
	server=$!
	until curl -s -o /dev/null "$url/"; do
		kill -0 "$server"
	done
}

browser() {
	/usr/bin/python3 "${BASH_SOURCE[0]%/*}/oracle/track.py" "$@"
}

serve_end() {
	if [ -n "${server-}" ]; then
		kill "$server"
		wait "$server" || :
	fi
}
