#!/bin/sh
# Prints every performance promise as ratios measured in one run: sh tests/bench/run.sh [PART...]
# Parts are the other scripts of this folder; all of them by default. Peers are installed into the
# work folder by the part that uses them, and skipped with a loud line where they cannot be.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
WORK=${NINES_BENCH_DIR:-$root/build/bench}
mkdir -p "$WORK"

cmake -S "$root" -B "$root/build/release" -G Ninja -DCMAKE_BUILD_TYPE=Release >/dev/null
cmake --build "$root/build/release" --target nines_program incident_store search_store >/dev/null
# There is one where libpq is.
if cmake --build "$root/build/release" --target help | grep -q '^nines_postgres:'; then
  cmake --build "$root/build/release" --target nines_postgres >/dev/null
fi
INCIDENT_STORE=$root/build/release/tests/bench/incident_store
SEARCH_STORE=$root/build/release/tests/bench/search_store
NINES=$root/build/release/nines
PAIR=$WORK/pair
[ "$PAIR" -nt "$here/pair.cpp" ] || g++ -std=c++20 -O2 -o "$PAIR" "$here/pair.cpp"
export NINES PAIR WORK INCIDENT_STORE SEARCH_STORE

parts="$*"
if [ -z "$parts" ]; then
  for script in "$here"/*.sh; do
    name=$(basename "$script" .sh)
    case $name in run | peers | accuracy*) ;; *) parts="$parts $name" ;; esac
  done
fi
for part in $parts; do
  [ -f "$here/$part.sh" ] || { echo "run.sh: there is no part '$part'" >&2; exit 2; }
  echo "== $part"
  sh "$here/$part.sh"
  echo
done
