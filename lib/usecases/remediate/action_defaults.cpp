// Fills the fields of a new action from its incident and from who owns its services.
#include "usecases/remediate/action_defaults.hpp"

#include "base/day.hpp"
#include "base/text.hpp"
#include "usecases/remediate/code_owners.hpp"

namespace nines::usecases {
namespace {

namespace field = nines::remediate::field;
using nines::remediate::Action;

void set_default(Action& action, std::string_view name, const std::string& value) {
  if (!value.empty()) action.fields.emplace(std::string(name), value);
}

}  // namespace

void fill_gaps(const Session& session, Action& action,
               const std::optional<incident::Incident>& about, const Catalogue& catalogue) {
  if (about) {
    set_default(action, field::kServices, join(about->services, ","));
    set_default(action, field::kDue,
                format_day(nines::remediate::default_due(about->severity, session.now())));
  }
  for (const auto& name : action.services()) {
    const auto service = catalogue.services.find(name);
    if (service == catalogue.services.end() || service->second.owner.empty()) continue;
    set_default(action, field::kTeam, service->second.owner);
    break;
  }
  if (const auto owners = code_owners(session, action.paths()); !owners.empty())
    set_default(action, field::kTeam, owners.begin()->second);
}

}  // namespace nines::usecases
