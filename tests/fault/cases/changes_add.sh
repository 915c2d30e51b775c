# One recorded change; with a reference the command may run again.
setup() { "$WRITER" create .nines/nines.db; }
act() { "$NINES" --now 2026-11-23T09:14:00Z rca changes add --service checkout --reference run/1; }
state() { "$NINES" rca changes list -o csv --no-headers --fields service,kind,reference; }
