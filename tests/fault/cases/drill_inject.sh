# What is due is given out once, all of it or nothing.
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
  injects: [{at: 0s, text: errors}, {at: 0s, text: more errors}]
YAML
  "$NINES" slo apply drills --because test -q && "$NINES" incident drill start pool -q
}
act() { "$NINES" incident drill inject; }
state() { "$NINES" incident timeline 1 --fields kind,text -o csv; }
export XDG_STATE_HOME="$WORK/run/.state"
