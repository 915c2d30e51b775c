# Announced work with its services and its number.
setup() { "$NINES" init -q; }
act() {
  "$NINES" --now 2026-11-23T09:14:00Z slo maintenance add --service checkout --start 2026-11-24T02:00:00Z \
    --end 2026-11-24T03:00:00Z --summary "new switch"
}
state() { "$NINES" slo maintenance list --all -o csv --fields services,summary; }
redoable=no
