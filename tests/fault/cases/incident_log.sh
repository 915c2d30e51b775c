# A line for the timeline, with one that had waited: acknowledged lines are in the store or queued.
setup() {
  "$NINES" init -q && "$NINES" log waiting line -- -q &&
    "$NINES" incident open "checkout is down" -q --service checkout
}
act() { "$NINES" log restarted the primary; }
state() { "$NINES" incident timeline 1 --fields kind,text -o csv; }
redoable=no
# What waits is part of the state before.
export XDG_STATE_HOME="$WORK/run/.state"
