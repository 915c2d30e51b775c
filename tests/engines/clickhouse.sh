#!/bin/sh
# Rows with a known truth in a real ClickHouse, and nines slo measure against it: exact, with the
# silence in the middle unwatched, and nothing but reading.
#
# The programs are Debian's, unpacked into the work folder: nothing is installed, no service starts.
# Needs NINES, PORTS (programs), WORK (a scratch folder).
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
  echo "SKIPPED: $*: slo measure against a real ClickHouse was NOT tested" >&2
  exit 77
}
programs=$WORK/programs
if [ ! -x "$programs/usr/sbin/clickhouse-server" ]; then
  rm -rf "$programs"
  mkdir -p "$programs" || exit 1
  packages="clickhouse-server clickhouse-common libpocofoundation80 libpoconet80 libpoconetssl80 libpocoutil80
libpocoxml80 libpocojson80 libpococrypto80 libjemalloc2 libcapnp-0.9.2 librdkafka1 libfarmhash0 libmetrohash1
libcpuinfo0 libcctz2"
  (
    cd "$programs" || exit 1
    # shellcheck disable=SC2086
    apt-get download -qq $packages || { apt-get update -qq && apt-get download -qq $packages; }
  ) >/dev/null 2>&1 || skip "the package clickhouse-server cannot be had"
  for package in "$programs"/*.deb; do
    dpkg-deb -x "$package" "$programs" || skip "cannot unpack $package"
  done
  rm -f "$programs"/*.deb
fi
LD_LIBRARY_PATH=$(echo "$programs"/usr/lib/*-linux-gnu)
libraries=$LD_LIBRARY_PATH
unset LD_LIBRARY_PATH

rm -rf "$WORK/run"
mkdir -p "$WORK/run/data/tmp" && cd "$WORK/run" || exit 1
export HOME="$WORK/run/home" XDG_CONFIG_HOME="$WORK/run/home/.config" XDG_STATE_HOME="$WORK/run/home/.state"
export NINES_ACTOR=tester TZ=UTC
mkdir -p "$XDG_CONFIG_HOME/nines"
# shellcheck disable=SC2046
set -- $("$PORTS" --ports 2)
port=$1
cat >config.xml <<XML
<yandex>
  <logger><level>warning</level><console>1</console></logger>
  <http_port>$port</http_port><tcp_port>$2</tcp_port><listen_host>127.0.0.1</listen_host>
  <path>$WORK/run/data/</path><tmp_path>$WORK/run/data/tmp/</tmp_path>
  <users_config>users.xml</users_config><default_profile>default</default_profile>
  <default_database>default</default_database><mark_cache_size>10000000</mark_cache_size>
</yandex>
XML
cat >users.xml <<'XML'
<yandex><profiles><default/></profiles><quotas><default/></quotas><users><default><password>s3cret</password>
<networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota></default></users></yandex>
XML
env LD_LIBRARY_PATH="$libraries" "$programs/usr/sbin/clickhouse-server" --config-file=config.xml >engine.log 2>&1 &
child=$!
tries=0
until "$PORTS" --get "$port" /ping >/dev/null 2>&1; do
  tries=$((tries + 1)); [ $tries -lt 300 ] || skip "clickhouse-server does not start here"
  sleep 0.2
done
end=$(($(date +%s) / 86400 * 86400))
start=$((end - 7200))
sql() {
  printf '%s' "$1" >statement.sql
  "$PORTS" --post "$port" '/?user=default&password=s3cret' statement.sql || fail "ClickHouse refuses: $1"
}
sql "CREATE TABLE requests (t DateTime, status UInt16) ENGINE = MergeTree() PARTITION BY toDate(t) ORDER BY t"
# A request a second, every fiftieth fails, and half an hour of silence.
sql "INSERT INTO requests SELECT toDateTime($start + number), if(number % 50 = 0, 500, 200)
  FROM (SELECT number FROM system.numbers LIMIT 7200) WHERE number < 2400 OR number >= 4200"

printf 'engines: {"http://127.0.0.1:%s": {user: default, password_env: CH_PASSWORD}}' "$port" \
  >"$XDG_CONFIG_HOME/nines/engines.yaml"
metric() {
  echo "{metricSource: {metricSourceRef: rows, spec: {query: \"SELECT toStartOfMinute(t) AS minute, count() AS value FROM requests WHERE t >= {{.from}} AND t < {{.to}} $1 GROUP BY minute\"}}}"
}
cat >slos.yaml <<YAML
apiVersion: openslo/v1
kind: DataSource
metadata: {name: rows}
spec: {type: clickhouse, connectionDetails: {url: "http://127.0.0.1:$port"}}
---
apiVersion: openslo/v1
kind: SLO
metadata: {name: shop}
spec:
  service: shop
  budgetingMethod: Occurrences
  timeWindow: [{duration: 3d, isRolling: true}]
  objectives: [{displayName: served, target: 0.99}]
  indicator:
    metadata: {name: shop}
    spec:
      ratioMetric:
        bad: $(metric 'AND status >= 500')
        total: $(metric '')
YAML
"$NINES" init -q >/dev/null || fail "nines init"
"$NINES" slo apply slos.yaml --because test -q >/dev/null || fail "slo apply"
time() { date -u -d "@$1" +%Y-%m-%dT%H:%M:%SZ; }
measured() {
  "$NINES" slo measure --from "$(time $start)" --to "$(time $end)" -o json >"$1"
}
CH_PASSWORD=wrong-password measured wrong.json 2>wrong.err && fail "a wrong password is taken"
grep -q wrong-password wrong.err && fail "the password is printed"
export CH_PASSWORD=s3cret
measured measured.json || fail "slo measure: $(head -c 2000 measured.json)"
for figure in '"total": 5400' '"good": 5292' '"watched_minutes": 90' '"gap_minutes": 30'; do
  grep -q "$figure" measured.json || fail "not $figure: $(head -c 3000 measured.json)"
done
grep -q s3cret measured.json && fail "the password is printed"
measured again.json || fail "measured again"
grep -q '"minutes": 0' again.json || fail "something was measured twice"
"$NINES" doctor >/dev/null || fail "nines doctor"
echo "engines: ClickHouse agrees with the truth"
