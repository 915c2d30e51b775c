// Giving, showing and finding short numbers.
#include "store/numbers.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/error.hpp"
#include "base/text.hpp"
#include "store/db.hpp"
#include "store/left_out.hpp"
#include "store/event_log.hpp"
#include "store/store.hpp"

namespace nines::store {
namespace {

/// What the text after "CHG-" says.
struct Wanted {
  std::string digits;  ///< empty: not a number
  std::string suffix;  ///< upper case
};

std::optional<std::int64_t> number_from(std::string_view digits) {
  std::int64_t n = 0;
  const auto [end, ec] = std::from_chars(digits.data(), digits.data() + digits.size(), n);
  if (ec != std::errc{} || end != digits.data() + digits.size() || n < 1) return std::nullopt;
  return n;
}

Wanted read_wanted(std::string_view prefix, std::string_view text) {
  if (starts_with_ignoring_case(text, std::string(prefix) + "-"))
    text.remove_prefix(prefix.size() + 1);
  const auto dash = text.find('-');
  const auto digits = text.substr(0, dash);
  if (!number_from(digits)) return {};
  Wanted wanted{std::string(digits), {}};
  if (dash != std::string_view::npos)
    for (const char c : text.substr(dash + 1))
      wanted.suffix += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return wanted;
}

std::vector<Numbered> read_rows(Query rows) {
  std::vector<Numbered> found;
  while (rows.step())
    found.push_back({rows.text(0), rows.integer(1), rows.uid(2), rows.text(3), {}});
  return found;
}

/// Records that share the number, oldest identifier first.
std::vector<Numbered> sharing(Db& db, std::string_view prefix, std::int64_t number) {
  return read_rows(
      db.query("SELECT prefix, number, uid, subject FROM number "
               "WHERE prefix = ? AND number = ? ORDER BY uid",
               prefix, number));
}

/// The shortest suffix of at least two characters that tells the records apart.
std::string suffix_among(const Numbered& one, const std::vector<Numbered>& all) {
  for (int length = 2; length < 11; ++length) {
    const auto same = std::count_if(all.begin(), all.end(), [&](const Numbered& other) {
      return other.uid.suffix(length) == one.uid.suffix(length);
    });
    if (same == 1) return one.uid.suffix(length);
  }
  return one.uid.suffix(11);
}

/// `all` share its number.
std::string name_among(const Numbered& record, const std::vector<Numbered>& all) {
  const auto name = record.prefix + "-" + std::to_string(record.number);
  return all.size() > 1 ? name + "-" + suffix_among(record, all) : name;
}

Numbered named(Db& db, Numbered record) {
  record.name = name_among(record, sharing(db, record.prefix, record.number));
  return record;
}

std::vector<Numbered> by_number(Db& db, std::string_view prefix, const Wanted& wanted) {
  const auto number = number_from(wanted.digits);
  if (!number) return {};
  auto found = sharing(db, prefix, *number);
  std::erase_if(found, [&](const Numbered& record) {
    return !record.uid.suffix(11).starts_with(wanted.suffix);
  });
  return found;
}

std::vector<Numbered> by_number_prefix(Db& db, std::string_view prefix, const Wanted& wanted) {
  if (wanted.digits.empty() || !wanted.suffix.empty()) return {};
  return read_rows(
      db.query("SELECT prefix, number, uid, subject FROM number WHERE prefix = ? AND "
               "substr(number, 1, ?) = ? ORDER BY number, uid",
               prefix, static_cast<std::int64_t>(wanted.digits.size()), wanted.digits));
}

std::vector<Numbered> by_uid_prefix(Db& db, std::string_view prefix, std::string_view text) {
  std::string hex;
  for (const char c : to_lower_ascii(text)) {
    if (c == '-') continue;
    if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) return {};
    hex += c;
  }
  if (hex.size() < 4 || hex.size() > 32) return {};
  return read_rows(
      db.query("SELECT prefix, number, uid, subject FROM number WHERE prefix = ? AND "
               "substr(lower(hex(uid)), 1, ?) = ? ORDER BY uid",
               prefix, static_cast<std::int64_t>(hex.size()), hex));
}

std::vector<Numbered> nearest(Db& db, std::string_view prefix) {
  return read_rows(
      db.query("SELECT prefix, number, uid, subject FROM number WHERE prefix = ? "
               "ORDER BY number DESC, uid LIMIT 1",
               prefix));
}

}  // namespace

const Aggregate& number_aggregate() {
  static const Aggregate kAggregate{"number/", {}, drop_numbers, R"sql(
CREATE TABLE number (
  subject TEXT PRIMARY KEY,
  prefix TEXT NOT NULL,
  number INTEGER NOT NULL,
  uid BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX number_of ON number (prefix, number);
CREATE TABLE number_shared (
  prefix TEXT NOT NULL,
  number INTEGER NOT NULL,
  PRIMARY KEY (prefix, number)
) WITHOUT ROWID;
)sql"};
  return kAggregate;
}

std::int64_t take_number(Db& db, std::string_view prefix) {
  return take_number(
      db, prefix,
      db.integer("SELECT max(number) FROM number WHERE prefix = ?", prefix).value_or(0));
}

std::int64_t take_number(Db& db, std::string_view prefix, std::int64_t known) {
  const auto fact = "number." + std::string(prefix);
  const auto given = number_from(local_fact(db, fact).value_or("0")).value_or(0);
  const auto next = std::max(given, known) + 1;
  set_local_fact(db, fact, std::to_string(next));
  return next;
}

void put_number(Db& db, std::string_view prefix, std::int64_t number, const Uid& uid,
                std::string_view subject) {
  drop_numbers(db, subject);
  const bool taken =
      db.integer("SELECT 1 FROM number WHERE prefix = ? AND number = ? LIMIT 1", prefix, number)
          .has_value();
  db.run("INSERT INTO number (subject, prefix, number, uid) VALUES (?, ?, ?, ?)", subject, prefix,
         number, uid);
  if (taken)
    db.run("INSERT OR IGNORE INTO number_shared (prefix, number) VALUES (?, ?)", prefix, number);
}

void drop_numbers(Db& db, std::string_view subject) {
  auto row = db.query("SELECT prefix, number FROM number WHERE subject = ?", subject);
  if (!row.step()) return;
  const auto prefix = row.text(0);
  const auto number = row.integer(1);
  db.run("DELETE FROM number WHERE subject = ?", subject);
  db.run(
      "DELETE FROM number_shared WHERE prefix = ?1 AND number = ?2 AND "
      "(SELECT count(*) FROM number WHERE prefix = ?1 AND number = ?2) < 2",
      prefix, number);
}

std::string name_of(Db& db, std::string_view subject) {
  const auto found = read_rows(
      db.query("SELECT prefix, number, uid, subject FROM number WHERE subject = ?", subject));
  if (!found.empty()) return named(db, found.front()).name;
  constexpr std::string_view kDefinition = "definition/";  // "SLO/checkout" says it already
  if (subject.starts_with(kDefinition)) subject.remove_prefix(kDefinition.size());
  return std::string(subject);
}

std::map<Uid, std::string> names_of(Db& db, std::string_view prefix) {
  std::map<Uid, std::string> names;
  const auto name = std::string(prefix) + "-";
  // The "+" reads the table as it lies, where subjects ascend as their identifiers do: by the
  // index, each row would be sought.
  auto rows = db.query("SELECT uid, number FROM number WHERE +prefix = ?", prefix);
  while (rows.step()) {
    const auto number = rows.integer(1);
    names.emplace_hint(names.end(), rows.uid(0), name + std::to_string(number));
  }
  for (const auto number : clashing_numbers(db, prefix)) {
    const auto all = sharing(db, prefix, number);
    for (const auto& record : all) names[record.uid] = name_among(record, all);
  }
  return names;
}

std::set<std::int64_t> clashing_numbers(Db& db, std::string_view prefix) {
  std::set<std::int64_t> numbers;
  auto rows = db.query("SELECT number FROM number_shared WHERE prefix = ?", prefix);
  while (rows.step()) numbers.insert(rows.integer(0));
  return numbers;
}

std::vector<std::string> clashing_names(Db& db) {
  std::vector<std::string> names;
  auto rows = db.query(
      "SELECT prefix, number, uid, subject FROM number JOIN number_shared USING (prefix, number) "
      "ORDER BY prefix, number, uid");
  while (rows.step())
    names.push_back(named(db, {rows.text(0), rows.integer(1), rows.uid(2), rows.text(3), {}}).name);
  return names;
}

std::vector<Numbered> find_numbered(Db& db, std::string_view prefix, std::string_view text) {
  const auto wanted = read_wanted(prefix, text);
  auto found = by_number(db, prefix, wanted);
  if (found.empty()) found = by_number_prefix(db, prefix, wanted);
  if (found.empty()) found = by_uid_prefix(db, prefix, text);
  for (auto& record : found) record = named(db, record);
  return found;
}

Numbered get_numbered(const Store& store, std::string_view prefix, std::string_view text) {
  auto& db = store.db();
  const auto found = find_numbered(db, prefix, text);
  if (found.size() == 1) {
    require_here(db, found.front().subject);
    return found.front();
  }
  if (found.empty()) {
    const auto last = nearest(db, prefix);
    throw Error(
        ExitCode::not_found, "no record '" + std::string(text) + "'",
        last.empty() ? "there is none yet" : "the newest one is " + named(db, last.front()).name,
        "NOT_FOUND");
  }
  std::vector<std::string> names;
  for (const auto& record : found) names.push_back(record.name);
  if (names.size() > 8) names = {names.begin(), names.begin() + 8};
  throw Error(ExitCode::not_found,
              "'" + std::string(text) + "' may mean " + std::to_string(found.size()) + " records",
              "name one of " + join(names, ", "), "AMBIGUOUS");
}

}  // namespace nines::store
