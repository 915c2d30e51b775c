# Taking over passes the command with the acknowledgement, or neither.
setup() {
  "$NINES" init -q && "$NINES" incident open "checkout is down" -q --lead ada &&
    "$NINES" incident handover --to tester -q
}
act() { "$NINES" incident handover --ack; }
state() { "$NINES" incident list --fields title,commander -o csv && "$NINES" incident timeline 1 --fields kind,text -o csv; }
redoable=no
