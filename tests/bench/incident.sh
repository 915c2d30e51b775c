#!/bin/sh
# nines log and incident list beside taskwarrior's add and list, and the ingest of alerts: sh tests/bench/run.sh incident
# NINES_BENCH_ENTRIES (default 100000), NINES_BENCH_INCIDENTS (default 10000, of tasks too) and NINES_BENCH_ALERTS
# (default 100000) size the input.
# Called by run.sh with NINES, PAIR, WORK and INCIDENT_STORE set.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
entries=${NINES_BENCH_ENTRIES:-100000}
incidents=${NINES_BENCH_INCIDENTS:-10000}
dir=$WORK/incident
rm -rf "$dir"
mkdir -p "$dir/task" "$dir/home"
trap 'rm -rf "$dir"' EXIT
export HOME="$dir/home" XDG_STATE_HOME="$dir/home/.state" XDG_CONFIG_HOME="$dir/home/.config" TZ=UTC NINES_ACTOR=ada

for store in entries incidents; do
  mkdir "$dir/$store"
  (cd "$dir/$store" && "$NINES" init --no-input >/dev/null 2>&1)
done
"$INCIDENT_STORE" entries "$entries" "$dir/entries/.nines/nines.db"
"$INCIDENT_STORE" incidents "$incidents" "$dir/incidents/.nines/nines.db"

log="cd '$dir/entries' && exec '$NINES' log restarted the primary, queue drains"
list="cd '$dir/incidents' && exec '$NINES' incident list --all"
set -- "nines log=$log"
if sh "$here/peers.sh" apt taskwarrior; then
  export TASKRC="$dir/taskrc" TASKDATA="$dir/task"
  printf 'data.location=%s\nconfirmation=off\nverbose=nothing\ngc=off\n' "$dir/task" >"$TASKRC"
  awk -v n="$incidents" 'BEGIN { for (i = 0; i < n; ++i)
    printf "[description:\"requests of service %d fail in one zone of two\" entry:\"%d\" project:\"service-%d\" status:\"pending\" uuid:\"%08x-0000-4000-8000-%012x\"]\n",
      i % 40, 1700000000 + i * 60, i % 40, i, i }' >"$dir/task/pending.data"
  set -- "$@" "task add=exec task add restarted the primary, queue drains"
else
  echo "SKIPPED: taskwarrior cannot be installed here, NOT compared"
fi
"$PAIR" -n 41 -w 2 -t "one line with $entries entries in the store; one task with $incidents tasks" \
  -a "nines log|ms|10" -a "nines log|faster|5|task add" "$@"

set -- "nines incident list --all=$list"
if command -v task >/dev/null; then
  set -- "$@" "task list=exec task rc.defaultwidth=120 rc.defaultheight=0 list"
fi
"$PAIR" -n 7 -w 1 -t "list of $incidents incidents; of $incidents tasks" \
  -a "nines incident list --all|faster|10|task list" "$@"

alerts=${NINES_BENCH_ALERTS:-100000}
awk -v n="$alerts" 'BEGIN {
  printf "{\"version\":\"4\",\"groupKey\":\"k\",\"receiver\":\"r\",\"status\":\"firing\",\"alerts\":["
  for (i = 0; i < n; ++i)
    printf "%s{\"status\":\"firing\",\"labels\":{\"alertname\":\"A%d\",\"instance\":\"host-%d\",\"service\":\"s%d\",\"severity\":\"page\"},\"annotations\":{\"summary\":\"alert %d of many\"},\"startsAt\":\"2026-11-23T08:%02d:00Z\",\"endsAt\":\"0001-01-01T00:00:00Z\",\"fingerprint\":\"%016x\"}", \
      i ? "," : "", i % 200, i / 200, i % 50, i, i % 60, i
  printf "]}\n" }' >"$dir/alerts.json"
fresh="rm -rf '$dir/alerts'; mkdir '$dir/alerts'; cd '$dir/alerts'; '$NINES' init --no-input >/dev/null 2>&1"
"$PAIR" -n 3 -w 0 -t "one payload of $alerts alerts into a new store; the same payload again" \
  "nines incident ingest=$fresh; exec '$NINES' incident ingest ../alerts.json" \
  "the same again=cd '$dir/alerts' && exec '$NINES' incident ingest ../alerts.json"
