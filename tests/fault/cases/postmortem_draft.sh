# A draft is recorded whole, with its number and its words to search for, or not at all.
setup() {
  "$NINES" init -q && "$NINES" incident open "checkout is down" -q
}
act() { "$NINES" report postmortem draft INC-1; }
state() { "$NINES" report postmortem list -q; }
redoable=no
