# Taking alerts in records them with their proposals; what was cut short is taken in by doing it again.
setup() {
  "$NINES" init -q && printf '%s\n%s' \
    '{"version":"4","groupKey":"g","receiver":"r","alerts":[{"status":"firing","labels":{"alertname":"A","service":"checkout"},"startsAt":"2026-11-23T08:00:00Z","fingerprint":"01"}]}' \
    '{"version":"4","groupKey":"h","receiver":"r","alerts":[{"status":"firing","labels":{"alertname":"B","service":"db"},"startsAt":"2026-11-23T08:01:00Z","fingerprint":"02"}]}' \
    >spool
}
act() { "$NINES" incident ingest spool; }
state() { "$NINES" incident proposals --fields name,title -o csv; }
