#!/bin/sh
# Gets the programs that nines is measured against: sh peers.sh npm PACKAGE@VERSION... | apt PACKAGE
# Called by the parts with WORK set. Fails, saying so, where a peer cannot be had.
set -eu
manager=$1
shift
case $manager in
  npm)
    missing=
    for package in "$@"; do
      [ -d "$WORK/node_modules/${package%@*}" ] || missing="$missing $package"
    done
    [ -n "$missing" ] || exit 0
    command -v npm >/dev/null || { echo "peers: npm is not installed" >&2; exit 1; }
    # All at once: npm takes away what is not asked for.
    (cd "$WORK" && npm install --silent --no-audit --no-fund --no-save --no-package-lock \
      @duckdb/node-api@1.5.6-r.1 js-yaml@4 ajv@8) >&2
    ;;
  apt)
    dpkg -s "$@" >/dev/null 2>&1 && exit 0
    [ "$(id -u)" = 0 ] || { echo "peers: only root can install $*" >&2; exit 1; }
    { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"; } >&2
    ;;
esac
