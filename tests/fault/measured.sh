# Files for the cases that import: an SLO over a CSV source, and ten minutes of requests.
write_measured() {
  cat >slos.yaml <<YAML
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
  name: requests
spec:
  type: file
  connectionDetails:
    format: csv
    time:
      column: time
      format: rfc3339
    service: shop
---
apiVersion: openslo/v1
kind: SLO
metadata:
  name: checkout
  annotations:
    nines.dev/rationale: people leave when it fails
spec:
  service: shop
  indicator:
    metadata:
      name: checkout-good
    spec:
      ratioMetric:
        counter: true
        good:
          metricSource:
            metricSourceRef: requests
            type: file
            spec:
              where: "status < 500"
        total:
          metricSource:
            metricSourceRef: requests
            type: file
            spec:
              where: "true"
  timeWindow:
    - duration: 28d
      isRolling: true
  budgetingMethod: Occurrences
  objectives:
    - displayName: most
      target: 0.99
YAML
  {
    echo time,status
    for minute in 10 11 12 13 14 15 16 17 18 19; do
      for second in 01 02 03 04 05; do echo "2026-11-20T10:$minute:${second}Z,200"; done
      echo "2026-11-20T10:$minute:30Z,503"
    done
  } >requests.csv
}
