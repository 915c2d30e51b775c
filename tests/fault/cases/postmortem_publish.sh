# A text is published with what it was made from, or it is not.
setup() {
  "$NINES" init -q && "$NINES" incident open "checkout is down" -q &&
    "$NINES" report postmortem draft INC-1 -q &&
    "$NINES" report postmortem review INC-1 --ask bo -q &&
    NINES_ACTOR=bo "$NINES" report postmortem review INC-1 --approve -q
}
act() { "$NINES" report postmortem publish INC-1; }
state() { "$NINES" report postmortem list -q; }
redoable=no
