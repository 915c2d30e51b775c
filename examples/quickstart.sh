#!/bin/sh
# From a fresh Debian 12 to a verdict: installs what is missing, builds nines, and does its main job
# on the example bookshop. Runs from any folder, and again.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)

packages="g++ cmake ninja-build pkg-config tzdata libcli11-dev libyaml-cpp-dev libyaml-dev libexpat1-dev libfmt-dev
libsqlitecpp-dev libsqlite3-dev nlohmann-json3-dev libhowardhinnant-date-dev libsodium-dev
libutf8proc-dev libre2-dev libboost-dev libxxhash-dev libical-dev libcurl4-openssl-dev zlib1g-dev libzstd-dev"
missing=""
if command -v dpkg-query >/dev/null; then
  for package in $packages; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
  done
fi
if [ -n "$missing" ]; then
  if [ "$(id -u)" != 0 ]; then
    echo "These packages are missing; ask somebody with root for:" >&2
    echo "  apt-get install$missing" >&2
    exit 1
  fi
  echo "installing:$missing"
  apt-get update -qq
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
fi

echo "building (some minutes the first time) ..."
cd "$root"
cmake --preset release >/dev/null
# A terminal sees the build go on; elsewhere it would only bury what follows.
if [ -t 1 ]; then
  cmake --build --preset release -j "$(nproc)" --target nines_program nines_calendar nines_engine
else
  cmake --build --preset release -j "$(nproc)" --target nines_program nines_calendar nines_engine >build/release/build.log 2>&1 || {
    tail -n 40 build/release/build.log >&2
    exit 1
  }
fi

# The bookshop gets a folder of its own, so that the checkout stays clean.
shop=$root/build/bookshop
mkdir -p "$shop"
cp -R "$root/examples/bookshop/." "$shop/"
cd "$shop"
[ -f data/edge.log ] || sh data/generate.sh data
PATH=$root/build/release:$PATH
export PATH

show() {
  printf '\n$'
  for word in "$@"; do
    case $word in *[!a-zA-Z0-9_./=:-]*) printf " '%s'" "$word" ;; *) printf ' %s' "$word" ;; esac
  done
  printf '\n'
  "$@"
}

first=no
[ -f .nines/nines.db ] || first=yes
show nines init
show nines slo check slos
show nines slo apply slos --because 'first objectives, agreed with the storefront team'
show nines rca changes import data/changes.jsonl
# Announcing is not repeatable as importing is: each time is another piece of work.
[ "$first" = no ] || show nines slo maintenance add --start 2026-11-10T02:00:00Z --for 1h --service checkout,web \
  --audience customers --announced 2026-11-03T09:00:00Z --because 'database upgrade'
show nines slo import data/edge.log --source edge-access
show nines slo import data/checkout.csv --source checkout-requests
show nines slo import data/search.csv --source search-minutes
show nines slo status --at last
show nines slo budget checkout-availability --at last --plot
show nines history --limit 5
show nines audit verify

cat <<EOF

Next, in $shop (nines is in $root/build/release):
  nines slo budget checkout-availability --at last   who spent the budget
  nines slo show checkout-availability               a definition as it stands
  nines slo status --at last -o json                 the same for scripts
  nines undo                                         take the last command back
  nines help                                         every command
EOF
