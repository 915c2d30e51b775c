# Tables made anew after somebody's hand emptied one; the log is not touched.
setup() {
  "$WRITER" create .nines/nines.db && "$WRITER" add .nines/nines.db one
  sqlite3 .nines/nines.db 'DELETE FROM definition; PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null
}
act() { "$NINES" doctor --rebuild; }
state() { "$WRITER" state .nines/nines.db; }
creates=yes
