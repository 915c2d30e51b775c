// Incidents of the Google Cloud status page: what was posted when, and when it is said to have
// been.
#include <algorithm>

#include "base/text.hpp"
#include "ingest/bounded.hpp"
#include "ingest/foreign_formats.hpp"
#include "ingest/foreign_json.hpp"

namespace nines::ingest {
namespace {

constexpr std::string_view kGcp = "gcp";

void read_gcp_update(ForeignIncident& one, const Json& json, LineFinder& lines) {
  const auto created = exported_time(json, "created", kGcp);
  auto when = exported_time(json, "when", kGcp);
  if (!when) when = created;
  if (!when) return;
  ForeignEntry entry;
  entry.when = std::move(*when);
  entry.reference = entry.when.text;  // updates have no name there
  entry.text = bounded(json.text("text"), kMostForeignText);
  entry.author = std::string(kGcp);
  entry.role = scalar_text(json, "status");
  entry.kind = incident::EntryKind::communication;
  entry.visibility = incident::Visibility::open;
  entry.source.line = lines.find(entry.when.text);
  if (created) entry.source.recorded_there = created->at;
  one.entries.push_back(std::move(entry));
}

/// The vendor's word for the whole incident, as steps of every product: it gives no finer one.
void read_gcp_impact(ForeignIncident& one, const Json& json) {
  using incident::ImpactLevel;
  const auto begin = exported_time(json, "begin", kGcp);
  const auto end = exported_time(json, "end", kGcp);
  const auto status = scalar_text(json, "status_impact");
  if (!begin || status.empty() || status == "AVAILABLE") return;
  const auto level = status == "SERVICE_OUTAGE"       ? ImpactLevel::full
                     : status == "SERVICE_DISRUPTION" ? ImpactLevel::partial
                                                      : ImpactLevel::degraded;
  for (const auto& service : one.services) {
    one.impact.push_back({service, {}, level, std::nullopt, *begin});
    if (end) one.impact.push_back({service, {}, ImpactLevel::none, std::nullopt, *end});
  }
}

ForeignIncident read_gcp_incident(const Json& json, LineFinder& lines) {
  ForeignIncident one;
  one.origin = {std::string(kGcp), scalar_text(json, "id")};
  one.title = scalar_text(json, "external_desc");
  if (const auto* products = json.find("affected_products"); products && products->is_array())
    for (const auto& part : products->as_array())
      if (auto name = scalar_text(part, "title"); !name.empty()) one.services.push_back(name);
  if (one.services.empty())
    if (auto name = scalar_text(json, "service_name"); !name.empty()) one.services.push_back(name);
  using namespace incident::milestone;
  const auto put = [&](std::string_view key, std::string_view name) {
    if (auto time = exported_time(json, key, kGcp))
      one.milestones.emplace(std::string(name), std::move(*time));
  };
  put("begin", kImpactStarted);
  put("created", kCustomersTold);
  put("end", kResolved);
  lines.find(one.origin.reference);
  lines.find("updates");
  // "most_recent_update" repeats one of them.
  if (const auto* updates = json.find("updates"); updates && updates->is_array())
    for (const auto& update : updates->as_array())
      if (one.entries.size() < kMostForeignEntries) read_gcp_update(one, update, lines);
  put_in_order(one);
  read_gcp_impact(one, json);
  for (const auto* key : {"number", "status_impact", "severity", "service_key", "service_name",
                          "begin", "created", "end", "modified", "uri"})
    put_foreign_fact(one, json, key);
  one.raw = json.dump();
  return one;
}

}  // namespace

bool looks_like_gcp(std::string_view bytes) {
  const auto start = trim(bytes.substr(0, 64));
  return (start.starts_with("{") || start.starts_with("[")) &&
         bytes.find("\"external_desc\"") != std::string_view::npos &&
         bytes.find("\"updates\"") != std::string_view::npos;
}

ForeignDocument read_gcp(const ForeignInput& input) {
  ForeignDocument document;
  document.zone_stated = true;
  const auto json = parse_foreign_json(input, document);
  if (!json) return document;
  LineFinder lines(input.bytes);
  if (json->is_array()) {
    for (const auto& one : json->as_array())
      if (one.is_object()) document.incidents.push_back(read_gcp_incident(one, lines));
  } else if (json->is_object()) {
    document.incidents.push_back(read_gcp_incident(*json, lines));
  }
  return document;
}

}  // namespace nines::ingest
