#!/bin/sh
# Templates of labelled logs: grouping and wording against the truth, with one setting for all systems.
# Called by accuracy.sh with NINES, DATA and WORK set.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
[ -d "$DATA/logs" ] || { echo "SKIPPED: no logs in $DATA"; exit 0; }
score=$WORK/log_accuracy
[ "$score" -nt "$here/log_accuracy.cpp" ] || g++ -std=c++20 -O2 -I "$here/.." -o "$score" "$here/log_accuracy.cpp"
out=$WORK/logs
rm -rf "$out"
mkdir -p "$out"
trap 'rm -rf "$out"' EXIT
set --
for truth in "$DATA"/logs/*/*_2k.log_structured.csv; do
  log=${truth%_structured.csv}
  name=$(basename "$(dirname "$log")")
  "$NINES" rca logs templates "$log" -o csv --csv-raw >"$out/$name.csv"
  set -- "$@" "$name" "$truth" "$out/$name.csv"
done
echo 'nines rca logs templates FILE -o csv'
"$score" "$@"
