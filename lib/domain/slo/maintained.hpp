// Announced work that a window touches: which minutes it covers, and whether they count.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "domain/slo/measure.hpp"
#include "domain/slo/model.hpp"
#include "domain/slo/verdict.hpp"
#include "domain/slo/window.hpp"

namespace nines::slo {

/// One occurrence of announced maintenance.
struct PlannedStop {
  Period when;
  std::string name;     ///< "MNT-1"
  bool in_time = true;  ///< announced before it began; what was announced later is never left out
};

/// What was planned for an objective's service within a period.
using StopsOf = std::function<std::vector<PlannedStop>(const Objective&, const Period&)>;

/// The minutes that `stops` touch, but for those that were announced too late.
std::vector<MinuteSpan> excludable(const std::vector<PlannedStop>& stops);

/// True when the document says so: annotation `nines.dev/maintenance: exclude`. By default planned
/// work counts as any other time.
bool excludes_maintenance(const Slo& slo);

/// The same window counted the other way.
struct Figures {
  std::optional<double> sli;
  Verdict verdict = Verdict::no_data;
  std::optional<double> budget_share;
  double bad = 0;
  std::uint64_t total = 0;
};

struct Maintained {
  bool excluded = false;            ///< of the assessment's own figures
  std::vector<std::string> names;   ///< that overlap what is counted, and were announced in time
  std::vector<std::string> late;    ///< that overlap it, but were announced after they began
  std::int64_t minutes = 0;         ///< of what is counted
  std::optional<Figures> counting;  ///< with maintenance counted; empty without any in time
  std::optional<Figures> without;   ///< with maintenance left out
};

}  // namespace nines::slo
