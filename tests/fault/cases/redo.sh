# Bringing a command again that was taken back.
setup() {
  "$NINES" init -q &&
    "$NINES" rca changes add --service checkout --reference run/1 --start 2026-11-23T08:00:00Z -q &&
    "$NINES" undo 2
}
act() { "$NINES" redo 2; }
state() { "$NINES" rca changes list --fields service,reference -o csv; }
redoable=no
