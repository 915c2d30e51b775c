# A swap of shifts: entered whole or not at all.
. "$here/oncall.sh"
setup() { setup_rota; }
act() { "$NINES" incident oncall swap bo ada --shift 2026-11-24T09:00:00Z --back 2026-12-01T09:00:00Z; }
