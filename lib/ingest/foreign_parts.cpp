// A record that its source tells in parts: webhooks one by one, an export of the whole beside them.
#include <algorithm>
#include <set>

#include "ingest/foreign.hpp"
#include "ingest/happenings.hpp"

namespace nines::ingest {
namespace {

/// Leaves of what two parts tell the first, and of one name the first.
void drop_told_twice(std::vector<ForeignEntry>& entries) {
  std::stable_sort(
      entries.begin(), entries.end(),
      [](const ForeignEntry& a, const ForeignEntry& b) { return a.when.at < b.when.at; });
  std::vector<ForeignEntry> kept;
  Happenings<bool> told;
  std::set<std::string> names;
  for (auto& entry : entries) {
    if (!entry.reference.empty() && !names.insert(entry.reference).second) continue;
    if (told.take(entry.reference, entry.when.at)) continue;
    told.add(entry.reference, entry.when.at, true);
    kept.push_back(std::move(entry));
  }
  entries = std::move(kept);
}

/// The first time somebody noticed or answered counts, and the last time it was over.
void join_milestones(ForeignIncident& whole, const ForeignIncident& part) {
  for (const auto& [name, when] : part.milestones) {
    const auto [known, fresh] = whole.milestones.emplace(name, when);
    if (fresh) continue;
    const bool last_counts = name == incident::milestone::kResolved;
    if (last_counts ? when.at > known->second.at : when.at < known->second.at) known->second = when;
  }
  if (part.reopened && (!whole.reopened || whole.reopened->at < part.reopened->at))
    whole.reopened = part.reopened;
}

void join_facts(ForeignIncident& whole, ForeignIncident& part) {
  for (auto& fact : part.facts) {
    const auto known = std::find_if(whole.facts.begin(), whole.facts.end(),
                                    [&](const auto& one) { return one.name == fact.name; });
    if (known == whole.facts.end())
      whole.facts.push_back(std::move(fact));
    else if (known->as_of < fact.as_of)
      *known = std::move(fact);
  }
}

}  // namespace

std::optional<KindedName> kinds_of(std::string_view name) {
  const auto first = name.find('/');
  if (first == std::string_view::npos) return std::nullopt;
  const auto second = name.find('/', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  return KindedName{name.substr(0, first), name.substr(first + 1, second - first - 1)};
}

void settle_parts(ForeignIncident& whole) {
  drop_told_twice(whole.entries);
  const auto resolved = whole.milestones.find(std::string(incident::milestone::kResolved));
  if (resolved != whole.milestones.end() && whole.reopened &&
      resolved->second.at <= whole.reopened->at)
    whole.milestones.erase(resolved);
}

void join_parts(ForeignIncident& whole, ForeignIncident part) {
  if (whole.title.empty()) whole.title = std::move(part.title);
  for (auto& service : part.services)
    if (std::find(whole.services.begin(), whole.services.end(), service) == whole.services.end())
      whole.services.push_back(std::move(service));
  const auto newest = [](const ForeignIncident& one) {
    Instant at{};
    for (const auto& fact : one.facts) at = std::max(at, fact.as_of);
    return at;
  };
  const bool newer = newest(whole) <= newest(part);
  if (part.severity && (newer || !whole.severity)) whole.severity = part.severity;
  if (!part.priority.empty() && (newer || whole.priority.empty())) whole.priority = part.priority;
  join_facts(whole, part);
  join_milestones(whole, part);
  for (auto& entry : part.entries) whole.entries.push_back(std::move(entry));
  if (!part.raw.empty()) whole.raw += (whole.raw.empty() ? "" : "\n") + part.raw;
}

}  // namespace nines::ingest
