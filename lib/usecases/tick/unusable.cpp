// Follows every name that duty and escalation depend on, and says which lead nowhere.
#include "usecases/tick/unusable.hpp"

#include <algorithm>
#include <set>

#include "usecases/incident/rotas.hpp"
#include "usecases/slo/catalogue.hpp"

namespace nines::usecases {
namespace {

using incident::EscalationPolicy;
using incident::EscalationStep;
using incident::Target;
using incident::TargetKind;

constexpr auto kNotApplied = "', which is not applied";

/// Keeps the order in which lines were found.
class Lines {
 public:
  void add(std::string line) {
    if (known_.insert(line).second) all_.push_back(std::move(line));
  }
  void add(const std::vector<std::string>& lines) {
    for (const auto& line : lines) add(line);
  }
  std::vector<std::string> take() { return std::move(all_); }

 private:
  std::set<std::string> known_;
  std::vector<std::string> all_;
};

/// What the target names that leads to nobody; empty when it leads somewhere.
std::string dead_end(const Target& target, const RotaBook& book) {
  if (target.kind == TargetKind::rota) {
    const auto rota = book.rotas.find(target.name);
    if (rota == book.rotas.end()) return "rota '" + target.name + kNotApplied;
    const auto roles = rota->second.roles();
    if (!target.rota_role.empty() && std::ranges::find(roles, target.rota_role) == roles.end())
      return "the role '" + target.rota_role + "', which rota '" + target.name + "' does not have";
  }
  if (target.kind == TargetKind::team) {
    const auto team = book.teams.find(target.name);
    if (team == book.teams.end()) return "team '" + target.name + kNotApplied;
    if (team->second.members.empty()) return "team '" + target.name + "', which has no members";
  }
  return {};
}

std::set<std::string> channels_of(const EscalationPolicy& policy) {
  std::set<std::string> names{policy.channel};
  if (!policy.low_channel.empty()) names.insert(policy.low_channel);
  for (const auto& step : policy.steps) {
    if (!step.channel.empty()) names.insert(step.channel);
    for (const auto& target : step.notify)
      if (!target.channel.empty()) names.insert(target.channel);
  }
  return names;
}

void look_at(const EscalationPolicy& policy, const Catalogue& catalogue, const RotaBook& rotas,
             const PolicyBook& book, const Pager& pager, Lines& lines) {
  const auto begin = "policy '" + policy.name + "'";
  if (policy.hours)
    for (const auto& calendar : policy.hours->calendars)
      if (!catalogue.calendars.contains(calendar))
        lines.add(begin + " names the calendar '" + calendar + kNotApplied +
                  ": its days count as working days");
  for (const auto& step : policy.steps)
    for (const auto& target : step.notify)
      if (const auto end = dead_end(target, rotas); !end.empty())
        lines.add(begin + ", step '" + step.name + "', reaches nobody by " + end);
  if (!policy.handoff.empty() && book.find(policy.handoff) == nullptr)
    lines.add(begin + " hands over to policy '" + policy.handoff + kNotApplied);
  if (!pager.off().empty()) return;
  for (const auto& channel : channels_of(policy))
    if (!pager.has_channel(channel))
      lines.add(begin + " pages by channel '" + channel +
                "', which channels.yaml does not have: such pages fail");
}

void look_at_people(const Catalogue& catalogue, const PolicyBook& book, Lines& lines) {
  for (const auto& [name, person] : catalogue.people)
    for (const auto& calendar : person.calendars)
      if (!catalogue.calendars.contains(calendar))
        lines.add("person '" + name + "' names the calendar '" + calendar + kNotApplied +
                  ": they count as being there");
  for (const auto& [name, team] : catalogue.teams) {
    if (!team.rota.empty() && !catalogue.rotas.contains(team.rota))
      lines.add("team '" + name + "' names the rota '" + team.rota + kNotApplied);
    if (!team.escalation_policy.empty() && book.find(team.escalation_policy) == nullptr)
      lines.add("team '" + name + "' names the policy '" + team.escalation_policy + kNotApplied);
  }
}

}  // namespace

std::vector<std::string> unusable_parts(const Session& session, const PolicyBook& book,
                                        const Pager& pager) {
  const auto catalogue = load_catalogue(session);
  const auto rotas = load_rotas(session);
  Lines lines;
  for (const auto& problem : pager.problems()) lines.add("channels.yaml: " + problem);
  lines.add(catalogue.warnings);
  lines.add(rotas.warnings);
  lines.add(calendars_that_end(rotas, session.now()));
  look_at_people(catalogue, book, lines);
  for (const auto& one : book.current()) look_at(one.policy, catalogue, rotas, book, pager, lines);
  return lines.take();
}

}  // namespace nines::usecases
