// Checks members and values before the change is made.
#include "ingest/change_record.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "ingest/bounded.hpp"

namespace nines::ingest {
namespace {

constexpr std::array<std::string_view, 13> kChangeMembers = {
    "kind",   "service",   "version", "config_hash", "start",   "end",    "author",
    "system", "reference", "summary", "size",        "touched", "reverts"};

std::string kinds() {
  std::vector<std::string> names;
  for (const auto name : catalog::change_kind_names()) names.emplace_back(name);
  return "one of " + join(names, ", ");
}

bool is_list_of_text(const Json& value) {
  return value.is_array() && std::all_of(value.as_array().begin(), value.as_array().end(),
                                         [](const Json& one) { return one.is_string(); });
}

std::optional<ChangeMistake> check_member(const std::string& name, const Json& value) {
  if (std::find(kChangeMembers.begin(), kChangeMembers.end(), name) == kChangeMembers.end())
    return ChangeMistake{"UNKNOWN_FIELD", "unknown member '" + bounded(name, 60) + "'",
                         did_you_mean_hint(name, kChangeMembers)};
  if (name == "size") {
    if (!value.is_int() || value.as_int() < 0)
      return ChangeMistake{"WRONG_TYPE", "'size' must be a whole number",
                           "the lines added and deleted"};
  } else if (name == "touched") {
    if (!is_list_of_text(value))
      return ChangeMistake{"WRONG_TYPE", "'touched' must be a list of text",
                           "[\"config/pool.yaml\", \"pool.max\"]"};
  } else if (!value.is_string()) {
    return ChangeMistake{"WRONG_TYPE", "'" + name + "' must be text", "put the value in quotes"};
  }
  return std::nullopt;
}

std::optional<ChangeMistake> check_members(const Json& record) {
  if (!record.is_object())
    return ChangeMistake{"WRONG_TYPE", "a change is a JSON object",
                         "{\"service\": \"checkout\", ...}"};
  for (const auto& [name, value] : record.as_object())
    if (auto mistake = check_member(name, value)) return mistake;
  for (const char* name : {"service", "start"})
    if (record.text(name).empty())
      return ChangeMistake{"MISSING_FIELD", "'" + std::string(name) + "' is missing",
                           "every change names its service and start"};
  return std::nullopt;
}

std::optional<ChangeMistake> check_values(const Json& record) {
  if (const auto kind = record.text("kind"); !kind.empty() && !catalog::change_kind_from(kind))
    return ChangeMistake{"BAD_VALUE", "unknown kind '" + bounded(kind, 60) + "'", kinds()};
  for (const char* name : {"start", "end"})
    if (const auto text = record.text(name); !text.empty() && !parse_rfc3339(text))
      return ChangeMistake{"BAD_VALUE",
                           "'" + std::string(name) + "' is not a time: '" + bounded(text, 60) + "'",
                           "RFC 3339 with an offset: 2026-11-23T09:14:00Z"};
  const auto start = parse_rfc3339(record.text("start")), end = parse_rfc3339(record.text("end"));
  if (start && end && *end < *start)
    return ChangeMistake{"BAD_VALUE", "'end' is before 'start'", "swap them, or leave 'end' out"};
  return std::nullopt;
}

}  // namespace

std::span<const std::string_view> change_members() { return kChangeMembers; }

std::optional<ChangeMistake> read_change(Json record, std::vector<catalog::Change>& changes) {
  if (auto mistake = check_members(record)) return mistake;
  if (auto mistake = check_values(record)) return mistake;
  if (record.text("kind").empty()) record.set("kind", "deploy");
  auto change = *catalog::change_from(record);
  for (auto& touched : change.touched) touched = bounded(touched, catalog::kLongestTouched);
  std::erase(change.touched, "");
  changes.push_back(std::move(change));
  return std::nullopt;
}

Finding change_finding(ChangeMistake mistake, std::string_view file, int line) {
  Finding finding;
  finding.code = std::move(mistake.code);
  finding.file = std::string(file);
  finding.span.line = finding.span.end_line = line;
  finding.span.column = finding.span.end_column = 1;
  finding.message = std::move(mistake.message);
  finding.hint = std::move(mistake.hint);
  return finding;
}

}  // namespace nines::ingest
