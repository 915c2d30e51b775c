# What the cases of on-call duty share: a store with two persons and a rota, and what it then says.
setup_rota() {
  "$NINES" init -q && cat > rota.yaml <<'YAML' && "$NINES" slo apply rota.yaml --because "a rota" -q
apiVersion: nines/v1
kind: Person
metadata: {name: ada}
spec: {zone: UTC}
---
apiVersion: nines/v1
kind: Person
metadata: {name: bo}
spec: {zone: UTC}
---
apiVersion: nines/v1
kind: Rota
metadata: {name: shop}
spec:
  zone: UTC
  layers: [{name: week, start: 2026-11-16 09:00:00, turn: 1w, participants: [ada, bo]}]
YAML
}
state() { "$NINES" incident oncall --at 2026-11-24T09:14:00Z -o csv --no-headers --fields rota,person,reason; }
redoable=no
