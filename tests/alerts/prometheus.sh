#!/bin/sh
# A rule fires on a real series and resolves later; Alertmanager delivers, the spool is ingested:
# one proposal per group, through firing and resolved, and nothing twice.
#
# The programs are Debian's, unpacked into the work folder: nothing is installed, no service starts.
# Alertmanager sees the package's /usr/share in a mount namespace of its own: its templates are there.
# Needs NINES, RECEIVER (programs), WORK (a scratch folder).
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
  for log in prometheus alertmanager; do
    [ -f "$WORK/run/$log.log" ] && tail -5 "$WORK/run/$log.log" | sed "s/^/  $log: /" >&2
  done
  exit 1
}
skip() {
  echo "SKIPPED: $*: alerts of a real Prometheus and Alertmanager were NOT tested" >&2
  exit 77
}

# The programs, once.
programs=$WORK/programs
if [ ! -x "$programs/usr/bin/prometheus" ] || [ ! -x "$programs/usr/bin/prometheus-alertmanager" ]; then
  rm -rf "$programs"
  mkdir -p "$programs" || exit 1
  (
    cd "$programs" || exit 1
    apt-get download -qq prometheus prometheus-alertmanager ||
      { apt-get update -qq && apt-get download -qq prometheus prometheus-alertmanager; }
  ) >/dev/null 2>&1 || skip "the packages prometheus and prometheus-alertmanager cannot be had"
  for package in "$programs"/*.deb; do
    dpkg-deb -x "$package" "$programs" || skip "cannot unpack $package"
  done
  rm -f "$programs"/*.deb
fi

namespace=""
for flags in -m -rm; do
  # shellcheck disable=SC2016
  unshare $flags sh -c 'mount --bind "$0" /usr/share' "$programs/usr/share" 2>/dev/null && namespace=$flags && break
done
[ -n "$namespace" ] || skip "no mount namespace can be made"

rm -rf "$WORK/run"
mkdir -p "$WORK/run" && cd "$WORK/run" || exit 1
export HOME="$WORK/run/home" XDG_CONFIG_HOME="$WORK/run/home/.config" XDG_STATE_HOME="$WORK/run/home/.state"
export NINES_ACTOR=tester TZ=UTC
mkdir -p "$HOME"

series() {  # series VALUE: what the watched service reports
  cat >metrics.new <<METRICS
# TYPE checkout_errors gauge
checkout_errors{service="checkout",instance="web-1"} $1
checkout_errors{service="checkout",instance="web-2"} $1
# TYPE disk_full gauge
disk_full{service="archive",instance="db-1"} $1
METRICS
  mv metrics.new metrics
}
series 1
: >spool
"$RECEIVER" spool metrics receiver.port & children="$children $!"
tries=0
until [ -s receiver.port ]; do
  tries=$((tries + 1)); [ $tries -lt 100 ] || fail "the receiver does not listen"
  sleep 0.1
done
receiver=$(cat receiver.port)
# shellcheck disable=SC2046
set -- $("$RECEIVER" --ports 2)
prometheus=$1 alertmanager=$2

cat >rules.yml <<RULES
groups:
- name: test
  rules:
  - alert: HighErrorRate
    expr: checkout_errors > 0
    labels: {severity: critical}
    annotations: {summary: "checkout fails for many"}
  - alert: DiskFull
    expr: disk_full > 0
    labels: {severity: warning}
RULES
cat >prometheus.yml <<CONFIG
global: {scrape_interval: 500ms, evaluation_interval: 500ms}
rule_files: [rules.yml]
scrape_configs:
- job_name: watched
  honor_labels: true
  static_configs: [{targets: ["127.0.0.1:$receiver"]}]
alerting:
  alertmanagers:
  - static_configs: [{targets: ["127.0.0.1:$alertmanager"]}]
CONFIG
cat >alertmanager.yml <<CONFIG
route:
  receiver: spool
  group_by: [alertname, service]
  group_wait: 1s
  group_interval: 1s
  repeat_interval: 1h
receivers:
- name: spool
  webhook_configs: [{url: "http://127.0.0.1:$receiver/alerts", send_resolved: true}]
CONFIG
# shellcheck disable=SC2016
unshare $namespace sh -c 'mount --bind "$0/usr/share" /usr/share && exec "$0/usr/bin/prometheus-alertmanager" "$@"' \
  "$programs" --config.file=alertmanager.yml --storage.path=am \
  --web.listen-address="127.0.0.1:$alertmanager" --cluster.listen-address= >alertmanager.log 2>&1 &
children="$children $!"
"$programs/usr/bin/prometheus" --config.file=prometheus.yml --storage.tsdb.path=tsdb \
  --web.listen-address="127.0.0.1:$prometheus" >prometheus.log 2>&1 &
children="$children $!"

# spooled STATUS ALERT: a notification of that alert's group in that state has arrived.
spooled() { grep "\"status\":\"$1\"" spool | grep -q "\"alertname\":\"$2\""; }
await() {  # await STATUS
  tries=0
  until spooled "$1" HighErrorRate && spooled "$1" DiskFull; do
    tries=$((tries + 1)); [ $tries -lt 600 ] || fail "no '$1' notification within a minute"
    sleep 0.1
  done
}
both_instances() { grep -q '"instance":"web-1"' spool && grep -q '"instance":"web-2"' spool; }
proposals() { "$NINES" incident proposals --fields "$1" -o csv | tr -d '\r' | tail -n +2 | sort; }
expect() {  # expect WHAT WANTED GOT
  [ "$2" = "$3" ] || fail "$1: wanted '$2', got '$3'"
}

"$NINES" init -q >/dev/null || fail "nines init"
await firing
tries=0
until both_instances; do
  tries=$((tries + 1)); [ $tries -lt 100 ] || fail "not both instances fire"
  sleep 0.1
done

"$NINES" incident ingest spool -o json >first.json || fail "the first ingest"
expect "groups that fire" "DiskFull (instance=db-1) of archive
checkout fails for many" "$(proposals title)"
expect "severities" "SEV-2
SEV-3" "$(proposals body.severity)"
# The list that Alertmanager serves knows the same alerts by the same names.
"$RECEIVER" --get "$alertmanager" /api/v2/alerts >list.json || fail "GET /api/v2/alerts"
"$NINES" incident ingest list.json -o json >list-result.json || fail "ingest of the list"
grep -q '"recorded": *0,' list-result.json || fail "the list gave alerts that the webhook had not: $(cat list-result.json)"
expect "groups after the list" 2 "$(proposals name | wc -l)"

series 0
await resolved
tries=0
until [ "$(grep -o '"status":"resolved","labels":{[^}]*"instance":"web-[12]"' spool | sed 's/.*"instance"/i/' | sort -u | wc -l)" = 2 ]; do
  tries=$((tries + 1)); [ $tries -lt 100 ] || fail "not both instances resolve"
  sleep 0.1
done
"$NINES" incident ingest spool -o json >second.json || fail "the second ingest"
expect "groups after all resolved" 2 "$(proposals name | wc -l)"
"$NINES" incident proposals --all -o json | grep -q '"says": *"all 2 alerts have ended' ||
  fail "the proposal does not say that its alerts have ended"

before=$("$NINES" history -o csv | wc -l)
"$NINES" incident ingest spool -o json >third.json || fail "the third ingest"
grep -q '"recorded": *0,' third.json || fail "ingesting again recorded something: $(cat third.json)"
grep -q '"groups": *\[\]' third.json || fail "ingesting again changed a group"
expect "commands on record" "$before" "$("$NINES" history -o csv | wc -l)"

name=$("$NINES" incident proposals --fields name,title -o csv | tr -d '\r' | sed -n 's/,checkout fails for many$//p')
"$NINES" incident accept "$name" -o json >accepted.json || fail "accept $name"
"$NINES" incident timeline 1 -o json >timeline.json
expect "lines by the clock of Alertmanager" 4 "$(grep -c 'HighErrorRate (instance=web-' timeline.json)"
grep -q '"clock": *"alertmanager"' timeline.json || fail "the lines do not name their clock"
expect "proposed next" "incident.open
incident.step" "$(proposals kind)"
"$NINES" doctor >/dev/null || fail "nines doctor"
echo "alerts: one proposal per group, through firing and resolved"
