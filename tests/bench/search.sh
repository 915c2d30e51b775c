#!/bin/sh
# nines search among 100,000 texts and a million, words as common as in prose: the 95th percentile of a mix of
# queries in one process, and one query from start to end. NINES_BENCH_TEXTS (default "100000:20 1000000:100") is
# COUNT:LIMIT in ms for each size. The stores stay in the work folder: the large one takes minutes to fill.
# Called by run.sh with NINES, PAIR, WORK and SEARCH_STORE set.
set -eu
dir=$WORK/search
mkdir -p "$dir/home"
export HOME="$dir/home" XDG_STATE_HOME="$dir/home/.state" XDG_CONFIG_HOME="$dir/home/.config" TZ=UTC NINES_ACTOR=ada
failed=0
for size in ${NINES_BENCH_TEXTS:-100000:20 1000000:100}; do
  count=${size%:*}
  if [ ! -f "$dir/$count/filled" ]; then
    rm -rf "${dir:?}/$count" && mkdir "$dir/$count"
    (cd "$dir/$count" && "$NINES" init --no-input >/dev/null 2>&1)
    "$SEARCH_STORE" fill "$count" "$dir/$count/.nines/nines.db"
    touch "$dir/$count/filled"
  fi
  echo "$count texts:"
  "$SEARCH_STORE" ask "$dir/$count/.nines/nines.db" "${size#*:}" || failed=1
  "$PAIR" -n 21 -w 2 -t "one query from start to end, among $count texts" \
    -a "nines search|ms|${size#*:}" "nines search=cd '$dir/$count' && '$NINES' search ba0 >/dev/null; [ \$? -lt 2 ]"
done
exit $failed
