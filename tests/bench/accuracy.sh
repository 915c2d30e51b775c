#!/bin/sh
# Prints how right the rca family is on labelled data, per data set: sh tests/bench/accuracy.sh [SECTION...]
# Sections are the scripts accuracy_*.sh beside this one; all of them by default. NINES_BUILD
# names the build to measure, else a release is built. NINES_SHARED names the data, else shared/data beside the checkout.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
WORK=${NINES_BENCH_DIR:-$root/build/bench}
mkdir -p "$WORK"
BUILD=${NINES_BUILD:-$root/build/release}
[ -f "$BUILD/CMakeCache.txt" ] || cmake -S "$root" -B "$BUILD" -G Ninja -DCMAKE_BUILD_TYPE=Release >/dev/null
cmake --build "$BUILD" --target nines_program >/dev/null
NINES=$BUILD/nines
DATA=${NINES_SHARED:-}
folder=$root
while [ -z "$DATA" ] && [ "$folder" != / ]; do
  [ -d "$folder/shared/data" ] && DATA=$folder/shared/data
  folder=$(dirname "$folder")
done
[ -d "$DATA" ] || { echo "SKIPPED: no shared/data beside the checkout, nothing to measure on"; exit 77; }
export NINES WORK DATA BUILD

sections="$*"
if [ -z "$sections" ]; then
  for script in "$here"/accuracy_*.sh; do
    name=$(basename "$script" .sh)
    sections="$sections ${name#accuracy_}"
  done
fi
for section in $sections; do
  [ -f "$here/accuracy_$section.sh" ] || { echo "accuracy.sh: there is no section '$section'" >&2; exit 2; }
  echo "== $section"
  sh "$here/accuracy_$section.sh"
  echo
done
