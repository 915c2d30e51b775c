# Another machine's import comes with its measurements: the event and what it counts, each whole.
. "$here/measured.sh"
setup() {
  write_measured
  mkdir exchange && "$NINES" init -q theirs && "$NINES" init -q || return 1
  theirs="$NINES --db theirs/.nines/nines.db --now 2026-11-23T09:14:00Z"
  $theirs slo apply slos.yaml --because 'crash test' && $theirs slo import requests.csv --source requests &&
    $theirs sync exchange && "$NINES" sync exchange --no-measurements
}
act() { "$NINES" sync exchange; }
# Parts are stored ahead of the moment that makes them count, so parts alone are nothing yet.
state() {
  sqlite3 .nines/nines.db "SELECT count(run), (SELECT count(*) FROM series_block),
    (SELECT count(*) FROM series_state), (SELECT count(*) FROM run WHERE announced = 1) FROM import_run"
}
