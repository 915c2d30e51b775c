# A change request is there with its score, its window and its number, or nothing of it is.
setup() {
  "$NINES" init -q && printf '%s\n' 'apiVersion: nines/v1' 'kind: Service' 'metadata: {name: checkout}' 'spec: {tier: 0}' >s.yaml &&
    "$NINES" slo apply s.yaml --because agreed -q
}
act() { "$NINES" remediate change request raise the pool --service checkout --back-out "set it back"; }
state() { "$NINES" remediate change list --all -o csv --fields name,state,score,title; }
redoable=no
