# A text that comes back is the newest revision, or the one before it stays.
setup() {
  "$NINES" init -q && "$NINES" incident open "checkout is down" -q &&
    "$NINES" report postmortem draft INC-1 -q &&
    "$NINES" report postmortem show INC-1 -o md >text.md && echo "the lock was held" >>text.md
}
act() { "$NINES" report postmortem edit INC-1 --from text.md; }
state() { "$NINES" report postmortem show INC-1 -o md; }
redoable=no
