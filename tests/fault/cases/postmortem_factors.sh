# What the facts propose is proposed, all of it, or nothing is.
setup() {
  "$NINES" init -q && "$NINES" incident open "checkout is down" --service checkout -q
}
act() { "$NINES" report postmortem factors INC-1; }
state() { "$NINES" report postmortem factors INC-1 --dry-run -q; }
