#!/bin/sh
# Sixteen processes log at once: every line is in the timeline once, and nobody hears of a lock.
# Needs NINES (the program) and WORK (a scratch folder).
set -u
writers=16
lines=8
rm -rf "$WORK"
mkdir -p "$WORK/home"
cd "$WORK" || exit 1
unset NINES_CONFIG NINES_DB
export NINES_ACTOR=tester TZ=UTC HOME="$WORK/home" XDG_CONFIG_HOME="$WORK/home/.config"
export XDG_STATE_HOME="$WORK/home/.state"

fail() {
  echo "FAIL $*"
  exit 1
}

"$NINES" init -q && "$NINES" incident open "checkout is down" -q || fail "set-up failed"
writer=0
while [ $writer -lt $writers ]; do
  (
    line=0
    while [ $line -lt $lines ]; do
      "$NINES" log "writer $writer line $line" >>"out.$writer" 2>>"err.$writer" || echo "exit $?" >>"err.$writer"
      line=$((line + 1))
    done
  ) &
  writer=$((writer + 1))
done
wait

cat err.* >errors
[ ! -s errors ] || fail "somebody was refused: $(head -3 errors)"
# A line that had to wait outside the store is not lost, but it says that somebody met a lock.
if grep -il queued out.* >/dev/null; then fail "a line was queued: $(grep -ih queued out.* | head -3)"; fi
"$NINES" incident timeline 1 --fields text -o csv | tr -d '\r' | grep '^writer ' | sort >found
writer=0
while [ $writer -lt $writers ]; do
  line=0
  while [ $line -lt $lines ]; do
    echo "writer $writer line $line"
    line=$((line + 1))
  done
  writer=$((writer + 1))
done | sort >expected
cmp -s expected found || fail "the timeline is not what was logged: $(diff expected found | head -5)"
"$NINES" audit verify >/dev/null || fail "the log does not verify"
"$NINES" doctor --full >/dev/null || fail "the tables do not follow from the log"
echo "$((writers * lines)) lines by $writers processes"
