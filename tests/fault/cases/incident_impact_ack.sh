# Every call of the role that waits is acknowledged with one line, or none is.
. "$here/incident.sh"
prepare() {
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
    - {name: more, of: reach, atLeast: 150, call: legal}
P
  "$NINES" slo apply policy.yaml --because first -q &&
    "$NINES" incident set --fact reach=200 -q && "$NINES" incident impact -q
}
act() { "$NINES" incident impact --ack legal; }
again() { act || [ $? -eq 3 ]; }
