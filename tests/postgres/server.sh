# A PostgreSQL server of our own for a script: it sources this file, then calls
#   server_find   finds Debian's programs, or unpacks them into $WORK; false where they cannot be had
#   server_make   makes the cluster and starts it, on a socket in $server (and on 127.0.0.1:$port, if set)
#   server_start, server_stop [fast|immediate], server_drop
#   sql DATABASE STATEMENT
# It runs as an unprivileged user, trusts whoever reaches its socket as a role, and leaves nothing behind.
# Needs WORK (a scratch folder).
# shellcheck shell=sh
server=

server_find() {
  server_libraries=
  for server_bin in /usr/lib/postgresql/*/bin "$WORK"/programs/usr/lib/postgresql/*/bin; do
    case $server_bin in "$WORK"/*) server_libraries=$(echo "$WORK"/programs/usr/lib/*-linux-gnu) ;; esac
    [ -x "$server_bin/initdb" ] && [ -x "$server_bin/psql" ] && return 0
  done
  rm -rf "$WORK/programs"
  mkdir -p "$WORK/programs" || return 1
  packages="postgresql-15 postgresql-client-15 libpq5 libicu72 libxml2 libldap-2.5-0 libsasl2-2 libreadline8"
  (
    cd "$WORK/programs" || exit 1
    # shellcheck disable=SC2086
    apt-get download -qq $packages || { apt-get update -qq && apt-get download -qq $packages; } || exit 1
    for package in *.deb; do dpkg-deb -x "$package" . || exit 1; done
    rm -f ./*.deb
  ) >/dev/null 2>&1 || return 1
  server_bin=$(echo "$WORK"/programs/usr/lib/postgresql/*/bin)
  server_libraries=$(echo "$WORK"/programs/usr/lib/*-linux-gnu)
  server_program initdb --version >/dev/null 2>&1
}

server_program() {  # server_program NAME ARGUMENT...
  server_called=$1
  shift
  env ${server_libraries:+LD_LIBRARY_PATH="$server_libraries"} "$server_bin/$server_called" "$@"
}

# The server refuses to be run by root.
unprivileged() {
  if [ "$(id -u)" = 0 ]; then
    set -- setpriv --reuid=nobody --regid=nogroup --clear-groups -- "$@"
  fi
  env HOME="$server" LC_ALL=C.UTF-8 ${server_libraries:+LD_LIBRARY_PATH="$server_libraries"} "$@"
}

server_make() {
  # The name of a socket is short, and an ordinary user must get at it.
  server=$(mktemp -d /tmp/nines-postgres.XXXXXX) && chmod 755 "$server" || return 1
  [ "$(id -u)" != 0 ] || chown nobody "$server"
  unprivileged "$server_bin/initdb" -D "$server/data" -U nines -A trust -E UTF8 \
    --no-sync >"$server/initdb.log" 2>&1 || return 1
  {
    echo "unix_socket_directories = '$server'"
    echo "listen_addresses = '${port:+127.0.0.1}'"
    echo "port = ${port:-5432}"
    echo "jit = off"
  } >"$server/settings"
  unprivileged sh -c "cat '$server/settings' >>'$server/data/postgresql.conf'"
  server_start
}

server_start() {
  unprivileged "$server_bin/pg_ctl" -D "$server/data" -l "$server/log" -w -t 60 start >/dev/null 2>&1
}

server_stop() {
  unprivileged "$server_bin/pg_ctl" -D "$server/data" -m "${1:-fast}" -w stop >/dev/null 2>&1
}

server_drop() {
  [ -n "$server" ] || return 0
  server_stop immediate
  rm -rf "$server"
  server=
}

sql() { server_program psql -X -q -A -t -v ON_ERROR_STOP=1 -h "$server" -p "${port:-5432}" -U "${role:-nines}" "$1" -c "$2"; }
