# First contact with a database: this store's events go there, and it remembers which place that is.
. "$here/../postgres/server.sh"
no_server() { echo "SKIPPED: $*: a push to a database was NOT cut"; exit 77; }
[ -x "$(dirname "$NINES")/nines-postgres" ] || no_server "nines-postgres is not built"
mkdir -p "$WORK.server"
work=$WORK WORK=$WORK.server
server_find || no_server "PostgreSQL cannot be had"
server_make || no_server "PostgreSQL does not start here"
WORK=$work
trap server_drop EXIT
trap 'exit 130' INT TERM
place="postgres://nines@/postgres?host=$server"

setup() { "$WRITER" create .nines/nines.db && "$WRITER" add .nines/nines.db one; }
act() {
  (unset LD_PRELOAD && sql postgres "DROP SCHEMA IF EXISTS nines CASCADE" 2>/dev/null)
  "$NINES" sync "$place"
}
again() { "$NINES" sync "$place"; }
# What another machine gets from the database, and whether this one is content.
state() {
  rm -rf other && mkdir other
  (cd other && "$WRITER" create .nines/nines.db >/dev/null && "$NINES" sync "$place" >/dev/null 2>&1
    "$WRITER" state .nines/nines.db)
  rm -rf other
}
