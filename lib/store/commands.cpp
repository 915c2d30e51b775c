// Finding commands in the log, and whether anything stands in the way of taking one back.
#include "store/commands.hpp"

#include <algorithm>
#include <charconv>
#include <set>

#include "base/error.hpp"
#include "base/text.hpp"
#include "store/db.hpp"
#include "store/event_log.hpp"
#include "store/fold.hpp"
#include "store/left_out.hpp"
#include "store/log_aggregates.hpp"
#include "store/numbers.hpp"
#include "store/store.hpp"

namespace nines::store {
namespace {

std::vector<log::Event> events_of(Db& db, const Uid& tx) {
  static const auto kSql = event_select("WHERE e.tx = ? ORDER BY e.tx_index");
  std::vector<log::Event> events;
  auto rows = db.query(kSql, tx);
  while (rows.step()) events.push_back(event_at(rows));
  return events;
}

std::optional<std::int64_t> event_number(std::string_view text) {
  if (text.starts_with('#')) text.remove_prefix(1);
  std::int64_t n = 0;
  const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), n);
  if (ec != std::errc{} || end != text.data() + text.size() || text.empty() || n < 1)
    return std::nullopt;
  return n;
}

std::optional<log::Event> event_numbered(Db& db, std::int64_t number) {
  static const auto kSql = event_select("WHERE e.position = ?");
  auto row = db.query(kSql, number - 1);
  if (!row.step()) return std::nullopt;
  return event_at(row);
}

/// The tx whose identifier begins with these hex digits, when there is exactly one.
std::optional<Uid> tx_beginning(Db& db, std::string_view text) {
  std::string hex;
  for (const char c : to_lower_ascii(text))
    if (c != '-') hex += c;
  if (hex.size() < 8 || hex.size() > 32) return std::nullopt;
  const auto low = hash128_from_hex(hex + std::string(32 - hex.size(), '0'));
  const auto high = hash128_from_hex(hex + std::string(32 - hex.size(), 'f'));
  if (!low || !high) return std::nullopt;
  auto rows =
      db.query("SELECT DISTINCT tx FROM event WHERE tx BETWEEN ? AND ? LIMIT 2", *low, *high);
  if (!rows.step()) return std::nullopt;
  const auto tx = rows.uid(0);
  if (rows.step())
    throw Error(ExitCode::not_found, "'" + std::string(text) + "' begins several commands",
                "give more of its digits, or the event's number", "AMBIGUOUS");
  return tx;
}

/// Null = the whole subject.
std::optional<std::vector<std::string>> fields_touched(const log::Event& event) {
  const auto* projection = projection_of(event.header);
  if (projection == nullptr || projection->fields == nullptr || event.erased) return std::nullopt;
  return projection->fields(event);
}

bool overlap(const log::Event& a, const log::Event& b) {
  const auto left = fields_touched(a);
  const auto right = fields_touched(b);
  if (!left || !right) return true;
  return std::any_of(left->begin(), left->end(), [&](const std::string& field) {
    return std::find(right->begin(), right->end(), field) != right->end();
  });
}

/// A live event of another command, after `event`, that touched what it touched.
std::optional<log::Event> later_on_same_fields(Db& db, const log::Event& event) {
  const auto& h = event.header;
  auto rows = db.query(kLiveEventsOfSubject, h.subject);
  while (rows.step()) {
    const auto other = header_at(rows);
    const auto order = [](const log::EventHeader& x) { return std::pair(x.hlc, x.ref); };
    if (other.tx == h.tx || order(other) < order(h)) continue;
    auto later = event_at(rows);
    if (overlap(event, later)) return later;
  }
  return std::nullopt;
}

void require_no_conflict(Db& db, const log::Event& event, std::string_view verb) {
  const auto later = later_on_same_fields(db, event);
  if (!later) return;
  const auto number = number_of_event(db, later->header.ref);
  throw Error(ExitCode::conflict,
              "cannot " + std::string(verb) + ": '" + name_of(db, event.header.subject) +
                  "' was changed since, by " + actor_name(db, later->header.actor) + " with '" +
                  later->body.text("command", later->header.kind) + "'",
              "take that back first: nines undo " + std::to_string(number), "CHANGED_SINCE");
}

void require_kind_reversible(const log::Event& event, std::string_view verb) {
  const auto* projection = projection_of(event.header);
  const auto refuse = [&](std::string_view why) {
    throw Error(ExitCode::needs_approval,
                "cannot " + std::string(verb) + " '" + event.header.kind + "': " + std::string(why),
                "record what is right now as a new event instead", "IRREVERSIBLE");
  };
  if (projection == nullptr)
    refuse("this version of nines does not know what it does");
  else if (!projection->irreversible.empty())
    refuse(projection->irreversible);
}

}  // namespace

std::optional<CommandRecord> find_command(Db& db, const Uid& tx) {
  CommandRecord record;
  std::set<std::string> subjects;
  for (const auto& event : events_of(db, tx)) {
    if (is_bookkeeping(event.header.kind)) continue;
    if (record.events++ == 0) {
      record.tx = tx;
      record.replica = event.header.ref.replica;
      record.first_seq = event.header.ref.seq;
      record.recorded_at = event.header.recorded_at;
      record.actor = actor_name(db, event.header.actor);
    }
    if (record.command.empty()) record.command = event.body.text("command");
    if (record.because.empty()) record.because = event.body.text("because");
    subjects.insert(event.header.subject);
  }
  if (record.events == 0) return std::nullopt;
  record.subjects.assign(subjects.begin(), subjects.end());
  record.undone = db.integer("SELECT 1 FROM undone WHERE tx = ?", tx).has_value();
  record.number = number_of_event(db, {record.replica, record.first_seq});
  return record;
}

std::optional<CommandRecord> newest_command(const Store& store) {
  auto& db = store.db();
  auto rows =
      db.query("SELECT tx, kind FROM event WHERE replica = ? ORDER BY seq DESC", store.replica());
  std::optional<Uid> seen;
  while (rows.step()) {
    const auto tx = rows.uid(0);
    if (tx == seen || is_bookkeeping(rows.text(1))) continue;
    seen = tx;
    if (!db.integer("SELECT 1 FROM undone WHERE tx = ?", tx)) return find_command(db, tx);
  }
  return std::nullopt;
}

std::optional<CommandRecord> last_undone_command(const Store& store) {
  auto& db = store.db();
  auto row = db.query("SELECT tx FROM undone WHERE by_replica = ? ORDER BY by_seq DESC LIMIT 1",
                      store.replica());
  if (!row.step()) return std::nullopt;
  return find_command(db, row.uid(0));
}

log::Event get_event(const Store& store, std::string_view text) {
  auto& db = store.db();
  std::optional<log::Event> found;
  if (const auto ref = log::event_ref_from(text))
    found = find_event(db, *ref);
  else if (const auto number = event_number(text); number && text.size() < 12)
    found = event_numbered(db, *number);
  else if (const auto tx = tx_beginning(db, text)) {
    const auto events = events_of(db, *tx);
    if (!events.empty()) found = events.front();
  }
  if (!found)
    throw Error(ExitCode::not_found, "no event '" + std::string(text) + "'",
                "nines history lists them, with their numbers", "NOT_FOUND");
  return *found;
}

void require_reversible(Db& db, const CommandRecord& command, std::string_view verb) {
  for (const auto& event : events_of(db, command.tx)) {
    if (is_bookkeeping(event.header.kind)) continue;
    require_here(db, event.header.subject);
    require_kind_reversible(event, verb);
    require_no_conflict(db, event, verb);
  }
}

}  // namespace nines::store
