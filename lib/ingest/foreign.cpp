// The table of formats of foreign incidents: the one place that knows them all.
#include "ingest/foreign.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "ingest/foreign_formats.hpp"

namespace nines::ingest {
namespace {

struct FormatRow {
  ForeignFormat format;
  std::string_view name;
  bool (*looks_like)(std::string_view bytes);
  ForeignDocument (*read)(const ForeignInput& input);
};

// In the order of asking: what only one format can look like comes first.
// clang-format off
constexpr FormatRow kFormatRows[] = {
    {ForeignFormat::statuspage, "statuspage", looks_like_statuspage, read_statuspage},
    {ForeignFormat::gcp, "gcp", looks_like_gcp, read_gcp},
    {ForeignFormat::pagerduty, "pagerduty", looks_like_pagerduty, read_pagerduty},
    {ForeignFormat::slack, "slack", looks_like_slack, read_slack},
    {ForeignFormat::jsonl, "jsonl", looks_like_entry_lines, read_entry_lines},
    {ForeignFormat::csv, "csv", looks_like_entry_table, read_entry_table},
    {ForeignFormat::chat, "chat", looks_like_chat, read_chat},
    {ForeignFormat::markdown, "markdown", looks_like_markdown, read_markdown},
};
// clang-format on

}  // namespace

std::string_view to_string(ForeignFormat format) {
  for (const auto& row : kFormatRows)
    if (row.format == format) return row.name;
  return "";
}

std::optional<ForeignFormat> foreign_format_from(std::string_view name) {
  for (const auto& row : kFormatRows)
    if (row.name == name) return row.format;
  return std::nullopt;
}

std::vector<std::string_view> foreign_format_names() {
  std::vector<std::string_view> names;
  for (const auto& row : kFormatRows) names.push_back(row.name);
  return names;
}

std::optional<ForeignFormat> sniff_foreign(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  for (const auto& row : kFormatRows)
    if (row.looks_like(bytes)) return row.format;
  return std::nullopt;
}

incident::Origin origin_in_zone(const ForeignIncident& one, const Zone& zone, const Zone& other) {
  auto origin = one.origin;
  if (one.entries.empty()) return origin;
  auto& name = origin.reference;
  const auto moved = [&](Instant at) { return format_utc(other.resolve(zone.to_local(at)).first); };
  const auto front = one.entries.front().when.at;
  if (const auto stamp = format_utc(front); name.starts_with(stamp)) {
    name.replace(0, stamp.size(), moved(front));
    return origin;
  }
  const auto first =
      std::min_element(one.entries.begin(), one.entries.end(), [](const auto& a, const auto& b) {
        return a.when.at < b.when.at;
      })->when.at;
  if (const auto day = format_utc(first).substr(0, 10); name.ends_with(", " + day))
    name.replace(name.size() - day.size(), day.size(), moved(first).substr(0, 10));
  return origin;
}

ForeignDocument read_foreign(ForeignFormat format, const ForeignInput& input) {
  auto plain = input;
  if (plain.bytes.starts_with("\xEF\xBB\xBF")) plain.bytes.remove_prefix(3);
  for (const auto& row : kFormatRows)
    if (row.format == format) return row.read(plain);
  return {};
}

}  // namespace nines::ingest
