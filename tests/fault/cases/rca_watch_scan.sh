# What a log attaches and what it counts as quiet come together, once, whatever is killed.
setup() {
  "$NINES" init -q && "$NINES" incident open "checkout is down" -q &&
    "$NINES" rca start --method timeline -q && "$NINES" rca hypothesis add pool exhausted -q &&
    "$NINES" --now 2026-01-01T00:00:00Z rca hypothesis watch HYP-1 --log "pool exhausted" --every 2h -q &&
    printf '%s\n' '2026-01-01T01:00:00Z INFO pool fine' '2026-01-01T02:00:00Z WARN pool exhausted' \
      '2026-01-01T03:00:00Z INFO pool fine' >app.log
}
act() { "$NINES" rca hypothesis scan app.log; }
state() { "$NINES" rca why RCA-1 -q; "$NINES" rca hypothesis watches -q; }
redoable=yes
