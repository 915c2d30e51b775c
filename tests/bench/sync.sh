#!/bin/sh
# nines sync of a million events over a folder, git and PostgreSQL, beside cp, git push and clone, and psql's \copy of
# the same bytes; export and rebuild; and 1000 events more over each. NINES_BENCH_EVENTS (default 1000000) sizes it.
# Every figure is one run: hours would go by otherwise. Called by run.sh with NINES, PAIR, WORK and INCIDENT_STORE set.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
events=${NINES_BENCH_EVENTS:-1000000}
dir=$WORK/sync
rm -rf "$dir"
mkdir -p "$dir/home" "$dir/folder" "$dir/bare"
server=
. "$here/../postgres/server.sh"
trap 'server_drop; rm -rf "$dir"' EXIT
trap 'exit 130' INT TERM
export HOME="$dir/home" XDG_STATE_HOME="$dir/home/.state" XDG_CONFIG_HOME="$dir/home/.config" TZ=UTC NINES_ACTOR=ada
failed=0
pair() {
  "$PAIR" -n 1 -w 0 "$@" >"$dir/figures" || failed=1
  cat "$dir/figures"
  ! grep -q "NOT MEASURED" "$dir/figures" || failed=1
}
store() { "$NINES" init -q --no-input "$dir/$1" >/dev/null 2>&1; }
at() { echo "exec '$NINES' --db '$dir/$1/.nines/nines.db'"; }

store writer
"$INCIDENT_STORE" entries "$events" "$dir/writer/.nines/nines.db" >/dev/null
more() { "$INCIDENT_STORE" entries 997 "$dir/writer/.nines/nines.db" >/dev/null; }
echo "a store of $(sqlite3 "$dir/writer/.nines/nines.db" "SELECT count(*) FROM event") events"

pair -t "export" \
  "sqlite3 .dump=exec sqlite3 '$dir/writer/.nines/nines.db' '.dump event body' >'$dir/dump.sql'" \
  "nines audit export=$(at writer) audit export --out '$dir/export'"
rm -rf "$dir/export" "$dir/dump.sql"

# What a place brings to a newcomer, and to one that has all but the last 1000 events.
places=
exchange() {  # exchange NAME PLACE PEER=COMMAND
  store "$1"
  pair -t "a newcomer pulls from $1: it fetches, verifies, stores and folds; its peer fetches alone" \
    -a "nines sync|within|2|${3%%=*}" "$3" "nines sync=$(at "$1") sync '$2'"
  more
  pair -t "1000 events more, over $1" -a "push|ms|1000" -a "pull|ms|1000" \
    "push=$(at writer) sync '$2'" "pull=$(at "$1") sync '$2'"
  places="$places $1"
}

pair -t "push to an empty folder" -a "nines sync|within|2|cp" "nines sync=$(at writer) sync '$dir/folder'" \
  "cp=cp -r '$dir/folder' '$dir/copy' && sync -f '$dir/copy'"
exchange folder "$dir/folder" "cp=cp -r '$dir/folder' '$dir/fetched' && sync -f '$dir/fetched'"

git init -q --bare "$dir/remote.git"
git init -q --bare "$dir/bare.git"
git -C "$dir/bare" init -q
git -C "$dir/bare" config user.name bench
git -C "$dir/bare" config user.email bench@localhost
git="cp -r '$dir/folder' . && git add . && git commit -qm all && exec git -c pack.window=0 push -q '$dir/bare.git' HEAD:main"
pair -t "push to an empty git remote; the same segments by git alone" -a "nines sync|within|2|git add, commit, push" \
  "git add, commit, push=cd '$dir/bare' && $git" "nines sync=$(at writer) sync 'git:$dir/remote.git'"
rm -rf "$dir/bare" "$dir/copy" "$dir/fetched"
exchange git "git:$dir/remote.git" "git clone=exec git clone -q --mirror --no-local '$dir/remote.git' '$dir/clone'"

if server_find && server_make; then
  place="postgres://nines@/postgres?host=$server"
  sql postgres "CREATE DATABASE bare" && sql postgres "CREATE DATABASE rows"
  "$NINES" --db "$dir/writer/.nines/nines.db" sync "postgres://nines@/rows?host=$server" >/dev/null
  psql="env ${server_libraries:+LD_LIBRARY_PATH=$server_libraries} '$server_bin/psql' -X -q -v ON_ERROR_STOP=1 -h '$server' -U nines"
  for table in event body; do
    eval "$psql rows" <<SQL
\\copy nines.$table to '$dir/$table.copy'
SQL
  done
  eval "$psql bare" <"$here/../../schemas/postgres/tables.sql"
  copy="exec $psql -1 -c '\\copy nines.event from $dir/event.copy' -c '\\copy nines.body from $dir/body.copy' bare"
  sql postgres "DROP DATABASE rows"
  pair -t "push to an empty database; the same rows by psql" -a "nines sync|within|2|psql \\copy" \
    "psql \\copy=$copy" "nines sync=$(at writer) sync '$place'"
  exchange database "$place" \
    "psql \\copy=exec $psql -c '\\copy nines.event to $dir/event.copy' -c '\\copy nines.body to $dir/body.copy' bare"
else
  echo "SKIPPED: PostgreSQL does not start here, NOT measured"
fi

# A small machine: a newcomer to finished incidents that leaves them there, beside one that keeps all of it.
store old
"$INCIDENT_STORE" incidents "$((events / 5))" "$dir/old/.nines/nines.db" >/dev/null
mkdir "$dir/finished"
"$NINES" --db "$dir/old/.nines/nines.db" sync "$dir/finished" >/dev/null
store whole
store small
sleep 1
now=$(date -u +%FT%TZ)
pair -t "a newcomer to $((events / 5)) finished incidents that leaves them there, and one that keeps them" \
  "keeps=$(at whole) sync '$dir/finished'" "leaves=$(at small) sync '$dir/finished' --records-since $now"
size_of() { wc -c <"$dir/$1/.nines/nines.db"; }
echo "the store that keeps them: $(size_of whole) bytes; the one that left them: $(size_of small) bytes"
pair -t "they leave a store that had them, and come back" \
  "leave=$(at whole) sync '$dir/finished' --records-since $now" \
  "come back=$(at whole) sync '$dir/finished' --records-since all"
rm -rf "$dir/finished" "$dir/old" "$dir/whole" "$dir/small"

pair -t "all tables anew from the log" "nines doctor --rebuild=$(at writer) doctor --rebuild"
"$NINES" --db "$dir/writer/.nines/nines.db" sync "$dir/folder" >/dev/null
for name in $places; do
  "$NINES" --db "$dir/$name/.nines/nines.db" sync "$dir/folder" >/dev/null 2>&1 || failed=1
done
for name in $places; do
  [ "$(sqlite3 "$dir/$name/.nines/nines.db" "SELECT count(*), sum(length(hash)) FROM event")" = \
    "$(sqlite3 "$dir/writer/.nines/nines.db" "SELECT count(*), sum(length(hash)) FROM event")" ] ||
    { echo "FAILED: the store that pulled from $name has not all events"; failed=1; }
done
exit $failed
