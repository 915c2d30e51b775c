#!/bin/sh
# Builds the Debian packages into build/package and prints their names: sh cmake/package.sh
# They carry the time of the newest commit, or SOURCE_DATE_EPOCH, so that the same tree gives the same bytes.
set -eu
cd "$(dirname "$0")/.."
build=${NINES_PACKAGE_BUILD:-build/package}
for program in dpkg-architecture dpkg-shlibdeps; do
  command -v $program >/dev/null || { echo "package.sh: needs the package dpkg-dev" >&2; exit 1; }
done
[ -n "${SOURCE_DATE_EPOCH:-}" ] || SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
export SOURCE_DATE_EPOCH
umask 022
cmake -S . -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DNINES_UNITY_FILES=64 \
  -DCMAKE_INSTALL_LIBDIR="lib/$(dpkg-architecture -qDEB_HOST_MULTIARCH)" >/dev/null
cmake --build "$build" >&2
cd "$build"
rm -f ./*.deb
cpack >cpack.log 2>&1 || { cat cpack.log >&2; exit 1; }
for package in "$PWD"/*.deb; do echo "$package"; done
