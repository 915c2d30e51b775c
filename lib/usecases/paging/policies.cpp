// Reads policies through the reader of definitions, and finds the version that was pinned.
#include "usecases/paging/policies.hpp"

#include <algorithm>
#include <fstream>

#include "base/error.hpp"
#include "base/hash.hpp"
#include "base/read_file.hpp"
#include "base/text.hpp"
#include "store/definitions.hpp"
#include "usecases/slo/catalogue.hpp"
#include "usecases/slo/stored_reader.hpp"

namespace nines::usecases {
namespace {

constexpr std::string_view kKind = "EscalationPolicy";
constexpr std::chrono::days kLongestHoliday{400};

/// The days of its calendars, as they are now: only the policy itself is pinned.
void add_holidays(incident::Hours& hours, const Session& session) {
  if (hours.calendars.empty()) return;
  const auto catalogue = load_catalogue(session);
  for (const auto& name : hours.calendars) {
    const auto calendar = catalogue.calendars.find(name);
    if (calendar == catalogue.calendars.end()) continue;
    for (const auto& off : calendar->second.days)
      for (auto day = off.from; day <= off.to && day < off.from + kLongestHoliday;
           day += std::chrono::days(1))
        hours.holidays.emplace_back(day.time_since_epoch());
  }
  std::sort(hours.holidays.begin(), hours.holidays.end());
}

std::optional<PinnedPolicy> pinned(const Session& session,
                                   const nines::slo::DefinitionRecord& record) {
  auto definition = read_record(record);
  if (!definition) return std::nullopt;
  auto* policy = std::get_if<incident::EscalationPolicy>(&definition->object);
  if (policy == nullptr) return std::nullopt;
  if (policy->hours) add_holidays(*policy->hours, session);
  return PinnedPolicy{std::move(*policy), to_hex(store::definition_digest(record.document)),
                      record.path};
}

bool serves(const incident::EscalationPolicy& policy, const std::string& service) {
  return std::find(policy.services.begin(), policy.services.end(), service) !=
         policy.services.end();
}

std::string names_of(const std::vector<const PinnedPolicy*>& several) {
  std::vector<std::string> names;
  for (const auto* one : several) names.push_back("'" + one->policy.name + "'");
  return join(names, ", ");
}

}  // namespace

PolicyBook::PolicyBook(const Session& session) : session_(session) {
  for (const auto& record : store::definitions(session.store())) {
    if (record.kind != kKind) continue;
    if (auto policy = pinned(session_, record)) current_.push_back(std::move(*policy));
  }
}

const PinnedPolicy* PolicyBook::find(const std::string& name) const {
  for (const auto& one : current_)
    if (one.policy.name == name) return &one;
  return nullptr;
}

const PinnedPolicy* PolicyBook::find(const std::string& name, const std::string& version) {
  for (const auto* list : {&current_, &earlier_})
    for (const auto& one : *list)
      if (one.policy.name == name && one.version == version) return &one;
  for (const auto& record : store::definition_revisions(session_.store(), kKind, name)) {
    if (to_hex(store::definition_digest(record.document)) != version) continue;
    auto policy = pinned(session_, record);
    if (!policy) return nullptr;
    earlier_.push_back(std::move(*policy));
    return &earlier_.back();
  }
  return nullptr;
}

void PolicyBook::put(PinnedPolicy policy) {
  if (policy.policy.hours) add_holidays(*policy.policy.hours, session_);
  const auto old = std::find_if(current_.begin(), current_.end(), [&](const PinnedPolicy& one) {
    return one.policy.name == policy.policy.name;
  });
  if (old != current_.end())
    *old = std::move(policy);
  else
    current_.push_back(std::move(policy));
}

const PinnedPolicy* PolicyBook::choose(const incident::Incident& incident, std::string& why) const {
  return choose(incident.services, why);
}

const PinnedPolicy* PolicyBook::choose(const std::vector<std::string>& services,
                                       std::string& why) const {
  for (const auto& service : services) {
    std::vector<const PinnedPolicy*> several;
    for (const auto& one : current_)
      if (serves(one.policy, service)) several.push_back(&one);
    if (several.size() > 1) {
      why = "several policies are for '" + service + "': " + names_of(several);
      return nullptr;
    }
    if (several.size() == 1) {
      why = "it names the service '" + service + "'";
      return several.front();
    }
  }
  if (const auto* of_team = policy_of_owner(services, why)) return of_team;
  std::vector<const PinnedPolicy*> general;
  for (const auto& one : current_)
    if (one.policy.services.empty()) general.push_back(&one);
  if (general.size() == 1) {
    why = "it is the only one that names no services";
    return general.front();
  }
  why = current_.empty()  ? "no escalation policy is on record"
        : general.empty() ? "no policy is for " + (services.empty() ? "an incident without services"
                                                                    : join(services, ", "))
                          : "several policies name no services: " + names_of(general);
  return nullptr;
}

/// The policy of the team that answers for one of the services, by the first that has one.
const PinnedPolicy* PolicyBook::policy_of_owner(const std::vector<std::string>& services,
                                                std::string& why) const {
  if (services.empty() || current_.empty()) return nullptr;
  const auto catalogue = load_catalogue(session_);
  for (const auto& name : services) {
    const auto service = catalogue.services.find(name);
    if (service == catalogue.services.end()) continue;
    const auto team = catalogue.teams.find(service->second.owner);
    if (team == catalogue.teams.end()) continue;
    if (const auto* policy = find(team->second.escalation_policy)) {
      why = "team '" + team->first + "' owns '" + name + "' and names it";
      return policy;
    }
  }
  return nullptr;
}

PinnedPolicy read_policy_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in)
    throw Error(ExitCode::not_found, "cannot read '" + file.string() + "'",
                "name a file with an EscalationPolicy, or a policy on record", "NO_FILE");
  const auto bytes = read_stream(in);
  auto reading = yaml::read_definitions(bytes, file.string());
  for (const auto& finding : reading.findings) {
    if (finding.severity != Severity::error) continue;
    Error error(ExitCode::bad_data, finding.message, finding.hint, finding.code);
    error.at({finding.file, finding.span.line, finding.span.column});
    throw error;
  }
  for (auto& definition : reading.definitions)
    if (auto* policy = std::get_if<incident::EscalationPolicy>(&definition.object))
      return {std::move(*policy), to_hex(store::definition_digest(definition.json)), file.string()};
  throw Error(ExitCode::bad_data, "'" + file.string() + "' holds no EscalationPolicy",
              "nines slo check " + file.string() + " says what it holds", "NO_POLICY");
}

}  // namespace nines::usecases
