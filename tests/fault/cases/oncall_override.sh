# An override of duty: entered whole or not at all.
. "$here/oncall.sh"
setup() { setup_rota; }
act() { "$NINES" incident oncall override ada --from 2026-11-24T09:00:00Z --to 2026-11-24T10:00:00Z --because "bo is ill"; }
