# An action that is done has its state, its reason and its other words together, or none of them.
setup() {
  "$NINES" init -q && "$NINES" remediate add limit the pool --team payments -q
}
act() { "$NINES" remediate set ACT-1 --state done --because "the drill passed" --type preventive; }
state() { "$NINES" remediate show ACT-1 -q; }
