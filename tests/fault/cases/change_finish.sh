# A finished change is a recorded change too, or it has not finished.
setup() {
  "$NINES" init -q && printf '%s\n' 'apiVersion: nines/v1' 'kind: Service' 'metadata: {name: checkout}' 'spec: {tier: 0}' >s.yaml &&
    "$NINES" slo apply s.yaml --because agreed -q &&
    "$NINES" remediate change request raise the pool --service checkout --back-out "set it back" --type emergency -q &&
    "$NINES" remediate change start CR-1 -q
}
act() { "$NINES" remediate change finish CR-1 --outcome success; }
state() {
  "$NINES" remediate change list --all -o csv --fields name,state,outcome
  "$NINES" rca changes list -o csv --fields name,service,summary
}
redoable=no
