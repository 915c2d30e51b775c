# The beginning of an escalation, its first step and the pages are one: all of them or none.
setup() {
  "$NINES" init -q &&
    cat >policy.yaml <<'END' &&
apiVersion: nines/v1
kind: EscalationPolicy
metadata: {name: shop}
spec:
  description: Two people.
  steps:
    - {name: one, delay: 0s, acknowledgeWithin: 5m, notify: [{person: ada}]}
    - {name: two, delay: 0s, acknowledgeWithin: 9h, notify: [{person: bo}]}
END
    "$NINES" slo apply policy.yaml --because agreed -q &&
    "$NINES" incident open "checkout is down" --severity 1 -q
}
act() { "$NINES" incident escalate; }
state() { "$NINES" incident timeline 1 --fields kind,text -o csv; }
redoable=no
