# Calling an override off: the rota is as before, or as with it.
. "$here/oncall.sh"
setup() { setup_rota && "$NINES" incident oncall override ada --from 2026-11-24T09:00:00Z --to 2026-11-24T10:00:00Z -q; }
act() { "$NINES" incident oncall cancel DTY-1; }
