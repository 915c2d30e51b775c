// Reads changes line by line; each bad line is named.
#include "ingest/change_lines.hpp"

#include <algorithm>
#include <istream>

#include "base/text.hpp"
#include "ingest/change_record.hpp"

namespace nines::ingest {
namespace {

constexpr std::size_t kLongest = 1 << 20;

std::optional<ChangeMistake> read_line(const std::string& text,
                                       std::vector<catalog::Change>& changes) {
  if (text.size() > kLongest)
    return ChangeMistake{"TOO_LONG", "the line is longer than 1 MiB",
                         "one change is one short line"};
  Json line;
  try {
    line = Json::parse(text);
  } catch (const Error& e) {
    return ChangeMistake{"BAD_JSON", e.what(),
                         "one JSON object per line, without line breaks inside"};
  }
  return read_change(std::move(line), changes);
}

}  // namespace

std::optional<ChangeFormat> change_format_from(std::string_view name) {
  const auto found = std::find(kChangeFormats.begin(), kChangeFormats.end(), name);
  if (found == kChangeFormats.end()) return std::nullopt;
  return static_cast<ChangeFormat>(found - kChangeFormats.begin());
}

ChangeFormat sniff_changes(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  text = trim(text);
  if (!text.starts_with('{') && !text.starts_with('[')) return ChangeFormat::csv;
  // A list of events is one object over many lines, or one line that says so; a change is a line.
  const auto first = trim(text.substr(0, text.find('\n')));
  const auto where_items = first.ends_with('}') ? first : text;
  return where_items.find("\"items\"") == std::string_view::npos ? ChangeFormat::json_lines
                                                                 : ChangeFormat::kubernetes_events;
}

ChangeLines read_change_lines(std::istream& in, std::string_view file) {
  ChangeLines result;
  int number = 0;
  for (std::string text; std::getline(in, text);) {
    ++number;
    if (trim(text).empty()) continue;
    if (auto mistake = read_line(text, result.changes))
      result.findings.push_back(change_finding(*std::move(mistake), file, number));
  }
  return result;
}

}  // namespace nines::ingest
