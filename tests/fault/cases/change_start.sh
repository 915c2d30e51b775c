# A change has begun with all that speaks of it, or it has not.
setup() {
  "$NINES" init -q && printf '%s\n' 'apiVersion: nines/v1' 'kind: Service' 'metadata: {name: checkout}' 'spec: {tier: 0}' >s.yaml &&
    "$NINES" slo apply s.yaml --because agreed -q &&
    NINES_ACTOR=ada "$NINES" remediate change request raise the pool --service checkout --back-out "set it back" --reversibility rollback --test-level integration -q &&
    "$NINES" remediate change approve CR-1 -q
}
act() { "$NINES" remediate change start CR-1; }
state() { "$NINES" remediate change show CR-1 -o csv --fields request.state,request.consent; }
redoable=no
