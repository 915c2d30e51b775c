// Names of the states of a step.
#include "domain/incident/triage.hpp"

#include "base/enum_names.hpp"

namespace nines::incident {
namespace {
constexpr EnumNames<TriageState, 4> kTriageStates{{"waiting", "refused", "started", "done"}};
}

std::string_view to_string(TriageState state) { return kTriageStates.of(state); }
std::optional<TriageState> triage_state_from(std::string_view text) {
  return kTriageStates.find(text);
}

}  // namespace nines::incident
