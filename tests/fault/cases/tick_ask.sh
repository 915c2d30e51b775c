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
# A report that ends with a failure acknowledges nothing: it counts as the words of that failure.
act() {
  "$NINES" tick >"$WORK/report"
  code=$?
  (unset LD_PRELOAD && if [ $code = 0 ]; then cat "$WORK/report"; else cat "$WORK/report" >&2; fi) ||
    code=74
  return $code
}
state() { "$NINES" incident timeline 1 --fields kind,text -o csv; }
redoable=no
