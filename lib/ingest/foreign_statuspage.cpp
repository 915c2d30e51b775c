// Incidents of Atlassian Statuspage: updates as entries, component states as impact steps.
#include <algorithm>
#include <map>

#include "base/text.hpp"
#include "ingest/bounded.hpp"
#include "ingest/foreign_formats.hpp"
#include "ingest/foreign_json.hpp"

namespace nines::ingest {
namespace {

using incident::ImpactLevel;

constexpr std::string_view kStatuspage = "statuspage";

ImpactLevel level_of(std::string_view status) {
  if (status == "major_outage") return ImpactLevel::full;
  if (status == "partial_outage") return ImpactLevel::partial;
  if (status == "degraded_performance") return ImpactLevel::degraded;
  return ImpactLevel::none;  // operational, under_maintenance
}

void put_milestone(ForeignIncident& one, const Json& json, std::string_view key,
                   std::string_view name) {
  if (auto time = exported_time(json, key, kStatuspage))
    one.milestones.emplace(std::string(name), std::move(*time));
}

void read_statuspage_update(ForeignIncident& one, const Json& json, LineFinder& lines) {
  auto when = exported_time(json, "display_at", kStatuspage);
  const auto created = exported_time(json, "created_at", kStatuspage);
  if (!when) when = created;
  if (!when) return;
  ForeignEntry entry;
  entry.reference = scalar_text(json, "id");
  entry.when = std::move(*when);
  entry.text = bounded(json.text("body"), kMostForeignText);
  entry.author = std::string(kStatuspage);
  entry.role = scalar_text(json, "status");
  entry.kind = incident::EntryKind::communication;
  entry.visibility = incident::Visibility::open;
  entry.source.line = entry.reference.empty() ? 0 : lines.find(entry.reference);
  if (created) entry.source.recorded_there = created->at;
  one.entries.push_back(std::move(entry));
}

/// Each change of a component's state; an update that leaves it as it was says nothing.
void read_statuspage_impact(ForeignIncident& one, const Json::Array& updates) {
  struct Change {
    incident::StatedTime at;
    std::string component, from, to;
  };
  std::vector<Change> changes;
  for (const auto& update : updates) {
    const auto when = exported_time(update, "display_at", kStatuspage);
    const auto* list = update.find("affected_components");
    if (!when || list == nullptr || !list->is_array()) continue;
    for (const auto& part : list->as_array()) {
      auto name = scalar_text(part, "name");
      if (!name.empty())
        changes.push_back({*when, std::move(name), scalar_text(part, "old_status"),
                           scalar_text(part, "new_status")});
    }
  }
  std::stable_sort(changes.begin(), changes.end(),
                   [](const Change& a, const Change& b) { return a.at.at < b.at.at; });
  std::map<std::string, ImpactLevel> now;
  for (const auto& change : changes) {
    const auto level = level_of(change.to);
    const auto [state, fresh] = now.try_emplace(change.component, ImpactLevel::none);
    if (!fresh && state->second == level) continue;
    if (fresh && level == ImpactLevel::none) continue;
    state->second = level;
    one.impact.push_back({change.component, {}, level, std::nullopt, change.at});
  }
}

ForeignIncident read_statuspage_incident(const Json& json, LineFinder& lines) {
  ForeignIncident one;
  one.origin = {std::string(kStatuspage), scalar_text(json, "id")};
  one.title = scalar_text(json, "name");
  if (const auto* components = json.find("components"); components && components->is_array())
    for (const auto& part : components->as_array())
      if (auto name = scalar_text(part, "name"); !name.empty()) one.services.push_back(name);
  using namespace incident::milestone;
  put_milestone(one, json, "started_at", kImpactStarted);
  put_milestone(one, json, "monitoring_at", kMitigated);
  put_milestone(one, json, "resolved_at", kResolved);
  if (const auto* updates = json.find("incident_updates"); updates && updates->is_array()) {
    for (const auto& update : updates->as_array())
      if (one.entries.size() < kMostForeignEntries) read_statuspage_update(one, update, lines);
    read_statuspage_impact(one, updates->as_array());
  }
  put_in_order(one);
  if (!one.entries.empty()) one.milestones.emplace(kCustomersTold, one.entries.front().when);
  for (const auto* key : {"status", "impact", "created_at", "started_at", "updated_at",
                          "monitoring_at", "resolved_at", "shortlink", "page_id"})
    put_foreign_fact(one, json, key);
  one.raw = json.dump();
  return one;
}

const Json::Array* incidents_of(const Json& json) {
  if (json.is_array()) return &json.as_array();
  const auto* list = json.find("incidents");
  return list != nullptr && list->is_array() ? &list->as_array() : nullptr;
}

}  // namespace

bool looks_like_statuspage(std::string_view bytes) {
  const auto start = trim(bytes.substr(0, 64));
  return (start.starts_with("{") || start.starts_with("[")) &&
         bytes.find("\"incident_updates\"") != std::string_view::npos;
}

ForeignDocument read_statuspage(const ForeignInput& input) {
  ForeignDocument document;
  document.zone_stated = true;
  const auto json = parse_foreign_json(input, document);
  if (!json) return document;
  LineFinder lines(input.bytes);
  if (const auto* list = incidents_of(*json)) {
    for (const auto& one : *list)
      if (one.is_object()) document.incidents.push_back(read_statuspage_incident(one, lines));
  } else {
    const auto* inner = json->find("incident");
    document.incidents.push_back(read_statuspage_incident(inner ? *inner : *json, lines));
  }
  return document;
}

}  // namespace nines::ingest
