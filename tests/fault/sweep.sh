#!/bin/sh
# Runs one command of cases/CASE.sh many times, killed or failing at another call each time, and
# checks what is left: sweep.sh CASE quick|full.
#
# A case sets, with the working folder as its whole world:
#   setup    makes the state before the command
#   act      the command under test, whose standard output is its acknowledgement
#   state    prints what is recorded, without identifiers and times
#   verify   fails when the store is damaged
#   again    repeats the command after a crash (default: act); `redoable=no` leaves that out
#   creates=yes   the state before is no store at all, or a damaged one, and is not verified
# Needs NINES, WRITER (programs), SHIM (the preloaded library), WORK (a scratch folder).
set -u
here=$(cd "$(dirname "$0")" && pwd)
case_name=$1
label=$2
faults=0
points=0

fail() {
  faults=$((faults + 1))
  echo "FAIL $case_name, $where: $*"
  [ ! -s "$WORK/out" ] || sed 's/^/  out: /' "$WORK/out" | head -5
  [ ! -s "$WORK/err" ] || sed 's/^/  err: /' "$WORK/err" | head -5
  [ $faults -lt 10 ] || { echo "too many failures"; exit 1; }
}

redoable=yes
creates=no
verify() {
  "$NINES" doctor --full && "$NINES" audit verify
}
again() { act; }
. "$here/cases/$case_name.sh"

unset NINES_CONFIG
# The store is named, so that one made by another program than nines init needs no trust.
export NINES_DB=.nines/nines.db
export NINES_ACTOR=tester TZ=UTC HOME="$WORK/home" XDG_CONFIG_HOME="$WORK/home/.config"
rm -rf "$WORK"
mkdir -p "$WORK/run" "$HOME"
(cd "$WORK/run" && setup) >"$WORK/out" 2>"$WORK/err" || { where=setup; fail "set-up failed"; exit 1; }
cp -a "$WORK/run" "$WORK/start"

# Files are put back in place: a store that finds itself in another file is a copy, and takes a new
# identity.
fresh() {
  cd "$WORK/run" || exit 1
  find . -mindepth 1 | while read -r path; do
    [ -e "$WORK/start/$path" ] || rm -rf "$path"
  done
  cp -pR "$WORK/start/." .
}
shimmed() {  # shimmed NAME=VALUE...: runs the command with the library preloaded
  (
    for setting in "$@"; do export "${setting?}"; done
    export LD_PRELOAD="$SHIM"
    act
  ) >"$WORK/out" 2>"$WORK/err"
}
is_sane() {  # the store as it lies there
  if [ "$creates" = yes ] && [ "$(state 2>/dev/null)" = "$before" ]; then return 0; fi
  verify >"$WORK/verify" 2>&1 || { fail "damaged: $(head -3 "$WORK/verify")"; return 1; }
}

# The two states that may be seen, and the number of points.
fresh
before=$(state 2>/dev/null)
shimmed NINES_FAULT_LOG="$WORK/log" || { where=start; fail "the command fails without any fault"; exit 1; }
after=$(state)
[ "$before" != "$after" ] || { where=start; fail "the command changes nothing that 'state' shows"; exit 1; }
where=start
is_sane
calls=$(wc -l <"$WORK/log")
if [ "$calls" -lt 3 ]; then
  echo "FAIL $case_name: only $calls calls seen: the library is not in the way of the program"
  exit 1
fi

# `full` takes every call; `quick` about two for each kind of fault, other ones for each.
stride=$(((calls + 1) / 2))
turn=0
wanted() { [ "$label" = full ] || [ $((($1 + turn) % stride)) -eq 0 ]; }

check_after_fault() {  # check_after_fault CODE
  now=$(state 2>/dev/null)
  if [ "$now" != "$before" ] && [ "$now" != "$after" ]; then
    fail "half applied: $(echo "$now" | head -3)"
  elif [ "$now" = "$before" ] && { [ "$1" = 0 ] || [ -s "$WORK/out" ]; }; then
    fail "acknowledged and lost"
  fi
  is_sane || return
  if [ "$redoable" = yes ]; then
    again >"$WORK/out" 2>"$WORK/err" || { fail "repeating the command failed with $?"; return; }
    [ "$(state)" = "$after" ] || fail "repeating the command ends elsewhere"
    is_sane
  fi
}

for mode in before after torn; do
  turn=$((turn + 1))
  n=1
  while [ $n -le "$calls" ]; do
    if wanted $n; then
      where="killed $mode call $n ($(sed -n ${n}p "$WORK/log"))"
      fresh
      shimmed NINES_KILL_AT=$n NINES_KILL_MODE=$mode
      code=$?
      points=$((points + 1))
      [ $code -eq 137 ] || [ $n -ge $((calls - 2)) ] || fail "ended with $code instead of being killed"
      check_after_fault $code
    fi
    n=$((n + 1))
  done
done

# One failing call: 5 is EIO, 28 is ENOSPC (from then on, as a full disk is), short writes are no error.
for error in 5 28 short; do
  turn=$((turn + 1))
  n=1
  while [ $n -le "$calls" ]; do
    if wanted $n; then
      where="error $error from call $n ($(sed -n ${n}p "$WORK/log"))"
      fresh
      sticky=0
      [ $error != 28 ] || sticky=1
      shimmed NINES_FAIL_AT=$n NINES_FAIL_ERRNO=$error NINES_FAIL_STICKY=$sticky
      code=$?
      points=$((points + 1))
      case $code in
        0) ;;
        73 | 74) [ -s "$WORK/err" ] || [ $error = 28 ] || fail "failed without a word" ;;
        *) fail "ended with $code instead of 0, 73 or 74" ;;
      esac
      check_after_fault $code
    fi
    n=$((n + 1))
  done
done

# Standard output that takes nothing is a failure, whatever was recorded.
where="output to a full device"
fresh
act >/dev/full 2>"$WORK/err"
code=$?
[ $code -eq 74 ] || fail "ended with $code instead of 74"
points=$((points + 1))

echo "$case_name: $points points of $calls calls, $faults failures"
[ $faults -eq 0 ]
