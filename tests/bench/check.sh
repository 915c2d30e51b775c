#!/bin/sh
# slo check on 10,000 files of about 60 lines, beside a pass over libyaml's events and js-yaml with ajv.
# Called by run.sh with NINES, PAIR and WORK set.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
count=${NINES_BENCH_FILES:-10000}
files="$WORK/check/files"
events="$WORK/check/events"
mkdir -p "$WORK/check"
[ "$events" -nt "$here/check_events.cpp" ] || g++ -std=c++20 -O2 -o "$events" "$here/check_events.cpp" -lyaml
[ "$(ls "$files" 2>/dev/null | wc -l)" = "$count" ] || { rm -rf "$files"; "$events" --generate "$files" "$count"; }
"$NINES" slo check "$files" >"$WORK/check/findings" 2>&1 || { echo "check: the generated files have findings" >&2; head "$WORK/check/findings" >&2; exit 1; }
set -- "libyaml events=exec '$events' '$files'" "nines slo check=exec '$NINES' slo check '$files'"
# One core each, to compare work and not cores.
if command -v taskset >/dev/null; then
  set -- "$@" "nines, one core=exec taskset -c 0 '$NINES' slo check '$files'"
fi
sh "$here/peers.sh" npm js-yaml@4 ajv@8 || true
if [ -d "$WORK/node_modules/ajv" ] && [ -d "$WORK/node_modules/js-yaml" ]; then
  cp "$here/check_ajv.mjs" "$WORK/check_ajv.mjs"
  "$NINES" schema openslo-v1.slo >"$WORK/check/slo.json"
  set -- "$@" "js-yaml and ajv=exec node '$WORK/check_ajv.mjs' '$WORK/check/slo.json' '$files'"
else
  echo "SKIPPED: js-yaml and ajv cannot be installed here, NOT compared"
fi
"$PAIR" -n 7 -w 1 -t "slo check of $count files" \
  -a "nines slo check|within|3|libyaml events" -a "nines, one core|within|3|libyaml events" \
  -a "nines slo check|faster|2|js-yaml and ajv" -a "nines, one core|faster|2|js-yaml and ajv" "$@"
