# A backup is there whole, or it is not there.
setup() {
  "$NINES" init -q &&
    "$NINES" rca changes add --service checkout --reference run/1 --start 2026-11-23T08:00:00Z -q
}
act() { "$NINES" doctor backup copy.db; }
state() { [ ! -e copy.db ] || "$NINES" --db copy.db rca changes list --fields service,reference -o csv; }
redoable=no
