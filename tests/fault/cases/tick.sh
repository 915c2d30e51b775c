# A page is recorded before it is sent: whatever is killed, it is not recorded, or sent, twice.
setup() {
  mkdir -p "$HOME/.config/nines" &&
    printf 'send: true\nchannels:\n  page: {command: ["true"]}\n' >"$HOME/.config/nines/channels.yaml" &&
    chmod 600 "$HOME/.config/nines/channels.yaml" &&
    "$NINES" init -q &&
    cat >policy.yaml <<'END' &&
apiVersion: nines/v1
kind: EscalationPolicy
metadata: {name: shop}
spec:
  description: Two people.
  steps:
    - {name: one, delay: 0s, acknowledgeWithin: 1s, notify: [{person: ada}]}
    - {name: two, delay: 0s, acknowledgeWithin: 9h, notify: [{person: bo}]}
END
    "$NINES" slo apply policy.yaml --because agreed -q &&
    "$NINES" incident open "checkout is down" --severity 1 -q &&
    "$NINES" incident escalate -q && sleep 1
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
