#!/bin/sh
# The reports of the example quarter as HTML in Debian's Chromium, headless: light and dark, 380 and 1400 px wide,
# with nothing in the console, no request, no script, and nothing that axe-core finds fault with.
# Needs NINES, WORK (a scratch folder), HERE (this folder), EXAMPLES.
set -u
skip() {
  echo "SKIPPED: $*: the HTML of reports was NOT looked at in a browser" >&2
  exit 77
}
mkdir -p "$WORK/pages" && cd "$WORK" || exit 1
command -v node >/dev/null && command -v npm >/dev/null || skip "node and npm are not installed"
if ! command -v chromium >/dev/null; then
  [ "$(id -u)" = 0 ] || skip "chromium is not installed, and only root can install it"
  {
    apt-get install -y -qq --no-install-recommends chromium ||
      { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium; }
  } >apt.txt 2>&1 || skip "the package chromium cannot be had"
fi
axe=$WORK/node_modules/axe-core/axe.min.js
[ -f "$axe" ] || npm install --silent --no-audit --no-fund --no-save --no-package-lock axe-core@4 >npm.txt 2>&1 ||
  skip "axe-core cannot be had from npm"
NINES=$NINES sh "$EXAMPLES/quarter.sh" "$WORK/pages" >quarter.txt 2>&1 || {
  cat quarter.txt >&2
  exit 1
}
rm -rf profile
node "$HERE/pages.mjs" "$(command -v chromium)" "$axe" "$WORK/profile" "$WORK/pictures" "$WORK"/pages/*.html
