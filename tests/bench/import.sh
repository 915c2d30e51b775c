#!/bin/sh
# nines slo import and slo status against DuckDB on the same files and cores: sh tests/bench/run.sh import
# NINES_BENCH_ROWS (default 50000000) and NINES_BENCH_DAYS (default 30) make smaller inputs.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
rows=${NINES_BENCH_ROWS:-50000000}
days=${NINES_BENCH_DAYS:-30}
dir=$WORK/import
mkdir -p "$dir"
trap 'rm -rf "$dir"' EXIT

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
YAML
# fleet INDICATOR OBJECTIVE: an SLO for each service; both sides answer for 1,000 services.
fleet() {
  n=0
  while [ $n -lt 1000 ]; do
    s=$(printf 'svc-%04d' $n)
    printf -- '---\napiVersion: openslo/v1\nkind: SLO\nmetadata: {name: %s}\nspec:\n  service: %s\n  indicatorRef: %s\n  timeWindow: [{duration: 30d, isRolling: true}]\n  budgetingMethod: Occurrences\n  objectives: [{displayName: main, %s}]\n' "$s" "$s" "$1" "$2"
    n=$((n + 1))
  done
}
fleet fast "op: lte, value: 300, target: 0.99" >"$dir/fleet-requests.yaml"
fleet counted "target: 0.999" >"$dir/fleet-aggregate.yaml"
for kind in requests aggregate; do
  rm -rf "$dir/store-$kind"
  mkdir -p "$dir/store-$kind"
  (cd "$dir/store-$kind" && "$NINES" init --no-input >/dev/null 2>&1)
  "$NINES" --db "$dir/store-$kind/.nines/nines.db" slo apply "$dir/slos.yaml" "$dir/fleet-$kind.yaml" --because "benchmark" >/dev/null
done

# Both import into a file of their own, and then answer from it.
cat >"$dir/ours.sh" <<SH
set -eu
rm -rf "$dir/fresh-\$1"
cp -r "$dir/store-\$1" "$dir/fresh-\$1"
"$NINES" --db "$dir/fresh-\$1/.nines/nines.db" slo import --source "\$1" "$dir/\$1.csv"
"$NINES" --db "$dir/fresh-\$1/.nines/nines.db" slo status --at last -o json
SH
ours="exec sh $dir/ours.sh"

sh "$here/peers.sh" npm @duckdb/node-api@1.5.6-r.1 || true
cp "$here/import_duckdb.mjs" "$WORK/import_duckdb.mjs"
duck="exec node $WORK/import_duckdb.mjs"
peer=yes
if [ ! -d "$WORK/node_modules/@duckdb/node-api" ]; then
  peer=no
  echo "SKIPPED: @duckdb/node-api cannot be installed here, NOT compared"
fi

# compare KIND TITLE
compare() {
  set -- "$1" "$2" "nines import and status=$ours $1"
  kind=$1
  title=$2
  shift 2
  if [ $peer = yes ]; then
    set -- "$@" "DuckDB import and query=rm -f $dir/$kind.duckdb; $duck $kind $dir/$kind.csv $dir/$kind.duckdb" \
      "DuckDB query of the CSV=$duck $kind $dir/$kind.csv"
  fi
  "$PAIR" -n "${NINES_BENCH_RUNS:-3}" -w 0 -t "$title" -a "nines import and status|faster|5|DuckDB import and query" \
    -a "nines import and status|mib|300" "$@"
}
compare requests "import of $rows requests, with a latency histogram, and an answer for each of 1,000 services"
compare aggregate "import of $days days of per-minute aggregates of 1,000 services, and an answer for each"

# The last run of each left its store and its database behind.
set -- "nines slo status=exec $NINES --db $dir/fresh-aggregate/.nines/nines.db slo status --at last -o json"
[ $peer = no ] || set -- "$@" "DuckDB on its own file=$duck status $dir/aggregate.duckdb"
"$PAIR" -n 9 -w 1 -t "status of 1,000 services from the store" \
  -a "nines slo status|faster|20|DuckDB on its own file" -a "nines slo status|mib|300" "$@"
