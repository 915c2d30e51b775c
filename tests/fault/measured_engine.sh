# An SLO that is measured from the engine that tests/support/fake_engine.sh plays.
write_engine() {  # write_engine MODE
  mkdir libexec && cp "$here/../support/fake_engine.sh" libexec/nines-engine && echo "$1" >libexec/mode &&
    mkdir -p "$HOME/.config/nines" &&
    echo 'engines: {"http://127.0.0.1:9": {}}' >"$HOME/.config/nines/engines.yaml"
  cat >slo.yaml <<YAML
apiVersion: openslo/v1
kind: DataSource
metadata: {name: metrics}
spec: {type: prometheus, connectionDetails: {url: "http://127.0.0.1:9", splits: [{label: region}]}}
---
apiVersion: openslo/v1
kind: SLO
metadata: {name: checkout}
spec:
  service: checkout
  budgetingMethod: Occurrences
  timeWindow: [{duration: 30d, isRolling: true}]
  objectives: [{displayName: served, target: 0.99}]
  indicator:
    metadata: {name: checkout}
    spec:
      ratioMetric:
        counter: true
        bad: {metricSource: {metricSourceRef: metrics, spec: {query: 'errors_total'}}}
        total: {metricSource: {metricSourceRef: metrics, spec: {query: 'requests_total'}}}
YAML
  "$NINES" slo apply slo.yaml --because test -q
}
measure() {  # measure FROM TO
  NINES_LIBEXEC=$PWD/libexec "$NINES" --now 2026-11-23T09:00:00Z slo measure --from "$1" --to "$2"
}
