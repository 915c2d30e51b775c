# A store from a backup is there whole, or it is not there.
setup() {
  "$NINES" init -q other &&
  "$NINES" --db other/.nines/nines.db rca changes add --service checkout --reference run/1 --start 2026-11-23T08:00:00Z -q &&
    "$NINES" --db other/.nines/nines.db doctor backup copy.db && rm -r other && mkdir -m 700 .nines
}
act() { "$NINES" doctor restore copy.db; }
state() { [ ! -e .nines/nines.db ] || "$NINES" rca changes list --fields service,reference -o csv; }
creates=yes
redoable=no
