// Numbers as rule files spell them: Sloth's doubles to the last digit, or exact decimals.
#pragma once

#include <string>

#include "domain/alert/policy.hpp"
#include "domain/alert/rule_source.hpp"

namespace nines::alert {

enum class Numbers {
  compatible,  ///< IEEE double, shortest digits that read back: 0.0009999999999999432
  exact        ///< from the exact decimal: 0.001
};

/// Shortest digits that read back to the same double; an exponent only below 1e-4.
std::string number_text(double value);
/// The same without any exponent.
std::string plain_number_text(double value);

/// objective / 100: "0.9990000000000001", exact "0.999".
std::string objective_text(const RuleSource& source, Numbers numbers);
/// (100 - objective) / 100: "0.0009999999999999432", exact "0.001".
std::string budget_text(const RuleSource& source, Numbers numbers);
/// "1-0.9990000000000001", left to Prometheus; exact "0.001".
std::string metadata_budget_text(const RuleSource& source, Numbers numbers);
/// "14.4"; exact where the factor has a decimal, else as compatible.
std::string factor_text(const WindowPair& pair, Millis period, Numbers numbers);
/// Days of a period: "30", "0.5".
std::string days_text(Millis period);

}  // namespace nines::alert
