# An override of duty: entered whole or not at all.
setup() {
  "$NINES" init -q && cat > rota.yaml <<'YAML' && "$NINES" slo apply rota.yaml --because "a rota" -q
apiVersion: nines/v1
kind: Person
metadata: {name: ada}
spec: {zone: UTC}
---
apiVersion: nines/v1
kind: Rota
metadata: {name: shop}
spec:
  zone: UTC
  layers: [{name: week, start: 2026-01-05 09:00:00, turn: 1w, participants: [ada]}]
YAML
}
act() { "$NINES" --now 2026-11-23T09:14:00Z incident oncall override ada --for 4h; }
state() { "$NINES" --now 2026-11-23T09:14:00Z incident oncall -o csv --no-headers --fields rota,person,reason; }
redoable=no
