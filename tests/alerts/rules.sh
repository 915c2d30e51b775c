#!/bin/sh
# Rules of every form pass Debian's promtool, and none of them is lost on the way.
#
# promtool is unpacked from Debian's package into the work folder: nothing is installed.
# Needs NINES (the program), WORK (a scratch folder).
set -u
fail() { echo "FAIL: $*" >&2; exit 1; }
skip() {
  echo "SKIPPED: $*: the generated rules were NOT checked by promtool" >&2
  exit 77
}

programs=$WORK/programs
if [ ! -x "$programs/usr/bin/promtool" ]; then
  rm -rf "$programs"
  mkdir -p "$programs" || exit 1
  (
    cd "$programs" || exit 1
    apt-get download -qq prometheus || { apt-get update -qq && apt-get download -qq prometheus; }
  ) >/dev/null 2>&1 || skip "the package prometheus cannot be had"
  for package in "$programs"/*.deb; do
    dpkg-deb -x "$package" "$programs" || skip "cannot unpack $package"
  done
  rm -f "$programs"/*.deb
fi
promtool=$programs/usr/bin/promtool

rm -rf "$WORK/run"
mkdir -p "$WORK/run" && cd "$WORK/run" || exit 1
export TZ=UTC NINES_NOW=2026-11-23T09:00:00Z

cat >events.yaml <<'SPEC'
version: prometheus/v1
service: shop
labels: {team: payments}
slos:
  - name: checkout
    objective: 99.9
    sli:
      events:
        error_query: sum by (region) (rate(requests_total{code=~"5..|429", path!="/{id}"}[{{.window}}]))
        total_query: sum by (region) (rate(requests_total{path!="/{id}"}[{{.window}}]))
    alerting:
      name: CheckoutBurns
      labels: {route: "a: 'b' \"c\" \\ d"}
      annotations: {text: "{{ $labels.sloth_slo }}\nsecond line"}
  - name: orders
    objective: 99.999
    sli:
      events:
        error_query: |
          sum(increase(failed[{{.window}}]))
        total_query: |
          sum(increase(all[{{.window}}]))
    alerting: {name: OrdersBurn}
---
version: prometheus/v1
service: cart
slos:
  - name: answers
    objective: 99
    sli: {raw: {error_ratio_query: "avg_over_time((1 - cart:ok)[{{.window}}:])"}}
    alerting: {name: CartBurns, page_alert: {disable: true}}
SPEC
cat >alpha.yaml <<'SPEC'
apiVersion: openslo/v1alpha
kind: SLO
metadata: {name: mail}
spec:
  service: mail
  budgetingMethod: Occurrences
  objectives:
    - ratioMetrics:
        good: {source: prometheus, queryType: promql, query: "sum(rate(good[{{.window}}]))"}
        total: {source: prometheus, queryType: promql, query: "sum(rate(all[{{.window}}]))"}
      target: 0.995
SPEC
calendar() {  # calendar LENGTH START QUERY
  cat <<SPEC
apiVersion: openslo/v1
kind: SLO
metadata: {name: every-$(echo "$1" | tr 'A-Z' 'a-z')}
spec:
  description: A calendar window.
  service: mail
  budgetingMethod: Occurrences
  timeWindow: [{duration: $1, calendar: {startTime: "$2 00:00:00", timeZone: UTC}}]
  indicator:
    metadata: {name: ratio}
    spec:
      ratioMetric:
        counter: true
        bad: {metricSource: {type: Prometheus, spec: {query: "sum(rate(bad[5m]))"}}}
        total: {metricSource: {type: Prometheus, spec: {query: "sum(rate(all[5m]))"}}}
  objectives: [{target: 0.99}]
SPEC
}
calendar 1M 2026-01-01 >month.yaml
calendar 1Q 2026-04-01 >quarter.yaml
calendar 1Y 2026-01-01 >year.yaml
calendar 1w 2026-01-05 >week.yaml

checked=0
check() {  # check RULES OPTION...: so many rules, all of them read
  wanted=$1
  shift
  "$NINES" slo rules "$@" >rules.yml 2>said || { cat said >&2; fail "nines slo rules $*"; }
  "$promtool" check rules rules.yml >found 2>&1 || { cat found >&2; fail "promtool refuses: nines slo rules $*"; }
  grep -q "SUCCESS: $wanted rules found" found || { cat found >&2; fail "wanted $wanted rules: nines slo rules $*"; }
  checked=$((checked + 1))
}
check 50 events.yaml
check 65 events.yaml alpha.yaml
check 50 --numbers exact events.yaml
check 50 --sli direct events.yaml
check 54 --exact events.yaml
check 54 --exact --chain-long-windows events.yaml
check 45 --disable-alerts events.yaml
check 5 --disable-recordings events.yaml
check 61 --min-events 100 --min-errors 3 --absent-data 10m events.yaml
check 54 --exact --except 'max(maintenance) == 1' events.yaml
check 50 --except 'max(maintenance) == 1' events.yaml
check 50 --default-slo-period 4w events.yaml
check 50 --default-slo-period 90d --any-period events.yaml
for file in month quarter year week; do
  check 18 --any-period $file.yaml
  check 20 --any-period --exact $file.yaml
done
echo "promtool accepts the rules of $checked command lines"
