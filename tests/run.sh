#!/bin/sh
# Installs what is missing, builds with tests, and runs them; prints ctest's closing lines.
set -eu
cd "$(dirname "$0")/.."

packages="libcli11-dev libyaml-cpp-dev libyaml-dev libexpat1-dev libfmt-dev libsqlitecpp-dev libsqlite3-dev catch2
nlohmann-json3-dev libhowardhinnant-date-dev libsodium-dev libutf8proc-dev libre2-dev libboost-dev
libxxhash-dev libical-dev libcurl4-openssl-dev libpq-dev zlib1g-dev libzstd-dev librapidcheck-dev libvalijson-dev mandoc sqlite3 strace
pkg-config mold ninja-build cmake g++ git openssh-client tzdata"
missing=""
for package in $packages; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
done
if [ -n "$missing" ]; then
  if [ "$(id -u)" != 0 ]; then
    echo "missing packages; as root: apt-get install$missing" >&2
    exit 1
  fi
  apt-get update -qq
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
fi

cmake --preset ci >/dev/null
cmake --build --preset ci
label=quick
[ "${1:-}" = "--full" ] && label='quick|full'
ctest --preset ci -L "$label" -j "$(nproc)"
