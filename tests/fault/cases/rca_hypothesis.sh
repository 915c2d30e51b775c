# A judged hypothesis has its state, its reason and its action together, or none of them.
setup() {
  "$NINES" init -q && "$NINES" incident open "checkout is down" -q &&
    "$NINES" rca start --method timeline -q && "$NINES" rca hypothesis add pool exhausted -q
}
act() { "$NINES" rca hypothesis set HYP-1 --state confirmed --because seen --action OPS-1; }
state() { "$NINES" rca why RCA-1 -q; }
redoable=no
