// The synonyms of columns, and the entry that a row makes.
#include "ingest/entry_rows.hpp"

#include <algorithm>
#include <charconv>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "domain/incident/told.hpp"
#include "ingest/bounded.hpp"

namespace nines::ingest {
namespace {

struct Synonym {
  std::string_view column, meaning;
};
constexpr Synonym kColumns[] = {{"time", "time"},
                                {"timestamp", "time"},
                                {"at", "time"},
                                {"when", "time"},
                                {"datetime", "time"},
                                {"occurred", "time"},
                                {"occurred_at", "time"},
                                {"event_time", "time"},
                                {"time.at", "time"},
                                {"ts", "time"},
                                {"date", "date"},
                                {"day", "date"},
                                {"text", "text"},
                                {"event", "text"},
                                {"description", "text"},
                                {"message", "text"},
                                {"what", "text"},
                                {"summary", "text"},
                                {"details", "text"},
                                {"note", "text"},
                                {"entry_text", "text"},
                                {"body", "text"},
                                {"event_description", "text"},
                                {"author", "author"},
                                {"who", "author"},
                                {"actor", "author"},
                                {"user", "author"},
                                {"nick", "author"},
                                {"name", "author"},
                                {"by", "author"},
                                {"person", "author"},
                                {"role", "role"},
                                {"kind", "kind"},
                                {"type", "kind"},
                                {"id", "id"},
                                {"uid", "id"},
                                {"reference", "id"},
                                {"ref", "id"},
                                {"zone", "zone"},
                                {"tz", "zone"},
                                {"timezone", "zone"},
                                {"recorded_at", "recorded"},
                                {"created_at", "recorded"},
                                {"incident", "incident"},
                                {"incident_id", "incident"},
                                {"title", "title"}};

/// Seconds, milliseconds or microseconds since 1970, as logs and chats write them.
std::optional<Instant> epoch_text(std::string_view text) {
  std::int64_t whole = 0;
  const auto [end, bad] = std::from_chars(text.data(), text.data() + text.size(), whole);
  const auto digits = static_cast<std::size_t>(end - text.data());
  if (bad != std::errc{} || digits < 9 || digits > 16 || whole < 0) return std::nullopt;
  auto rest = text.substr(digits);
  if (digits >= 15) return rest.empty() ? std::optional(from_epoch_micros(whole)) : std::nullopt;
  if (digits >= 12)
    return rest.empty() ? std::optional(from_epoch_micros(whole * 1000)) : std::nullopt;
  std::int64_t micros = 0, scale = 100'000;
  if (!rest.empty()) {
    if (rest[0] != '.') return std::nullopt;
    for (const char c : rest.substr(1)) {
      if (c < '0' || c > '9') return std::nullopt;
      micros += (c - '0') * scale;
      scale /= 10;
    }
  }
  return from_epoch_micros(whole * 1'000'000 + micros);
}

}  // namespace

std::string_view meaning_of(std::string_view column) {
  std::string name;
  for (const char c : to_lower_ascii(trim(column.substr(0, column.find('(')))))
    name += c == ' ' || c == '-' ? '_' : c;
  while (name.ends_with("_")) name.pop_back();
  for (const auto& known : kColumns)
    if (known.column == name) return known.meaning;
  return {};
}

std::string base_name(std::string_view name) {
  if (name == "-") return {};
  const auto slash = name.rfind('/');
  const auto base = slash == std::string_view::npos ? name : name.substr(slash + 1);
  return std::string(base.substr(0, base.rfind('.')));
}

std::string reference_of(const ForeignIncident& one) {
  if (one.entries.empty()) return one.title;
  const auto& first = one.entries.front();
  return format_utc(first.when.at) + " " +
         to_hex(xxh3_128(first.when.text + "\n" + first.text)).substr(0, 12);
}

EntryRows::EntryRows(const ForeignInput& input, std::string system)
    : input_(input),
      system_(std::move(system)),
      times_(input.zone, input.now),
      remarks_(input.name) {
  for (const auto& time : incident::find_times(base_name(input.name)))
    if (time.date) times_.state_day(*time.date);
}

ForeignIncident& EntryRows::incident_of(const std::map<std::string_view, std::string>& row) {
  const auto found = row.find("incident");
  const auto name = found == row.end() ? std::string() : found->second;
  const auto [place, fresh] = place_.try_emplace(name, incidents_.size());
  if (fresh) {
    ForeignIncident one;
    const auto title = row.find("title");
    one.title = title != row.end() && !title->second.empty() ? title->second
                : !name.empty()                              ? name
                                                             : base_name(input_.name);
    one.origin = {system_, name};
    incidents_.push_back(std::move(one));
  }
  return incidents_[place->second];
}

void EntryRows::add(const Cells& cells, int line, std::string raw) {
  if (++entries_ > kMostForeignEntries) return;
  std::map<std::string_view, std::string> row;
  for (const auto& [column, value] : cells)
    if (const auto meaning = meaning_of(column); !meaning.empty() && !value.empty())
      row.try_emplace(meaning, value);
  auto written = row["time"];
  if (!row["date"].empty()) written = row["date"] + (written.empty() ? "" : " " + written);
  const auto& text = row["text"];
  if (written.empty() && text.empty()) return;
  auto& one = incident_of(row);
  one.raw += raw + "\n";
  ForeignEntry entry;
  entry.reference = row["id"];
  entry.text = bounded(text, kMostForeignText);
  entry.author = row["author"];
  entry.role = row["role"];
  entry.kind = incident::entry_kind_from(row["kind"]).value_or(incident::EntryKind::note);
  if (entry.kind == incident::EntryKind::state) entry.kind = incident::EntryKind::note;
  entry.source.line = line;
  entry.source.recorded_there = parse_rfc3339(row["recorded"]);
  if (const auto epoch = epoch_text(written)) {
    entry.when = {.at = *epoch};
    entry.when.text = written;
    entry.when.zone = "UTC";
  } else if (auto time = incident::read_time(written);
             time && trim(std::string_view(written).substr(time->end)).empty()) {
    if (time->zone.empty()) time->zone = row["zone"];
    const auto read = times_.read(*time, written);
    remarks_.about(read, line, written);
    entry.when = read.time;
  } else {
    remarks_.unreadable(line, written);
    entry.when =
        time && time->date ? times_.unreadable(*time->date, written) : times_.unknown(written);
  }
  if (const auto told = incident::milestone_told(text);
      told && entry.when.precision != Precision::unknown)
    one.milestones.try_emplace(std::string(*told), entry.when);
  one.entries.push_back(std::move(entry));
}

ForeignDocument EntryRows::finish() {
  ForeignDocument document;
  document.zone_stated = times_.all_stated();
  document.zone = times_.zone_name();
  for (auto& one : incidents_) {
    if (one.origin.reference.empty()) one.origin.reference = reference_of(one);
    if (one.title.empty())
      one.title = system_ + " timeline of " + format_utc(one.entries.front().when.at).substr(0, 10);
  }
  if (entries_ > kMostForeignEntries)
    remarks_.add(Severity::warning, "TOO_LARGE", 0, "the rest of the document was not read",
                 "a document gives at most 100,000 entries");
  document.findings = remarks_.take();
  document.incidents = std::move(incidents_);
  return document;
}

}  // namespace nines::ingest
