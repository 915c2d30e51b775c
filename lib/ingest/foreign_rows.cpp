// Timelines as CSV with or without a header, and as JSON lines.
#include <algorithm>
#include <array>

#include "base/json.hpp"
#include "base/text.hpp"
#include "ingest/entry_rows.hpp"
#include "ingest/foreign_formats.hpp"
#include "ingest/foreign_json.hpp"

namespace nines::ingest {
namespace {

struct Record {
  std::vector<std::string> cells;
  int line = 1;
  std::string_view raw;
};

constexpr std::size_t kMostCells = 200;

/// RFC 4180: a cell in quotes may hold separators, doubled quotes and line ends.
std::vector<Record> records_of(std::string_view text, char separator, std::size_t most) {
  std::vector<Record> records;
  int line = 1;
  for (std::size_t at = 0; at < text.size() && records.size() < most;) {
    Record record;
    record.line = line;
    const auto begin = at;
    bool more = true;
    while (more) {
      std::string cell;
      if (at < text.size() && text[at] == '"') {
        for (++at; at < text.size(); ++at) {
          if (text[at] == '"' && at + 1 < text.size() && text[at + 1] == '"')
            ++at;
          else if (text[at] == '"')
            break;
          if (text[at] == '\n') ++line;
          cell += text[at];
        }
        if (at < text.size()) ++at;
      }
      while (at < text.size() && text[at] != separator && text[at] != '\n') cell += text[at++];
      if (cell.ends_with("\r")) cell.pop_back();
      if (record.cells.size() < kMostCells) record.cells.push_back(std::move(cell));
      more = at < text.size() && text[at] == separator;
      if (more) ++at;
    }
    record.raw = text.substr(begin, at - begin);
    if (record.raw.ends_with("\r")) record.raw.remove_suffix(1);
    ++at;
    ++line;
    if (record.cells.size() > 1 || !trim(record.cells[0]).empty())
      records.push_back(std::move(record));
  }
  return records;
}

char separator_of(std::string_view text) {
  const auto first = text.substr(0, text.find('\n'));
  char best = 0;
  std::ptrdiff_t most = 0;
  for (const char c : {',', ';', '\t'})
    if (const auto count = std::count(first.begin(), first.end(), c); count > most) {
      best = c;
      most = count;
    }
  return best;
}

bool names_time_and_text(const Record& record) {
  bool time = false, text = false;
  for (const auto& cell : record.cells) {
    const auto meaning = meaning_of(cell);
    time = time || meaning == "time" || meaning == "date";
    text = text || meaning == "text";
  }
  return time && text;
}

/// Without a header: the time first, the text last, the author between them.
std::vector<std::string> names_for(std::size_t cells) {
  std::vector<std::string> names(cells);
  names[0] = "time";
  names[cells - 1] = "text";
  if (cells > 2) names[1] = "author";
  return names;
}

bool has_leading_time(const Record& record) {
  if (record.cells.size() < 2) return false;
  const auto time = incident::read_time(record.cells[0]);
  return time && time->end == record.cells[0].size();
}

std::string zone_in(std::string_view column) {
  const auto open = column.find('(');
  if (open == std::string_view::npos || meaning_of(column) != "time") return {};
  const auto word = column.substr(open + 1);
  return std::string(word.substr(0, incident::zone_word_length(word)));
}

void flatten(const Json& json, const std::string& prefix, Cells& cells) {
  for (const auto& [key, value] : json.as_object()) {
    const auto name = prefix + key;
    if (value.is_object())
      flatten(value, name + ".", cells);
    else if (value.is_string())
      cells.emplace_back(name, value.as_string());
    else if (value.is_int())
      cells.emplace_back(name, std::to_string(value.as_int()));
    else if (value.is_double())
      cells.emplace_back(name, value.dump());
  }
}

std::optional<Json> object_in(std::string_view line) {
  if (!trim(line).starts_with("{")) return std::nullopt;
  try {
    return Json::parse(line);
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace

bool looks_like_entry_table(std::string_view bytes) {
  const char separator = separator_of(bytes);
  if (separator == 0) return false;
  const auto records = records_of(bytes.substr(0, 64u << 10), separator, 3);
  if (records.empty()) return false;
  if (names_time_and_text(records.front())) return true;
  return std::all_of(records.begin(), records.end(), has_leading_time);
}

ForeignDocument read_entry_table(const ForeignInput& input) {
  EntryRows rows(input, "csv");
  const char separator = separator_of(input.bytes);
  const auto records =
      records_of(input.bytes, separator == 0 ? ',' : separator, kMostForeignEntries + 2);
  if (records.empty()) return rows.finish();
  const bool header = names_time_and_text(records.front());
  for (const auto& column : records.front().cells)
    if (const auto zone = header ? zone_in(column) : std::string(); !zone.empty())
      rows.state_zone(zone);
  for (std::size_t i = header ? 1 : 0; i < records.size(); ++i) {
    const auto& record = records[i];
    const auto names = header ? records.front().cells : names_for(record.cells.size());
    Cells cells;
    for (std::size_t c = 0; c < record.cells.size() && c < names.size(); ++c)
      cells.emplace_back(names[c], record.cells[c]);
    rows.add(cells, record.line, std::string(record.raw));
  }
  return rows.finish();
}

bool looks_like_entry_lines(std::string_view bytes) {
  const auto first = trim(bytes.substr(0, bytes.find('\n')));
  const auto json = object_in(first);
  if (!json) return false;
  Cells cells;
  flatten(*json, {}, cells);
  const auto has = [&](std::string_view meaning) {
    return std::any_of(cells.begin(), cells.end(),
                       [&](const auto& cell) { return meaning_of(cell.first) == meaning; });
  };
  return has("time") && has("text");
}

ForeignDocument read_entry_lines(const ForeignInput& input) {
  EntryRows rows(input, "jsonl");
  Remarks remarks(input.name);
  int number = 0;
  for (const auto line : split(input.bytes, '\n')) {
    ++number;
    if (trim(line).empty()) continue;
    const auto json = object_in(line);
    if (!json || !json->is_object()) {
      remarks.add(Severity::warning, "NOT_JSON", number,
                  "this line is no JSON object; it was passed over",
                  "one object a line: {\"time\":\"2026-11-23T09:14:00Z\",\"text\":\"...\"}");
      continue;
    }
    Cells cells;
    flatten(*json, {}, cells);
    rows.add(cells, number, std::string(trim(line)));
  }
  auto document = rows.finish();
  auto more = remarks.take();
  document.findings.insert(document.findings.end(), more.begin(), more.end());
  return document;
}

}  // namespace nines::ingest
