// What an incident is made of, as far as another may be made of the same.
#include <algorithm>
#include <map>
#include <set>

#include "base/text.hpp"
#include "domain/incident/milestones.hpp"
#include "domain/incident/similar.hpp"
#include "store/changes.hpp"
#include "store/factors.hpp"
#include "store/store.hpp"
#include "usecases/report/gather.hpp"

namespace nines::usecases {
namespace {

using governance::Trait;
using governance::TraitKind;

/// A change of the same service that ended within this time before the harm began stands beside it.
constexpr std::chrono::hours kJustBefore{2};
/// Lines of a long timeline repeat themselves; the first say what was seen.
constexpr std::size_t kMostLines = 200;

void add_words(std::set<Trait>& traits, TraitKind kind, std::string_view text) {
  for (const auto& word : incident::telling_words(text)) traits.insert({kind, word});
}

/// Confirmed contributing factors, by the layer they lie in and by their words.
void add_factors(std::set<Trait>& traits, const rca::CaseFile& file) {
  for (const auto& hypothesis : file.hypotheses) {
    if (hypothesis.state != rca::HypothesisState::confirmed) continue;
    if (hypothesis.layer != rca::Layer::none)
      traits.insert({TraitKind::factor, std::string(to_string(hypothesis.layer)) + " layer"});
    add_words(traits, TraitKind::factor_word, hypothesis.text);
  }
}

/// Factors that people accepted or wrote: by their layer, the rule that saw them, and their words.
void add_accepted(std::set<Trait>& traits, const std::vector<postmortem::Factor>& factors) {
  for (const auto& factor : factors) {
    if (factor.layer != rca::Layer::none)
      traits.insert({TraitKind::factor, std::string(to_string(factor.layer)) + " layer"});
    if (!factor.rule.empty()) traits.insert({TraitKind::factor, factor.rule});
    add_words(traits, TraitKind::factor_word, factor.text);
  }
}

bool names(const incident::Link& link, const catalog::Change& change) {
  return link.target == change.name || link.target == "change/" + change.uid.to_string() ||
         (!change.reference.empty() && link.target == change.reference);
}

/// What the change touched: its kind at the service, and the names within it.
void add_change(std::set<Trait>& traits, const catalog::Change& change) {
  traits.insert(
      {TraitKind::component, std::string(to_string(change.kind)) + " of " + change.service});
  for (const auto& name : change.touched) traits.insert({TraitKind::component, name});
}

Instant harm_began(const incident::Record& record) {
  const auto found = record.milestones.find(std::string(incident::milestone::kImpactStarted));
  return found == record.milestones.end() ? record.head.opened_at : found->second.at;
}

void add_changes(std::set<Trait>& traits, const incident::Record& record,
                 const std::vector<catalog::Change>& changes) {
  const auto began = harm_began(record);
  for (const auto& change : changes) {
    const bool linked = std::any_of(record.links.begin(), record.links.end(),
                                    [&](const auto& link) { return names(link, change); });
    const auto end = change.end.value_or(change.start);
    const auto& services = record.head.services;
    const bool close =
        end <= began + std::chrono::minutes{1} && end >= began - kJustBefore &&
        std::find(services.begin(), services.end(), change.service) != services.end();
    if (linked || close) add_change(traits, change);
  }
}

/// Alerts say "NAME fires"; notes say words.
void add_lines(std::set<Trait>& traits, const incident::Record& record) {
  std::size_t read = 0;
  for (const auto& entry : record.entries) {
    if (entry.retracted || entry.kind == incident::EntryKind::state) continue;
    if (entry.visibility == incident::Visibility::privileged || ++read > kMostLines) continue;
    const auto fires = entry.text.find(" fires");
    if (!entry.origin.system.empty() && fires != std::string::npos)
      traits.insert({TraitKind::symptom, entry.text.substr(0, entry.text.find_first_of(" {"))});
    else
      add_words(traits, TraitKind::word, entry.text);
  }
}

}  // namespace

std::vector<governance::TraitsOf> traits_of(const Session& session,
                                            const std::vector<governance::IncidentCase>& cases,
                                            const std::vector<rca::CaseFile>& analyses) {
  const auto changes = store::changes(session.store());
  std::vector<governance::TraitsOf> all;
  for (const auto& one : cases) {
    const auto& head = one.record.head;
    std::set<Trait> traits;
    for (const auto& file : analyses)
      if (file.analysis.incident == head.uid) add_factors(traits, file);
    add_accepted(traits, store::factors(session.store(), head.uid));
    add_changes(traits, one.record, changes);
    for (const auto& service : head.services) traits.insert({TraitKind::service, service});
    for (const auto& tag : head.tags) traits.insert({TraitKind::symptom, tag});
    add_lines(traits, one.record);
    add_words(traits, TraitKind::word, head.title);
    all.push_back({head.uid,
                   head.name,
                   head.title,
                   head.severity,
                   head.opened_at,
                   head.services,
                   {traits.begin(), traits.end()},
                   one.bad_minutes()});
  }
  return all;
}

}  // namespace nines::usecases
