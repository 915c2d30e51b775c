#!/bin/sh
# nines sync against a real PostgreSQL: stores converge, nothing is lost or doubled, other histories
# are named, teams do not see one another, and no secret is shown.
#
# Needs NINES, PORTS (programs), WORK (a scratch folder), SCHEMAS (the folder of the SQL files).
set -u
here=$(cd "$(dirname "$0")" && pwd)
fail() {
  echo "FAIL: $*" >&2
  [ ! -f "$WORK/run/out" ] || sed 's/^/  /' "$WORK/run/out" | tail -12 >&2
  [ -z "$server" ] || tail -4 "$server/log" >&2
  exit 1
}
skip() {
  echo "SKIPPED: $*: nines sync over PostgreSQL was NOT tested" >&2
  exit 77
}
. "$here/server.sh"
trap server_drop EXIT
trap 'exit 130' INT TERM
rm -rf "$WORK/run"
mkdir -p "$WORK/run/home" && cd "$WORK/run" || exit 1
server_find || skip "PostgreSQL cannot be had"
port=$("$PORTS" --ports 1)
server_make || skip "PostgreSQL does not start here: $(cat "$server/initdb.log" "$server/log" 2>/dev/null | tail -1)"

export HOME="$WORK/run/home" XDG_CONFIG_HOME="$WORK/run/home/.config" XDG_STATE_HOME="$WORK/run/home/.state"
export NINES_ACTOR=tester TZ=UTC
unset NINES_CONFIG NINES_DB
for variable in $(env | sed -n 's/^\(PG[A-Z]*\)=.*/\1/p'); do unset "$variable"; done

at() { echo "postgres://${role:-nines}@/$1?host=$server&port=$port${2:+&stream=$2}"; }
new() { for name in "$@"; do "$NINES" init -q "$name" >/dev/null || fail "no store $name"; done; }
in_store() {  # in_store NAME COMMAND...
  store=$1
  shift
  "$NINES" --db "$store/.nines/nines.db" "$@"
}
change() {  # change STORE REFERENCE: one event (and the first of its writer's name)
  in_store "$1" rca changes add --service shop --reference "$2" --start 2026-11-23T08:00:00Z -q >/dev/null ||
    fail "no change in $1"
}
sync() {  # sync STORE PLACE [OPTION...]
  store=$1
  shift
  in_store "$store" sync "$@" >out 2>&1
}
syncs() { sync "$@" || fail "sync $1 ends with $?"; }
refused() {  # refused CODE TEXT STORE PLACE [OPTION...]
  code=$1 text=$2
  shift 2
  sync "$@"
  got=$?
  [ $got = "$code" ] || fail "sync $1 ends with $got, not $code"
  grep -qF -- "$text" out || fail "sync $1 does not say '$text'"
}
against() {  # against STORE TEXT: what audit verify says about the place of this case
  in_store "$1" audit verify --against "$(at "$case")" >out 2>&1
  says "$2"
}
says() { grep -qF -- "$1" out || fail "nothing says '$1'"; }
seen() { in_store "$1" rca changes list --fields reference -o csv | tr -d '\r' | sed 1d | sort; }
same() {
  for name in "$@"; do
    [ "$(seen "$name")" = "$(seen "$1")" ] || fail "$name and $1 differ"
    in_store "$name" doctor --full >out 2>&1 || fail "$name is damaged"
  done
}
is() { [ "$1" = "$2" ] || fail "$3: '$1' instead of '$2'"; }
replica() { sqlite3 "$1/.nines/nines.db" "SELECT lower(hex(replica)) FROM event WHERE position = 0"; }

. "$here/cases.sh"
. "$here/../fault/measured.sh"

for case in converge first_contact cursor_trap fork witnesses erasure measurements teams damage secrets; do
  sql postgres "CREATE DATABASE $case" || fail "no database $case"
  mkdir "$case" && cd "$case" || exit 1
  "$case"
  cd ..
done
echo "PostgreSQL: stores agree, and what is wrong is named"
