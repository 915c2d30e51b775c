// Figures as people read them: never more digits than the counts carry, never rounded to better.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "usecases/slo/status.hpp"

namespace nines::app::slo {

using nines::slo::Assessment;

/// "99.85%" with as many digits as `total` counts carry, cut, not rounded: 99.9996 is not 100.
std::string ratio_text(double ratio, std::uint64_t total);
std::string sli_text(const Assessment& assessment);          ///< or "-"
std::string target_text(const Assessment& assessment);       ///< "99.9%"
std::string share_text(const std::optional<double>& share);  ///< "52%", "-50%", "<1%", "-"
/// What that share is of: "what the events so far allow".
std::string budget_basis(const Assessment& assessment);
std::string burn_text(const std::optional<double>& burn);    ///< "0.42", "14.4", "-"
std::string signed_duration(Micros d);                       ///< "22m31s", "-1h5m"
std::string unit_text(const Assessment& assessment,
                      std::uint64_t count);  ///< "1 event", "5 slices"
std::string number_text(double value);       ///< "1,234" or "1,234.5"
std::string minute_text(Instant t);          ///< "2026-11-23 09:14Z"

/// "met", "missed", "no data", "not started"; with "?" where missing data could turn it.
std::string verdict_text(const Assessment& assessment);
std::string objective_name(const Assessment& assessment,
                           bool several);  ///< "checkout", "checkout/fast"

}  // namespace nines::app::slo
