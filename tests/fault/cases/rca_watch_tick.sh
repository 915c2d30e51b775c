# What tick attaches from a watched log is attached once, whatever is killed and however often it runs.
setup() {
  "$NINES" init -q && "$NINES" incident open "checkout is down" -q &&
    "$NINES" rca start --method timeline -q && "$NINES" rca hypothesis add pool exhausted -q &&
    "$NINES" --now 2026-01-01T00:00:00Z rca hypothesis watch HYP-1 --log "pool exhausted" \
      --file app.log --every 2h -q &&
    printf '%s\n' '2026-01-01T01:00:00Z INFO pool fine' '2026-01-01T02:00:00Z WARN pool exhausted' >app.log
}
# A report that ends with a failure acknowledges nothing: it counts as the words of that failure.
act() {
  "$NINES" tick -q >"$WORK/report"
  code=$?
  (unset LD_PRELOAD && if [ $code = 0 ]; then cat "$WORK/report"; else cat "$WORK/report" >&2; fi) ||
    code=74
  return $code
}
state() { "$NINES" rca why RCA-1 -q | grep -v awaits; "$NINES" rca hypothesis watches -q; }
