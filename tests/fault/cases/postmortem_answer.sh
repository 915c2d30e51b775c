# A question for a name is on record with its answer, or not at all.
setup() {
  "$NINES" init -q && "$NINES" incident open "checkout is down" -q &&
    "$NINES" report postmortem draft INC-1 -q
}
act() { "$NINES" report postmortem answer INC-1 --to board --asked "who did it?"; }
state() { "$NINES" report postmortem show INC-1 --accountability -q; }
redoable=no
