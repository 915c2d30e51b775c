# A drill and its incident begin together, or not at all.
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
YAML
  "$NINES" slo apply drills --because test -q
}
act() { "$NINES" incident drill start pool; }
state() { "$NINES" incident drill list -o json | grep '"scenario"'; "$NINES" incident list --all --fields title,mode -o csv; }
redoable=no
export XDG_STATE_HOME="$WORK/run/.state"
