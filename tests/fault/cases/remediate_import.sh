# Issues are taken in all together, or none of them is; again adds nothing.
setup() {
  "$NINES" init -q && printf '%s\n' 'title,tracker,state,team' 'limit the pool,OPS-1,open,payments' 'alert on it,OPS-2,in progress,payments' >issues.csv
}
act() { "$NINES" remediate import issues.csv; }
state() { "$NINES" remediate export -o csv; }
