# A threshold that is passed calls its role with a line beside it, or neither.
setup() {
  cat >policy.yaml <<'P'
apiVersion: nines/v1
kind: AssessmentPolicy
metadata: {name: default}
spec:
  rules:
    - {name: big, when: [{fact: reach, atLeast: 10}], then: {severity: SEV-1}}
  roles:
    - {name: legal, people: [iris]}
  thresholds:
    - {name: many, of: reach, atLeast: 100, call: legal}
P
  "$NINES" init -q && "$NINES" slo apply policy.yaml --because first -q &&
    "$NINES" incident open "checkout is down" -q && "$NINES" incident set --fact reach=200 -q
}
act() { "$NINES" incident impact; }
state() { "$NINES" incident impact --dry-run --fields calls -o json | grep -c '"to": "iris"'; "$NINES" incident timeline 1 --fields kind,text -o csv; }
redoable=no
