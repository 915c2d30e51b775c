# Accepting a proposal opens the incident, takes its alerts in and decides, all or none.
setup() {
  "$NINES" init -q && "$NINES" log first errors -- -q && printf '%s' \
    '{"version":"4","groupKey":"g","receiver":"r","alerts":[{"status":"firing","labels":{"alertname":"A","service":"checkout"},"startsAt":"2026-11-23T08:00:00Z","fingerprint":"01"}]}' \
    >spool && "$NINES" incident ingest spool -q
}
act() { "$NINES" incident accept 1 --title "checkout is down"; }
state() { "$NINES" incident proposals --all --fields name,state -o csv && "$NINES" incident list --fields title -o csv; }
redoable=no
# What waits is part of the state before.
export XDG_STATE_HOME="$WORK/run/.state"
