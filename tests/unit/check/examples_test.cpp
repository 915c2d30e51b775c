// The examples of nines explain: each gives its finding, and its mended form does not.
#include <algorithm>
#include <catch2/catch.hpp>
#include <set>
#include <string>

#include "domain/postmortem/wording.hpp"
#include "domain/slo/codes.hpp"
#include "unit/yaml/samples.hpp"
#include "usecases/slo/check.hpp"

namespace {

using namespace nines::test;

/// Documents that speak of each other.
constexpr std::string_view kSetText = R"(apiVersion: openslo/v1
kind: SLO
metadata:
  name: checkout-good
spec:
  description: Requests to the checkout succeed.
  service: checkout
  indicatorRef: requests
  budgetingMethod: Occurrences
  timeWindow:
    - duration: 30d
      isRolling: true
  objectives:
    - target: 0.98
---
apiVersion: openslo/v1
kind: SLO
metadata:
  name: cart-good
spec:
  description: The cart answers.
  service: cart
  indicatorRef: requests
  budgetingMethod: Occurrences
  timeWindow:
    - duration: 30d
      isRolling: true
  objectives:
    - target: 0.99
---
apiVersion: openslo/v1
kind: SLI
metadata:
  name: requests
spec:
  ratioMetric:
    good:
      metricSource:
        metricSourceRef: web-access
        type: file
        spec: {where: "status < 500"}
    total:
      metricSource:
        metricSourceRef: web-access
        spec: {where: "true"}
---
apiVersion: openslo/v1
kind: DataSource
metadata:
  name: web-access
spec:
  type: file
  connectionDetails:
    format: pattern
    time: {column: time, format: '%Y-%m-%d %H:%M:%S'}
    pattern: '(?P<time>\S+) (?P<status>\d+)'
---
apiVersion: nines/v1
kind: Service
metadata: {name: checkout}
spec:
  dependencies:
    - service: cart
      kind: hard
---
apiVersion: nines/v1
kind: Service
metadata: {name: cart}
spec:
  dependencies:
    - service: checkout
      kind: soft
)";

constexpr std::string_view kCataloguesText = R"(apiVersion: sloth.slok.dev/v1
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
---
apiVersion: sloth.slok.dev/v1
kind: AlertWindows
metadata:
  name: other
spec:
  sloPeriod: 28d
  page:
    quick: {errorBudgetPercent: 2, shortWindow: 5m, longWindow: 1h}
    slow: {errorBudgetPercent: 5, shortWindow: 30m, longWindow: 6h}
  ticket:
    quick: {errorBudgetPercent: 10, shortWindow: 2h, longWindow: 1d}
    slow: {errorBudgetPercent: 10, shortWindow: 6h, longWindow: 3d}
)";

constexpr std::string_view kDutyText = R"(apiVersion: nines/v1
kind: Service
metadata: {name: checkout}
spec:
  owner: payments
---
apiVersion: nines/v1
kind: Team
metadata: {name: payments}
spec: {members: [ada]}
)";

constexpr std::string_view kEscalatedText = R"(apiVersion: nines/v1
kind: EscalationPolicy
metadata: {name: payments}
spec:
  steps:
    - name: primary
      severities: [SEV-1, SEV-2, SEV-3, SEV-4, SEV-5]
      delay: 0s
      notify: [{rota: shop-primary}]
    - name: manager
      delay: 10m
      acknowledgeWithin: 10m
      severities: [SEV-1]
      notify: [{person: ada}]
  repeat: {times: 2}
  handoff: managers
)";

/// Small fault trees that are sound.
constexpr std::string_view kTreesText = R"(apiVersion: nines/v1
kind: FaultTree
metadata: {name: nodes}
spec:
  gates:
    - {name: both-down, type: and, inputs: [node-a, node-b]}
  events:
    - {name: node-a, probability: 0.01, zone: eu-1}
    - {name: node-b, probability: 0.01, zone: eu-1}
  commonCause:
    - {name: eu-1, model: beta, members: [node-a, node-b], factors: [0.1]}
---
apiVersion: nines/v1
kind: FaultTree
metadata: {name: pages}
spec:
  gates:
    - name: no-pages
      type: or
      inputs: [primary-down, network-split]
    - name: primary-down
      type: and
      inputs: [disk-full, cache]
    - {name: cache, type: or, inputs: [database, evicted]}
    - {name: database, type: or, inputs: [disk]}
  events:
    - {name: network-split, probability: 0.001}
    - {name: disk-full, probability: 0.002}
    - {name: evicted, probability: 0.1}
    - {name: disk, probability: 0.003}
---
apiVersion: nines/v1
kind: FaultTree
metadata: {name: data}
spec:
  gates:
    - {name: quorum, type: atleast, k: 2, inputs: [a, b, c]}
  events:
    - {name: a, probability: 0.01}
    - {name: b, probability: 0.01}
    - {name: c, probability: 0.01}
  commonCause:
    - {name: zone, model: beta, members: [a, b], factors: [0.1]}
---
apiVersion: nines/v1
kind: FaultTree
metadata: {name: shop}
spec:
  gates:
    - {name: outage, type: or, inputs: [a, slow]}
    - {name: slow, type: or, inputs: [b]}
  events:
    - {name: a, probability: 0.01}
    - {name: b, probability: 0.01}
---
apiVersion: nines/v1
kind: FaultTree
metadata: {name: replicas}
spec:
  gates:
    - name: database-down
      type: and
      inputs: [primary-down, replica-down]
  events:
    - {name: primary-down, probability: 0.01}
    - {name: replica-down, probability: 0.01}
)";

constexpr std::string_view kPluginsText = R"(version: prometheus/v1
service: checkout
slos:
  - name: one
    objective: 99.9
    sli: {plugin: {id: team/requests, options: {filter: a}}}
    alerting: {name: A, labels: {severity: page}}
  - name: two
    objective: 99.9
    sli: {plugin: {id: team/requests, options: {filter: b}}}
    alerting: {name: B, labels: {severity: page}}
  - name: three
    objective: 99.9
    sli: {plugin: {id: team/requests, options: {filter: c}}}
    alerting: {name: C, labels: {severity: page}}
)";

constexpr std::string_view kAllowedText = R"(apiVersion: openslo/v1
kind: SLO
metadata:
  name: checkout-good
spec:
  # nines: allow NO_DESCRIPTION until 2099-12-31 because the text is on its way
  service: checkout
  indicatorRef: requests
  budgetingMethod: Occurrences
  timeWindow:
    - duration: 30d
      isRolling: true
  objectives:
    - target: 0.99
)";

/// The codes a text gives when it is checked as a complete set.
std::set<std::string> codes_of(const std::string& text) {
  nines::usecases::CheckRequest request;
  request.paths = {"-"};
  request.cwd = ".";
  request.input = text;
  request.closed = true;
  request.now = *nines::parse_rfc3339("2026-11-23T09:00:00Z");
  std::set<std::string> codes;
  for (const auto& finding : nines::usecases::check(request).findings) codes.insert(finding.code);
  return codes;
}

bool of_other_files(nines::slo::Code code) {
  using nines::slo::Code;
  return (code >= Code::timeline_order && code <= Code::recovery_unmarked) ||
         code == Code::expectation_failed ||
         (code >= Code::xml_syntax && code <= Code::mef_element) ||
         (code >= Code::period_unsupported && code <= Code::guard_not_possible) ||
         (code >= Code::ics_unreadable && code <= Code::ics_empty) || code == Code::name_left;
}

/// The codes that a postmortem with this line gives; it stands where actions do if it is one.
std::set<std::string> wording_of(std::string_view line) {
  std::string text = line.starts_with("- ") ? "## Actions\n\n" : "## Summary\n\n";
  text.append(line).append("\n");
  std::set<std::string> codes;
  for (const auto& finding :
       nines::postmortem::check_wording(text, {.people = {"Ada"}, .suggestions = true}).findings)
    codes.insert(finding.code);
  return codes;
}

/// What cannot be shown by a few lines of a document.
constexpr std::string_view kNoExample[] = {
    "BAD_UTF8",   "CONTROL_CHARACTER", "TOO_LARGE",
    "TOO_DEEP",   "TOO_MANY_NODES",    "TOO_MANY_FINDINGS",
    "EMPTY_FILE", "NOT_A_DOCUMENT",    "UNSUPPORTED_BY_SLOTH"};

}  // namespace

TEST_CASE("the examples of every code give it, and their mended form does not", "[check]") {
  std::vector<std::string> texts = {std::string(kSetText),     std::string(kCataloguesText),
                                    std::string(kPluginsText), std::string(kAllowedText),
                                    std::string(kDutyText),    std::string(kEscalatedText),
                                    std::string(kTreesText)};
  for (const auto& sample : kSamples) texts.emplace_back(sample.text);
  std::vector<std::set<std::string>> before;
  for (const auto& text : texts) before.push_back(codes_of(text));
  for (const auto& page : nines::slo::code_pages()) {
    INFO(page.name);
    CHECK_FALSE(page.summary.empty());
    CHECK(page.text.size() > 30);
    if (of_other_files(page.code))
      continue;  // lines of other files, and what only `slo rules` says
    const bool none =
        std::find(std::begin(kNoExample), std::end(kNoExample), page.name) != std::end(kNoExample);
    CHECK(page.bad.empty() == none);
    CHECK(page.good.empty() == none);
    if (page.bad.empty() || page.good.empty()) continue;
    if (nines::postmortem::find_wording_rule(page.code) != nullptr) {
      CHECK(wording_of(page.bad).count(std::string(page.name)) == 1);
      CHECK(wording_of(page.good).count(std::string(page.name)) == 0);
      continue;
    }
    bool shown = false;
    for (std::size_t i = 0; i < texts.size() && !shown; ++i) {
      std::string text = texts[i];
      const std::size_t at = text.find(page.good);
      if (at == std::string::npos || before[i].count(std::string(page.name)) != 0) continue;
      text.replace(at, page.good.size(), page.bad);
      shown = codes_of(text).count(std::string(page.name)) != 0;
    }
    INFO(page.bad);
    CHECK(shown);
  }
}
