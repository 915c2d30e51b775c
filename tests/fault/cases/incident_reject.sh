# Turning a proposal down is on record with its reason, or the proposal is open still.
setup() {
  "$NINES" init -q && printf '%s' \
    '{"version":"4","groupKey":"g","receiver":"r","alerts":[{"status":"firing","labels":{"alertname":"A","service":"checkout"},"startsAt":"2026-11-23T08:00:00Z","fingerprint":"01"}]}' \
    >spool && "$NINES" incident ingest spool -q
}
act() { "$NINES" incident reject 1 --because "a test"; }
state() { "$NINES" incident proposals --all --fields name,state -o csv; }
redoable=no
