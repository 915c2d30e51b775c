// Changes and maintenance as event bodies, and back.
#include "domain/catalog/change.hpp"

#include <algorithm>
#include <array>

#include "base/named_uid.hpp"

namespace nines::catalog {
namespace {

constexpr std::array<std::string_view, kChangeKinds> kKinds = {
    "deploy", "configuration", "flag", "infrastructure", "schema", "vendor"};

void set_text(Json& json, const char* key, const std::string& text) {
  if (!text.empty()) json.set(key, text);
}

void set_time(Json& json, const char* key, const std::optional<Instant>& at) {
  if (at) json.set(key, format_utc(*at));
}

std::optional<Instant> time_of(const Json& json, std::string_view key) {
  return parse_rfc3339(json.text(key));
}

}  // namespace

std::string_view to_string(ChangeKind kind) { return kKinds[static_cast<std::size_t>(kind)]; }

std::optional<ChangeKind> change_kind_from(std::string_view text) {
  const auto found = std::find(kKinds.begin(), kKinds.end(), text);
  if (found == kKinds.end()) return std::nullopt;
  return static_cast<ChangeKind>(found - kKinds.begin());
}

std::vector<std::string_view> change_kind_names() { return {kKinds.begin(), kKinds.end()}; }

Json to_json(const Change& change) {
  auto json = Json::object({{"kind", to_string(change.kind)},
                            {"service", change.service},
                            {"start", format_utc(change.start)}});
  set_time(json, "end", change.end);
  set_text(json, "version", change.version);
  set_text(json, "config_hash", change.config_hash);
  set_text(json, "author", change.author);
  set_text(json, "system", change.system);
  set_text(json, "reference", change.reference);
  set_text(json, "summary", change.summary);
  if (change.size) json.set("size", *change.size);
  if (!change.touched.empty()) {
    auto touched = Json::array();
    for (const auto& one : change.touched) touched.push(one);
    json.set("touched", std::move(touched));
  }
  set_text(json, "reverts", change.reverts);
  return json;
}

std::optional<Change> change_from(const Json& body) {
  const auto kind = change_kind_from(body.text("kind"));
  const auto start = time_of(body, "start");
  if (!kind || !start) return std::nullopt;
  Change change;
  change.kind = *kind;
  change.start = *start;
  change.end = time_of(body, "end");
  change.service = body.text("service");
  change.version = body.text("version");
  change.config_hash = body.text("config_hash");
  change.author = body.text("author");
  change.system = body.text("system");
  change.reference = body.text("reference");
  change.summary = body.text("summary");
  if (const auto* size = body.find("size"); size && size->is_int() && size->as_int() >= 0)
    change.size = static_cast<std::uint64_t>(size->as_int());
  if (const auto* touched = body.find("touched"); touched && touched->is_array())
    for (const auto& one : touched->as_array())
      if (one.is_string() && change.touched.size() < kMostTouched)
        change.touched.push_back(one.as_string());
  change.reverts = body.text("reverts");
  return change;
}

std::string describe(const Change& change) {
  std::string text(to_string(change.kind));
  text += " of " + change.service;
  if (!change.version.empty()) text += " " + change.version;
  if (!change.summary.empty()) text += ": " + change.summary;
  return text;
}

Uid change_uid(std::string_view system, std::string_view reference) {
  return named_uid("nines change\n" + std::string(system) + "\n" + std::string(reference));
}

bool Maintenance::touches(std::string_view service) const {
  return services.empty() || std::find(services.begin(), services.end(), service) != services.end();
}

Json to_json(const Maintenance& m) {
  auto json = Json::object({{"start", format_utc(m.start)}, {"end", format_utc(m.end)}});
  set_text(json, "summary", m.summary);
  set_text(json, "audience", m.audience);
  set_time(json, "announced_at", m.announced_at);
  auto services = Json::array();
  for (const auto& service : m.services) services.push(service);
  json.set("services", std::move(services));
  if (m.every) {
    auto every = Json::object({{"count", m.every->count},
                               {"unit", m.every->unit},
                               {"anchor", m.every->anchor},
                               {"zone", m.every->zone}});
    set_time(every, "until", m.every->until);
    json.set("every", std::move(every));
  }
  return json;
}

std::optional<Maintenance> maintenance_from(const Json& body) {
  const auto start = time_of(body, "start"), end = time_of(body, "end");
  if (!start || !end) return std::nullopt;
  Maintenance m;
  m.start = *start;
  m.end = *end;
  m.summary = body.text("summary");
  m.audience = body.text("audience");
  m.announced_at = time_of(body, "announced_at");
  if (const auto* services = body.find("services"); services && services->is_array())
    for (const auto& service : services->as_array())
      if (service.is_string()) m.services.push_back(service.as_string());
  if (const auto* every = body.find("every"); every && every->is_object())
    m.every = Recurrence{every->integer("count", 1), every->text("unit"), every->text("anchor"),
                         every->text("zone"), time_of(*every, "until")};
  return m;
}

}  // namespace nines::catalog
