# Taking a command back, by its number: the sweep copies the store, and a copy is another replica.
setup() {
  "$NINES" init -q &&
    "$NINES" rca changes add --service checkout --reference run/1 --start 2026-11-23T08:00:00Z -q &&
    "$NINES" rca changes add --service checkout --reference run/2 --start 2026-11-23T08:00:00Z -q
}
act() { "$NINES" undo 3; }
state() { "$NINES" rca changes list --fields service,reference -o csv; }
redoable=no
