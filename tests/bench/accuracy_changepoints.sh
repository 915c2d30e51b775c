#!/bin/sh
# Agreement of nines rca changepoints with people's marks in the shared data: sh tests/bench/accuracy_changepoints.sh
# The folder of the data is NINES_SHARED or the one beside the checkout; without it nothing is scored.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
data=${NINES_SHARED:-$root/../shared/data}
if [ ! -d "$data" ]; then
  echo "SKIPPED: no folder '$data', NOT scored"
  exit 0
fi
build=${NINES_BUILD:-$root/build/release}
[ -f "$build/CMakeCache.txt" ] || cmake -S "$root" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release >/dev/null
cmake --build "$build" --target accuracy_changepoints >/dev/null
exec "$build/tests/bench/accuracy_changepoints" "$data"
