// Reads changes strictly: an unknown member is a mistake, not an extension.
#include "ingest/change_lines.hpp"

#include <algorithm>
#include <array>
#include <istream>

#include "base/text.hpp"

namespace nines::ingest {
namespace {

constexpr std::array<std::string_view, 10> kMembers = {
    "kind", "service", "version", "config_hash", "start",
    "end",  "author",  "system",  "reference",   "summary"};
constexpr std::size_t kLongest = 1 << 20;

struct Mistake {
  std::string code;
  std::string message;
  std::string hint;
};

std::string kinds() {
  std::vector<std::string> names;
  for (const auto name : catalog::change_kind_names()) names.emplace_back(name);
  return "one of " + join(names, ", ");
}

std::optional<Mistake> check_members(const Json& line) {
  if (!line.is_object())
    return Mistake{"WRONG_TYPE", "a change is a JSON object", "{\"service\": \"checkout\", ...}"};
  for (const auto& [name, value] : line.as_object()) {
    if (std::find(kMembers.begin(), kMembers.end(), name) == kMembers.end())
      return Mistake{"UNKNOWN_FIELD", "unknown member '" + name + "'",
                     did_you_mean_hint(name, kMembers)};
    if (!value.is_string())
      return Mistake{"WRONG_TYPE", "'" + name + "' must be text", "put the value in quotes"};
  }
  for (const char* name : {"service", "start"})
    if (line.text(name).empty())
      return Mistake{"MISSING_FIELD", "'" + std::string(name) + "' is missing",
                     "every change names its service and start"};
  return std::nullopt;
}

std::optional<Mistake> check_values(const Json& line) {
  if (const auto kind = line.text("kind"); !kind.empty() && !catalog::change_kind_from(kind))
    return Mistake{"BAD_VALUE", "unknown kind '" + kind + "'", kinds()};
  for (const char* name : {"start", "end"})
    if (const auto text = line.text(name); !text.empty() && !parse_rfc3339(text))
      return Mistake{"BAD_VALUE", "'" + std::string(name) + "' is not a time: '" + text + "'",
                     "RFC 3339 with an offset: 2026-11-23T09:14:00Z"};
  const auto start = parse_rfc3339(line.text("start")), end = parse_rfc3339(line.text("end"));
  if (start && end && *end < *start)
    return Mistake{"BAD_VALUE", "'end' is before 'start'", "swap them, or leave 'end' out"};
  return std::nullopt;
}

std::optional<Mistake> read_line(const std::string& text, std::vector<catalog::Change>& changes) {
  if (text.size() > kLongest)
    return Mistake{"TOO_LONG", "the line is longer than 1 MiB", "one change is one short line"};
  Json line;
  try {
    line = Json::parse(text);
  } catch (const Error& e) {
    return Mistake{"BAD_JSON", e.what(), "one JSON object per line, without line breaks inside"};
  }
  if (auto mistake = check_members(line)) return mistake;
  if (auto mistake = check_values(line)) return mistake;
  if (line.find("kind") == nullptr) line.set("kind", "deploy");
  changes.push_back(*catalog::change_from(line));
  return std::nullopt;
}

}  // namespace

ChangeLines read_change_lines(std::istream& in, std::string_view file) {
  ChangeLines result;
  int number = 0;
  for (std::string text; std::getline(in, text);) {
    ++number;
    if (trim(text).empty()) continue;
    auto mistake = read_line(text, result.changes);
    if (!mistake) continue;
    Finding finding;
    finding.code = std::move(mistake->code);
    finding.file = std::string(file);
    finding.span.line = finding.span.end_line = number;
    finding.span.column = finding.span.end_column = 1;
    finding.message = std::move(mistake->message);
    finding.hint = std::move(mistake->hint);
    result.findings.push_back(std::move(finding));
  }
  return result;
}

}  // namespace nines::ingest
