# A rejection is on record with its reason, or the request stands.
setup() {
  "$NINES" init -q && printf '%s\n' 'apiVersion: nines/v1' 'kind: Service' 'metadata: {name: checkout}' 'spec: {tier: 0}' >s.yaml &&
    "$NINES" slo apply s.yaml --because agreed -q &&
    NINES_ACTOR=ada "$NINES" remediate change request raise the pool --service checkout --back-out "set it back" --reversibility rollback --test-level integration -q
}
act() { "$NINES" remediate change reject CR-1 --because "the back-out was never tried"; }
state() { "$NINES" remediate change list --all -o csv --fields name,state,because; }
redoable=no
