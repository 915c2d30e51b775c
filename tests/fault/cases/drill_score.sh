# A score and the actions it proposes are one.
setup() {
  "$NINES" init -q && mkdir drills
  cat >drills/a.yaml <<YAML
apiVersion: nines/v1
kind: Drill
metadata: {name: pool}
spec:
  objective: See whether the pool is found.
  blastRadius: None.
  abortCondition: A real incident is declared.
  injects: [{at: 0s, text: errors}]
  expected: {mitigate: 10m}
YAML
  "$NINES" slo apply drills --because test -q && "$NINES" incident drill start pool -q
}
act() { "$NINES" incident drill score; }
state() { "$NINES" incident drill show -o json | grep -E '"scored_at": (null|")' | sed 's/"20.*"/"scored"/'; }
redoable=no
export XDG_STATE_HOME="$WORK/run/.state"
