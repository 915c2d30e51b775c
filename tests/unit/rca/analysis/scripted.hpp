// Builds cases in a few words, for tests of beliefs and closing rules.
#pragma once

#include <string>
#include <vector>

#include "domain/rca/analysis/closing.hpp"

namespace nines::test {

/// A case whose steps come a minute apart.
class ScriptedCase {
 public:
  ScriptedCase& hypothesis(const std::string& text, int under = 0) {
    rca::Hypothesis one;
    one.uid.bytes[15] = static_cast<std::uint8_t>(file.hypotheses.size() + 1);
    one.name = "HYP-" + std::to_string(file.hypotheses.size() + 1);
    one.text = text;
    one.rival = under == 0;
    if (under > 0) one.parent = at(under).uid;
    file.hypotheses.push_back(one);
    return *this;
  }
  ScriptedCase& evidence(int of, rca::EvidenceKind kind, rca::Strength strength,
                         const std::string& source = "here") {
    now += std::chrono::minutes{1};
    at(of).evidence.push_back({{}, kind, strength, "seen", source, "ada", now});
    return *this;
  }
  ScriptedCase& state(int of, rca::HypothesisState state, const std::string& because = "seen") {
    at(of).state = state;
    at(of).because = because;
    return *this;
  }
  ScriptedCase& answered(int of) {
    at(of).counterfactual = "it would have held";
    at(of).action = "OPS-1";
    return *this;
  }
  /// Entries every `step` from nine to half past.
  ScriptedCase& told(std::chrono::minutes step) {
    coverage = {start, start + std::chrono::minutes{30}, {}};
    for (auto at = start; at < *coverage.to; at += step) coverage.told.push_back(at);
    return *this;
  }

  rca::Hypothesis& at(int number) {
    return file.hypotheses.at(static_cast<std::size_t>(number - 1));
  }
  std::vector<rca::RuleResult> rules() const {
    return rca::closing_rules(file, rca::beliefs_of(file), coverage);
  }
  /// The numbers of the rules that are not met: "2 5".
  std::string open_rules() const {
    std::string numbers;
    for (const auto& rule : rules())
      if (rule.state != rca::RuleState::met)
        numbers += (numbers.empty() ? "" : " ") + std::to_string(rule.number);
    return numbers;
  }

  const Instant start = *parse_rfc3339("2026-11-23T09:00:00Z");
  Instant now = start + std::chrono::hours{2};
  rca::CaseFile file;
  rca::Coverage coverage;
};

}  // namespace nines::test
