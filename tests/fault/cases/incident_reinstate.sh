# A retired rule is back at work with a clean record, or retired still.
setup() {
  "$NINES" init -q
  for i in 1 2 3 4 5 6 7 8 9; do
    printf '{"version":"4","groupKey":"g%s","receiver":"r","alerts":[{"status":"firing","labels":{"alertname":"A%s","service":"s%s"},"startsAt":"2026-11-23T08:00:00Z","fingerprint":"0%s"}]}\n' $i $i $i $i
  done >spool
  "$NINES" incident ingest spool -q || return 1
  for i in 1 2 3 4 5 6 7 8 9; do
    "$NINES" incident reject $i --because noise -q || return 1
  done
}
act() { "$NINES" incident reinstate alert-group --because "thresholds were mended"; }
state() { "$NINES" incident proposals --rates --fields rule,rejected -o csv; }
redoable=no
