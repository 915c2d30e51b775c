#!/bin/sh
# nines slo backtest of a year of minutes of 1,000 services, beside DuckDB on a tenth of it and
# promtool test rules per series-day: sh tests/bench/run.sh backtest
# NINES_BENCH_BACKTEST_DAYS (default 364) makes a smaller history; it is imported month by month.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
days=${NINES_BENCH_BACKTEST_DAYS:-364}
tenth=$((days / 10))
[ $tenth -gt 0 ] || tenth=1
dir=$WORK/backtest
mkdir -p "$dir"
trap 'rm -rf "$dir"' EXIT

generate=$WORK/measurements
[ "$generate" -nt "$here/measurements.cpp" ] || g++ -std=c++20 -O2 -o "$generate" "$here/measurements.cpp"

cat > "$dir/slos.yaml" <<'YAML'
apiVersion: openslo/v1
kind: DataSource
metadata: {name: history}
spec:
  type: file
  connectionDetails:
    format: csv
    time: {column: minute, unit: s}
    service: {column: service}
    expectedInterval: 1m
---
apiVersion: openslo/v1
kind: SLI
metadata: {name: counted}
spec:
  ratioMetric:
    counter: true
    good: {metricSource: {metricSourceRef: history, type: file, spec: {sum: good}}}
    total: {metricSource: {metricSourceRef: history, type: file, spec: {sum: total}}}
YAML
n=0
while [ $n -lt 1000 ]; do
  service=$(printf 'svc-%04d' $n)
  cat <<YAML
---
apiVersion: openslo/v1
kind: SLO
metadata: {name: $service}
spec:
  service: $service
  indicatorRef: counted
  budgetingMethod: Occurrences
  timeWindow: [{duration: 30d, isRolling: true}]
  objectives: [{displayName: main, target: 0.999}]
YAML
  n=$((n + 1))
done > "$dir/fleet.yaml"

store=$dir/store/.nines/nines.db
mkdir -p "$dir/store"
(cd "$dir/store" && "$NINES" init --no-input >/dev/null 2>&1)
"$NINES" --db "$store" slo apply "$dir/slos.yaml" "$dir/fleet.yaml" --because "benchmark" >/dev/null
day=0
while [ $day -lt "$days" ]; do
  some=$((days - day))
  [ $some -le 28 ] || some=28
  "$generate" history $some "$dir/month-$day.csv" $day
  "$NINES" --db "$store" slo import --source history "$dir/month-$day.csv" >/dev/null
  rm "$dir/month-$day.csv"
  day=$((day + some))
done
"$generate" history $tenth "$dir/tenth.csv" 0
echo "store of $((days * 1440 * 1000)) samples: $(($(stat -c %s "$store") / 1048576)) MiB"

sh "$here/peers.sh" npm @duckdb/node-api@1.5.6-r.1 || true
cp "$here/backtest_duckdb.mjs" "$WORK/backtest_duckdb.mjs"
set -- "nines slo backtest=exec $NINES --db $store slo backtest -o json"
if [ -d "$WORK/node_modules/@duckdb/node-api" ]; then
  node "$WORK/backtest_duckdb.mjs" load "$dir/tenth.csv" "$dir/tenth.duckdb"
  set -- -a "nines slo backtest|faster|2|DuckDB on a tenth of the days" "$@" \
    "DuckDB on a tenth of the days=exec node $WORK/backtest_duckdb.mjs replay $dir/tenth.duckdb"
else
  echo "SKIPPED: @duckdb/node-api cannot be installed here, NOT compared"
fi
"$PAIR" -n "${NINES_BENCH_RUNS:-3}" -w 0 -t "four window pairs over $days days of minutes of 1,000 services" \
  -a "nines slo backtest|ms|10000" -a "nines slo backtest|mib|1024" "$@"
echo "DuckDB replays $tenth days of these $days: 2 times as fast on all of them is 20 times as fast per sample"

# One service-day through promtool, with the rules and the series of the differential test.
promtool=$(command -v promtool || true)
if [ -z "$promtool" ]; then
  mkdir -p "$WORK/promtool"
  (cd "$WORK/promtool" && { [ -x usr/bin/promtool ] || { apt-get download -qq prometheus && dpkg-deb -x prometheus_*.deb .; }; }) >/dev/null 2>&1 || true
  [ ! -x "$WORK/promtool/usr/bin/promtool" ] || promtool=$WORK/promtool/usr/bin/promtool
fi
if [ -z "$promtool" ]; then
  echo "SKIPPED: promtool cannot be had, NOT compared"
  exit 0
fi
cd "$dir"
{
  echo "groups:"
  echo "- name: ratios"
  echo "  rules:"
  for window in 5m 30m 1h 2h 6h 1d 3d; do
    echo "  - {record: 'ratio:$window', expr: 'sum by (service) (rate(bad[$window])) / sum by (service) (rate(total[$window]))'}"
  done
  echo "- name: alerts"
  echo "  rules:"
  echo "  - {alert: page, expr: '(ratio:5m > (14.4 * 0.001) and ratio:1h > (14.4 * 0.001)) or (ratio:30m > (6 * 0.001) and ratio:6h > (6 * 0.001))'}"
  echo "  - {alert: ticket, expr: '(ratio:2h > (3 * 0.001) and ratio:1d > (3 * 0.001)) or (ratio:6h > (1 * 0.001) and ratio:3d > (1 * 0.001))'}"
} > promtool-rules.yml
{
  echo "rule_files: [promtool-rules.yml]"
  echo "evaluation_interval: 1m"
  echo "group_eval_order: [ratios, alerts]"
  echo "tests:"
  echo "- interval: 1m"
  echo "  input_series:"
  for service in a b c d; do
    echo "  - {series: 'total{service=\"$service\"}', values: '0+40x1440'}"
    echo "  - {series: 'bad{service=\"$service\"}', values: '0+0x600 0+8x60 480+0x780'}"
  done
  echo "  promql_expr_test:"
  echo "  - {expr: 'count(ratio:5m)', eval_time: 24h, exp_samples: [{labels: '{}', value: 4}]}"
} > promtool-test.yml
"$PAIR" -n 1 -w 0 -t "promtool test rules, 4 services for 1 day: 4 of $((1000 * days)) service-days" \
  "promtool test rules=exec $promtool test rules $dir/promtool-test.yml"
