# Several definitions in one command: all of them are recorded, or none.
setup() {
  "$WRITER" create .nines/nines.db
  mkdir slos
  for name in basket checkout search; do
    cat >"slos/$name.yaml" <<YAML
apiVersion: openslo/v1
kind: SLO
metadata:
  name: $name
  annotations:
    nines.dev/rationale: people leave when it fails
spec:
  service: shop
  indicator:
    metadata:
      name: $name-good
    spec:
      ratioMetric:
        counter: true
        good:
          metricSource:
            metricSourceRef: web-access
            type: file
            spec:
              where: "status < 500"
        total:
          metricSource:
            metricSourceRef: web-access
            type: file
            spec:
              where: "true"
  timeWindow:
    - duration: 28d
      isRolling: true
  budgetingMethod: Occurrences
  objectives:
    - displayName: most
      target: 0.999
YAML
  done
  cat >slos/shop.yaml <<YAML
apiVersion: openslo/v1
kind: Service
metadata:
  name: shop
spec:
  description: the shop
---
apiVersion: openslo/v1
kind: DataSource
metadata:
  name: web-access
spec:
  type: file
  connectionDetails:
    format: combined
YAML
}
act() { "$NINES" slo apply slos --because 'first targets'; }
state() { "$NINES" slo list -o csv --no-headers --fields kind,name,revision; }
