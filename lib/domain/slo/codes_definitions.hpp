// Findings between definitions, and advice on legal ones.
#pragma once

#include "domain/slo/codes.hpp"

namespace nines::slo {

// One member per line, so that a page reads as a page; in the order of Code.
// clang-format off
inline constexpr CodePage kDefinitionPages[] = {
    {Code::duplicate_name, "DUPLICATE_NAME", "two definitions of one kind have the same name",
     "A definition is identified by its kind and name. Two with the same identity cannot both be "
     "applied.",
     R"(metadata: {name: checkout}
spec:
  dependencies:
    - service: checkout)",
     R"(metadata: {name: cart}
spec:
  dependencies:
    - service: checkout)"},
    {Code::ref_unresolved, "REF_UNRESOLVED", "a reference names nothing that is defined here",
     "References are looked up over all files that are checked together. In a directory (or with "
     "--closed) a dangling reference is an error, for single files a warning.",
     "  indicatorRef: request",
     "  indicatorRef: requests"},
    {Code::ref_wrong_kind, "REF_WRONG_KIND", "a reference names a definition of another kind",
     "The name exists, but as something else.",
     "  indicatorRef: web-access",
     "  indicatorRef: requests"},
    {Code::ref_unused, "REF_UNUSED", "a definition is used by nothing",
     "SLIs, data sources, policies, conditions and targets exist to be referred to. One that "
     "nobody uses is usually left over or misspelt where it should be used.",
     R"(kind: DataSource
metadata:
  name: web-logs)",
     R"(kind: DataSource
metadata:
  name: web-access)"},
    {Code::ref_cycle, "REF_CYCLE", "services depend on each other in a circle",
     "With hard dependencies in a circle none of the services could ever start. One of them is "
     "soft, or not a dependency.",
     R"(    - service: checkout
      kind: hard)",
     R"(    - service: checkout
      kind: soft)"},
    {Code::service_unknown, "SERVICE_UNKNOWN", "the SLO belongs to a service that is not defined",
     "Some services are defined here, but not this one.",
     "  service: chekout",
     "  service: checkout"},
    {Code::owner_unknown, "OWNER_UNKNOWN", "the team or policy named here is not defined",
     "Some teams (or escalation policies) are defined here, but not this one, so nobody can be "
     "found through it when it matters.",
     "  owner: paymnets",
     "  owner: payments"},
    {Code::target_above_dependency, "TARGET_ABOVE_DEPENDENCY", "the target is above what a hard dependency offers",
     "A service cannot be more reliable than something without which it is down, unless it caches, "
     "retries or falls back; then the dependency is soft.",
     "    - target: 0.9995",
     "    - target: 0.98"},
    {Code::target_below_sla, "TARGET_BELOW_SLA", "the target is not tighter than the promise to customers",
     "The annotation nines.dev/sla holds what is promised. If the objective is not tighter, the "
     "promise is broken before anybody is warned.",
     R"(    nines.dev/sla: "99.95")",
     R"(    nines.dev/sla: "99.5")"},
    {Code::composite_above_ceiling, "COMPOSITE_ABOVE_CEILING", "the target of a composite is above what its parts allow",
     "If every part only just meets its own target, the composite is missed all the same. By "
     "Timeslices it can be no better than its weakest part; by RatioTimeslices the weighted "
     "shortfalls of the parts add up.",
     R"(    nines.dev/composite-target: "0.995")",
     R"(    nines.dev/composite-target: "0.98")"},
    {Code::undecidable_in_window, "UNDECIDABLE_IN_WINDOW", "the window holds too few events to decide the target",
     "Even without a single failure so few events are no evidence (95 %) that the target is met. "
     "Use a longer window, a lower target, synthetic traffic, or Timeslices. The annotation "
     "nines.dev/events-per-day says how many are expected.",
     R"(    nines.dev/events-per-day: "50")",
     R"(    nines.dev/events-per-day: "50000")"},
    {Code::low_volume_page, "LOW_VOLUME_PAGE", "one bad event is enough to fire the alert",
     "An alert fires when the burn rate over its lookback window is above its threshold. With "
     "fewer events in that window than 1 / (threshold x budget) a single failure does it. Use a "
     "longer lookback, a minimum of errors, or synthetic traffic. The annotation "
     "nines.dev/events-per-day says how many events are expected.",
     R"(    nines.dev/events-per-day: "500")",
     R"(    nines.dev/events-per-day: "50000")"},
    {Code::no_description, "NO_DESCRIPTION", "the SLO has no description",
     "Whoever is paged should be able to read what users get when the objective holds.",
     "  service: checkout",
     R"(  description: Requests to the checkout succeed.
  service: checkout)"},
    {Code::objective_100, "OBJECTIVE_100", "the objective leaves no error budget",
     "With 100 % a single failure misses the objective for the whole window, and burn rates are "
     "meaningless.",
     "    objective: 100",
     "    objective: 99.9"},
    {Code::objective_low, "OBJECTIVE_LOW", "the objective allows more failures than successes",
     "A target below one half is usually the share of bad events by mistake.",
     "      target: 0.001",
     "      target: 0.999"},
    {Code::alert_op_inverted, "ALERT_OP_INVERTED", "the alert fires while the budget burns slowly",
     "Burn-rate conditions compare with gt or gte. Older official examples had it the wrong way "
     "round.",
     "          op: lt",
     "          op: gte"},
    {Code::good_equals_total, "GOOD_EQUALS_TOTAL", "the ratio compares a query with itself",
     "Good (or bad) and total ask for the same events, so the indicator never changes.",
     R"(              where: "true"
        total:)",
     R"(              where: "status < 500"
        total:)"},
    {Code::duplicate_objective, "DUPLICATE_OBJECTIVE", "two objectives of one SLO are the same",
     "They would always agree; one is left over.",
     R"(      target: 0.999
    - displayName: Again
      target: 0.999)",
     "      target: 0.999"},
    {Code::policy_silent, "POLICY_SILENT", "the alert policy never notifies",
     "None of alertWhenNoData, alertWhenBreaching and alertWhenResolved is true.",
     "  alertWhenBreaching: false",
     "  alertWhenBreaching: true"},
    {Code::rolling_calendar_unit, "ROLLING_CALENDAR_UNIT", "a rolling window is given in months, quarters or years",
     "Rolling windows cannot follow the calendar, so M, Q and Y count as 30, 90 and 365 days. Days "
     "say that openly.",
     R"(    - duration: 1M
      isRolling: true)",
     R"(    - duration: 30d
      isRolling: true)"},
    {Code::slice_not_divisor, "SLICE_NOT_DIVISOR", "the slices do not fill the window evenly",
     "The last slice of each window would be shorter than the others, and weigh as much.",
     "      timeSliceWindow: 7m",
     "      timeSliceWindow: 1h"},
    {Code::weights_not_one, "WEIGHTS_NOT_ONE", "the weights of a composite do not add up to 1",
     "The share of each part is its weight over the sum, so the numbers as written say something "
     "else.",
     "      compositeWeight: 0.5",
     "      compositeWeight: 0.7"},
};
// clang-format on

}  // namespace nines::slo
