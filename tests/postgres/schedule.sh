#!/bin/sh
# Random schedules of writes, exchanges and cuts over three machines, a git remote and a real PostgreSQL.
#
# Needs SCHEDULES (the unit test program), COMPANION (nines-postgres), PORTS, WORK (a scratch folder).
set -u
here=$(cd "$(dirname "$0")" && pwd)
skip() {
  echo "SKIPPED: $*: schedules over PostgreSQL were NOT tested" >&2
  exit 77
}
server=
. "$here/server.sh"
trap server_drop EXIT
trap 'exit 130' INT TERM
mkdir -p "$WORK" && cd "$WORK" || exit 1
server_find || skip "PostgreSQL cannot be had"
port=$("$PORTS" --ports 1)
server_make || skip "PostgreSQL does not start here: $(cat "$server/initdb.log" "$server/log" 2>/dev/null | tail -1)"
sql postgres 'CREATE DATABASE schedules' >/dev/null || exit 1
NINES_TEST_POSTGRES="postgres://nines@/schedules?host=$server&port=$port" NINES_TEST_COMPANION="$COMPANION" \
  "$SCHEDULES" '[postgres]'
