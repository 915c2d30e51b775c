#!/bin/sh
# What commands record goes to the remote by itself, in a process that nobody waits for, and what
# others recorded comes: over a real git repository, with the network cut in the middle.
# Needs NINES (program) and WORK (a scratch folder).
set -eu
fail() { echo "FAIL: $*"; exit 1; }

rm -rf "$WORK"
mkdir -p "$WORK/ada" "$WORK/bob" "$WORK/home"
cd "$WORK"
export HOME="$WORK/home" XDG_CONFIG_HOME="$WORK/home/.config" TZ=UTC
unset NINES_DB NINES_CONFIG NINES_SYNC NINES_NOW 2>/dev/null || true
git init -q --bare --template= hub.git
as() { # as NAME COMMAND...: in that person's folder
  (cd "$WORK/$1" && shift && NINES_ACTOR=x "$NINES" "$@")
}
for who in ada bob; do
  as $who init -q >"$WORK/out"
  echo "sync: git:../hub.git" >"$WORK/$who/.nines.yaml"
done
refs() { git -C hub.git for-each-ref | cksum; }
wait_for() { # wait_for WHAT COMMAND...: until it succeeds
  what=$1
  shift
  n=0
  until "$@"; do
    n=$((n + 1))
    [ $n -lt 200 ] || fail "not within 20 s: $what"
    sleep 0.1
  done
}
moved() { [ "$(refs)" != "$before" ]; }
undelivered() { as ada status -o json | sed -n 's/.*"undelivered": \([0-9]*\).*/\1/p'; }
is_waiting() { as ada status -o json | grep -q '"failed_at": "'; }
all_there() { [ "$(undelivered)" = 0 ]; }
at_rest() { # no process holds the lock of the work folder
  for folder in "$WORK"/*/.nines/sync/*/; do
    flock -n "$folder" true && flock -n "${folder}queue" true || return 1
  done
}

# A place that is only named is not used: somebody has to go there first.
before=$(refs)
as ada incident open "the database is down" --severity 1 -q >out
sleep 0.5
moved && fail "something was sent before nines sync"
as ada sync >out
moved || fail "nines sync sent nothing to the configured place"
as bob sync >out

# What is recorded is sent; the command does not wait for it and does not fail by it.
before=$(refs)
as ada log 'the primary does not answer' >out
wait_for "the first line is sent" moved
wait_for "what is there is known" all_there

# Cut off: commands go on, and the status says what waits.
mv hub.git away.git
as ada log 'failing over' >out || fail "a command failed because the remote is away"
wait_for "the failure is recorded" is_waiting
[ "$(undelivered)" = 1 ] || fail "the status does not say what waits"
as ada status 2>&1 >out | grep -q '1 event not delivered to git:' || fail "the status does not warn"
as bob log 'I see it too' >out
mv away.git hub.git

# The next command delivers both; another one receives by tick.
as ada log 'the replica took over' >out
wait_for "all is sent" all_there
as bob tick >out
as bob incident timeline >out
grep -q 'the replica took over' out || fail "tick did not receive"
wait_for "bob's line is there" at_rest

# Many commands at once: one process sends, one waits, and nothing is left behind.
for i in 1 2 3 4 5 6 7 8 9 10; do as ada log "line $i" >out; done
wait_for "all lines are sent" all_there
wait_for "every process has ended" at_rest
as bob sync >out
as ada sync >out
as bob sync >out
for who in ada bob; do as $who incident timeline -o csv --fields text >"$who.txt"; done
cmp ada.txt bob.txt || fail "the timelines differ"
[ "$(grep -c 'line ' ada.txt)" = 10 ] || fail "lines are lost or double"

# Switched off, nothing moves.
before=$(refs)
echo "sync-by-itself: false" >>ada/.nines.yaml
as ada log 'quiet' >out
sleep 0.5
moved && fail "something was sent though that is switched off"
echo "background: what is recorded is sent, received, and said where it waits"
