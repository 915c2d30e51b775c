#!/bin/sh
# Agreement of nines rca changepoints with people's marks.
# Called by accuracy.sh with DATA and BUILD set.
set -eu
[ -d "$DATA/changepoints" ] || { echo "SKIPPED: no changepoints in $DATA"; exit 0; }
cmake --build "$BUILD" --target accuracy_changepoints >&2
exec "$BUILD/tests/bench/accuracy_changepoints" "$DATA"
