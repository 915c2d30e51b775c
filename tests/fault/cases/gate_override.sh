# An override of the gate is on record with its reason and its end, or it is not there.
setup() {
  "$NINES" init -q &&
    printf '%s\n' 'apiVersion: nines/v1' 'kind: ErrorBudgetPolicy' 'metadata: {name: default}' 'spec:' '  rules:' \
      '    - name: fire' '      when: [{fact: openIncident, severity: SEV-1}]' >policy.yaml &&
    "$NINES" slo apply policy.yaml --because agreed -q
}
act() { "$NINES" remediate gate override --rule fire --until 2099-01-01 --because 'the fix is behind it'; }
state() { "$NINES" remediate gate -o json -q | grep -E '"(name|by|because|until)"'; true; }
redoable=no
