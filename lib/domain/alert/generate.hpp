// From one SLO to its recording and alerting rules, as Sloth would write them, or exactly.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/finding.hpp"
#include "domain/alert/policy.hpp"
#include "domain/alert/rule.hpp"
#include "domain/alert/rule_numbers.hpp"
#include "domain/alert/rule_source.hpp"
#include "domain/slo/codes.hpp"

namespace nines::alert {

struct RuleOptions {
  PeriodMode mode = PeriodMode::compatible;
  Numbers numbers = Numbers::compatible;
  bool recordings = true;
  bool alerts = true;
  slo::StringMap extra_labels;
  std::string tool_version = "dev";  ///< label sloth_version
  Millis default_period{0};
  std::vector<WindowTable> tables;  ///< the only periods there are
  bool any_period = false;          ///< other periods too, by the standard percentages
  LowTraffic low_traffic;
  std::optional<Millis> absent_after;
  bool chain_long_windows = false;  ///< exact only: 2 h and longer from the recorded sums
  std::string except;               ///< PromQL that holds while nothing counts; empty: never
};

/// What an evaluator must know of the queries of an SLO.
struct QueryShape {
  bool counts_good = false;  ///< the ratio is 1 - good / total
  bool as_increase = false;  ///< increase() in place of rate()
};

/// One thing that is wrong or worth knowing about a source.
struct Remark {
  slo::Code code{};
  nines::Severity severity = nines::Severity::error;
  SourceSpan at;
  std::string message;
  std::string hint;
};

struct Generated {
  std::vector<RuleGroup> groups;  ///< recordings of the SLI, metadata, alerts; empty ones left out
  std::vector<Remark> remarks;    ///< with an error among them there are no groups
  Millis period{0};
  std::optional<WindowTable> table;
  /// What the alerts among the groups do, to the last digit of their text.
  Policy policy;
  double budget = 0;  ///< 1 - objective, as that text has it
  QueryShape queries;
};

Generated generate_rules(const RuleSource& source, const RuleOptions& options);

}  // namespace nines::alert
