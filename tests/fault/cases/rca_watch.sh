# A watch is armed whole, or not at all.
setup() {
  "$NINES" init -q && "$NINES" incident open "checkout is down" -q &&
    "$NINES" rca start --method timeline -q && "$NINES" rca hypothesis add pool exhausted -q
}
act() { "$NINES" rca hypothesis watch HYP-1 --alert PoolFull --expr up --service checkout --every 7d; }
state() { "$NINES" rca hypothesis watches -q; }
redoable=no
