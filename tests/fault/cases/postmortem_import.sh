# An imported document is whole, with the incident that it names, or not there.
setup() {
  "$NINES" init -q && "$NINES" incident open "checkout is down" -q &&
    printf "# Checkout\n\n## Summary\n\nit was down\n" >pm.md
}
act() { "$NINES" report postmortem import pm.md --incident INC-1; }
state() { "$NINES" report postmortem list -q; }
