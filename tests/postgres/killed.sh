#!/bin/sh
# nines sync to a real PostgreSQL, cut in the middle of a push: the companion killed, nines killed, the
# server killed. Afterwards all of it is there, once.
#
# Needs NINES, EVENTS, WORK as exchange.sh.
set -u
here=$(cd "$(dirname "$0")" && pwd)
fail() {
  echo "FAIL: $*" >&2
  [ ! -f "$WORK/run/out" ] || sed 's/^/  /' "$WORK/run/out" | tail -12 >&2
  [ -z "$server" ] || tail -4 "$server/log" >&2
  exit 1
}
skip() {
  echo "SKIPPED: $*: a push to PostgreSQL that is cut was NOT tested" >&2
  exit 77
}
. "$here/server.sh"
trap server_drop EXIT
trap 'exit 130' INT TERM
rm -rf "$WORK/run"
mkdir -p "$WORK/run/home" && cd "$WORK/run" || exit 1
server_find || skip "PostgreSQL cannot be had"
server_make || skip "PostgreSQL does not start here: $(cat "$server/initdb.log" "$server/log" 2>/dev/null | tail -1)"
export HOME="$WORK/run/home" XDG_CONFIG_HOME="$WORK/run/home/.config" XDG_STATE_HOME="$WORK/run/home/.state"
export NINES_ACTOR=tester TZ=UTC
unset NINES_CONFIG NINES_DB
place="postgres://nines@/postgres?host=$server"

"$NINES" init -q writer >/dev/null && "$EVENTS" entries 17000 writer/.nines/nines.db >/dev/null || fail "no events"
writer() { "$NINES" --db writer/.nines/nines.db "$@"; }
all=$(sqlite3 writer/.nines/nines.db "SELECT count(*) FROM event")
"$NINES" init -q first >/dev/null
"$NINES" --db first/.nines/nines.db sync "$place" >out 2>&1 || fail "first contact"
# So slow that it can be met in the middle of its work.
sql postgres "CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(0.15); RETURN NULL; END';
  CREATE TRIGGER slow AFTER INSERT ON nines.event FOR EACH STATEMENT EXECUTE FUNCTION slow()" || fail "no trigger"

there() { sql postgres "SELECT count(*) FROM nines.event"; }
half_way() {  # half_way COUNT: once more than so many events are there
  tries=0
  until [ "$(there)" -gt "$1" ]; do
    tries=$((tries + 1)); [ $tries -lt 600 ] || fail "the push does not get on"
    sleep 0.02
  done
}
check() {  # check AFTER: whole transactions only, each event with its body
  count=$(there)
  [ $((count % 4000)) = 0 ] && [ "$count" -lt "$all" ] || fail "after $1 there are $count events"
  [ "$(sql postgres "SELECT count(*) FROM nines.body")" = "$count" ] || fail "after $1 bodies are missing"
}
for victim in companion nines server; do
  before=$(there)
  "$NINES" --db writer/.nines/nines.db sync "$place" >out 2>&1 &
  push=$!
  half_way "$before"
  case $victim in
    companion) kill -9 "$(cat "/proc/$push/task/$push/children")" || fail "no companion to kill" ;;
    nines) kill -9 "$push" ;;
    server) server_stop immediate ;;
  esac
  wait "$push" 2>/dev/null && fail "a push that was cut by the end of the $victim succeeds"
  [ $victim != server ] || server_start || fail "the server does not start again"
  # What a dead client left is ended by the server itself.
  tries=0
  until [ "$(sql postgres "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'nines'")" = 0 ]; do
    tries=$((tries + 1)); [ $tries -lt 600 ] || fail "the connection of a dead $victim stays"
    sleep 0.02
  done
  check "the end of the $victim"
done
sql postgres "DROP TRIGGER slow ON nines.event"
# Two at once, of the same store.
writer sync "$place" >out.2 2>&1 &
second=$!
writer sync "$place" >out 2>&1 || fail "the push goes not on"
wait $second || { cp out.2 out; fail "the second push at once"; }
writer sync "$place" >out 2>&1 && grep -q "sent 0 events" out || fail "something is sent twice"
[ "$(sql postgres "SELECT count(*), max(seq), count(DISTINCT seq) FROM nines.event")" = "$all|$all|$all" ] ||
  fail "the place has $(there) events of $all"
[ "$(sql postgres "SELECT count(*) FROM nines.body")" = "$all" ] || fail "bodies are missing"
# Whoever pulls gets the writer's log, hash by hash, and its bodies.
there() { sql postgres "SELECT md5(string_agg($1, '' ORDER BY seq)) FROM nines.$2"; }
here() { sqlite3 writer/.nines/nines.db "SELECT $1 FROM $2 ORDER BY position" | tr -d '\n' | md5sum | cut -d' ' -f1; }
[ "$(there "encode(hash, 'hex')" event)" = "$(here 'lower(hex(hash))' event)" ] || fail "the place has another log"
[ "$(there "body" body)" = "$(here json body)" ] || fail "the place has other bodies"
echo "PostgreSQL: a push that is cut goes on where it was, with nothing lost and nothing doubled"
