# A recorded assessment is one line of the timeline, or none.
setup() {
  cat >policy.yaml <<'P'
apiVersion: nines/v1
kind: AssessmentPolicy
metadata: {name: default}
spec:
  rules:
    - {name: big, when: [{fact: reach, atLeast: 10}], then: {severity: SEV-1}}
P
  "$NINES" init -q && "$NINES" slo apply policy.yaml --because first -q &&
    "$NINES" incident open "checkout is down" -q
}
act() { "$NINES" incident assess --reach 20 --record; }
state() { "$NINES" incident timeline 1 --fields kind,text -o csv; }
redoable=no
