// The alert windows that one SLO goes by: its own, those of a catalogue, or the standard ones.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "domain/alert/policy.hpp"
#include "domain/slo/model.hpp"

namespace nines::alert {

/// Annotation nines.dev/alert-windows: "page 2% 1h/5m, page 5% 6h/30m, ticket 10% 3d/6h", which is
/// the share of the budget, the long and the short window of each pair. One to eight pairs, a long
/// window longer than its short one, in whole seconds. Pages come first in what is returned.
inline constexpr const char* kWindowsAnnotation = "alert-windows";
inline constexpr const char* kWindowsHint =
    "it takes pairs such as 'page 2% 1h/5m, ticket 10% 3d/6h'";
std::optional<std::vector<WindowPair>> pairs_from(std::string_view text);

/// The pairs the SLO itself names, else the catalogue's for its period, else the standard ones. An
/// annotation that is no list of pairs counts as none: the checker has said so.
WindowTable table_for(const slo::Slo& slo, std::span<const WindowTable> catalogue);
/// The catalogue's for that period, else the standard ones.
WindowTable table_for(Millis period, std::span<const WindowTable> catalogue);
bool has_own_windows(const slo::Slo& slo);

/// What the document of an SLO says of its alerts, beside their windows.
struct OwnAlerts {
  bool page = true;             ///< not disabled
  bool ticket = true;           ///< the same
  std::vector<Alert> declared;  ///< in place of both

  bool any() const { return !page || !ticket || !declared.empty(); }
};

/// What fires for that SLO: its own alerts, by the windows of `table_for`. `own` may be null.
Policy policy_for(const slo::Slo& slo, std::span<const WindowTable> catalogue,
                  const OwnAlerts* own);

}  // namespace nines::alert
