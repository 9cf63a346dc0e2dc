# SPDX-License-Identifier: ISC
# shellcheck shell=bash
# The customer's page through a web server, as its example configures it, and in
# a browser. `load ../helper` comes first; CASE_PUBLISHED is set.

# A folder that the user of a web server reaches, with a short name: one of a
# socket has to fit into 107 bytes. Sets served; serve_end() removes it.
serve_folder() {
	served=$(mktemp -d /tmp/case.XXXXXX) || return
	chmod 755 "$served"
	mkdir -m 755 "$served/bin" "$served/root"
	install -m 755 "$CASE_BUILD/bin/case-track" "$served/bin"
}

# The example for a SERVER, with the places of this test.
serve_example() {
	sed "s|/usr/local/bin|$served/bin|; s|/var/lib/case/www|$CASE_PUBLISHED|
	    s|/var/log/nginx|$served|; s|/run/fcgiwrap.socket|fcgi.socket|
	    s|127.0.0.1:8080|127.0.0.1:$port|" \
	    "${BASH_SOURCE[0]%/*}/../cmd/examples/$1.conf"
}

serve_lighttpd() {
	{
		echo 'server.document-root = env.PWD + "/root"'
		echo "server.port = $port"
		echo 'server.bind = "127.0.0.1"'
		echo 'server.errorlog = env.PWD + "/error.log"'
		serve_example lighttpd
		echo 'accesslog.filename = env.PWD + "/access.log"'
		# shellcheck disable=SC2016 # of lighttpd
		echo '$HTTP["url"] =~ "" {'
		echo "	setenv.add-environment = (\"CASE_NOW\" => \"$CASE_NOW\")"
		echo '}'
	} >server.conf
	lighttpd -tt -f server.conf
	exec lighttpd -D -f server.conf
}

# One process, so that it stays the user it was started as.
serve_nginx() {
	{
		echo 'daemon off; master_process off; pid nginx.pid;'
		echo 'events { }'
		echo 'http {'
		echo 'access_log access.log;'
		for kind in client_body fastcgi proxy scgi uwsgi; do
			echo "${kind}_temp_path $kind;"
		done
		echo "fastcgi_param CASE_NOW $CASE_NOW;" >now.conf
		serve_example nginx | sed '/fastcgi_pass/i include now.conf;'
		echo '}'
	} >server.conf
	nginx -q -t -p "$served" -e error.log -c server.conf
	fcgiwrap -s unix:fcgi.socket &
	echo $! >helper
	exec nginx -p "$served" -e error.log -c server.conf
}

# It refuses to serve as root, and becomes somebody else.
serve_apache() {
	local module

	export APACHE_LOG_DIR=$served
	{
		for module in mpm_event authz_core alias cgid env setenvif; do
			echo "LoadModule ${module}_module" \
			    "/usr/lib/apache2/modules/mod_$module.so"
		done
		echo "ServerRoot $served"
		echo "DocumentRoot $served/root"
		echo "DefaultRuntimeDir $served"
		echo 'PidFile apache.pid'
		echo 'ScriptSock cgid.socket'
		echo 'ErrorLog error.log'
		echo 'LogFormat "%h \"%r\" %>s \"%{Referer}i\"" combined'
		echo "Listen 127.0.0.1:$port"
		echo 'ServerName localhost'
		[ "$(id -u)" -ne 0 ] || printf 'User nobody\nGroup nogroup\n'
		echo "SetEnv CASE_NOW $CASE_NOW"
		echo "<VirtualHost 127.0.0.1:$port>"
		serve_example apache
		echo '</VirtualHost>'
	} >server.conf
	apache2 -t -f "$served/server.conf" 2>tested || { cat tested; return 1; }
	exec apache2 -D FOREGROUND -f "$served/server.conf"
}

# serve lighttpd|nginx|apache: sets url; serve_end() ends it.
serve() {
	[ -n "${served-}" ] || serve_folder
	port=$(/usr/bin/python3 -c 'import socket; s = socket.socket()
s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
	url=http://127.0.0.1:$port/case
	(cd "$served" && PATH=$PATH:/usr/sbin "serve_$1") 3>&- &
	server=$!
	until curl -s -o /dev/null "$url/"; do
		kill -0 "$server"
	done
}

browser() {
	/usr/bin/python3 "${BASH_SOURCE[0]%/*}/oracle/track.py" "$@"
}

# What is in its logs is written by then.
serve_stop() {
	if [ -n "${server-}" ]; then
		kill "$server"
		wait "$server" || :
	fi
	server=
}

serve_end() {
	serve_stop
	[ ! -e "${served-}/helper" ] || kill "$(cat "$served/helper")"
	[ -z "${served-}" ] || rm -r "$served"
}
