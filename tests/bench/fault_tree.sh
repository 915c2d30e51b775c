#!/bin/sh
# rca tree solve beside Debian's scram: a tree of three gates, and the shared trees that scram can solve.
# Called by run.sh with NINES, PAIR and WORK set. NINES_SHARED names the data, else shared/data beside the checkout.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
dir=$WORK/fault_tree
mkdir -p "$dir"
cat >"$dir/three.xml" <<'XML'
<opsa-mef>
  <define-fault-tree name="three">
    <define-gate name="outage"><or><gate name="databases"/><gate name="frontends"/></or></define-gate>
    <define-gate name="databases"><and><basic-event name="primary"/><basic-event name="replica"/></and></define-gate>
    <define-gate name="frontends"><and><basic-event name="left"/><basic-event name="right"/></and></define-gate>
  </define-fault-tree>
  <model-data>
    <define-basic-event name="primary"><float value="0.01"/></define-basic-event>
    <define-basic-event name="replica"><float value="0.01"/></define-basic-event>
    <define-basic-event name="left"><float value="0.01"/></define-basic-event>
    <define-basic-event name="right"><float value="0.01"/></define-basic-event>
  </model-data>
</opsa-mef>
XML
DATA=${NINES_SHARED:-}
folder=$here
while [ -z "$DATA" ] && [ "$folder" != / ]; do
  [ -d "$folder/shared/data" ] && DATA=$folder/shared/data
  folder=$(dirname "$folder")
done
sh "$here/peers.sh" apt scram || true
if command -v scram >/dev/null; then
  scram="scram --bdd --probability on --importance on"
  "$PAIR" -n 21 -w 2 -t "a fault tree of three gates" \
    -a "nines rca tree solve|ms|5" -a "nines rca tree solve|faster|10|scram" \
    "scram=exec $scram -o '$dir/three.report' '$dir/three.xml'" \
    "nines rca tree solve=exec '$NINES' rca tree solve '$dir/three.xml' -o json"
else
  echo "SKIPPED: scram cannot be installed here, NOT compared"
  "$PAIR" -n 21 -w 2 -t "a fault tree of three gates" -a "nines rca tree solve|ms|5" \
    "nines rca tree solve=exec '$NINES' rca tree solve '$dir/three.xml' -o json"
fi
[ -d "${DATA:-/nowhere}/faulttrees" ] || { echo "SKIPPED: no shared/data/faulttrees beside the checkout"; exit 0; }
trees="$DATA/faulttrees"
set --
for tree in "$trees"/*.xml; do
  set -- "$@" "$(basename "$tree" .xml)=exec '$NINES' rca tree solve '$tree' -o json"
done
"$PAIR" -n 3 -w 1 -t "published fault trees, each by itself" "$@"
command -v scram >/dev/null || exit 0
# scram reports to a file, as nines reports to its output; a tree without an answer in 60 s is left out of both.
solved=""
for tree in "$trees"/*.xml; do
  if timeout 60 $scram -o "$dir/report.xml" "$tree" >/dev/null 2>&1; then
    solved="$solved $tree"
  else
    echo "  scram has no answer to $(basename "$tree") in 60 s: left out"
  fi
done
"$PAIR" -n 3 -w 1 -t "the fault trees that scram solves, one after another" \
  -a "nines rca tree solve|faster|10|scram" \
  "scram=for tree in $solved; do $scram -o '$dir/report.xml' \$tree || exit 1; done" \
  "nines rca tree solve=for tree in $solved; do '$NINES' rca tree solve \$tree -o json || exit 1; done"
rm -rf "$dir"
