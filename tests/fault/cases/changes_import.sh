# Many changes from one file: all of them, or none; once more adds none.
setup() {
  "$NINES" init -q
  for run in 1 2 3 4 5; do
    echo "{\"service\":\"checkout\",\"start\":\"2026-11-23T08:0$run:00Z\",\"reference\":\"run/$run\"}"
  done >changes.jsonl
}
act() { "$NINES" --now 2026-11-23T09:14:00Z rca changes import changes.jsonl; }
state() { "$NINES" rca changes list -o csv --fields service,reference; }
