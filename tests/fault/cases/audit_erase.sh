# The text of one event goes for good, from every table and from the free pages.
setup() {
  "$NINES" init -q &&
    "$NINES" rca changes add --service checkout --reference run/1 --summary "for Ms Secret" \
      --start 2026-11-23T08:00:00Z -q
}
act() { "$NINES" audit erase 2 --because "request 7"; }
state() { "$NINES" rca changes list -o csv --fields service,summary; }
redoable=no
