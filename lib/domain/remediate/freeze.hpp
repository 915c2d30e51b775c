// Times in which changes rest, as they are written by the wall clock, and where they lie.
#pragma once

#include <string>
#include <vector>

#include "base/zone.hpp"
#include "domain/catalog/week_window.hpp"
#include "domain/remediate/gate.hpp"

namespace nines::remediate {

struct ChangeFreeze {
  std::string name;
  std::string why;
  std::vector<std::string> services;  ///< empty: all
  std::vector<std::string> exempt;    ///< types of change that may go out all the same
  std::string zone;                   ///< IANA name, of all its times
  std::vector<catalog::LocalSpan> periods;
  std::vector<catalog::WeekWindow> weekly;

  friend bool operator==(const ChangeFreeze&, const ChangeFreeze&) = default;
};

/// What overlaps `within`, by start. A time that the clocks jump over is the first instant after
/// the jump; one that comes twice begins at the earlier and ends at the later of the two.
std::vector<GateFreeze> freeze_spans(const ChangeFreeze& freeze, const Zone& zone,
                                     const catalog::InstantSpan& within);

}  // namespace nines::remediate
