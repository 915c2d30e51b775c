// Names of the states of a step.
#include "domain/incident/triage.hpp"

#include "base/enum_names.hpp"

namespace nines::incident {
namespace {
constexpr EnumNames<TriageState, 4> kStates{{"waiting", "refused", "started", "done"}};
}

std::string_view to_string(TriageState state) { return kStates.of(state); }
std::optional<TriageState> triage_state_from(std::string_view text) { return kStates.find(text); }

}  // namespace nines::incident
