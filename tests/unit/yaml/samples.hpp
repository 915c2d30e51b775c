// One valid document of each kind; tests mutate them.
#pragma once

#include <string_view>

namespace nines::test {

inline constexpr std::string_view kSloText = R"(apiVersion: openslo/v1
kind: SLO
metadata:
  name: checkout-availability
  displayName: Checkout availability
  labels:
    team: payments
    region: [eu, us]
  annotations:
    nines.dev/id: checkout-main
    nines.dev/no-data: bad
    nines.dev/sla: "99.5"
    example.com/board: sre
spec:
  description: Requests to the checkout succeed.
  service: checkout
  indicator:
    metadata:
      name: checkout-requests
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
  budgetingMethod: Occurrences
  timeWindow:
    - duration: 30d
      isRolling: true
  objectives:
    - displayName: Most requests
      target: 0.999
  alertPolicies:
    - alertPolicyRef: fast-burn
)";

inline constexpr std::string_view kLatencyText = R"(apiVersion: openslo/v1
kind: SLO
metadata:
  name: checkout-latency
spec:
  description: The checkout answers quickly.
  service: checkout
  indicator:
    metadata:
      name: checkout-latency
    spec:
      thresholdMetric:
        metricSource:
          type: Prometheus
          spec:
            query: latency_ms
  budgetingMethod: Timeslices
  timeWindow:
    - duration: 1M
      isRolling: false
      calendar:
        startTime: 2026-01-01 00:00:00
        timeZone: Europe/Paris
  objectives:
    - op: lte
      value: 300
      targetPercent: 99
      timeSliceTarget: 0.95
      timeSliceWindow: 1h
)";

inline constexpr std::string_view kCompositeText = R"(apiVersion: openslo/v1
kind: SLO
metadata:
  name: shop
spec:
  description: The shop as a whole.
  service: shop
  budgetingMethod: Occurrences
  timeWindow:
    - duration: 4w
      isRolling: true
  objectives:
    - indicatorRef: search-good
      target: 0.99
      compositeWeight: 0.3
    - indicatorRef: cart-good
      target: 0.995
      compositeWeight: 0.7
)";

inline constexpr std::string_view kSliText = R"(apiVersion: openslo/v1
kind: SLI
metadata:
  name: search-good
spec:
  ratioMetric:
    rawType: failure
    raw:
      metricSource:
        metricSourceRef: prometheus
        spec:
          query: errors / requests
)";

inline constexpr std::string_view kDataSourceText = R"(apiVersion: openslo/v1
kind: DataSource
metadata:
  name: web-access
spec:
  type: file
  connectionDetails:
    format: combined
    zone: UTC
)";

inline constexpr std::string_view kPolicyText = R"(apiVersion: openslo/v1
kind: AlertPolicy
metadata:
  name: fast-burn
spec:
  alertWhenBreaching: true
  conditions:
    - kind: AlertCondition
      metadata:
        name: fast
      spec:
        severity: page
        condition:
          kind: burnrate
          op: gte
          threshold: 14.4
          lookbackWindow: 1h
          alertAfter: 0m
  notificationTargets:
    - targetRef: on-call
)";

inline constexpr std::string_view kTargetText = R"(apiVersion: openslo/v1
kind: AlertNotificationTarget
metadata:
  name: on-call
spec:
  target: pager
)";

inline constexpr std::string_view kServiceText = R"(apiVersion: nines/v1
kind: Service
metadata:
  name: checkout
spec:
  description: Takes the money.
  tier: 1
  owner: payments
  dependencies:
    - service: cart
      kind: hard
      since: 2026-01-01
    - vendor: acme-pay
      kind: soft
  cost:
    perBadMinute: 120.50
    currency: EUR
    source: finance, 2026-09
)";

inline constexpr std::string_view kAssessmentText = R"(apiVersion: nines/v1
kind: AssessmentPolicy
metadata:
  name: default
spec:
  rules:
    - name: fast-burn
      when:
        - fact: burnRate
          window: 1h
          above: 14.4
      anyOf:
        - fact: tier
          atMost: 0
        - fact: dataExposure
          is: true
      then:
        severity: SEV-2
        incident: true
        warRoom: true
        tell: [executives]
  roles:
    - name: executives
      people: [grace, henry]
  transaction:
    value: 38.40
    currency: EUR
    source: finance
    recoveredAtLeast: 0.2
    recoveredAtMost: 0.5
  thresholds:
    - name: money
      of: lostRevenue
      atLeast: 5000
      call: executives
      within: 15m
  updates:
    - severity: SEV-1
      every: 30m
)";

inline constexpr std::string_view kBudgetPolicyText = R"(apiVersion: nines/v1
kind: ErrorBudgetPolicy
metadata:
  name: default
spec:
  description: Agreed in September 2026.
  slos: [checkout-availability]
  whenUnknown: block
  longestDataAge: 6h
  fewestEvents: 1000
  longestOverride: 2d
  longestSnapshotAge: 2h
  rules:
    - name: over-budget
      why: The budget is spent.
      when:
        - fact: budgetSpentPercent
          atLeast: 100
        - fact: burnRate
          window: 6h
          atLeast: 1
      effect: block
      exempt: [security, reliability]
      approvers: [grace]
    - name: fire
      when:
        - fact: openIncident
          severity: SEV-2
      effect: approval
)";

inline constexpr std::string_view kChangePolicyText = R"(apiVersion: nines/v1
kind: ChangePolicy
metadata:
  name: default
spec:
  description: Agreed in September 2026.
  weights:
    - term: blast-radius
      weight: 30
  approvals:
    - fromScore: 0
      by: peer
    - fromScore: 50
      by: cab
      count: 2
  cab: [grace, henry, iris]
  emergencyReviewWithin: 1d
  standardModels:
    - name: rotate-certs
      description: New certificates from the same authority, by the script.
      services: [checkout]
  zone: Europe/Paris
  calmHours:
    - days: mon-thu
      from: "09:00"
      to: "16:00"
)";

inline constexpr std::string_view kReleaseTrainText = R"(apiVersion: nines/v1
kind: ReleaseTrain
metadata:
  name: shop
spec:
  description: Every second Thursday.
  releases:
    - name: "2026.12"
      day: 2026-12-03
      capacityDays: 12
      featureDays: 8.5
    - name: "2026.13"
      day: 2026-12-17
      capacityDays: 10
)";

inline constexpr std::string_view kChangeFreezeText = R"(apiVersion: nines/v1
kind: ChangeFreeze
metadata:
  name: black-friday
spec:
  why: The busiest days of the year.
  zone: Europe/Paris
  periods:
    - from: 2026-11-24 00:00:00
      to: 2026-11-30 00:00:00
  weekly:
    - days: fri
      from: "16:00"
  exempt: [security]
)";

inline constexpr std::string_view kPlaybookText = R"(apiVersion: nines/v1
kind: Playbook
metadata:
  name: orders
spec:
  description: Looks at the queue of orders.
  when:
    services: [checkout]
    tags: [queue]
  parameters:
    - name: queue
      description: the queue to look at
      default: orders
  steps:
    - name: depth
      description: how many orders wait
      command: [rabbitmqctl, list_queues, "{queue}"]
      readOnly: true
      timeout: 10s
      expected:
        exitCodes: ["0", "2"]
        match: "[0-9]+"
      environment: [RABBITMQ_NODENAME]
      keep: personal
      onMatch:
        - rule: queue-full
          match: "[0-9]{5,}"
          severity: "2"
          service: checkout
          hypothesis: Orders pile up because nobody takes them.
    - name: restart
      command: [systemctl, restart, "{service}"]
      approval: anyone
      timeout: 1m
)";

inline constexpr std::string_view kVendorText = R"(apiVersion: nines/v1
kind: Vendor
metadata:
  name: acme-pay
spec:
  contract:
    reference: C-2026-17
    from: 2026-01-01
    until: 2026-12-31
    slaPercent: 99.5
)";

inline constexpr std::string_view kPersonText = R"(apiVersion: nines/v1
kind: Person
metadata:
  name: ada
  displayName: Ada Okafor
spec:
  zone: Europe/Paris
  team: payments
  contacts:
    phone: "+33 1 99 00 00 01"
    mail: ada@example.com
  leave:
    - day: 2026-12-28
      until: 2026-12-31
      name: leave
  calendars: [france]
)";

inline constexpr std::string_view kTeamText = R"(apiVersion: nines/v1
kind: Team
metadata:
  name: payments
spec:
  description: Takes the money.
  members: [ada, bo]
  rota: payments
  escalationPolicy: payments
  contacts:
    chat: "#payments"
  businessHours:
    zone: Europe/Paris
    windows:
      - days: mon-fri
        from: "09:00"
        to: "18:00"
    calendars: [france]
)";

inline constexpr std::string_view kCalendarText = R"(apiVersion: nines/v1
kind: Calendar
metadata:
  name: france
spec:
  description: Public holidays in France.
  zone: UTC
  days:
    - day: 2026-12-25
      name: Christmas Day
  times:
    - from: "2026-12-24 13:00:00"
      to: "2026-12-24 23:00:00"
      name: office closes early
  source:
    name: france.ics
    sha256: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
)";

inline constexpr std::string_view kRotaText = R"(apiVersion: nines/v1
kind: Rota
metadata:
  name: payments
spec:
  description: Who takes the pager.
  zone: Europe/Paris
  layers:
    - name: week
      start: 2026-01-05 09:00:00
      turn: 1w
      participants: [ada, bo, cy]
    - name: nights
      role: secondary
      start: 2026-01-05 00:00:00
      handovers: [1d, 3d]
      handoffTime: "20:00"
      handoffDay: mon
      participants: [dee, eli]
      restrictions:
        - days: mon-fri
          from: "20:00"
          to: "08:00"
      skippedTurns: consume
      until: 2027-01-04 09:00:00
    - name: week
      effectiveFrom: 2026-06-01 09:00:00
      participants: [ada, bo, cy, fay]
  overrides:
    - person: bo
      from: 2026-12-24 18:00:00
      to: 2026-12-25 09:00:00
      because: Ada has theatre tickets
  swaps:
    - person: ada
      with: cy
      from: 2026-03-02 09:00:00
      to: 2026-03-09 09:00:00
      returnFrom: 2026-03-16 09:00:00
      returnTo: 2026-03-23 09:00:00
      because: a wedding
  calendars: [france]
)";

inline constexpr std::string_view kEscalationText = R"(apiVersion: nines/v1
kind: EscalationPolicy
metadata:
  name: shop
spec:
  description: Payments are answered around the clock.
  services: [checkout]
  channel: page
  hours:
    zone: Europe/Paris
    byPerson: true
    windows:
      - days: mon-fri
        from: "09:00"
        to: "18:00"
    holidays: ["2026-12-25"]
    calendars: [france]
  urgency:
    low: [SEV-4, SEV-5]
    raiseWhenHoursOpen: true
    channel: mail
  steps:
    - name: primary
      hours: outside
      delay: 0s
      acknowledgeWithin: 5m
      notify:
        - rota: payments
          role: secondary
        - person: ada
          channel: mail
    - name: everybody
      severities: [SEV-1, SEV-2]
      delay: 10m
      waitUntil: inside
      roundRobin: true
      threshold:
        count: 2
        within: 10m
      notify: [{team: payments}]
    - name: last
      delay: 0s
      acknowledgeWithin: 15m
      channel: phone
      notify: [{role: commander}]
  repeat:
    times: 2
    delay: 5m
  handoff: rest
  acknowledgement:
    mode: all
    timeout: 1h
)";

inline constexpr std::string_view kSlothText = R"(version: prometheus/v1
service: checkout
labels:
  team: payments
slos:
  - name: availability
    description: Requests to the checkout succeed.
    objective: 99.9
    sli:
      events:
        error_query: sum(rate(errors[{{.window}}]))
        total_query: sum(rate(requests[{{ .window }}]))
    alerting:
      name: CheckoutErrors
      page_alert: {labels: {severity: page}}
      ticket_alert: {disable: true}
)";

inline constexpr std::string_view kSlothObjectText = R"(apiVersion: sloth.slok.dev/v1
kind: PrometheusServiceLevel
metadata:
  name: checkout
spec:
  service: checkout
  slos:
    - name: availability
      description: Requests to the checkout succeed.
      objective: 99.9
      sli:
        raw:
          errorRatioQuery: errors:ratio_rate[{{.window}}]
      alerting:
        name: CheckoutErrors
        labels: {severity: page}
        ticketAlert: {disable: true}
)";

inline constexpr std::string_view kWindowsText = R"(apiVersion: sloth.slok.dev/v1
kind: AlertWindows
metadata:
  name: month
spec:
  sloPeriod: 30d
  page:
    quick: {errorBudgetPercent: 2, shortWindow: 5m, longWindow: 1h}
    slow: {errorBudgetPercent: 5, shortWindow: 30m, longWindow: 6h}
  ticket:
    quick: {errorBudgetPercent: 10, shortWindow: 2h, longWindow: 1d}
    slow: {errorBudgetPercent: 10, shortWindow: 6h, longWindow: 3d}
)";

inline constexpr std::string_view kAlphaText = R"(apiVersion: openslo/v1alpha
kind: SLO
metadata:
  name: checkout-ratio
  displayName: Checkout
spec:
  description: Requests to the checkout succeed.
  service: checkout
  budgetingMethod: Occurrences
  timeWindows:
    - unit: Day
      count: 30
      isRolling: true
  objectives:
    - value: 1
      target: 0.999
      ratioMetrics:
        incremental: true
        good:
          source: prometheus
          queryType: promql
          query: good
        total:
          source: prometheus
          queryType: promql
          query: total
)";

inline constexpr std::string_view kAlpha2Text = R"(apiVersion: openslo.com/v2alpha
kind: SLO
metadata:
  name: checkout-next
spec:
  description: Requests to the checkout succeed.
  serviceRef: checkout
  sli:
    metadata:
      name: requests
    spec:
      ratioMetric:
        good:
          dataSourceRef: prometheus
          spec:
            query: good
        total:
          dataSourceRef: prometheus
          spec:
            query: total
  budgetingMethod: Occurrences
  timeWindow:
    - duration: 4w
      isRolling: true
  objectives:
    - targetPercent: 99.5
)";

inline constexpr std::string_view kJourneyText = R"(apiVersion: openslo/v1
kind: SLO
metadata:
  name: journey
  annotations:
    nines.dev/composite-target: "0.98"
spec:
  description: Find, choose, pay.
  service: shop
  budgetingMethod: Timeslices
  timeWindow:
    - duration: 4w
      isRolling: true
  objectives:
    - indicatorRef: search-good
      target: 0.99
      timeSliceTarget: 0.95
      timeSliceWindow: 5m
    - indicatorRef: cart-good
      target: 0.995
      timeSliceTarget: 0.95
      timeSliceWindow: 5m
)";

inline constexpr std::string_view kVolumeText = R"(apiVersion: openslo/v1
kind: SLO
metadata:
  name: checkout-paged
  annotations:
    nines.dev/events-per-day: "50000"
    nines.dev/max-age: 6h
spec:
  description: Requests to the checkout succeed.
  service: checkout
  indicatorRef: search-good
  budgetingMethod: Occurrences
  timeWindow:
    - duration: 30d
      isRolling: true
  objectives:
    - target: 0.999
  alertPolicies:
    - kind: AlertPolicy
      metadata:
        name: fast-burn
      spec:
        alertWhenBreaching: true
        conditions:
          - kind: AlertCondition
            metadata:
              name: fast
            spec:
              severity: page
              condition:
                kind: burnrate
                op: gte
                threshold: 14.4
                lookbackWindow: 1h
        notificationTargets:
          - targetRef: on-call
)";

inline constexpr std::string_view kRulesText = R"(apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  name: checkout-rules
  labels: {app.kubernetes.io/component: SLO}
spec:
  groups:
    - name: slo-records
      interval: 30s
      rules:
        - record: slo:errors:ratio
          expr: errors:ratio_rate1h
          labels: {window: 1h}
        - record: slo:errors:ratio
          expr: errors:ratio_rate5m
          labels: {window: 5m}
    - name: slo-alerts
      rules:
        - alert: CheckoutErrors
          expr: (slo:errors:ratio{window="1h"} > 0.0144) and on() (vector(1) > 0) # both
          for: 2m
          labels: {severity: page}
          annotations: {summary: "The checkout burns its budget"}
)";

inline constexpr std::string_view kRuleFileText = R"(groups:
  - name: more
  - name: most
    rules:
      - record: up:count
        expr: 1
)";

struct Sample {
  std::string_view name;
  std::string_view text;
};

inline constexpr Sample kSamples[] = {
    {"slo.yaml", kSloText},
    {"latency.yaml", kLatencyText},
    {"composite.yaml", kCompositeText},
    {"sli.yaml", kSliText},
    {"source.yaml", kDataSourceText},
    {"policy.yaml", kPolicyText},
    {"target.yaml", kTargetText},
    {"service.yaml", kServiceText},
    {"vendor.yaml", kVendorText},
    {"assessment.yaml", kAssessmentText},
    {"budget-policy.yaml", kBudgetPolicyText},
    {"change-policy.yaml", kChangePolicyText},
    {"freeze.yaml", kChangeFreezeText},
    {"train.yaml", kReleaseTrainText},
    {"person.yaml", kPersonText},
    {"team.yaml", kTeamText},
    {"calendar.yaml", kCalendarText},
    {"rota.yaml", kRotaText},
    {"playbook.yaml", kPlaybookText},
    {"escalation.yaml", kEscalationText},
    {"sloth.yaml", kSlothText},
    {"sloth-object.yaml", kSlothObjectText},
    {"windows.yaml", kWindowsText},
    {"alpha.yaml", kAlphaText},
    {"alpha2.yaml", kAlpha2Text},
    {"journey.yaml", kJourneyText},
    {"volume.yaml", kVolumeText},
    {"rules.yaml", kRulesText},
    {"rule-file.yaml", kRuleFileText},
};

}  // namespace nines::test
