# An ask that goes on to the next person does so once, with its page, whatever is killed.
setup() {
  "$NINES" init -q && cat >defs.yaml <<'END' && "$NINES" slo apply defs.yaml --because agreed -q &&
apiVersion: nines/v1
kind: Team
metadata: {name: payments}
spec: {members: [], escalationPolicy: payments}
---
apiVersion: nines/v1
kind: EscalationPolicy
metadata: {name: payments}
spec:
  description: One person.
  steps: [{name: one, delay: 0s, acknowledgeWithin: 9h, notify: [{person: bo}]}]
END
    "$NINES" incident open "cards are refused" -q &&
    "$NINES" incident teams ask payments is it slow --by 1s -q && sleep 1
}
act() { "$NINES" tick; }
state() { "$NINES" incident timeline 1 --fields kind,text -o csv; }
redoable=no
