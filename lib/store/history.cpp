// Events in reverse order with names filled in, and the look-up of subjects.
#include "store/history.hpp"

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

Recorded recorded_at(Db& db, const Query& row) {
  Recorded r{event_at(row), position_at(row), {}, {}, false, true, false};
  const auto& h = r.event.header;
  r.actor = actor_name(db, h.actor);
  r.name = name_of(db, h.subject);
  r.undone = db.integer("SELECT 1 FROM undone WHERE tx = ?", h.tx).has_value();
  r.known = projection_of(h) != nullptr;
  r.left_out = r.event.erased && is_left_out_at(db, r.position) && !erasure_is_here(db, h.ref);
  return r;
}

/// Definitions are "definition/<Kind>/<name>", and people leave out both.
std::vector<std::string> subjects_with_key(Db& db, std::string_view key) {
  std::vector<std::string> found;
  auto rows = db.query(
      "SELECT DISTINCT subject FROM event "
      "WHERE substr(subject, instr(subject, '/') + 1) = ?1 OR (subject GLOB 'definition/*/*' "
      "AND substr(subject, 12 + instr(substr(subject, 12), '/')) = ?1) ORDER BY subject",
      key);
  while (rows.step()) found.push_back(rows.text(0));
  return found;
}

std::vector<std::string> close_keys(Db& db, std::string_view key) {
  std::vector<std::string> keys;
  auto rows = db.query(
      "SELECT DISTINCT substr(subject, instr(subject, '/') + 1) FROM event "
      "WHERE length(subject) < 100 LIMIT 20000");
  while (rows.step()) keys.push_back(rows.text(0));
  const std::vector<std::string_view> views(keys.begin(), keys.end());
  return did_you_mean(key, views);
}

std::vector<std::string> subjects_numbered(Db& db, std::string_view text) {
  std::vector<std::string> found;
  const auto dash = text.find('-');
  if (dash == std::string_view::npos) return found;
  std::string prefix;
  for (const char c : text.substr(0, dash))
    prefix += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  for (const auto& record : find_numbered(db, prefix, text)) found.push_back(record.subject);
  return found;
}

}  // namespace

void visit_backwards(const Store& store, const std::optional<std::string>& subject,
                     const std::function<bool(Recorded)>& visit) {
  static const auto kAll =
      event_select("ORDER BY e.hlc DESC, e.hlc_counter DESC, e.replica DESC, e.seq DESC");
  static const auto kOne = event_select(
      "WHERE e.subject = ? ORDER BY e.hlc DESC, e.hlc_counter DESC, e.replica DESC, e.seq DESC");
  auto& db = store.db();
  auto rows = subject ? db.query(kOne, *subject) : db.query(kAll);
  while (rows.step())
    if (!visit(recorded_at(db, rows))) return;
}

void visit_kinds(const Store& store, const std::vector<std::string_view>& kinds,
                 const std::function<void(const Recorded&)>& visit) {
  static const auto kOfKind = event_select(
      "WHERE e.kind IN (SELECT value FROM json_each(?)) "
      "ORDER BY e.hlc, e.hlc_counter, e.replica, e.seq");
  auto wanted = Json::array();
  for (const auto kind : kinds) wanted.push(kind);
  auto& db = store.db();
  auto rows = db.query(kOfKind, wanted.dump());
  while (rows.step()) visit(recorded_at(db, rows));
}

std::string find_subject(const Store& store, const std::string& text) {
  auto& db = store.db();
  if (db.integer("SELECT 1 FROM event WHERE subject = ? LIMIT 1", text)) return text;
  auto found = subjects_numbered(db, text);
  if (found.empty()) found = subjects_with_key(db, text);
  if (found.size() == 1) return found.front();
  if (found.size() > 1) {
    for (auto& subject : found) subject = name_of(db, subject);
    throw Error(ExitCode::not_found,
                "'" + text + "' may mean " + std::to_string(found.size()) + " subjects",
                "name one of " + join(found, ", "), "AMBIGUOUS");
  }
  const auto close = close_keys(db, text);
  throw Error(
      ExitCode::not_found, "nothing is recorded about '" + text + "'",
      close.empty() ? "nines history lists every event" : "did you mean " + join(close, ", ") + "?",
      "NOT_FOUND");
}

std::string get_subject(const Store& store, const std::string& text) {
  auto found = find_subject(store, text);
  require_here(store.db(), found);
  return found;
}

}  // namespace nines::store
