# Reviewers are asked, all of them, or none is.
setup() {
  "$NINES" init -q && "$NINES" incident open "checkout is down" -q &&
    "$NINES" report postmortem draft INC-1 -q
}
act() { "$NINES" report postmortem review INC-1 --ask bo,cy; }
state() { "$NINES" report postmortem review INC-1 -q; }
