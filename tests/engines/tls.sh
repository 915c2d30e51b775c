#!/bin/sh
# An engine behind TLS is believed only when its certificate proves who it is: one that nobody signed
# and one of another name are refused, and nothing in the program turns that off.
#
# The engine is Debian's VictoriaMetrics, unpacked into a work folder: nothing is installed.
# Needs NINES, PORTS (programs), WORK (a scratch folder), PROGRAMS (where another test may have it).
set -u
child=
stop() { [ -z "$child" ] || { kill "$child" 2>/dev/null; wait "$child" 2>/dev/null; }; child=; }
trap stop EXIT
trap 'exit 130' INT TERM
fail() {
  echo "FAIL: $*" >&2
  [ ! -f "$WORK/run/engine.log" ] || tail -5 "$WORK/run/engine.log" >&2
  exit 1
}
skip() {
  echo "SKIPPED: $*: engines behind TLS were NOT tested" >&2
  exit 77
}
command -v openssl >/dev/null || skip "there is no openssl to make certificates"
engine=$PROGRAMS/usr/bin/victoria-metrics
if [ ! -x "$engine" ]; then
  programs=$WORK/programs
  engine=$programs/usr/bin/victoria-metrics
fi
if [ ! -x "$engine" ]; then
  rm -rf "$programs"
  mkdir -p "$programs" || exit 1
  (
    cd "$programs" || exit 1
    apt-get download -qq victoria-metrics || { apt-get update -qq && apt-get download -qq victoria-metrics; }
  ) >/dev/null 2>&1 || skip "the package victoria-metrics cannot be had"
  dpkg-deb -x "$programs"/*.deb "$programs" || skip "cannot unpack victoria-metrics"
  rm -f "$programs"/*.deb
fi
rm -rf "$WORK/run"
mkdir -p "$WORK/run" && cd "$WORK/run" || exit 1
export HOME="$WORK/run/home" XDG_CONFIG_HOME="$WORK/run/home/.config" XDG_STATE_HOME="$WORK/run/home/.state"
export NINES_ACTOR=tester TZ=UTC
mkdir -p "$XDG_CONFIG_HOME/nines"

certificate() {  # certificate NAME SUBJECT-ALTERNATIVE-NAME DAYS
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days "$3" -subj "/CN=$1" \
    -addext "subjectAltName=$2" -keyout "$1.key" -out "$1.pem" >openssl.log 2>&1 || fail "openssl: $(tail -1 openssl.log)"
}
certificate ours IP:127.0.0.1 2
certificate other DNS:other.example 2
port=$("$PORTS" --ports 1)
serve() {  # serve CERTIFICATE
  stop
  "$engine" -storageDataPath=data -tls -tlsCertFile="$1.pem" -tlsKeyFile="$1.key" \
    -httpListenAddr="127.0.0.1:$port" >engine.log 2>&1 &
  child=$!
  tries=0
  until echo | openssl s_client -connect "127.0.0.1:$port" >/dev/null 2>&1; do
    tries=$((tries + 1)); [ $tries -lt 300 ] || fail "VictoriaMetrics does not answer by TLS"
    sleep 0.1
  done
}
trust() {  # trust SETTINGS
  echo "engines: {\"https://127.0.0.1:$port\": {$1}}" >"$XDG_CONFIG_HOME/nines/engines.yaml"
}
cat >slos.yaml <<YAML
apiVersion: openslo/v1
kind: DataSource
metadata: {name: metrics}
spec: {type: victoriametrics, connectionDetails: {url: "https://127.0.0.1:$port"}}
---
apiVersion: openslo/v1
kind: SLO
metadata: {name: served}
spec:
  service: shop
  budgetingMethod: Occurrences
  timeWindow: [{duration: 1d, isRolling: true}]
  objectives: [{displayName: served, target: 0.99}]
  indicator:
    metadata: {name: served}
    spec:
      ratioMetric:
        counter: true
        bad: {metricSource: {metricSourceRef: metrics, spec: {query: 'sum(rate(bad[5m]))'}}}
        total: {metricSource: {metricSourceRef: metrics, spec: {query: 'sum(rate(all[5m]))'}}}
YAML
"$NINES" init -q >/dev/null || fail "nines init"
"$NINES" slo apply slos.yaml --because test -q >/dev/null || fail "slo apply"

refused() {  # refused WHY: the engine is not believed, it is said why, and nothing is asked twice
  "$NINES" slo measure >out 2>said
  status=$?
  case $status in 0 | 6) fail "$1 is believed (exit $status): $(cat out said)" ;; esac
  grep -q 'certificate' said || fail "$1: the certificate is not named: $(cat said)"
  grep -q 'ca_file' said || fail "$1: no way out is named: $(cat said)"
}
serve ours
trust ""
refused "a certificate that nobody signed"
cat said
trust "ca_file: $WORK/run/other.pem"
refused "a certificate of another authority"
trust "ca_file: $WORK/run/ours.pem"
# An engine without data: what is asked finds nothing, and that is the only thing wrong.
"$NINES" slo measure -o json >measured.json
[ $? -eq 6 ] || fail "its own authority is not believed: $(cat measured.json)"
grep -q "\"silent_minutes\": [1-9]" measured.json || fail "the engine was not asked: $(cat measured.json)"
serve other
trust "ca_file: $WORK/run/other.pem"
refused "a certificate of another name"
trust "insecure: true, ca_file: $WORK/run/ours.pem"
"$NINES" slo measure >out 2>said && fail "verification can be turned off"
grep -q insecure said || fail "a setting that is not known is passed over: $(cat said)"
echo "engines: certificates are verified"
