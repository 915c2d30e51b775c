# An approved step runs at most once: approved and begun are on record before it does.
setup() {
  "$NINES" init -q && "$NINES" incident open "the queue is stuck" -q && mkdir playbooks
  cat >playbooks/touch.yaml <<YAML
apiVersion: nines/v1
kind: Playbook
metadata: {name: touch}
spec:
  steps:
    - name: touch
      command: [touch, "$WORK/touched"]
      approval: anyone
      timeout: 10s
YAML
  "$NINES" slo apply playbooks --because test -q && "$NINES" trust --playbook touch -q &&
    "$NINES" incident triage --playbook touch -q
}
act() {
  (unset LD_PRELOAD && rm -f "$WORK/touched")  # only the program is to be killed
  "$NINES" incident triage --approve touch --yes
}
# What ran without being begun on record would be a fault; begun without an end is said to be so.
state() {
  "$NINES" incident triage show 1 -o json | grep -E '"(state|outcome|decided_by)"' |
    sed 's/"started"/"done"/; s/"outcome": null/"outcome": "expected"/'
  if "$NINES" incident triage show 1 -o json | grep -q '"waiting"' && [ -e "$WORK/touched" ]; then echo ran unasked; fi
}
redoable=no
export XDG_STATE_HOME="$WORK/run/.state"
