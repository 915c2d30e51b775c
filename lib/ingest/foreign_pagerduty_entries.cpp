// One table of happenings, and the words for each from the members that say more.
#include <algorithm>
#include <array>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "ingest/bounded.hpp"
#include "ingest/foreign_json.hpp"
#include "ingest/foreign_pagerduty.hpp"

namespace nines::ingest::pagerduty {
namespace {

using incident::EntryKind;

constexpr std::size_t kLongestId = 256;
constexpr std::size_t kMostAssignees = 100;

struct EntryRow {
  std::string_view log_entry;  ///< its type without "_log_entry"; empty: webhooks only
  std::string_view event;      ///< its type without "incident."; empty: log entries only
  std::string_view happening;
  EntryKind kind;
};
// clang-format off
constexpr EntryRow kEntryRows[] = {
    {"trigger", "triggered", "triggered", EntryKind::observation},
    {"acknowledge", "acknowledged", "acknowledged", EntryKind::action},
    {"unacknowledge", "unacknowledged", "unacknowledged", EntryKind::observation},
    {"assign", "reassigned", "assigned", EntryKind::action},
    {"escalate", "escalated", "escalated", EntryKind::action},
    {"delegate", "delegated", "delegated", EntryKind::action},
    {"annotate", "annotated", "annotated", EntryKind::note},
    {"resolve", "resolved", "resolved", EntryKind::action},
    {"reopen", "reopened", "reopened", EntryKind::action},
    {"priority_change", "priority_updated", "priority", EntryKind::decision},
    {"change_priority", "", "priority", EntryKind::decision},
    {"urgency_change", "", "urgency", EntryKind::decision},
    {"status_update", "status_update_published", "status-update", EntryKind::communication},
    {"responder_request", "responder.added", "responder-added", EntryKind::communication},
    {"responder_reply", "responder.replied", "responder-replied", EntryKind::communication},
    {"notify", "", "notified", EntryKind::communication},
    {"snooze", "", "snoozed", EntryKind::action},
    {"exhaust_escalation_path", "", "path-exhausted", EntryKind::observation},
    {"repeat_escalation_path", "", "path-repeated", EntryKind::observation},
    {"reach_ack_limit", "", "acknowledge-limit", EntryKind::observation},
    {"reach_trigger_limit", "", "trigger-limit", EntryKind::observation},
};
// clang-format on

const EntryRow* row_of(std::string_view happening) {
  for (const auto& row : kEntryRows)
    if (row.happening == happening) return &row;
  return nullptr;
}

/// A part of a name: no slash in it, whatever the other system calls things.
std::string word_of(std::string_view text) {
  auto word = bounded(text, 80);
  std::replace(word.begin(), word.end(), '/', '-');
  return word.empty() ? "unknown" : word;
}

std::string with(std::string text, std::string_view more, std::string_view joint = ": ") {
  if (!trim(more).empty()) text += std::string(joint) + std::string(more);
  return text;
}

/// The words that somebody wrote, wherever this kind of record has them.
std::string written_in(const Json& record) {
  for (const auto* key : {"note", "content", "message"})
    if (auto text = scalar_text(record, key); !text.empty()) return text;
  for (const auto* member : {"channel", "event_details"})
    if (const auto* inner = record.find(member); inner != nullptr && inner->is_object())
      for (const auto* key : {"content", "description", "summary", "message"})
        if (auto text = scalar_text(*inner, key); !text.empty()) return text;
  return {};
}

std::string whom(const Json& record) {
  for (const auto* key : {"assignees", "assigned_to", "responders"})
    if (const auto names = names_in(record, key); !names.empty()) return join(names, ", ");
  return name_in(record, "user");
}

/// `record` tells what happened; `about` is the incident as far as it stands beside.
std::string text_of(const std::string& happening, const Json& record, const Json& about) {
  if (happening == "triggered") {
    auto title = scalar_text(about, "title");
    return with("triggered", title.empty() ? written_in(record) : title);
  }
  if (happening == "annotated" || happening == "status-update")
    return with(happening == "annotated" ? "note" : "status update", written_in(record));
  if (happening == "assigned" || happening == "escalated")
    return with(with(happening, whom(record), " to "), scalar_text(record, "note"));
  if (happening == "delegated")
    return with("delegated", name_in(record, "escalation_policy"), " to ");
  if (happening == "priority") {
    const auto priority = name_in(record, "priority");
    return priority.empty() ? "priority changed" : "priority set to " + priority;
  }
  if (happening == "urgency") return with("urgency changed", scalar_text(about, "urgency"), " to ");
  if (happening == "responder-added")
    return with(with("responder asked", whom(record)), scalar_text(record, "message"));
  if (happening == "responder-replied")
    return with(with("responder replied", whom(record)), scalar_text(record, "state"), ", ");
  if (happening == "notified") {
    const auto* channel = record.find("channel");
    const auto* sent = channel != nullptr ? channel->find("notification") : nullptr;
    return with(with("notified", whom(record), " "),
                scalar_text(sent != nullptr ? *sent : Json(), "type"), " by ");
  }
  if (happening == "resolved" || happening == "acknowledged" || happening == "unacknowledged" ||
      happening == "reopened")
    return with(happening, scalar_text(record, "note"));
  if (happening == "path-exhausted") return "the escalation path is exhausted: nobody answered";
  if (happening == "path-repeated") return "the escalation path begins again";
  if (happening == "acknowledge-limit") return "the limit of acknowledgements is reached";
  if (happening == "trigger-limit") return "the limit of triggers is reached";
  if (happening == "snoozed") return with("snoozed", written_in(record));
  const auto summary = scalar_text(record, "summary");
  return with(happening, summary.empty() ? written_in(record) : summary);
}

ForeignEntry entry_of(std::string_view form, const std::string& happening, const std::string& id,
                      incident::StatedTime when, const Json& record, const Json& about) {
  ForeignEntry entry;
  const auto stamp = format_utc(when.at);
  entry.reference = std::string(form) + "/" + word_of(happening) + "/" + (id.empty() ? stamp : id);
  entry.when = std::move(when);
  entry.text = bounded(text_of(happening, record, about), kMostForeignText);
  const auto* row = row_of(happening);
  entry.kind = row == nullptr ? EntryKind::note : row->kind;
  return entry;
}

}  // namespace

std::string name_text(const Json& object, std::string_view member) {
  return bounded(scalar_text(object, member), kMostForeignName);
}

std::string id_of(const Json& object) {
  auto id = scalar_text(object, "id");
  return id.size() <= kLongestId ? id : to_hex(xxh3_128(id));
}

std::string name_in(const Json& object, std::string_view member) {
  const auto* inner = object.find(member);
  if (inner == nullptr || !inner->is_object()) return {};
  auto summary = name_text(*inner, "summary");
  return summary.empty() ? name_text(*inner, "name") : summary;
}

std::vector<std::string> names_in(const Json& object, std::string_view member) {
  std::vector<std::string> names;
  const auto* list = object.find(member);
  if (list == nullptr || !list->is_array()) return names;
  for (const auto& item : list->as_array()) {
    if (names.size() == kMostAssignees) break;
    auto name = name_text(item, "summary");
    if (name.empty()) name = name_in(item, "assignee");
    if (name.empty()) name = name_in(item, "user");
    if (!name.empty()) names.push_back(std::move(name));
  }
  return names;
}

std::string happening_of_event(std::string_view event_type) {
  if (event_type.starts_with("incident.")) event_type.remove_prefix(9);
  for (const auto& row : kEntryRows)
    if (!row.event.empty() && row.event == event_type) return std::string(row.happening);
  return std::string(event_type);
}

std::string happening_of_log_entry(std::string_view type) {
  for (const std::string_view tail : {"_reference", "_log_entry"})
    if (type.ends_with(tail)) type.remove_suffix(tail.size());
  for (const auto& row : kEntryRows)
    if (row.log_entry == type) return std::string(row.happening);
  return std::string(type);
}

std::optional<ForeignEntry> entry_of_event(const Json& event, const Json& about) {
  auto when = exported_time(event, "occurred_at", kSystem);
  if (!when) return std::nullopt;
  const auto* data = event.find("data");
  auto entry = entry_of("webhook", happening_of_event(scalar_text(event, "event_type")),
                        id_of(event), std::move(*when), data != nullptr ? *data : Json(), about);
  entry.author = name_in(event, "agent");
  if (entry.author.empty()) entry.author = name_in(event, "client");
  if (entry.author.empty()) entry.author = std::string(kSystem);
  return entry;
}

std::optional<ForeignEntry> entry_of_log_entry(const Json& json, const Json& about) {
  auto when = exported_time(json, "created_at", kSystem);
  if (!when) return std::nullopt;
  auto entry = entry_of("log_entry", happening_of_log_entry(scalar_text(json, "type")), id_of(json),
                        std::move(*when), json, about);
  entry.author = name_in(json, "agent");
  if (entry.author.empty()) entry.author = std::string(kSystem);
  return entry;
}

std::string_view happening_in(const ForeignEntry& entry) {
  const std::string_view name = entry.reference;
  const auto first = name.find('/');
  return name.substr(first + 1, name.find('/', first + 1) - first - 1);
}

}  // namespace nines::ingest::pagerduty
