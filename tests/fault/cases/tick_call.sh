# A role that impact calls is called once, and its person is told at most once, whatever is killed.
setup() {
  mkdir -p "$HOME/.config/nines" && cat >"$HOME/.config/nines/channels.yaml" <<'END' &&
send: true
channels:
  reminder: {command: [sh, -c, "if [ -e ~/told ]; then mkdir ~/twice; else mkdir ~/told; fi"]}
END
    chmod 600 "$HOME/.config/nines/channels.yaml" &&
    "$NINES" init -q && cat >policy.yaml <<'END' && "$NINES" slo apply policy.yaml --because agreed -q &&
apiVersion: nines/v1
kind: AssessmentPolicy
metadata: {name: default}
spec:
  description: Who is called.
  rules:
    - {name: money, anyOf: [{fact: lostRevenue, atLeast: 20000}], then: {tell: [executives]}}
  roles:
    - {name: executives, people: [eve, finn]}
  thresholds:
    - {name: long, of: minutes, atLeast: 0, call: executives, within: 10m}
END
    "$NINES" incident open "checkout is down" --severity 1 --service checkout -q
}
# A report that ends with a failure acknowledges nothing: it counts as the words of that failure.
act() {
  (unset LD_PRELOAD && rm -rf "$HOME/told")
  tell
}
tell() {
  "$NINES" tick >"$WORK/report"
  code=$?
  (unset LD_PRELOAD && if [ $code = 0 ]; then cat "$WORK/report"; else cat "$WORK/report" >&2; fi) ||
    code=74
  return $code
}
again() {
  tell && [ ! -e "$HOME/twice" ]
}
state() { "$NINES" incident timeline 1 --fields kind,text -o csv; }
