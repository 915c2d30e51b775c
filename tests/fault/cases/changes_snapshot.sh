# A configuration is kept whole or not at all; once more keeps none.
setup() {
  "$NINES" init -q && printf 'pool: {max: 50}\nmode: fast\n' >app.yaml
}
act() {
  "$NINES" --now 2026-11-23T09:14:00Z rca changes snapshot app.yaml --service checkout --build v1
}
state() {
  "$NINES" rca changes drift --service checkout --observed app.yaml -o json 2>/dev/null |
    grep -c '"values": 2' || true
}
