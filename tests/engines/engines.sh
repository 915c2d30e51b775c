#!/bin/sh
# Services with a known truth in a real engine, and nines slo measure against it: within half a per
# cent of the truth, or the reason why not. ENGINE is prometheus or victoriametrics.
#
# The programs are Debian's, unpacked into the work folder: nothing is installed, no service starts.
# Needs NINES, CASES, PORTS (programs), ENGINE, WORK (a scratch folder).
set -u
child=
stop() { [ -z "$child" ] || { kill "$child" 2>/dev/null; wait "$child" 2>/dev/null; }; }
trap stop EXIT
trap 'exit 130' INT TERM
fail() {
  echo "FAIL: $*" >&2
  [ ! -f "$WORK/run/engine.log" ] || tail -5 "$WORK/run/engine.log" >&2
  exit 1
}
skip() {
  echo "SKIPPED: $*: slo measure against a real $ENGINE was NOT tested" >&2
  exit 77
}
case $ENGINE in
  prometheus) package=prometheus program=usr/bin/prometheus ;;
  victoriametrics) package=victoria-metrics program=usr/bin/victoria-metrics ;;
esac
programs=$WORK/programs
if [ ! -x "$programs/$program" ]; then
  rm -rf "$programs"
  mkdir -p "$programs" || exit 1
  (
    cd "$programs" || exit 1
    apt-get download -qq $package || { apt-get update -qq && apt-get download -qq $package; }
  ) >/dev/null 2>&1 || skip "the package $package cannot be had"
  dpkg-deb -x "$programs"/*.deb "$programs" || skip "cannot unpack $package"
  rm -f "$programs"/*.deb
fi
rm -rf "$WORK/run"
mkdir -p "$WORK/run" && cd "$WORK/run" || exit 1
export HOME="$WORK/run/home" XDG_CONFIG_HOME="$WORK/run/home/.config" XDG_STATE_HOME="$WORK/run/home/.state"
export NINES_ACTOR=tester TZ=UTC
mkdir -p "$XDG_CONFIG_HOME/nines"

end=$(($(date +%s) / 86400 * 86400))
start=$((end - 2 * 86400))
port=$("$PORTS" --ports 1)
if [ "$ENGINE" = prometheus ]; then
  "$CASES" generate $start $end s samples truth || fail "no samples"
  "$programs/usr/bin/promtool" tsdb create-blocks-from openmetrics -q samples data >blocks.log 2>&1 ||
    fail "promtool makes no blocks: $(tail -1 blocks.log)"
  echo 'scrape_configs: []' >prometheus.yml
  "$programs/$program" --config.file=prometheus.yml --storage.tsdb.path=data \
    --storage.tsdb.retention.time=10y --web.listen-address="127.0.0.1:$port" >engine.log 2>&1 &
else
  "$CASES" generate $start $end ms samples truth || fail "no samples"
  "$programs/$program" -storageDataPath=data -retentionPeriod=10y \
    -httpListenAddr="127.0.0.1:$port" >engine.log 2>&1 &
fi
child=$!
tries=0
until "$PORTS" --get "$port" "/api/v1/query?query=1" >/dev/null 2>&1; do
  tries=$((tries + 1)); [ $tries -lt 300 ] || fail "$ENGINE does not answer"
  sleep 0.2
done
if [ "$ENGINE" = victoriametrics ]; then
  "$PORTS" --post "$port" /api/v1/import/prometheus samples >/dev/null || fail "$ENGINE takes no samples"
  "$PORTS" --get "$port" /internal/force_flush >/dev/null || fail "$ENGINE does not flush"
fi

echo "engines: {\"http://127.0.0.1:$port\": {timeout: 5m}}" >"$XDG_CONFIG_HOME/nines/engines.yaml"
{
  cat <<YAML
apiVersion: openslo/v1
kind: DataSource
metadata: {name: metrics}
spec: {type: $ENGINE, connectionDetails: {url: "http://127.0.0.1:$port", lookback: 6h, splits: [{label: pod, values: [old, good, bad]}]}}
YAML
  for name in steady late dies lost lost_restart churn canary; do
    cat <<YAML
---
apiVersion: openslo/v1
kind: SLO
metadata: {name: $(echo $name | tr _ -)}
spec:
  service: shop
  budgetingMethod: Occurrences
  timeWindow: [{duration: 3d, isRolling: true}]
  objectives: [{displayName: served, target: 0.999}]
  indicator:
    metadata: {name: $(echo $name | tr _ -)}
    spec:
      ratioMetric:
        counter: true
        bad: {metricSource: {metricSourceRef: metrics, spec: {query: 'sum(rate(http_requests_total{case="$name",code="500"}[5m]))'}}}
        total: {metricSource: {metricSourceRef: metrics, spec: {query: 'sum(rate(http_requests_total{case="$name"}[5m]))'}}}
YAML
  done
} >slos.yaml
time() { date -u -d "@$1" +%Y-%m-%dT%H:%M:%SZ; }

# A canary is judged by what the engine says now: nothing of it is in this store yet. $1: exit code.
mkdir canary
cp slos.yaml canary
judge() {
  said=$( (cd canary && NINES_NOW=$(time $end) "$NINES" remediate canary judge --slo canary --canary "pod=$2" \
    --baseline pod=old --since "$(time $((end - 7200)))" --measure -o json) 2>canary/err)
  code=$?
  [ $code = "$1" ] || fail "canary $2: exit $code, not $1: $said $(cat canary/err)"
}
(cd canary && "$NINES" init -q && "$NINES" slo apply slos.yaml --because test -q) >/dev/null || fail "a store for the canary"
judge 1 bad
echo "$said" | grep -q '"verdict": "roll-back"' || fail "the bad version is not rolled back: $said"
judge 0 good
echo "$said" | grep -q '"verdict": "promote"' || fail "the good version is not promoted: $said"

"$NINES" init -q >/dev/null || fail "nines init"
"$NINES" slo apply slos.yaml --because test -q >/dev/null || fail "slo apply"
"$NINES" slo measure --from "$(time $start)" --to "$(time $end)" -o json >measured.json ||
  fail "slo measure: $(head -c 2000 measured.json)"
sed -i 's/"lost-restart"/"lost_restart"/' measured.json
"$CASES" compare truth measured.json || fail "not the truth, and no reason said"

# Again: everything is known, and the engine is recognised by what it says about the last hour.
"$NINES" slo measure --from "$(time $start)" --to "$(time $end)" -o json >again.json || fail "measured again"
grep -q '"minutes": [1-9]' again.json && fail "something was measured twice"
"$NINES" slo measure --audit --from "$(time $((start + 86400)))" --to "$(time $end)" >audit.txt || fail "--audit"
grep -q 'increase per 5m' audit.txt || fail "no other definition: $(cat audit.txt)"
"$NINES" doctor >/dev/null || fail "nines doctor"

# An engine that answers nothing decides nothing, whatever was measured before.
stop
child=
judge 6 good
cat audit.txt
echo "engines: $ENGINE agrees with the truth, or says why not"
