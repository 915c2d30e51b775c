// Rules of Prometheus as values: groups in their order, each rule with where it comes from.
#pragma once

#include <string>
#include <vector>

#include "domain/alert/policy.hpp"
#include "domain/alert/rule_source.hpp"
#include "domain/slo/model.hpp"

namespace nines::alert {

/// Where a rule comes from, and what set its numbers.
struct Provenance {
  std::string file;
  int line = 0;    ///< 1-based; 0 when unknown
  int column = 0;  ///< 1-based
  std::string decision;
};

struct Rule {
  std::string record;  ///< this or `alert` is empty
  std::string alert;
  std::string expr;
  Millis hold{0};  ///< Prometheus' `for`
  slo::StringMap labels;
  slo::StringMap annotations;
  Provenance origin;
  SourceSpan at;  ///< what `origin` is made from
};

struct RuleGroup {
  std::string name;
  std::vector<Rule> rules;
};

}  // namespace nines::alert
