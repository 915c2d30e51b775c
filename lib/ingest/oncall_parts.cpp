// Names, people, times and notes of converted schedules.
#include "ingest/oncall_parts.hpp"

#include <algorithm>
#include <array>

#include <fmt/core.h>

#include "ingest/bounded.hpp"

namespace nines::ingest {
namespace {

constexpr std::size_t kMostNotes = 200;

std::string label_of(std::string_view text) {
  std::string label;
  for (const char c : text.substr(0, 200)) {
    const bool upper = c >= 'A' && c <= 'Z';
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    const char next = upper ? static_cast<char>(c + 32) : plain ? c : '-';
    if (next != '-' || (!label.empty() && label.back() != '-')) label += next;
    if (label.size() >= 50) break;
  }
  while (!label.empty() && label.back() == '-') label.pop_back();
  return label;
}

}  // namespace

void ScheduleConverter::note(std::string text) {
  if (noted_.size() < kMostNotes && noted_.insert(text).second)
    result_.notes.push_back(std::move(text));
}

void ScheduleConverter::note_unknown(const Json& object, std::string_view what,
                                     std::initializer_list<std::string_view> known) {
  if (!object.is_object()) return;
  for (const auto& [name, value] : object.as_object())
    if (std::find(known.begin(), known.end(), name) == known.end())
      note(fmt::format("{}: unknown field '{}' is left out", what, name.substr(0, 80)));
}

std::string ScheduleConverter::unique_name(std::string_view kind, const std::string& text) {
  auto base = label_of(text);
  if (base.empty()) base = "unnamed";
  auto name = base;
  for (int n = 2; !taken_.insert(std::string(kind) + "/" + name).second; ++n)
    name = base + "-" + std::to_string(n);
  return name;
}

std::string ScheduleConverter::person(const std::string& id, const std::string& display_name,
                                      const std::string& zone, const std::string& mail) {
  const auto [at, fresh] = people_.try_emplace(id);
  if (!fresh) return at->second;
  const auto at_sign = mail.find('@');
  const auto name = unique_name("Person", !display_name.empty()          ? display_name
                                          : at_sign != std::string::npos ? mail.substr(0, at_sign)
                                                                         : id);
  at->second = name;
  auto spec = Json::object();
  if (!zone.empty()) spec.set("zone", zone);
  if (zone.empty())
    note(fmt::format("person '{}': the export does not say where they live: add 'zone'", name));
  if (!mail.empty()) spec.set("contacts", Json::object({{"mail", mail}}));
  add("Person", name, display_name, std::move(spec));
  return name;
}

std::string ScheduleConverter::rota(const std::string& id, const std::string& title) {
  if (id.empty()) return unique_name("Rota", title);
  const auto [at, fresh] = rotas_.try_emplace(id);
  if (fresh) at->second = unique_name("Rota", title.empty() ? id : title);
  return at->second;
}

std::vector<std::string> ScheduleConverter::roles_of(const std::string& rota) const {
  std::vector<std::string> roles;
  for (const auto& one : result_.definitions)
    if (one.kind == "Rota" && one.name == rota)
      for (const auto& layer : items_of(*one.document.find("spec"), "layers"))
        if (auto role = layer.text("role"); !role.empty()) roles.push_back(std::move(role));
  return roles;
}

void ScheduleConverter::note_missing_rota(const std::string& what, const std::string& id,
                                          const std::string& title) {
  const auto name = rota(id, title);
  const auto made =
      std::any_of(result_.definitions.begin(), result_.definitions.end(),
                  [&](const auto& one) { return one.kind == "Rota" && one.name == name; });
  if (!made)
    note(fmt::format("{}: schedule '{}' is not in this export: import it too, as rota '{}'", what,
                     bounded(title.empty() ? id : title, 60), name));
}

void ScheduleConverter::add(std::string_view kind, const std::string& name,
                            const std::string& display_name, Json spec) {
  auto metadata = Json::object({{"name", name}});
  if (!display_name.empty() && display_name != name && display_name.size() <= 63)
    metadata.set("displayName", display_name);
  result_.definitions.push_back({std::string(kind), name,
                                 Json::object({{"apiVersion", "nines/v1"},
                                               {"kind", kind},
                                               {"metadata", std::move(metadata)},
                                               {"spec", std::move(spec)}})});
}

ConvertedSchedules ScheduleConverter::take() {
  std::stable_sort(result_.definitions.begin(), result_.definitions.end(),
                   [](const auto& a, const auto& b) {
                     return std::tie(a.kind, a.name) < std::tie(b.kind, b.name);
                   });
  return std::move(result_);
}

std::string wall_time(const Zone& zone, Instant at) {
  const auto text = format_in(zone, std::chrono::floor<std::chrono::seconds>(at));
  return text.substr(0, 10) + " " + text.substr(11, 8);
}

std::string wall_time(const Zone& zone, std::string_view text) {
  const auto at = parse_rfc3339(text);
  return at ? wall_time(zone, *at) : std::string();
}

std::string time_of_day(std::int64_t minutes) {
  const auto inside = ((minutes % 1440) + 1440) % 1440;
  return fmt::format("{:02}:{:02}", inside / 60, inside % 60);
}

std::string span_text(std::int64_t minutes) {
  if (minutes <= 0) return "0s";
  return minutes % 60 == 0 ? std::to_string(minutes / 60) + "h" : std::to_string(minutes) + "m";
}

std::string turn_text(std::int64_t seconds) {
  if (seconds < 3600 || seconds % 3600 != 0) return {};
  const auto hours = seconds / 3600;
  const auto days = hours / 24;
  const auto text = hours % 24 != 0 ? std::to_string(hours) + "h"
                    : days % 7 != 0 ? std::to_string(days) + "d"
                                    : std::to_string(days / 7) + "w";
  return text.size() <= 4 ? text : std::string();
}

const Json::Array& items_of(const Json& object, std::string_view key) {
  static const Json::Array kNone;
  const auto* list = object.find(key);
  return list != nullptr && list->is_array() ? list->as_array() : kNone;
}

std::string_view weekday_text(std::int64_t iso) {
  static constexpr std::array<std::string_view, 7> kDayNames{"mon", "tue", "wed", "thu",
                                                             "fri", "sat", "sun"};
  return kDayNames[static_cast<std::size_t>(((iso - 1) % 7 + 7) % 7)];
}

void add_windows(Json& restrictions, std::int64_t iso_day, std::int64_t from_minutes,
                 std::int64_t length_minutes) {
  auto length = std::min<std::int64_t>(length_minutes, 7 * 1440);
  while (length > 0) {
    // A window of nines lasts a day at most; a longer one is written day by day.
    const auto part = std::min<std::int64_t>(length, 1440 - from_minutes % 1440);
    const auto whole = length <= 1440 ? length : part;
    auto window =
        Json::object({{"days", weekday_text(iso_day)}, {"from", time_of_day(from_minutes)}});
    const auto end = from_minutes + whole;
    window.set("to", end == 1440 ? "24:00" : time_of_day(end));
    restrictions.push(std::move(window));
    length -= whole;
    from_minutes = 0;
    ++iso_day;
  }
}

}  // namespace nines::ingest
