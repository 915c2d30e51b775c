#!/bin/sh
# Services and metrics of labelled faults, by nines rca rank.
# Called by accuracy.sh with DATA and BUILD set.
set -eu
[ -d "$DATA/sockshop" ] || { echo "SKIPPED: no sockshop in $DATA"; exit 0; }
cmake --build "$BUILD" --target accuracy_rank >&2
exec "$BUILD/tests/bench/accuracy_rank" "$DATA"
