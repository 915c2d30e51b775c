# An action is added with all its words and its number, and its factor knows it, or nothing is.
setup() {
  "$NINES" init -q && "$NINES" incident open "checkout is down" -q &&
    "$NINES" rca start --method timeline -q && "$NINES" rca hypothesis add pool exhausted -q
}
act() { "$NINES" remediate add limit the pool --incident INC-1 --factor HYP-1; }
state() { "$NINES" remediate list -q && "$NINES" rca why RCA-1 -q; }
redoable=no
