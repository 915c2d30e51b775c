# The text of one event goes for good, from every table and from the free pages; so do copies that a
# crash had left beside the store, at the latest with the next command that writes.
setup() {
  "$NINES" init -q &&
    "$NINES" rca changes add --service checkout --reference run/1 --summary "for Ms Secret" \
      --start 2026-11-23T08:00:00Z -q &&
    touch .nines/nines.db.past-new.Abc123 .nines/nines.db.rebuild
}
act() { "$NINES" audit erase 2 --because "request 7"; }
state() { "$NINES" rca changes list -o csv --fields service,summary; }
again() {
  act || "$NINES" doctor --rebuild || return
  [ ! -e .nines/nines.db.past-new.Abc123 ] && [ ! -e .nines/nines.db.rebuild ]
}
