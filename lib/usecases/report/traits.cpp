// What an incident is made of, as far as another may be made of the same.
#include <algorithm>
#include <map>
#include <set>

#include "base/text.hpp"
#include "domain/incident/milestones.hpp"
#include "domain/incident/similar.hpp"
#include "store/changes.hpp"
#include "store/factors.hpp"
#include "store/incidents.hpp"
#include "store/store.hpp"
#include "usecases/report/gather.hpp"

namespace nines::usecases {
namespace {

using governance::Trait;
using governance::TraitKind;

/// A change of the same service that ended within this time before the harm began stands beside it.
constexpr std::chrono::hours kJustBefore{2};
/// Lines of a long timeline repeat themselves; the first say what was seen.
constexpr int kMostLines = 200;
/// More words tell nothing more, and those of tens of thousands of incidents are held at once.
constexpr std::size_t kMostTraits = 500;

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

/// By their ends, so that those just before an incident lie side by side.
class Changes {
 public:
  explicit Changes(const store::Store& store) : all_(store::changes(store)) {
    std::ranges::stable_sort(all_, {}, end_of);
  }

  void add_to(std::set<Trait>& traits, const incident::Record& record) const {
    const auto& services = record.head.services;
    const auto began = harm_began(record);
    for (auto at = std::ranges::lower_bound(all_, began - kJustBefore, {}, end_of);
         at != all_.end() && end_of(*at) <= began + std::chrono::minutes{1}; ++at)
      if (std::ranges::find(services, at->service) != services.end()) add_change(traits, *at);
    if (record.links.empty()) return;
    for (const auto& change : all_)
      if (std::ranges::any_of(record.links, [&](const auto& link) { return names(link, change); }))
        add_change(traits, change);
  }

 private:
  static Instant end_of(const catalog::Change& change) { return change.end.value_or(change.start); }

  std::vector<catalog::Change> all_;
};

/// Alerts say "NAME fires"; notes say words.
void add_lines(const Session& session, const Uid& incident, std::set<Trait>& traits) {
  for (const auto& line : store::told_lines(session.store(), incident, kMostLines)) {
    const auto fires = line.text.find(" fires");
    if (line.from_elsewhere && fires != std::string::npos)
      traits.insert({TraitKind::symptom, line.text.substr(0, line.text.find_first_of(" {"))});
    else
      add_words(traits, TraitKind::word, line.text);
    if (traits.size() >= kMostTraits) return;
  }
}

}  // namespace

std::vector<governance::TraitsOf> traits_of(const Session& session,
                                            const std::vector<governance::IncidentCase>& cases,
                                            const std::vector<rca::CaseFile>& analyses) {
  const Changes changes(session.store());
  std::map<Uid, std::vector<postmortem::Factor>> accepted;
  for (auto& factor : store::factors(session.store()))
    accepted[factor.incident].push_back(std::move(factor));
  std::map<Uid, std::vector<const rca::CaseFile*>> analysed;
  for (const auto& file : analyses) analysed[file.analysis.incident].push_back(&file);
  std::vector<governance::TraitsOf> all;
  for (const auto& one : cases) {
    const auto& head = one.record.head;
    std::set<Trait> traits;
    for (const auto* file : analysed[head.uid]) add_factors(traits, *file);
    add_accepted(traits, accepted[head.uid]);
    changes.add_to(traits, one.record);
    for (const auto& service : head.services) traits.insert({TraitKind::service, service});
    for (const auto& tag : head.tags) traits.insert({TraitKind::symptom, tag});
    add_words(traits, TraitKind::word, head.title);
    add_lines(session, head.uid, traits);
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
