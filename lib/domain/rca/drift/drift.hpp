// Where a configuration left what was declared and what was good, and whether it or the build is at
// fault.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/catalog/configuration.hpp"

namespace nines::rca {

enum class DriftKind {
  drift,        ///< observed left what was good and, where that is known, what is declared
  intended,     ///< observed is as declared, and was another when it was good
  undelivered,  ///< declared is another, observed is still what was good
  conflict,     ///< all three differ
};
std::string_view to_string(DriftKind kind);

/// When a value came, against the onset of an incident.
enum class DriftAge {
  not_asked,  ///< no onset was given
  unknown,    ///< no snapshot tells
  latent,     ///< long before: a condition, not the trigger
  near,       ///< shortly before: it may be the trigger
  after,      ///< it came later, and caused nothing
};
std::string_view to_string(DriftAge age);

struct DriftRow {
  std::string path;
  DriftKind kind = DriftKind::drift;
  std::optional<catalog::ConfigValue> declared, good, observed;  ///< nothing: not there
  bool type_changed = false;  ///< observed is of another type than what was good
  DriftAge age = DriftAge::not_asked;
  std::optional<Instant> seen;    ///< first snapshot with the value as observed
  std::optional<Instant> before;  ///< the snapshot before that one, still with another
};

/// Every path at which `observed` differs from `good`, or from `declared` where that is given and
/// names the path.
std::vector<DriftRow> compare_configurations(const catalog::ConfigTree* declared,
                                             const catalog::ConfigTree& good,
                                             const catalog::ConfigTree& observed);

/// When each value came, by the snapshots of one place, oldest first. A value that was there more
/// than `near` before the onset is latent.
void date_drift(std::vector<DriftRow>& rows, const std::vector<catalog::ConfigSnapshot>& snapshots,
                Instant onset, Micros near);

/// Drift or defect, by the two by two of build and configuration.
struct FaultVerdict {
  enum class Answer {
    drift,         ///< the configuration is at fault
    defect,        ///< the build is
    both,          ///< each alone is
    interaction,   ///< only together
    neither,       ///< nothing differs: look elsewhere
    undetermined,  ///< a cell of the four is missing
  };
  Answer answer = Answer::undetermined;
  std::string because;
  std::vector<std::string> missing;  ///< "build v2 with the good configuration"
};
std::string_view to_string(FaultVerdict::Answer answer);

/// `good` and `bad` are what ran when it was well and when it was not; `others` may tell how the
/// other two cells fared. A snapshot counts for a configuration when it has its values at all paths
/// where the two differ, so that places may differ elsewhere.
FaultVerdict judge_fault(const catalog::ConfigSnapshot& good, const catalog::ConfigSnapshot& bad,
                         const std::vector<DriftRow>& rows,
                         const std::vector<catalog::ConfigSnapshot>& others);

}  // namespace nines::rca
