# A word for a change is on record under its name, or it was not given.
setup() {
  "$NINES" init -q && printf '%s\n' 'apiVersion: nines/v1' 'kind: Service' 'metadata: {name: checkout}' 'spec: {tier: 0}' >s.yaml &&
    "$NINES" slo apply s.yaml --because agreed -q &&
    NINES_ACTOR=ada "$NINES" remediate change request raise the pool --service checkout --back-out "set it back" --reversibility rollback --test-level integration -q
}
act() { "$NINES" remediate change approve CR-1 --because "saw it"; }
state() { "$NINES" remediate change show CR-1 -o csv --fields request.state,request.consent; }
