#!/bin/sh
# nines slo import and slo status against DuckDB on the same files and cores: sh tests/bench/run.sh import
# NINES_BENCH_ROWS (default 50000000) and NINES_BENCH_DAYS (default 30) make smaller inputs.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
rows=${NINES_BENCH_ROWS:-50000000}
days=${NINES_BENCH_DAYS:-30}
dir=$WORK/import
mkdir -p "$dir"
trap 'rm -rf "$dir/requests.csv" "$dir/aggregate.csv" "$dir"/*.duckdb "$dir"/store*' EXIT

generate=$WORK/measurements
[ "$generate" -nt "$here/measurements.cpp" ] || g++ -std=c++20 -O2 -o "$generate" "$here/measurements.cpp"
"$generate" requests "$rows" "$dir/requests.csv"
"$generate" aggregate "$days" "$dir/aggregate.csv"

cat > "$dir/slos.yaml" <<'YAML'
apiVersion: openslo/v1
kind: DataSource
metadata: {name: requests}
spec:
  type: file
  connectionDetails:
    format: csv
    time: {column: timestamp_ms, unit: ms}
    service: {column: service}
---
apiVersion: openslo/v1
kind: DataSource
metadata: {name: aggregate}
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
metadata: {name: availability}
spec:
  ratioMetric:
    counter: true
    good: {metricSource: {metricSourceRef: requests, type: file, spec: {where: "status < 500"}}}
    total: {metricSource: {metricSourceRef: requests, type: file, spec: {where: "true"}}}
---
apiVersion: openslo/v1
kind: SLI
metadata: {name: fast}
spec:
  thresholdMetric:
    metricSource: {metricSourceRef: requests, type: file, spec: {value: latency_ms}}
---
apiVersion: openslo/v1
kind: SLI
metadata: {name: counted}
spec:
  ratioMetric:
    counter: true
    good: {metricSource: {metricSourceRef: aggregate, type: file, spec: {sum: good}}}
    total: {metricSource: {metricSourceRef: aggregate, type: file, spec: {sum: total}}}
---
apiVersion: openslo/v1
kind: SLO
metadata: {name: latency}
spec:
  service: svc-0000
  indicatorRef: fast
  timeWindow: [{duration: 30d, isRolling: true}]
  budgetingMethod: Occurrences
  objectives: [{displayName: fast, op: lte, value: 300, target: 0.99}]
YAML
n=0
: > "$dir/fleet.yaml"
while [ $n -lt 1000 ]; do
  s=$(printf 'svc-%04d' $n)
  printf -- '---\napiVersion: openslo/v1\nkind: SLO\nmetadata: {name: %s}\nspec:\n  service: %s\n  indicatorRef: counted\n  timeWindow: [{duration: 30d, isRolling: true}]\n  budgetingMethod: Occurrences\n  objectives: [{displayName: main, target: 0.999}]\n' "$s" "$s" >> "$dir/fleet.yaml"
  n=$((n + 1))
done

"$NINES" --db "$dir/store/empty.db" init >/dev/null 2>&1 || "$NINES" init --db "$dir/store/empty.db" >/dev/null
"$NINES" --db "$dir/store/empty.db" slo apply "$dir/slos.yaml" "$dir/fleet.yaml" --because "benchmark" >/dev/null
fresh="rm -rf $dir/store1; cp -r $dir/store $dir/store1"
ours="$fresh; exec $NINES --db $dir/store1/empty.db slo import --source"

if [ ! -d "$WORK/node_modules/@duckdb/node-api" ]; then
  (cd "$WORK" && npm install --silent --no-audit --no-fund @duckdb/node-api@1.5.6-r.1) || true
fi
if [ ! -d "$WORK/node_modules/@duckdb/node-api" ]; then
  echo "SKIPPED: @duckdb/node-api could not be installed"
  exit 0
fi
cp "$here/import_duckdb.mjs" "$WORK/import_duckdb.mjs"
duck="exec node $WORK/import_duckdb.mjs"

"$PAIR" -n 3 -w 0 -t "import of $rows requests, with a latency histogram" \
  "nines slo import=$ours requests $dir/requests.csv" \
  "DuckDB import and query=rm -f $dir/a.duckdb; $duck requests $dir/requests.csv $dir/a.duckdb" \
  "DuckDB query of the CSV=$duck requests $dir/requests.csv"
"$PAIR" -n 3 -w 0 -t "import of $days days of per-minute aggregates of 1,000 services" \
  "nines slo import=$ours aggregate $dir/aggregate.csv" \
  "DuckDB import and query=rm -f $dir/b.duckdb; $duck aggregate $dir/aggregate.csv $dir/b.duckdb" \
  "DuckDB query of the CSV=$duck aggregate $dir/aggregate.csv"
# The last import of each pair left its store and its database behind.
sh -c "$ours aggregate $dir/aggregate.csv" >/dev/null
"$PAIR" -n 9 -w 1 -t "status of 1,000 services from the store" \
  "nines slo status=exec $NINES --db $dir/store1/empty.db slo status --at last -o json" \
  "DuckDB on its own file=$duck status $dir/b.duckdb"
