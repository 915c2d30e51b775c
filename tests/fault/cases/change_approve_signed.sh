# A signed word for a change is on record with its signature, or it was not given.
setup() {
  command -v ssh-keygen >/dev/null || { echo "no ssh-keygen: install openssh-client" >&2; return 1; }
  ssh-keygen -q -t ed25519 -N '' -C test -f ada.key && ssh-keygen -q -t ed25519 -N '' -C test -f bo.key &&
    { printf 'ada@shop.example '; cat ada.key.pub; printf 'bo@shop.example '; cat bo.key.pub; } >signers &&
    printf 'identity: {principal: ada@shop.example, key: ada.key}\napprovals: {allowed-signers: signers, required: change}\n' >ada.yaml &&
    printf 'identity: {principal: bo@shop.example, key: bo.key}\napprovals: {allowed-signers: signers, required: change}\n' >bo.yaml &&
    "$NINES" init -q && printf '%s\n' 'apiVersion: nines/v1' 'kind: Service' 'metadata: {name: checkout}' 'spec: {tier: 0}' >s.yaml &&
    "$NINES" slo apply s.yaml --because agreed -q &&
    NINES_ACTOR=ada "$NINES" --config ada.yaml remediate change request raise the pool --service checkout --back-out "set it back" --reversibility rollback --test-level integration -q
}
act() { "$NINES" --config bo.yaml remediate change approve CR-1 --because "saw it"; }
state() { "$NINES" --config bo.yaml remediate change show CR-1 -o csv --fields request.state,request.consent; }
