# A factor is on record if and only if its proposal is accepted.
setup() {
  "$NINES" init -q && "$NINES" incident open "checkout is down" --service checkout -q &&
    "$NINES" report postmortem factors INC-1 -q
}
act() { "$NINES" report postmortem factors INC-1 --accept 1; }
state() { "$NINES" report postmortem factors INC-1 --dry-run -q; }
redoable=no
