#!/bin/sh
# A real Prometheus with our rules scrapes a service that begins to fail: the page alert fires when
# nines slo test said it would, the recorded error ratio is the exact count's, and nines slo measure
# gets the truth out of it and of a VictoriaMetrics that scraped the same, or says why it cannot.
#
# Everything is a matter of minutes: scrapes and evaluations each second, windows of seconds.
# The programs are Debian's, unpacked into the work folder: nothing is installed, no service starts.
# Needs NINES, EXPORTER, CASES, PORTS (programs), WORK (a scratch folder).
set -u
children=""
stop() {
  for pid in $children; do kill "$pid" 2>/dev/null; done
  for pid in $children; do wait "$pid" 2>/dev/null; done
}
trap stop EXIT
trap 'exit 130' INT TERM
fail() {
  echo "FAIL: $*" >&2
  for log in prometheus victoriametrics; do
    [ ! -f "$WORK/run/$log.log" ] || tail -5 "$WORK/run/$log.log" | sed "s/^/  $log: /" >&2
  done
  exit 1
}
skip() {
  echo "SKIPPED: $*: generated rules in a running Prometheus were NOT tested" >&2
  exit 77
}

programs=$WORK/programs
if [ ! -x "$programs/usr/bin/prometheus" ] || [ ! -x "$programs/usr/bin/victoria-metrics" ]; then
  rm -rf "$programs"
  mkdir -p "$programs" || exit 1
  (
    cd "$programs" || exit 1
    apt-get download -qq prometheus victoria-metrics ||
      { apt-get update -qq && apt-get download -qq prometheus victoria-metrics; }
  ) >/dev/null 2>&1 || skip "the packages prometheus and victoria-metrics cannot be had"
  for package in "$programs"/*.deb; do
    dpkg-deb -x "$package" "$programs" || skip "cannot unpack $package"
  done
  rm -f "$programs"/*.deb
fi

rm -rf "$WORK/run"
mkdir -p "$WORK/run" && cd "$WORK/run" || exit 1
export HOME="$WORK/run/home" XDG_CONFIG_HOME="$WORK/run/home/.config" XDG_STATE_HOME="$WORK/run/home/.state"
export NINES_ACTOR=tester TZ=UTC
mkdir -p "$XDG_CONFIG_HOME/nines"
"$EXPORTER" --truth >truth || fail "no truth"
burst=$("$EXPORTER" --burst)
cases="steady dies lost lost_restart churn"
name_of() { echo "$1" | tr _ -; }

# ---- the rules, and what they will do --------------------------------------------------------
cat >windows.yaml <<'YAML'
apiVersion: sloth.slok.dev/v1
kind: AlertWindows
spec:
  sloPeriod: 30d
  page:
    quick: {errorBudgetPercent: 0.01, shortWindow: 5s, longWindow: 20s}
    slow: {errorBudgetPercent: 0.015, shortWindow: 10s, longWindow: 40s}
  ticket:
    quick: {errorBudgetPercent: 0.01, shortWindow: 15s, longWindow: 1m}
    slow: {errorBudgetPercent: 0.01, shortWindow: 30s, longWindow: 90s}
YAML
{
  printf 'version: prometheus/v1\nservice: shop\nslos:\n'
  for kind in $cases; do
    cat <<YAML
  - name: $(name_of $kind)
    objective: 99
    sli:
      events:
        error_query: sum(rate(http_requests_total{case="$kind",code="500"}[{{.window}}]))
        total_query: sum(rate(http_requests_total{case="$kind"}[{{.window}}]))
    alerting: {name: Burns}
YAML
  done
} >slos.yaml
cat >predicted.yaml <<YAML
apiVersion: nines/v1
kind: SLOTest
metadata: {name: predicted}
spec:
  slo: steady
  scrapeInterval: 1s
  evaluationInterval: 1s
  history: 0s
  traffic: {rate: 200/s}
  tests:
    - name: a fifth fails for half a minute
      for: 150s
      phases: [{from: ${burst}s, for: 30s, errors: 20%}]
      expect:
        - {alert: page, must: be-quiet, until: ${burst}s}
        - {alert: page, must: fire, from: ${burst}s, within: 30s}
YAML
"$NINES" slo test windows.yaml slos.yaml predicted.yaml -o json >predicted.json ||
  fail "slo test: $(cat predicted.json)"
predicted=$(tr -d ' \n' <predicted.json | sed -n 's/.*"alert":"page","firing":\[{"from_seconds":\([0-9]*\).*/\1/p')
[ -n "$predicted" ] || fail "slo test predicts no page: $(cat predicted.json)"
"$NINES" slo rules --exact --slo-period-windows-path windows.yaml --out rules.yml slos.yaml ||
  fail "slo rules"

# ---- everything runs -------------------------------------------------------------------------
# Traffic begins after the first scrapes, early in a minute that is whole for slo measure.
now=$(date +%s)
begin=$(((now + 25) / 60 * 60 + 61))
"$EXPORTER" exporter.port "${begin}000" & children="$children $!"
tries=0
until [ -s exporter.port ]; do
  tries=$((tries + 1)); [ $tries -lt 100 ] || fail "the exporter does not listen"
  sleep 0.1
done
exporter=$(cat exporter.port)
# shellcheck disable=SC2046
set -- $("$PORTS" --ports 2)
prometheus=$1 victoria=$2
{
  echo 'scrape_configs:'
  for kind in $cases; do
    interval=1s
    [ $kind = dies ] && interval=10s  # so that it takes something along
    echo "- {job_name: $kind, metrics_path: /$kind, scrape_interval: $interval, scrape_timeout: 1s, static_configs: [{targets: ['127.0.0.1:$exporter']}]}"
  done
} >scrapes.yml
{
  printf 'global: {evaluation_interval: 1s}\nrule_files: [rules.yml]\n'
  cat scrapes.yml
} >prometheus.yml
"$programs/usr/bin/prometheus" --config.file=prometheus.yml --storage.tsdb.path=tsdb \
  --web.listen-address="127.0.0.1:$prometheus" >prometheus.log 2>&1 & children="$children $!"
"$programs/usr/bin/victoria-metrics" -storageDataPath=vm -promscrape.config=scrapes.yml \
  -httpListenAddr="127.0.0.1:$victoria" >victoriametrics.log 2>&1 & children="$children $!"
for port in $prometheus $victoria; do
  tries=0
  until "$PORTS" --get "$port" "/api/v1/query?query=1" >/dev/null 2>&1; do
    tries=$((tries + 1)); [ $tries -lt 300 ] || fail "an engine does not answer"
    sleep 0.1
  done
done
[ "$(date +%s)" -lt $begin ] || fail "the engines took too long to start"
end=$(((begin + 150 + 59) / 60 * 60))

asked() {  # asked QUERY: the one value of it in Prometheus now
  encoded=$(printf '%s' "$1" | od -An -v -tx1 | tr -d '\n' | sed 's/ /%/g')
  "$PORTS" --get "$prometheus" "/api/v1/query?query=$encoded" >answer.json || return 1
  sed -n 's/.*"value":\[[^,]*,"\([^"]*\)"\].*/\1/p' answer.json
}
firing='ALERTS{alertname="Burns",sloth_slo="steady",alertstate="firing",sloth_severity="page"}'
sleep $((begin + burst - $(date +%s)))
until [ -n "$(asked "$firing")" ]; do
  [ "$(date +%s)" -lt $((begin + burst + 60)) ] || fail "the page does not fire within a minute"
  sleep 0.5
done
sleep 2
# When it began, by the evaluation that said so.
fired=$(asked "min_over_time(timestamp($firing)[2m:1s])")
[ -n "$fired" ] || fail "no time of the page: $(cat answer.json)"
late=$(awk -v fired="$fired" -v begin="$begin" -v predicted="$predicted" 'BEGIN { printf "%.1f", fired - begin - predicted }')
echo "page: predicted $predicted s after the traffic began, fired $late s later than that"
# A scrape, an evaluation, and the rates of two windows that a busy machine samples unevenly.
awk -v late="$late" 'BEGIN { exit !(late >= -2 && late <= 6) }' ||
  fail "the page fires $late s after the time that slo test predicts"

wait_for=$((end + 2 - $(date +%s)))
[ $wait_for -le 0 ] || sleep $wait_for

# ---- what the rules recorded, beside the exact count -----------------------------------------
recorded=$(asked 'slo:sli_error:ratio_rate30d{sloth_slo="steady"}')
awk -v got="$recorded" '$1 == "steady" {
  true_ratio = $2 / $3
  printf "error ratio of the period: %.6f recorded, %.6f counted, %+.2f %%\n", got, true_ratio, 100 * (got / true_ratio - 1)
  exit !(got >= 0.98 * true_ratio && got <= 1.02 * true_ratio)
}' truth || fail "the recorded ratio '$recorded' is not within 2 % of the count"

# ---- nines slo measure -----------------------------------------------------------------------
printf 'engines: {"http://127.0.0.1:%s": {}, "http://127.0.0.1:%s": {}}\n' "$prometheus" "$victoria" \
  >"$XDG_CONFIG_HOME/nines/engines.yaml"
definitions() {  # definitions TYPE PORT
  cat <<YAML
apiVersion: openslo/v1
kind: DataSource
metadata: {name: metrics}
spec: {type: $1, connectionDetails: {url: "http://127.0.0.1:$2", lookback: 1h, delay: 1m}}
YAML
  for kind in $cases; do
    cat <<YAML
---
apiVersion: openslo/v1
kind: SLO
metadata: {name: $(name_of $kind)}
spec:
  service: shop
  budgetingMethod: Occurrences
  timeWindow: [{duration: 1d, isRolling: true}]
  objectives: [{displayName: served, target: 0.99}]
  indicator:
    metadata: {name: $(name_of $kind)}
    spec:
      ratioMetric:
        counter: true
        bad: {metricSource: {metricSourceRef: metrics, spec: {query: 'sum(rate(http_requests_total{case="$kind",code="500"}[1m]))'}}}
        total: {metricSource: {metricSourceRef: metrics, spec: {query: 'sum(rate(http_requests_total{case="$kind"}[1m]))'}}}
YAML
  done
}
utc_of() { date -u -d "@$1" +%Y-%m-%dT%H:%M:%SZ; }
measure() {  # measure TYPE PORT
  mkdir "$1" || exit 1
  definitions "$1" "$2" >"$1/slos.yaml"
  (
    cd "$1" || exit 1
    # Minutes that young are not asked for by a clock that is right.
    NINES_NOW=$(utc_of $((end + 300)))
    export NINES_NOW
    "$NINES" init -q >/dev/null || fail "nines init"
    "$NINES" slo apply slos.yaml --because test -q >/dev/null || fail "slo apply"
    "$NINES" slo measure --from "$(utc_of $((begin / 60 * 60 - 60)))" --to "$(utc_of $end)" -o json >measured.json ||
      fail "slo measure from $1: $(head -c 2000 measured.json)"
    sed -i 's/"lost-restart"/"lost_restart"/' measured.json
    echo "$1:"
    "$CASES" compare ../truth measured.json || fail "$1: not the truth, and no reason said"
  ) || exit 1
}
measure prometheus "$prometheus"
measure victoriametrics "$victoria"
echo "alerts: a page within seconds of its prediction; two engines measured as it was"
