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
#   sound    a quick look at the store after that (default: doctor)
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

# The working folder changes below: a program named from here would not be found there.
for program in "$NINES" "$WRITER" "$SHIM"; do
  case $program in /*) [ -f "$program" ] && continue ;; esac
  echo "FAIL $case_name: '$program' is no file with a whole path"
  exit 1
done

redoable=yes
creates=no
verify() { "$NINES" doctor --full; }  # checks every hash, as audit verify does, and the tables
sound() { "$NINES" doctor; }
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
calls=0
[ ! -f "$WORK/log" ] || calls=$(wc -l <"$WORK/log")
if [ "$calls" -lt 3 ]; then
  echo "FAIL $case_name: only $calls calls seen: the library is not in the way of the program"
  exit 1
fi

# `full` takes every call; `quick` about two for each kind of fault, other ones for each.
stride=$(((calls + 1) / 2))
turn=0
wanted() { [ "$label" = full ] || [ $((($1 + turn) % stride)) -eq 0 ]; }
call() { sed -n "${1}p" "$WORK/log"; }
moves_bytes() {  # only these can be done by half
  case $(call "$1") in *" write "* | *" pwrite "* | *" pwrite64 "* | *" writev "*) true ;; *) false ;; esac
}
# Dying after a call is dying before the next one, so that is tried after the last call only.
tells_more() {  # tells_more KIND CALL
  case $1 in
    after) [ "$2" -eq "$calls" ] ;;
    torn | short) moves_bytes "$2" ;;
    *) true ;;
  esac
}

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
    sound >"$WORK/verify" 2>&1 || fail "damaged by repeating: $(head -3 "$WORK/verify")"
  fi
}

try_kill() {  # try_kill MODE CALL
  where="killed $1 call $2 ($(call "$2"))"
  fresh
  shimmed NINES_KILL_AT="$2" NINES_KILL_MODE="$1"
  code=$?
  [ $code -eq 137 ] || [ "$2" -ge $((calls - 2)) ] || fail "ended with $code instead of being killed"
  check_after_fault $code
}

# One failing call: 5 is EIO, 28 is ENOSPC (from then on, as a full disk is), short writes are no error.
try_error() {  # try_error ERROR CALL
  where="error $1 from call $2 ($(call "$2"))"
  fresh
  sticky=0
  [ "$1" != 28 ] || sticky=1
  shimmed NINES_FAIL_AT="$2" NINES_FAIL_ERRNO="$1" NINES_FAIL_STICKY=$sticky
  code=$?
  case $code in
    0) ;;
    73 | 74) [ -s "$WORK/err" ] || [ "$1" = 28 ] || fail "failed without a word" ;;
    *) fail "ended with $code instead of 0, 73 or 74" ;;
  esac
  check_after_fault $code
}

for kind in before after torn 5 28 short; do
  turn=$((turn + 1))
  n=1
  while [ $n -le "$calls" ]; do
    if tells_more $kind $n && { wanted $n || [ $kind = after ]; }; then
      points=$((points + 1))
      case $kind in
        before | after | torn) try_kill $kind $n ;;
        *) try_error $kind $n ;;
      esac
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
