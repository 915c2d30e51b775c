#!/bin/sh
# COUNT random scenarios through our evaluator and, as nines slo rules writes them, through promtool:
# no disagreement.
#
# promtool is Debian's, unpacked into the work folder: nothing is installed. SEED=N tries others.
# Needs NINES, SCENARIOS (programs), WORK (a scratch folder), PROGRAMS (where another test may have it).
set -u
skip() {
  echo "SKIPPED: $*: our evaluator was NOT compared with promtool" >&2
  exit 77
}
count=$1
promtool=$PROGRAMS/usr/bin/promtool
if [ ! -x "$promtool" ]; then
  programs=$WORK/programs
  promtool=$programs/usr/bin/promtool
fi
if [ ! -x "$promtool" ]; then
  rm -rf "$programs"
  mkdir -p "$programs" || exit 1
  (
    cd "$programs" || exit 1
    apt-get download -qq prometheus || { apt-get update -qq && apt-get download -qq prometheus; }
  ) >/dev/null 2>&1 || skip "the package prometheus cannot be had"
  dpkg-deb -x "$programs"/*.deb "$programs" || skip "cannot unpack the package prometheus"
  rm -f "$programs"/*.deb
fi
rm -rf "$WORK/run"
mkdir -p "$WORK/run" && cd "$WORK/run" || exit 1
export TZ=UTC
"$SCENARIOS" --slos . || { echo "FAIL: no definitions" >&2; exit 1; }
for slo in slo-*.yaml; do
  set=${slo#slo-}
  set=${set%.yaml}
  eval "set -- $(cat "options-$set")"
  "$NINES" slo rules "$@" --out "rules-$set.yml" "$slo" 2>"said-$set" || {
    cat "said-$set" >&2
    echo "FAIL: nines slo rules $(cat "options-$set") $slo" >&2
    exit 1
  }
done
"$SCENARIOS" "$count" "${SEED:-7}" . >summary || { echo "FAIL: no scenarios" >&2; exit 1; }
"$promtool" check rules rules-*.yml >check.log 2>&1 || { cat check.log >&2; exit 1; }
if ! "$promtool" test rules test-*.yml >promtool.log 2>&1; then
  echo "FAIL: promtool sees it otherwise (seed ${SEED:-7}, $WORK/run):" >&2
  head -60 promtool.log >&2
  exit 1
fi
# A comparison without an alert would prove nothing.
grep -q '^[1-9]' summary || { echo "FAIL: no alert fires in any scenario" >&2; exit 1; }
echo "promtool agrees: $(cat summary)"
