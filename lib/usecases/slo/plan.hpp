// What applying a set of definition files would do to the store, decided before anything is
// written.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/export.hpp"
#include "domain/slo/definition.hpp"
#include "domain/slo/revision.hpp"

namespace nines::usecases {

enum class ApplyAction { created, changed, renamed, restored, retired, unchanged };

NINES_EXPORT std::string_view to_string(ApplyAction action);

struct PlannedDefinition {
  ApplyAction action = ApplyAction::unchanged;
  std::string kind;
  std::string name;
  std::string path;
  std::string renamed_from;
  std::int64_t revision = 0;  ///< after it is applied
  std::vector<nines::slo::FieldChange> changes;
  bool reason_needed = false;  ///< a number changes, or something is retired or comes back

  bool changed() const { return action != ApplyAction::unchanged; }
};

/// The words behind `--because` when it is missing and needed.
NINES_EXPORT bool reason_needed(const std::vector<PlannedDefinition>& plan);
NINES_EXPORT bool any_changed(const std::vector<PlannedDefinition>& plan);

}  // namespace nines::usecases
