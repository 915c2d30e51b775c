# A small import: its event, its parts, its ledger and the series are one step.
. "$here/measured.sh"
setup() {
  "$WRITER" create .nines/nines.db
  write_measured
  "$NINES" slo apply slos.yaml --because 'crash test'
}
act() { "$NINES" --now 2026-11-23T09:14:00Z slo import requests.csv --source requests; }
# From the tables, so that no verb may hide half of what belongs together. Parts are stored ahead of
# the event that makes them count, so parts alone are nothing yet.
state() {
  sqlite3 .nines/nines.db "SELECT (SELECT count(*) FROM event WHERE kind = 'measurement.imported'),
    (SELECT count(*) FROM import_run), (SELECT count(*) FROM series_block), (SELECT count(*) FROM series_state)"
}
