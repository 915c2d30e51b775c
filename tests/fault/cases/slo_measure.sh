# Parts of two days from an engine in one commit: both are announced, or none; again asks for what is missing.
. "$here/measured_engine.sh"
setup() { "$NINES" init -q && write_engine ''; }
act() { measure 2026-11-22T23:00:00Z 2026-11-23T01:00:00Z; }
state() {
  sqlite3 .nines/nines.db "SELECT (SELECT count(*) FROM event WHERE kind = 'measurement.imported'),
    (SELECT count(*) FROM import_run), (SELECT count(*) FROM series_block), (SELECT count(*) FROM series_state)"
}
